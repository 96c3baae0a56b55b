"""Read a TOML file so that every fault names the file and the line. Knows nothing of what the file is about."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import ConfigError

_POSITION = re.compile(r"\(at (?P<place>line \d+, column \d+|end of document)\)")
_HEADER = re.compile(r"^\s*\[{1,2}\s*(?P<name>[^\[\]]+?)\s*\]{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlFile:
    """A parsed file with its text, so that an error about a value can still name its line."""

    path: Path
    text: str
    data: dict[str, Any]

    def place(self, *keys: str) -> str:
        """Name a key for an error message: `section.key (line 12)`."""
        name = ".".join(keys)
        line = _line_of(self.text, keys)
        return f"{name} (line {line})" if line else name


def load_toml(path: Path) -> TomlFile:
    """Read and parse `path`; a missing, unreadable or malformed file is a ConfigError."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError(path, "", "the file does not exist", "Create it, or correct the path.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(path, "", f"cannot be read ({error})", "Make it a readable UTF-8 file.") from error
    try:
        return TomlFile(path=path, text=text, data=tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, _position(error), _complaint(error), "Correct the TOML syntax there.") from error


def _position(error: tomllib.TOMLDecodeError) -> str:
    found = _POSITION.search(str(error))
    return found["place"] if found else ""


def _complaint(error: tomllib.TOMLDecodeError) -> str:
    reason = _POSITION.sub("", str(error)).strip()
    return reason[:1].lower() + reason[1:]


def _line_of(text: str, keys: tuple[str, ...]) -> int | None:
    """Find the line of `[table]` or of `key =` below it; the nearest enclosing one if the key itself is missing."""
    table, best = "", None
    wanted = ".".join(keys)
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            table = header["name"].replace('"', "")
            if wanted == table or wanted.startswith(f"{table}."):
                best = number
        elif "=" in line and wanted == ".".join(filter(None, (table, line.partition("=")[0].strip().strip('"')))):
            return number
    return best
