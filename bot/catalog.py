"""The data tables beside the code: companies, GPU models, feeds. Reads and validates config/*.toml.

Every row is checked when the file is read; a fault names file, table, line and remedy. Knows no network and no database.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AnyHttpUrl, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.errors import ConfigError
from bot.settings import config_dir
from bot.toml_file import TomlFile, load_toml
from db.records import SourceTier
from extractors.closed_sets import PartyKind
from extractors.models import Company, FormerName, GpuModel, Ticker

__all__ = ["FeedSpec", "load_companies", "load_feeds", "load_gpu_models", "load_toml"]

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TICKER = re.compile(r"(?P<exchange>[A-Z][A-Za-z]+):(?P<symbol>[A-Z0-9][A-Z0-9.\-]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSpec:
    """One row of config/feeds.toml. `url_source` says where the publisher documents the address."""

    key: str
    title: str
    url: str
    group: str
    tier: SourceTier
    poll_minutes: int
    homepage: str
    url_source: str
    language: str = "en"


def _ticker(text: str) -> str:
    if not _TICKER.fullmatch(text):
        raise ValueError('must be written "EXCHANGE:SYMBOL", such as "NASDAQ:IREN"')
    return text


def _cik(value: str) -> str:
    if value and not (value.isdigit() and len(value) <= 10):
        raise ValueError("must be the digits of an SEC CIK, in quotes")
    return value.zfill(10) if value else value


def _checked_url(value: object) -> object:
    AnyHttpUrl(str(value))
    return value


Text = Annotated[str, Field(min_length=1)]
Url = Annotated[str, BeforeValidator(_checked_url)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Former(_Row):
    name: Text
    until_year: int = Field(ge=1970, le=2100)


class _CompanyRow(_Row):
    name: Text
    kind: PartyKind
    tickers: tuple[Annotated[str, AfterValidator(_ticker)], ...] = ()
    aliases: tuple[Text, ...] = ()
    former_names: tuple[_Former, ...] = ()
    brands: tuple[Text, ...] = ()
    descriptors: tuple[Text, ...] = ()
    needs_context: tuple[Text, ...] = ()
    context_words: tuple[Text, ...] = ()
    cik: Annotated[str, AfterValidator(_cik)] = ""
    source: Text

    def company(self, key: str) -> Company:
        fields = {name: getattr(self, name) for name in ("name", "kind", "aliases", "brands", "descriptors")}
        return Company(
            **fields,
            key=key,
            tickers=tuple(Ticker(exchange=t.split(":")[0], symbol=t.split(":")[1]) for t in self.tickers),
            former_names=tuple(FormerName(name=f.name, until_year=f.until_year) for f in self.former_names),
            needs_context=self.needs_context,
            context_words=self.context_words,
            cik=self.cik or None,
            source=self.source,
        )


class _FeedRow(_Row):
    title: Text
    url: Url
    group: Annotated[str, Field(pattern=_KEY.pattern)]
    tier: SourceTier
    poll_minutes: int = Field(ge=2, le=10_080)
    homepage: Url
    source: Text
    language: str = Field(default="en", pattern=r"^[a-z]{2}$")

    def spec(self, key: str) -> FeedSpec:
        given = self.model_dump(exclude={"source"})
        return FeedSpec(key=key, url_source=self.source, **given)


class _GpuRow(BaseModel):
    """The extractors' part of a hardware row; the capacity model reads the rest."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    vendor: Text
    aliases: tuple[Text, ...] = ()


RowT = TypeVar("RowT", bound=BaseModel)
T = TypeVar("T")


def load_companies(path: Path | None = None) -> tuple[Company, ...]:
    """Read the companies; no name, alias or ticker may stand for two of them."""
    file = load_toml(path or config_dir() / "companies.toml")
    companies = tuple(row.company(key) for key, row in _rows(file, _CompanyRow))
    _refuse_twice(file, companies, _names_of, "the name")
    _refuse_twice(file, companies, lambda c: {f"{t.exchange}:{t.symbol}" for t in c.tickers}, "the ticker")
    for company in companies:
        _check_context(file, company)
    return companies


def load_gpu_models(path: Path | None = None) -> tuple[GpuModel, ...]:
    """Read how GPU models are named, from the hardware table."""
    file = load_toml(path or config_dir() / "hardware.toml")
    rows = _rows(TomlFile(path=file.path, text=file.text, data=_gpus(file)), _GpuRow)
    return tuple(GpuModel(key=key, vendor=row.vendor, aliases=row.aliases) for key, row in rows)


def load_feeds(path: Path | None = None) -> tuple[FeedSpec, ...]:
    """Read the feeds; no address may stand in two rows."""
    file = load_toml(path or config_dir() / "feeds.toml")
    feeds = tuple(row.spec(key) for key, row in _rows(file, _FeedRow))
    _refuse_twice(file, feeds, lambda feed: {feed.url}, "the address")
    return feeds


def _rows(file: TomlFile, model: type[RowT]) -> Iterator[tuple[str, RowT]]:
    """Validate each top-level table of the file as one row."""
    for key, values in file.data.items():
        if not _KEY.fullmatch(key):
            reason = "is not a key of lower-case letters, digits and hyphens"
            raise ConfigError(file.path, file.place(key), reason, "Rename the table.")
        if not isinstance(values, dict):
            raise ConfigError(file.path, file.place(key), "is not a table", f"Write [{key}] on a line of its own.")
        yield key, _validated(file, key, values, model)


def _validated(file: TomlFile, key: str, values: Mapping[str, Any], model: type[RowT]) -> RowT:
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        column = str(first["loc"][0]) if first["loc"] else ""
        reason = first["msg"].removeprefix("Value error, ")
        remedy = f"Remove or rename {column!r}." if first["type"] == "extra_forbidden" else f"Correct {column!r}."
        raise ConfigError(file.path, file.place(key, column), reason[:1].lower() + reason[1:], remedy) from error


def _refuse_twice(file: TomlFile, rows: Sequence[Any], names: Callable[[Any], Iterable[str]], what: str) -> None:
    owner: dict[str, str] = {}
    for row in rows:
        for name in names(row):
            if owner.setdefault(name, row.key) != row.key:
                reason = f"{what} {name!r} already stands for [{owner[name]}]"
                raise ConfigError(file.path, file.place(row.key), reason, "Keep it in one of the two rows.")


def _names_of(company: Company) -> set[str]:
    former = (old.name for old in company.former_names)
    return {name.casefold() for name in (company.name, *company.aliases, *company.brands, *former)}


def _check_context(file: TomlFile, company: Company) -> None:
    """A name that needs context must be one of the company's names, and have words to be recognised by."""
    stray = {name.casefold() for name in company.needs_context} - _names_of(company)
    if stray:
        reason = f"{min(stray)!r} is not one of the company's names"
        raise ConfigError(
            file.path, file.place(company.key, "needs_context"), reason, "Add it to aliases or remove it."
        )
    if company.needs_context and not company.context_words:
        reason = "names that need context have no context_words"
        raise ConfigError(file.path, file.place(company.key), reason, "Add words that tell the company from the word.")


def _gpus(file: TomlFile) -> dict[str, Any]:
    """Return the GPU tables of the hardware file."""
    gpus = file.data.get("gpu")
    if not isinstance(gpus, dict):
        raise ConfigError(file.path, "gpu", "the table of GPU models is missing", "Restore the shipped hardware.toml.")
    return gpus
