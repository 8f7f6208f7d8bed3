"""Reads the YAML files that a shop's owner writes, and names the line of whatever is wrong in them."""

import json
from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.constructor import ConstructorError

from shop.errors import ConfigError

Model = TypeVar("Model", bound=BaseModel)


class _Loader(yaml.SafeLoader):
    """Refuses a key that stands twice, where YAML would let the last one win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                fault = f"{key.value} stands here again"
                raise ConstructorError(None, None, fault, key.start_mark)
            seen.add(key.value)
        return {str(key): part for key, part in super().construct_mapping(node, deep).items()}


def read_config(path: Path, model: type[Model]) -> Model:
    """Returns the file's content as the model describes it.

    Raises:
        ConfigError: the file cannot be read, is no YAML, or holds what the model does not allow.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as err:
        raise ConfigError(f"{path}: cannot be read: {err.strerror}") from err
    except UnicodeDecodeError as err:
        raise ConfigError(f"{path}: is not written in UTF-8") from err
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        content = loader.construct_document(root) if root else {}
    except yaml.MarkedYAMLError as err:
        line = err.problem_mark.line + 1 if err.problem_mark else 1
        raise ConfigError(f"{path}:{line}: {err.problem}") from err
    except yaml.YAMLError as err:
        raise ConfigError(f"{path}: is not YAML") from err
    try:
        # as JSON, where a strict model takes a word for a member of an enumeration
        return model.model_validate_json(json.dumps(content, default=str), strict=True)
    except ValidationError as err:
        faults = [
            f"{path}:{_line(root, fault['loc'])}: {_where(fault['loc'])}{fault['msg']}"
            for fault in err.errors()
        ]
        raise ConfigError("\n".join(faults)) from err


def _where(location: tuple[int | str, ...]) -> str:
    return ".".join(map(str, location)) + ": " if location else ""


def _line(root: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """Returns the line of the innermost part of the location that the file has."""
    node, line = root, 1
    for step in location:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == step]
            if not found:
                break
            key, node = found[-1]
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line
