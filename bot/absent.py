"""The parts of Rasa that are never loaded, because nothing here is ever done with them.

Rasa imports TensorFlow and the clients of all its messengers wherever it is imported: four fifths of
its memory and of its start. This bot trains no neural network in the server and has one channel of
its own. `bot.server` leaves these modules out before it imports Rasa; training has all of Rasa.
"""

import sys
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, List, Optional

LEFT_OUT = frozenset(
    {
        "rasa.utils.tensorflow.callback",
        "rasa.utils.tensorflow.data_generator",
        "rasa.utils.tensorflow.model_data",
        "rasa.graph_components.validators.default_recipe_validator",  # knows every neural network
    }
)
MESSENGERS = "rasa.core.channels"  # a package: its __init__ gathers them, its modules can be had


def leave_out() -> None:
    """Puts an empty module in the place of each; what is imported from there cannot be used."""
    sys.meta_path.insert(0, _Nothing())


class _Nothing(MetaPathFinder, Loader):
    """Finds nothing in the modules that are left out."""

    def find_spec(self, fullname: str, _: Any, __: Any = None) -> Optional[ModuleSpec]:
        """Returns how to load a module that is left out, None for all others."""
        if fullname in LEFT_OUT:
            return ModuleSpec(fullname, self)
        if fullname == MESSENGERS:
            spec = ModuleSpec(fullname, self, is_package=True)
            spec.submodule_search_locations = _folders_of(MESSENGERS)
            return spec
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Returns an empty module in which every name can be found."""
        return _Absent(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Loads nothing."""


class _Absent(ModuleType):
    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (_Unusable,), {"__module__": self.__name__})


class _Unusable:
    def __init__(self, *_: Any, **__: Any) -> None:
        raise NotImplementedError(f"{type(self)} is left out by bot/absent.py.")


def _folders_of(package: str) -> List[str]:
    parent, _, name = package.rpartition(".")
    return [f"{folder}/{name}" for folder in import_module(parent).__path__]
