"""The settings as a person may set them: sections, types, bounds. Reads no file; `bot.settings` does."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self
from zoneinfo import ZoneInfo

import platformdirs
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

if TYPE_CHECKING:
    from bot.collector.options import CollectorOptions

APP = "market-pulse"
ENV_PREFIX = "MARKET_PULSE_"
DISCORD_TOKEN = "DISCORD_TOKEN"  # noqa: S105 - the name of the variable, not a secret


def secret(variable: str) -> SecretStr | None:
    """Read a secret from the environment; empty counts as not set."""
    value = os.environ.get(variable, "").strip()
    return SecretStr(value) if value else None


def default_database_path() -> Path:
    return platformdirs.user_data_path(APP) / "market-pulse.db"


def _time_of_day(text: str) -> str:
    hours, colon, minutes = text.partition(":")
    if not (colon and hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60):
        raise ValueError('must be a time like "08:00"')
    return f"{int(hours):02}:{int(minutes):02}"


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
    history: bool


class CollectorSettings(Section):
    contact: str
    groups: tuple[str, ...]
    disabled: tuple[str, ...]
    extra_feeds: str
    tick_seconds: int = Field(ge=5, le=3600)
    timeout_s: Seconds
    connect_timeout_s: Seconds
    concurrency: int = Field(ge=1, le=100)
    per_host_concurrency: int = Field(ge=1, le=20)
    per_host_delay_s: float = Field(ge=0, le=60)
    min_poll_minutes: float = Field(ge=1)
    max_poll_minutes: float = Field(ge=1)
    max_backoff_hours: float = Field(gt=0)
    max_feed_mb: float = Field(gt=0)
    max_page_mb: float = Field(gt=0)
    max_redirects: int = Field(ge=0, le=20)
    respect_robots: bool
    allow_loopback: bool

    def options(self) -> "CollectorOptions":
        """Return these settings as the collector's own options."""
        from bot.collector.options import CollectorOptions

        return CollectorOptions(
            contact=self.contact,
            total_timeout_s=self.timeout_s,
            connect_timeout_s=self.connect_timeout_s,
            max_feed_bytes=int(self.max_feed_mb * 1_000_000),
            max_page_bytes=int(self.max_page_mb * 1_000_000),
            max_redirects=self.max_redirects,
            concurrency=self.concurrency,
            per_host_concurrency=self.per_host_concurrency,
            per_host_delay_s=self.per_host_delay_s,
            min_poll_minutes=self.min_poll_minutes,
            max_poll_minutes=self.max_poll_minutes,
            max_backoff_hours=self.max_backoff_hours,
            respect_robots=self.respect_robots,
            allow_loopback=self.allow_loopback,
        )


class ExtractorSettings(Section):
    workers: int = Field(ge=1, le=64)
    batch_size: int = Field(ge=1, le=1000)
    parser_model: str
    model: str


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
    fold_after_hours: float = Field(gt=0)


class DigestSettings(Section):
    send: Literal["daily", "weekly", "both", "none"]
    at: TimeOfDay
    timezone: TimeZone
    weekly_on: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    catch_up_hours: float = Field(ge=0)


class MarketSettings(Section):
    prices: Literal["none", "csv", "yahoo"]
    csv_folder: str
    refresh_hours: float = Field(ge=1)


class OperatorSettings(Section):
    user_ids: Snowflakes
    channels: Snowflakes
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
    market: MarketSettings
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
