"""The settings in force: which files and variables give them, and what is wrong with a value.

Order, strongest first: --db, environment (MARKET_PULSE_<SECTION>_<KEY>), the user's file, the shipped settings.toml,
which holds every default. Secrets are read from the environment only. Opens no database and no network.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_origin

import platformdirs
from pydantic import ValidationError
from pydantic_settings import SettingsError

from bot.errors import ConfigError
from bot.settings_model import APP, DISCORD_TOKEN, ENV_PREFIX, Settings, secret
from bot.toml_file import TomlFile, load_toml

__all__ = [
    "DISCORD_TOKEN",
    "Origin",
    "Settings",
    "config_dir",
    "load_settings",
    "origins",
    "secret",
    "user_settings_path",
]

_SECRET_KEYS = frozenset({"token", "discord_token", "webhook_url", "password"})


def config_dir() -> Path:
    """Return the folder of the shipped data: `bot/_config` in an installed wheel, else the checkout's `config/`."""
    shipped = Path(__file__).parent / "_config"
    return shipped if shipped.is_dir() else Path(__file__).parent.parent / "config"


def user_settings_path() -> Path:
    """Return where the user's own settings file lies, whether or not it exists."""
    return platformdirs.user_config_path(APP) / "settings.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One setting in force and where its value comes from."""

    key: str
    value: object
    source: str
    is_default: bool = False


def load_settings(path: Path | None, *, database_path: Path | None) -> Settings:
    """Load and validate the settings; `path` replaces the user's file, `database_path` the database in force."""
    layers = _layers(path)
    merged: dict[str, Any] = {}
    for layer in layers:
        _refuse_secrets(layer)
        merged = _merged(merged, layer.data)
    try:
        settings = Settings(**merged)
    except ValidationError as error:
        raise _config_error(error, layers) from error
    except SettingsError as error:
        reason = 'must be a JSON list or table, such as [1, 2] or {"room": "ROOM_URL"}'
        raise ConfigError("environment", _undecodable(), reason, "Correct or unset the variable.") from error
    return settings.with_database(database_path) if database_path else settings


def origins(settings: Settings, path: Path | None, *, database_option: bool = False) -> tuple[Origin, ...]:
    """List every setting in force with the option, variable or file that gave it."""
    layers = _layers(path)
    found = []
    for section, values in settings.model_dump(mode="json").items():
        for key, value in values.items():
            source = _source(section, key, layers)
            if database_option and (section, key) == ("database", "path"):
                source = "option --db"
            is_default = source == str(layers[0].path)
            found.append(
                Origin(
                    key=f"{section}.{key}",
                    value=value,
                    source="shipped default" if is_default else source,
                    is_default=is_default,
                )
            )
    return tuple(found)


def _layers(path: Path | None) -> tuple[TomlFile, ...]:
    """Return the files that count, weakest first. A path the user named must exist; the default one may be absent."""
    own = path or user_settings_path()
    layers = (_shipped(config_dir() / "settings.toml"),)
    return (*layers, load_toml(own)) if path or own.exists() else layers


@cache
def _shipped(path: Path) -> TomlFile:
    return load_toml(path)


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one tree of tables over another; lists and plain values replace."""
    result = dict(base)
    for key, value in over.items():
        below = result.get(key)
        result[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result


def _refuse_secrets(layer: TomlFile) -> None:
    for section, values in layer.data.items():
        found = _SECRET_KEYS.intersection(values if isinstance(values, dict) else {section})
        if found:
            raise ConfigError(
                layer.path,
                layer.place(section, *found) if isinstance(values, dict) else layer.place(section),
                "secrets do not belong in a settings file",
                f"Remove it and set the environment variable {DISCORD_TOKEN} instead.",
            )


def _config_error(error: ValidationError, layers: tuple[TomlFile, ...]) -> ConfigError:
    """Turn pydantic's first complaint into file, key, reason and remedy."""
    first = error.errors(include_url=False)[0]
    keys = tuple(str(part) for part in first["loc"] if not str(part).startswith("function-"))
    section, key = keys[0], keys[1] if len(keys) > 1 else ""
    unknown = first["type"] == "extra_forbidden"
    reason = "there is no such setting" if unknown else first["msg"].removeprefix("Value error, ")
    reason = reason[:1].lower() + reason[1:]
    variable = _variable(section, key)
    if variable in os.environ:
        return ConfigError("environment", variable, reason, "Correct or unset the variable.")
    layer = _giver(section, key, layers)
    if unknown:
        known = "`market-pulse config show` lists the settings there are."
        return ConfigError(layer.path, layer.place(*keys[:2]), reason, f"Remove it; {known}")
    given = first.get("input")
    if not isinstance(given, dict):
        reason = f"{reason} (it is {given!r})"
    return ConfigError(layer.path, layer.place(*keys[:2]), reason, "Correct the value.")


def _undecodable() -> str:
    """Name our variables that are set but hold no JSON where a list or table is wanted."""
    lists = [
        _variable(section, key)
        for section, field in Settings.model_fields.items()
        for key, below in getattr(field.annotation, "model_fields", {}).items()
        if get_origin(below.annotation) in (tuple, Mapping)
    ]
    return ", ".join(name for name in lists if name in os.environ and not _is_json(os.environ[name]))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _giver(section: str, key: str, layers: tuple[TomlFile, ...]) -> TomlFile:
    """Return the strongest file that states the key."""
    for layer in reversed(layers):
        values = layer.data.get(section)
        if (isinstance(values, dict) and key in values) or (values is not None and (not key or values is key)):
            return layer
    return layers[-1]


def _source(section: str, key: str, layers: tuple[TomlFile, ...]) -> str:
    variable = _variable(section, key)
    return f"environment {variable}" if variable in os.environ else str(_giver(section, key, layers).path)


def _variable(section: str, key: str) -> str:
    return f"{ENV_PREFIX}{section}_{key}".upper().rstrip("_")
