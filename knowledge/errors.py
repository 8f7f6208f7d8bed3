"""What can go wrong in finding, as one tree. Standard library and Python 3.10 only.

* KnowledgeError        `str()` is one sentence with its remedy; `code` is stable
  + EncoderMissing      no encoder in the folder, or files that cannot be read
  + ExportFailed        a model cannot become an encoder
  + IndexMissing        no index in the folder, or files that cannot be read
  + IndexMismatch       the index was built with another encoder or version
"""


class KnowledgeError(Exception):
    """Anything that finding raises."""

    code = "knowledge-error"


class EncoderMissing(KnowledgeError):
    """There is no encoder in the folder, or its files cannot be read."""

    code = "encoder-missing"


class ExportFailed(KnowledgeError):
    """A sentence-transformers model cannot become an encoder."""

    code = "export-failed"


class IndexMissing(KnowledgeError):
    """There is no index in the folder, or its files cannot be read."""

    code = "index-missing"


class IndexMismatch(KnowledgeError):
    """The index was built with another encoder, or by another version, than what searches it."""

    code = "index-mismatch"
