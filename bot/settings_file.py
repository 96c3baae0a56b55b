"""Write the user's settings file: only what differs from the defaults, checked before it replaces the old one."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.errors import ConfigError
from bot.settings import load_settings
from bot.toml_file import load_toml

_HEADER = """# Your settings of Market Pulse; what is not here has its default (`market-pulse config show` lists all).
# Secrets do not belong here: set DISCORD_TOKEN in the environment.
"""


def read_own(path: Path) -> dict[str, Any]:
    """Return what the file states, nothing when there is none."""
    return load_toml(path).data if path.exists() else {}


def with_answers(own: Mapping[str, Any], answers: Mapping[str, object]) -> dict[str, Any]:
    """Lay answers (`section.key` -> value) over what the file states; None takes the key back to its default."""
    merged = {section: dict(values) if isinstance(values, dict) else values for section, values in own.items()}
    for name, value in answers.items():
        section, _, key = name.partition(".")
        values = merged.setdefault(section, {})
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value
    return {section: values for section, values in merged.items() if values != {}}


def render(data: Mapping[str, Any]) -> str:
    """Render sections of plain values, lists and one level of tables as TOML."""
    parts = [_HEADER]
    for section, values in data.items():
        plain = {key: value for key, value in values.items() if not isinstance(value, Mapping)}
        parts.append(f"[{section}]\n" + "".join(f"{_key(key)} = {_value(value)}\n" for key, value in plain.items()))
        parts += [
            f"[{section}.{_key(key)}]\n" + "".join(f"{_key(name)} = {_value(below)}\n" for name, below in table.items())
            for key, table in values.items()
            if isinstance(table, Mapping)
        ]
    return "\n".join(parts)


def write_settings(path: Path, data: Mapping[str, Any]) -> None:
    """Write the file in one step, after the program itself has accepted it; a file that is refused changes nothing."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".toml")
    except OSError as error:
        raise ConfigError(
            path, "", f"cannot be written ({error})", "Choose a folder of yours with --settings."
        ) from error
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(render(data))
        _accept(draft, path)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _accept(draft: Path, path: Path) -> None:
    try:
        load_settings(draft, database_path=None)
    except ConfigError as error:
        raise ConfigError(path, error.key.split(" (line")[0], error.reason, error.remedy) from error


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else _string(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return _string(str(value))


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'
