"""The settings: their types and bounds, and where each value comes from.

Order, strongest first: --db, environment (MARKET_PULSE_<SECTION>_<KEY>), the user's file, the shipped settings.toml,
which holds every default. Secrets are read from the environment only. Opens no database and no network.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

import platformdirs
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import ConfigError
from bot.toml_file import TomlFile, load_toml

APP = "market-pulse"
ENV_PREFIX = "MARKET_PULSE_"
DISCORD_TOKEN = "DISCORD_TOKEN"  # noqa: S105 - the name of the variable, not a secret

_SECRET_KEYS = frozenset({"token", "discord_token", "webhook_url", "password"})


def config_dir() -> Path:
    """Return the folder of the shipped data: `bot/_config` in an installed wheel, else the checkout's `config/`."""
    shipped = Path(__file__).parent / "_config"
    return shipped if shipped.is_dir() else Path(__file__).parent.parent / "config"


def user_settings_path() -> Path:
    """Return where the user's own settings file lies, whether or not it exists."""
    return platformdirs.user_config_path(APP) / "settings.toml"


def default_database_path() -> Path:
    return platformdirs.user_data_path(APP) / "market-pulse.db"


def _time_of_day(text: str) -> str:
    hours, colon, minutes = text.partition(":")
    if text and not (colon and hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60):
        raise ValueError('must be a time like "08:00", or empty')
    return text


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError('must be a time zone such as "UTC" or "Europe/Berlin"') from error
    return text


def _database_path(given: object) -> object:
    if given == "":
        return default_database_path()
    return Path(given).expanduser() if isinstance(given, str) else given


TimeOfDay = Annotated[str, AfterValidator(_time_of_day)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
Seconds = Annotated[float, Field(gt=0, le=600)]
Share = Annotated[float, Field(ge=0, le=1)]
Snowflakes = tuple[Annotated[int, Field(gt=0)], ...]


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DatabaseSettings(Section):
    path: Annotated[Path, BeforeValidator(_database_path)]
    keep_text_days: int = Field(ge=1)


class CollectorSettings(Section):
    contact: str
    groups: tuple[str, ...]
    disabled: tuple[str, ...]
    extra_feeds: str
    tick_minutes: int = Field(ge=1, le=1440)
    timeout_s: Seconds
    concurrency: int = Field(ge=1, le=100)
    per_host_concurrency: int = Field(ge=1, le=20)
    per_host_delay_s: float = Field(ge=0, le=60)
    min_poll_minutes: int = Field(ge=1)
    max_poll_minutes: int = Field(ge=1)
    max_backoff_hours: float = Field(gt=0)
    max_feed_mb: float = Field(gt=0)
    max_page_mb: float = Field(gt=0)
    max_redirects: int = Field(ge=0, le=20)
    entry_age_days: int = Field(ge=1)
    respect_robots: bool
    allow_private_addresses: bool

    @property
    def user_agent(self) -> str:
        """Name the program and its operator's contact, as EDGAR and good manners ask."""
        return f"MarketPulse/0.1 ({self.contact})" if self.contact else "MarketPulse/0.1"


class ExtractorSettings(Section):
    workers: int = Field(ge=1, le=64)
    batch_size: int = Field(ge=1, le=1000)
    max_text_chars: int = Field(ge=1000)
    parser_model: str
    names_model: str


class DiscordSettings(Section):
    sharded: bool
    command_guilds: Snowflakes
    alert_channels: Snowflakes
    digest_channels: Snowflakes
    send_timeout_s: Seconds
    webhooks: Mapping[str, str]


class AlertSettings(Section):
    max_age_hours: float = Field(gt=0)
    material_change_pct: float = Field(gt=0, le=100)
    rumours: bool
    min_confidence: Share
    max_attempts: int = Field(ge=1)


class DigestSettings(Section):
    timezone: TimeZone
    daily_at: TimeOfDay
    weekly_on: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    weekly_at: TimeOfDay
    catch_up_hours: float = Field(ge=0)


class OperatorSettings(Section):
    user_ids: Snowflakes
    log_level: Literal["debug", "info", "warning", "error"]
    log_json: bool


class Settings(BaseSettings):
    """All settings, validated and frozen."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix=ENV_PREFIX,
        env_nested_delimiter="_",
        env_nested_max_split=1,  # sections are one word, so MARKET_PULSE_COLLECTOR_TIMEOUT_S is unambiguous
    )

    database: DatabaseSettings
    collector: CollectorSettings
    extractors: ExtractorSettings
    discord: DiscordSettings
    alerts: AlertSettings
    digest: DigestSettings
    operator: OperatorSettings

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings' signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the files, which arrive merged as init arguments."""
        return env_settings, init_settings

    @property
    def database_path(self) -> Path:
        return self.database.path

    @property
    def discord_token(self) -> SecretStr | None:
        return secret(DISCORD_TOKEN)

    def webhook_url(self, name: str) -> SecretStr | None:
        """Return the address of the webhook called `name`, from the variable its setting names."""
        variable = self.discord.webhooks.get(name)
        return secret(variable) if variable else None

    def with_database(self, path: Path) -> Self:
        return self.model_copy(update={"database": self.database.model_copy(update={"path": path})})


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One setting in force and where its value comes from."""

    key: str
    value: object
    source: str


def secret(variable: str) -> SecretStr | None:
    """Read a secret from the environment; empty counts as not set."""
    value = os.environ.get(variable, "").strip()
    return SecretStr(value) if value else None


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
    return settings.with_database(database_path) if database_path else settings


def origins(settings: Settings, path: Path | None) -> tuple[Origin, ...]:
    """List every setting in force with the file or variable that gave it."""
    layers = _layers(path)
    return tuple(
        Origin(key=f"{section}.{key}", value=value, source=_source(section, key, layers))
        for section, values in settings.model_dump(mode="json").items()
        for key, value in values.items()
    )


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
    reason = first["msg"].removeprefix("Value error, ")
    reason = reason[:1].lower() + reason[1:]
    variable = _variable(section, key)
    if variable in os.environ:
        return ConfigError("environment", variable, reason, "Correct or unset the variable.")
    layer = _giver(section, key, layers)
    if first["type"] == "extra_forbidden":
        known = "`market-pulse config show` lists the settings there are."
        return ConfigError(layer.path, layer.place(*keys[:2]), "there is no such setting", f"Remove it; {known}")
    given = first.get("input")
    if not isinstance(given, dict):
        reason = f"{reason} (it is {given!r})"
    return ConfigError(layer.path, layer.place(*keys[:2]), reason, "Correct the value.")


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
