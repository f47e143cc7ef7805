"""Settings: frozen, typed, read from YAML, with errors that name the file and the line.

    ConfigError: missing field "model.width" (configs/derivative.yaml:12)

A misspelt key in a settings file must not train a wrong model for an hour, so each settings
class derives from `Settings` (unknown keys are errors) and each file is read by `load_config`.
Read `load_config` first.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from hrm_engine.errors import ConfigError

KeyPath = tuple[str | int, ...]
"""Where a value stands in the file: ("train", "betas", 0)."""

_SHOWN = 5


class Settings(BaseModel):
    """Base of all settings: immutable; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


AnySettings = TypeVar("AnySettings", bound=BaseModel)


def load_config(model: type[AnySettings], path: str | Path, overrides: list[str]) -> AnySettings:
    """The settings in the YAML file `path`, changed by `overrides` such as "train.lr=3e-4".

    Raises ConfigError, naming the file and the line (or the override) of each wrong value.
    """
    source = find_config(path)
    data, places = _read(source)
    for override in overrides:
        _apply(data, places, override)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise _explain(error, model, places, str(source)) from None


def find_config(path: str | Path) -> Path:
    """The file `path`, or the shipped settings of that name ("derivative", "tiny/transformer")."""
    asked = Path(path)
    if asked.is_file():
        return asked
    package = Path(__file__).parent
    shipped = [
        folder
        for folder in (package / "_data" / "configs", package.parent / "configs")
        if folder.is_dir()
    ]
    for folder in shipped:
        if (found := folder / f"{path}.yaml").is_file():
            return found
    names = sorted(
        f.relative_to(d).with_suffix("").as_posix() for d in shipped for f in d.rglob("*.yaml")
    )
    raise ConfigError(f"no settings file {asked}", hint=f"shipped settings: {', '.join(names)}")


def _read(source: Path) -> tuple[dict[str, Any], dict[KeyPath, str]]:
    """The mapping in a YAML file, and the place ("file:line") of each key and item in it."""
    try:
        text = source.read_text(encoding="utf-8")
        node = yaml.compose(text, yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(f"not YAML: {error.problem} ({source}:{line})") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"not YAML: {error} ({source})") from None
    if not isinstance(data, dict) or node is None:
        raise ConfigError(f"settings must be `key: value` lines ({source}:1)")
    places: dict[KeyPath, str] = {}
    _mark(node, (), source, places)
    return data, places


def _mark(node: yaml.Node, path: KeyPath, source: Path, places: dict[KeyPath, str]) -> None:
    """Record where each key below `node` stands; a key written twice is an error."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = (*path, key.value)
            place = f"{source}:{key.start_mark.line + 1}"
            if below in places:
                raise ConfigError(f'field "{_dotted(below)}" is set twice ({place})')
            places[below] = place
            _mark(value, below, source, places)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            places[(*path, index)] = f"{source}:{value.start_mark.line + 1}"
            _mark(value, (*path, index), source, places)


def _apply(data: dict[str, Any], places: dict[KeyPath, str], override: str) -> None:
    """Set one "dotted.name=value" in `data`; the value is read as YAML."""
    name, equals, text = override.partition("=")
    keys = name.strip().split(".")
    if not equals or not all(keys):
        raise ConfigError(f"`{override}` is not an override", hint="write --set train.lr=3e-4")
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError:
        raise ConfigError(f"the value in `--set {override}` is not YAML") from None
    inner = data
    for depth, key in enumerate(keys[:-1]):
        if inner.get(key) is None:
            inner[key] = {}
        inner = inner[key]
        if not isinstance(inner, dict):
            raise ConfigError(
                f'"{".".join(keys[: depth + 1])}" holds one value, no fields (--set {override})'
            )
    inner[keys[-1]] = value
    for depth in range(1, len(keys) + 1):
        places.setdefault(tuple(keys[:depth]), f"--set {override}")
    places[tuple(keys)] = f"--set {override}"


def _explain(
    error: ValidationError, model: type[BaseModel], places: dict[KeyPath, str], source: str
) -> ConfigError:
    """One line for each of the first problems that pydantic found, with its place."""
    found = error.errors(include_url=False)
    lines = []
    for item in found[:_SHOWN]:
        path: KeyPath = tuple(item["loc"])
        place = _nearest(path, places, f"{source}:1")
        name = _dotted(path)
        if item["type"] == "missing":
            lines.append(f'missing field "{name}" ({place})')
        elif item["type"] == "extra_forbidden":
            lines.append(f'unknown field "{name}"{_did_you_mean(model, path)} ({place})')
        else:
            said = item["msg"].removeprefix("Value error, ")
            lines.append(f'field "{name}": {said} ({place})' if name else f"{said} ({place})")
    if len(found) > _SHOWN:
        lines.append(f"and {len(found) - _SHOWN} more")
    return ConfigError("\n  ".join(lines))


def _nearest(path: KeyPath, places: dict[KeyPath, str], default: str) -> str:
    """The place of the value at `path`, or of the closest thing around it."""
    while path:
        if path in places:
            return places[path]
        path = path[:-1]
    return default


def _did_you_mean(model: type[BaseModel], path: KeyPath) -> str:
    """`, did you mean "lr"?` where a known field is spelt much like the last key of `path`."""
    known = _fields_at(model, path[:-1])
    close = difflib.get_close_matches(str(path[-1]), known, n=1)
    if close:
        return f', did you mean "{close[0]}"?'
    return f"; known: {', '.join(known)}" if known else ""


def _fields_at(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The field names of the settings class that stands at `path` inside `model`."""
    for key in path:
        field = model.model_fields.get(str(key))
        kinds = (field.annotation, *get_args(field.annotation)) if field else ()
        inner = [k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)]
        if not inner:
            return []
        model = inner[0]
    return list(model.model_fields)


def _dotted(path: KeyPath) -> str:
    return ".".join(str(key) for key in path)
