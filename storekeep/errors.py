"""What can stop a command, as one tree. `str()` is one sentence that names the remedy.

* StorekeepError
  + SettingsInvalid       a setting has a value that cannot be used
  + EnvironmentMissing    the Rasa environment or something in it is not installed
  + AlreadyRunning        the same home is in use by a running Storekeep
  + PortBusy              another program listens on the port
  + HomeNotWritable       the home or the build folder cannot be written
  + BuildFailed           an artefact could not be built
  + HomeNotEmpty          what is to be taken in needs a home without a shop
  + AgentInvalid          somebody cannot be let in at the desk like this
  + StartFailed           a process ends again and again before it is ready
"""


class StorekeepError(Exception):
    """Anything that ends a command with one sentence instead of a traceback."""


class SettingsInvalid(StorekeepError):
    """A setting has a value that cannot be used."""


class EnvironmentMissing(StorekeepError):
    """The Rasa environment or something in it is not installed."""


class AlreadyRunning(StorekeepError):
    """The same home is in use by a running Storekeep."""


class PortBusy(StorekeepError):
    """Another program listens on the port."""


class HomeNotWritable(StorekeepError):
    """The home or the build folder cannot be written."""


class BuildFailed(StorekeepError):
    """An artefact could not be built."""


class StartFailed(StorekeepError):
    """A process ends again and again before it is ready."""


class AgentInvalid(StorekeepError):
    """Somebody cannot be let in at the desk like this."""


class HomeNotEmpty(StorekeepError):
    """What is to be taken in needs a home without a shop."""
