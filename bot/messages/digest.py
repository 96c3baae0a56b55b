"""The digest of a day or a week: what is new, what changed, who leads, how shares moved, what is due.

Pure: deal records and a period in, a digest out, and the digest as a Discord message. It is never an empty shell: a
quiet period says so and shows the latest deals and what comes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.charts.canvas import Chart
from bot.delivery.news import AGREED
from bot.messages.headline import headline
from bot.messages.league import LeagueRow, league
from bot.messages.limits import MAX_FIELD_VALUE, fit
from bot.messages.markdown import escape, join_lines, link
from bot.messages.message import Attachment, Embed, Field, Message
from bot.messages.render import BLUE, DISCLAIMER
from bot.messages.sourcing import best_source
from bot.messages.wording import PLAIN, Style, moment, move, period, plural, power, short_money
from db.records import DealEvent, DealRecord, ReportedReaction
from extractors.closed_sets import CapacityKind, Precision
from extractors.models import PartialDate
from extractors.periods import overlap, quarter_of

LEAGUE_ROWS, LATEST = 5, 3
_BASES = {CapacityKind.IT: "IT", CapacityKind.GROSS: "gross", CapacityKind.UNSPECIFIED: "(basis not said)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From `start` (inclusive) to `end` (exclusive); `name` is "daily" or "weekly"."""

    name: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a period brought; `latest` is filled when it brought nothing."""

    period: Period
    new: tuple[DealRecord, ...]
    changed: tuple[tuple[DealRecord, tuple[DealEvent, ...]], ...]
    reactions: tuple[tuple[DealRecord, ReportedReaction], ...]
    league: tuple[LeagueRow, ...]
    due: tuple[tuple[DealRecord, str], ...]
    latest: tuple[DealRecord, ...]

    @property
    def quiet(self) -> bool:
        """Whether the period brought neither a new nor a changed deal."""
        return not self.new and not self.changed


def compose(deals: Sequence[DealRecord], span: Period) -> Digest:
    """Gather a period from all stored deals."""
    telling = [deal for deal in deals if deal.facts.alerts]
    ours = [deal for deal in telling if not deal.is_history]
    new = [deal for deal in ours if span.start <= deal.first_seen_at < span.end]
    changed = [(deal, events) for deal in ours if deal.first_seen_at < span.start and (events := _events(deal, span))]
    newest = sorted(telling, key=lambda deal: deal.first_seen_at, reverse=True)
    return Digest(
        period=span,
        new=tuple(sorted(new, key=lambda deal: -(deal.facts.value_usd or Decimal(0)))),
        changed=tuple(changed),
        reactions=tuple(_reactions(ours, span)),
        league=tuple(league(telling)[:LEAGUE_ROWS]),
        due=tuple(_due(telling, span.end.date())),
        latest=() if new or changed else tuple(newest[:LATEST]),
    )


def told_in(digest: Digest) -> list[DealRecord]:
    """Return the deals a digest tells of, each once; the league's are only counted."""
    told = [*digest.new, *digest.latest]
    for pairs in (digest.changed, digest.reactions, digest.due):
        told += [deal for deal, _ in pairs]
    return list({deal.id: deal for deal in told}.values())


def _events(deal: DealRecord, span: Period) -> tuple[DealEvent, ...]:
    return tuple(event for event in deal.events if span.start <= event.at < span.end)


def _reactions(deals: Sequence[DealRecord], span: Period) -> Iterator[tuple[DealRecord, ReportedReaction]]:
    for deal in deals:
        for reported in deal.reactions:
            at = reported.published_at
            if reported.reaction.deal_related and at is not None and span.start <= at < span.end:
                yield deal, reported


def _due(deals: Sequence[DealRecord], today: date) -> Iterator[tuple[DealRecord, str]]:
    """Find deliveries of the current quarter; a date known only to the year says nothing about a quarter."""
    quarter = quarter_of(today)
    for deal in deals:
        if deal.facts.status not in AGREED:
            continue
        facts = deal.facts
        for word, name, when in (
            ("starts", "energising", facts.delivery_start),
            ("complete", "energised", facts.delivery_end),
        ):
            if when is not None and when.precision is not Precision.YEAR and overlap(when, quarter):
                yield deal, f"{word} {period(when)}{slip_words(deal, name)}"
                break


def slip_words(deal: DealRecord, name: str) -> str:
    """Say what was promised first where a planned milestone moved back since; empty where it did not."""
    late = next((m for m in deal.milestones if m.planned and m.name == name and (m.slipped_days or 0) > 0), None)
    if late is None or late.promised_until is None:
        return ""
    promised = PartialDate(date=late.promised_until.isoformat(), precision=Precision.DAY)
    return f" (first promised by {period(promised)})"


