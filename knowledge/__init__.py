"""Finding things by meaning: the encoder and the indexes. A library: no Rasa, no HTTP."""
