"""Reads and checks config/history.toml: the researched deals of the past. A fault names file, row, line and remedy.

    load_history(path=None) -> tuple[HistoryRow, …]

Where the file is missing there is no history. Knows no database; what becomes of a row is known in `db.history`.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from bot.errors import ConfigError
from bot.settings import config_dir
from bot.toml_file import TomlFile, load_toml
from db.history_rows import SUPPORTS, HistoryEvent, HistoryRow, HistorySource, is_miner_deal
from extractors.closed_sets import (
    CapacityKind,
    DealStatus,
    DealType,
    Direction,
    PartyKind,
    PartyRole,
    Precision,
    Qualifier,
    Session,
)
from extractors.models import Mention, OtherParty, PartialDate, Reaction

_PERIOD = re.compile(r"(?P<year>20\d\d)(?:-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_COPIED = (
    *("provider", "customer", "provider_kind", "customer_kind", "deal_type", "value_usd", "value_qualifier"),
    *("value_max_usd", "term_years", "term_max_years", "announced_on", "delivery_start", "delivery_end"),
    *("capacity_mw", "capacity_kind", "capacity_max_mw", "gpu_models", "gpu_count", "site"),
)


def read_period(text: object) -> PartialDate:
    """Read a day, month, quarter, half or year: 2025-08-14, 2025-08, 2026-Q3, 2026-H2, 2026."""
    found = _PERIOD.fullmatch(str(text))
    if found is None:
        raise ValueError('must be a date such as "2025-08-14", "2025-08", "2026-Q3", "2026-H2" or "2026"')
    month, precision = 1, Precision.YEAR
    if found["quarter"]:
        month, precision = 3 * int(found["quarter"]) - 2, Precision.QUARTER
    elif found["half"]:
        month, precision = 6 * int(found["half"]) - 5, Precision.HALF
    elif found["month"]:
        month, precision = int(found["month"]), Precision.DAY if found["day"] else Precision.MONTH
    return PartialDate(date=date(int(found["year"]), month, int(found["day"] or 1)).isoformat(), precision=precision)


def _read(value: object) -> object:
    return value if isinstance(value, PartialDate) else read_period(value)


def _web_address(text: str) -> str:
    AnyHttpUrl(text)
    return text


def _known_support(name: str) -> str:
    if name not in SUPPORTS:
        raise ValueError(f"{name!r} is no field of a deal")
    return name


Text = Annotated[str, Field(min_length=1)]
Period = Annotated[PartialDate, BeforeValidator(_read)]
Positive = Annotated[float, Field(gt=0)]
Dollars = Annotated[Decimal, Field(gt=0)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class _Event(_Part):
    status: DealStatus
    on: Period


class _Party(_Part):
    name: Text
    role: PartyRole


class _Reaction(_Part):
    company: Text
    direction: Direction
    pct: float | None = Field(default=None, ge=0, le=1000)
    qualifier: Qualifier | None = None
    session: Session = Session.UNSPECIFIED


class _Source(_Part):
    url: Annotated[str, AfterValidator(_web_address)]
    publisher: Text
    published: Period | None = None
    supports: Annotated[tuple[Annotated[str, AfterValidator(_known_support)], ...], Field(min_length=1)]


class _Row(_Part):
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    provider: Text | None = None
    provider_kind: PartyKind
    customer: Text | None = None
    customer_kind: PartyKind
    deal_type: DealType
    announced_on: Period | None = None
    value_usd: Dollars | None = None
    value_qualifier: Qualifier | None = None
    value_max_usd: Dollars | None = None
    term_years: Positive | None = None
    term_max_years: Positive | None = None
    capacity_mw: Positive | None = None
    capacity_kind: CapacityKind | None = None
    capacity_max_mw: Positive | None = None
    site: Text | None = None
    gpu_models: tuple[Text, ...] = ()
    gpu_count: int | None = Field(default=None, gt=0)
    delivery_start: Period | None = None
    delivery_end: Period | None = None
    other_parties: tuple[_Party, ...] = ()
    events: tuple[_Event, ...] = ()
    reactions: tuple[_Reaction, ...] = ()
    expands: str | None = None
    sources: Annotated[tuple[_Source, ...], Field(min_length=1)]
    doubt: Text | None = None
    checked: date | None = None

    @model_validator(mode="after")
    def _is_told(self) -> "_Row":
        if self.announced_on is None and not self.events:
            raise ValueError("announced_on or an event must say when the deal became public")
        if self.provider is None and self.customer is None:
            raise ValueError("provider or customer must be named")
        if self.capacity_mw is not None and self.capacity_kind is None:
            raise ValueError("capacity_kind must say what capacity_mw counts: it, gross or unspecified")
        return self

    def row(self) -> HistoryRow:
        return HistoryRow(
            id=self.id,
            facts=self._facts(),
            events=tuple(HistoryEvent(status=event.status, on=event.on) for event in self.events),
            reactions=tuple(Reaction(**told.model_dump(), deal_related=True) for told in self.reactions),
            expands=self.expands,
            sources=tuple(HistorySource(**dict(source)) for source in self.sources),
            doubt=self.doubt,
            checked_on=self.checked,
        )

    def _facts(self) -> Mention:
        copied: dict[str, Any] = {name: getattr(self, name) for name in _COPIED}
        if self.value_usd is not None:
            copied |= {"value_original": self.value_usd, "value_currency": "USD"}
        return Mention(
            primary=True,
            status=self.events[-1].status if self.events else DealStatus.SIGNED,
            miner_hyperscaler=is_miner_deal(self.provider_kind, self.customer_kind, self.deal_type),
            other_parties=tuple(OtherParty(name=party.name, role=party.role) for party in self.other_parties),
            confidence=1.0,
            **copied,
        )


def load_history(path: Path | None = None) -> tuple[HistoryRow, ...]:
    """Read the history; a row that cannot be used is a ConfigError."""
    path = path or config_dir() / "history.toml"
    if not path.exists():
        return ()
    file = load_toml(path)
    tables = file.data.get("deal", [])
    if set(file.data) - {"deal"} or not isinstance(tables, list):
        stray = min(set(file.data) - {"deal"}, default="deal")
        raise ConfigError(file.path, file.place(stray), "is not a list of deals", "Write each row below [[deal]].")
    rows = [_checked(file, number, table) for number, table in enumerate(tables, 1)]
    _check_ids(file, rows)
    return tuple(row.row() for row in rows)


def _checked(file: TomlFile, number: int, table: Mapping[str, Any]) -> _Row:
    try:
        return _Row.model_validate(dict(table))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        column = ".".join(str(part) for part in first["loc"])
        reason = first["msg"].removeprefix("Value error, ")
        place = _place(file, str(table.get("id") or f"number {number}"))
        said = f"{column}: {reason[:1].lower()}{reason[1:]}" if column else reason
        raise ConfigError(file.path, place, said, "Correct the row.") from error


def _check_ids(file: TomlFile, rows: Iterable[_Row]) -> None:
    rows = tuple(rows)
    known = {row.id for row in rows}
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise ConfigError(file.path, _place(file, row.id), "another row has this id", "Give one of them a new id.")
        seen.add(row.id)
        if row.expands is not None and (row.expands not in known or row.expands == row.id):
            reason = f"expands: no other row has the id {row.expands!r}"
            raise ConfigError(file.path, _place(file, row.id), reason, "Name the row that this one expands.")


def _place(file: TomlFile, row_id: str) -> str:
    lines = file.text.splitlines()
    line = next((at for at, text in enumerate(lines, 1) if text.strip() == f'id = "{row_id}"'), None)
    return f"deal {row_id} (line {line})" if line else f"deal {row_id}"