def digest_message(
    digest: Digest, *, style: Style = PLAIN, chart: Chart | None = None, health: Sequence[str] = ()
) -> Message:
    """Draw a digest as one card. `health` are the operator's lines about the feeds."""
    embed = Embed(
        title=_title(digest),
        author=_author(digest.period, style),
        colour=BLUE,
        description="" if not digest.quiet else _quiet_words(digest),
        fields=tuple(_fields(digest, health, style=style)),
        footer=DISCLAIMER,
        timestamp=digest.period.end,
        image=chart.filename if chart else None,
    )
    files = (Attachment(filename=chart.filename, content=chart.png, alt=chart.alt),) if chart else ()
    return Message(embeds=(fit(embed),), attachments=files)


def _author(span: Period, style: Style) -> str:
    start, end = moment(span.start, style=style), moment(span.end, style=style)
    return f"Market Pulse, the day to {end}" if span.name == "daily" else f"Market Pulse, {start} to {end}"


def _title(digest: Digest) -> str:
    if digest.quiet:
        return "A quiet day" if digest.period.name == "daily" else "A quiet week"
    parts = []
    if digest.new:
        agreed = [deal for deal in digest.new if deal.facts.status in AGREED]
        total = sum((d.facts.value_usd for d in agreed if d.facts.value_usd is not None), Decimal(0))
        worth = f", {short_money(round(total, -7))} stated" if total else ""
        parts += [f"{plural(len(agreed), 'new deal')}{worth}"] if agreed else []
        talks = len(digest.new) - len(agreed)
        parts += [f"{talks} in talk or ended"] if talks else []
    if digest.changed:
        parts.append(f"{len(digest.changed)} changed")
    return " · ".join(parts)


def _quiet_words(digest: Digest) -> str:
    return "No new deal and no change." + (" The latest ones:" if digest.latest else " Nothing is stored yet.")


def _fields(digest: Digest, health: Sequence[str], *, style: Style) -> Iterator[Field]:
    sections = (
        ("New deals", [deal_line(deal, style=style) for deal in digest.new if deal.facts.status in AGREED]),
        ("In talk or ended", [deal_line(deal, style=style) for deal in digest.new if deal.facts.status not in AGREED]),
        ("Changed", [_changed_line(deal, events) for deal, events in digest.changed]),
        ("Latest deals", [deal_line(deal, style=style) for deal in digest.latest]),
        ("Share reactions, as reported", _reaction_lines(digest, style=style)),
        ("Most contracted", [league_line(at, row, style=style) for at, row in enumerate(digest.league, 1)]),
        ("Due this quarter", [f"{_linked(deal)} {words}" for deal, words in digest.due]),
        ("Feeds", list(health)),
    )
    for name, lines in sections:
        if lines:
            yield Field(name=name, value=join_lines(lines, MAX_FIELD_VALUE), inline=False)


def deal_line(deal: DealRecord, *, style: Style = PLAIN) -> str:
    """Tell a deal in a line: its headline as a link, then the megawatts where it names the money."""
    source = best_source(deal)
    title = link(headline(deal, style=style), source.url if source else None)
    facts = deal.facts
    if facts.capacity_mw is None or facts.value_usd is None:
        return f"- {title}"
    extra = f"{power(facts.capacity_mw, style=style)} {_BASES[facts.capacity_kind or CapacityKind.UNSPECIFIED]}"
    return f"- {title} · {extra}"


def _linked(deal: DealRecord) -> str:
    source = best_source(deal)
    return f"- {link(deal.name, source.url if source else None)}:"


def _changed_line(deal: DealRecord, events: Sequence[DealEvent]) -> str:
    told = "; ".join(dict.fromkeys(escape(event.detail or event.kind) for event in events))
    return f"{_linked(deal)} {told}"


def _reaction_lines(digest: Digest, *, style: Style) -> list[str]:
    lines = [
        f"- **{escape(reported.reaction.company)}** {move(reported.reaction, style=style)}"
        for _, reported in digest.reactions
    ]
    return list(dict.fromkeys(lines))


def league_line(at: int, row: LeagueRow, *, style: Style = PLAIN) -> str:
    """Tell a company's place: "1. IREN · 200 MW IT · $9.7B · 71% with Microsoft"."""
    parts = [f"{power(mw, style=style)} {_BASES[basis]}" for basis, mw in row.mw.items()]
    if row.value_usd:
        parts.append(f"{short_money(row.value_usd, style=style)} stated")
    if row.top_tenant and row.top_share is not None and len(row.deals) > 1:
        parts.append(f"{row.top_share:.0%} with {escape(row.top_tenant)}")
    return f"{at}\\. **{escape(row.company)}** · {' · '.join(parts)}" if parts else f"{at}\\. **{escape(row.company)}**"
