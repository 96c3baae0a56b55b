"""A deal as a Discord message: the alert, its reply when something material changed, and the card of `/deal`.

Pure. Order of an alert: headline, the sentence that proves it, facts with unit and basis, what they imply beside the
model's range, share reaction, what sources disagree on, sources; colour by status; the row id in the footer is what a
search after a crash looks for. Foreign text is escaped, lengths are measured.
"""

from collections.abc import Iterator

from bot.delivery.news import EventKind, NewsEvent
from bot.messages.facts import FIELD_NAMES, conflict_line, fact_fields, implied_lines, reaction_lines
from bot.messages.headline import banner, change_words, headline
from bot.messages.limits import MAX_FIELD_VALUE, fit
from bot.messages.markdown import escape, is_web_link, join_lines, link, plain
from bot.messages.message import Button, Embed, Field, Message
from bot.messages.sourcing import best_source, opposed_lines, quotation, source_lines
from bot.messages.wording import (
    PLAIN,
    STATUS_WORDS,
    TYPE_WORDS,
    Style,
    plural,
)
from db.records import Conflict, DealRecord
from extractors.closed_sets import DealStatus

DISCLAIMER = "machine-read, not investment advice"
GREEN, AMBER, RED, BLUE = 0x2BAC76, 0xE8A33D, 0xD9534F, 0x4A7DDB
COLOURS = {
    DealStatus.RUMORED: AMBER,
    DealStatus.IN_TALKS: AMBER,
    DealStatus.LOI: BLUE,
    DealStatus.SIGNED: GREEN,
    DealStatus.EXPANDED: GREEN,
    DealStatus.CLOSED: GREEN,
    DealStatus.TERMINATED: RED,
    DealStatus.REJECTED: RED,
}


def alert_message(deal: DealRecord, event: NewsEvent, *, row: str = "", style: Style = PLAIN) -> Message:
    """Compose the alert of a deal. `row` is the outbox row's id, printed in the footer."""
    best = best_source(deal)
    embed = Embed(
        title=escape(headline(deal, style=style)),
        url=best.url if best and is_web_link(best.url) else None,
        author=_author(deal, event),
        colour=COLOURS[deal.facts.status],
        description=_description(deal, event, style=style),
        fields=tuple(_fields(deal, style=style)),
        footer=_footer(deal, row),
        timestamp=deal.updated_at,
    )
    rest = link("all of it", best.url) if best else ""
    return Message(embeds=(fit(embed, rest=rest),), buttons=deal_buttons(deal.id))


def merged_message(survivor: DealRecord, *, jump: str | None = None, style: Style = PLAIN) -> Message:
    """Say in the place of an alert that its deal proved to be one announced before; `jump` is that alert's address."""
    where = f"See {link('its alert', jump)}." if jump else "Its own alert holds the facts."
    embed = Embed(
        title=escape(headline(survivor, style=style)),
        author="One deal, told twice",
        colour=BLUE,
        description=f"This alert and that of {escape(survivor.name)} are about the same deal. {where}",
        footer=DISCLAIMER,
        timestamp=survivor.first_seen_at,
    )
    return Message(embeds=(fit(embed),), buttons=deal_buttons(survivor.id))


def deal_buttons(deal_id: int) -> tuple[Button, ...]:
    """Return the buttons under an alert; their ids name the deal, so they work after a restart."""
    labels = {
        "sources": "Sources",
        "why": "Why",
        "value": "Value it",
        "chart": "Chart",
        "correct": "Suggest a correction",
    }
    return tuple(Button(label=label, custom_id=f"mp:{action}:{deal_id}") for action, label in labels.items())


def _author(deal: DealRecord, event: NewsEvent) -> str:
    """Say kind of news, kind of deal and status; the status only where the first words do not hold it."""
    news, status = banner(deal, event), STATUS_WORDS[deal.facts.status]
    return " · ".join([news, TYPE_WORDS[deal.facts.deal_type], *([status] if status not in news.casefold() else [])])


def _description(deal: DealRecord, event: NewsEvent, *, style: Style) -> str:
    moved = [f"**{FIELD_NAMES.get(c.field, c.field)}** {escape(change_words(c, style=style))}" for c in event.changes]
    changed = "\n".join(moved) if event.kind is EventKind.CHANGE else ""
    return "\n\n".join(filter(None, [changed, quotation(deal)]))


def _fields(deal: DealRecord, *, style: Style) -> Iterator[Field]:
    yield from fact_fields(deal.facts, style=style)
    if implied := implied_lines(deal, style=style):
        yield Field(name="What that implies", value=join_lines(implied, MAX_FIELD_VALUE), inline=False)
    if moves := reaction_lines(deal, style=style):
        yield Field(name="Share reaction, as reported", value=join_lines(moves, MAX_FIELD_VALUE), inline=False)
    if deal.conflicts:
        lines = [line for conflict in deal.conflicts for line in _dispute(deal, conflict, style=style)]
        yield Field(name="Sources disagree", value=join_lines(lines, MAX_FIELD_VALUE), inline=False)
    if deal.sources:
        count = plural(len([s for s in deal.sources if s.duplicate_of is None]), "source")
        value = join_lines(source_lines(deal, style=style), MAX_FIELD_VALUE)
        yield Field(name=count, value=value, inline=False)


def _dispute(deal: DealRecord, conflict: Conflict, *, style: Style) -> list[str]:
    """Say what sources disagree on; where a filing is among them, in its words and those of the press."""
    return [conflict_line(conflict, style=style), *opposed_lines(deal, conflict.field)]


def _footer(deal: DealRecord, row: str) -> str:
    return " · ".join(filter(None, [row, plain(deal.evidence_tier), DISCLAIMER]))
