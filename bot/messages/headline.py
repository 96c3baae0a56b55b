"""The one sentence that tells a deal: who, whom, what, how much. Plain words, no markup.

Knows how each kind of deal is told at each stage of its life; knows no layout.
"""

from collections.abc import Callable

from bot.delivery.news import ENDED, RUMOURED, EventKind, FieldChange, NewsEvent
from bot.messages.wording import PLAIN, STATUS_WORDS, Style, money, period, power, qualified, term
from db.records import DealRecord
from extractors.closed_sets import DealStatus, DealType, PartyKind, Qualifier
from extractors.models import Mention, PartialDate

_UNNAMED = {
    PartyKind.HYPERSCALER: "an unnamed hyperscaler",
    PartyKind.AI_LAB: "an unnamed AI lab",
    PartyKind.NEOCLOUD: "an unnamed neocloud",
    PartyKind.MINER: "an unnamed miner",
    PartyKind.DEVELOPER: "an unnamed developer",
    PartyKind.CHIP_VENDOR: "an unnamed chip vendor",
}
_NOUNS = {
    DealType.HOSTING_LEASE: "data-centre lease",
    DealType.CLOUD_CONTRACT: "AI cloud contract",
    DealType.JOINT_VENTURE: "joint venture",
    DealType.PARTNERSHIP: "partnership",
}
_STAGES = {
    DealStatus.RUMORED: "said to plan",
    DealStatus.IN_TALKS: "in talks over",
    DealStatus.LOI: "signs letter of intent for",
    DealStatus.SIGNED: "signs",
    DealStatus.EXPANDED: "expands",
    DealStatus.CLOSED: "closes",
    DealStatus.TERMINATED: "ends",
    DealStatus.REJECTED: "loses",
}
#: At these stages a headline drops the article: "signs $9.7 billion contract".
_BARE = frozenset({DealStatus.SIGNED, DealStatus.EXPANDED, DealStatus.CLOSED})
_ACQUISITIONS = {
    DealStatus.RUMORED: "said to weigh a bid for",
    DealStatus.IN_TALKS: "in talks to buy",
    DealStatus.LOI: "signs letter of intent to buy",
    DealStatus.SIGNED: "agrees to buy",
    DealStatus.EXPANDED: "raises its bid for",
    DealStatus.CLOSED: "completes purchase of",
    DealStatus.TERMINATED: "calls off purchase of",
    DealStatus.REJECTED: "fails to buy",
}


def headline(deal: DealRecord, *, style: Style = PLAIN) -> str:
    """Tell the deal in one sentence: "IREN signs $9.7 billion AI cloud contract with Microsoft"."""
    facts = deal.facts
    if facts.deal_type is DealType.ACQUISITION:
        return _acquisition(facts, style=style)
    noun = _NOUNS.get(facts.deal_type, "deal")
    size, worth = _size(facts, style=style), ""
    if size and facts.value_qualifier not in {None, Qualifier.EXACT}:
        size, worth = "", f" worth {size}"
    thing = " ".join(filter(None, [size, noun]))
    if facts.status not in _BARE:
        thing = f"{_article(thing)} {thing}"
    provider, customer = party(facts.provider, facts.provider_kind), party(facts.customer, facts.customer_kind)
    return f"{_capital(provider)} {_STAGES[facts.status]} {thing} with {customer}{worth}"


def _acquisition(facts: Mention, *, style: Style) -> str:
    buyer, target = party(facts.customer, facts.customer_kind), party(facts.provider, facts.provider_kind)
    price = f" for {value(facts, style=style)}" if value(facts, style=style) else ""
    return f"{_capital(buyer)} {_ACQUISITIONS[facts.status]} {target}{price}"


def _article(thing: str) -> str:
    # Read aloud, not spelt: "an $8 billion lease", "an 18-year lease", "an AI cloud contract".
    spoken = thing.lstrip("$CAHNZS€£ ") if "$" in thing[:3] else thing
    return "an" if spoken[0] in "aeiouAEIO" or spoken.startswith(("8", "11", "18")) else "a"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def party(name: str | None, kind: PartyKind) -> str:
    """Name a party; an unnamed one by its kind."""
    return name or _UNNAMED.get(kind, "an undisclosed party")


def value(facts: Mention, *, style: Style = PLAIN) -> str:
    """Say the base value with its qualifier, in the currency it was stated in; empty where none is stated."""
    if facts.value_original is not None and facts.value_currency not in {None, "USD"}:
        return qualified(
            money(facts.value_original, currency=str(facts.value_currency), style=style), facts.value_qualifier
        )
    return qualified(money(facts.value_usd, style=style), facts.value_qualifier) if facts.value_usd is not None else ""


def _size(facts: Mention, *, style: Style) -> str:
    """Return the figure a headline leads with: the value, else the megawatts, else the term."""
    if said := value(facts, style=style):
        return said
    if facts.capacity_mw is not None:
        return power(facts.capacity_mw, style=style)
    if facts.value_max_usd is not None:
        return f"up to {money(facts.value_max_usd, style=style)}"
    return term(facts.term_years, style=style).rstrip("s").replace(" ", "-") if facts.term_years is not None else ""


_LATE = ({"delivery_start"}, {"delivery_end"}, {"delivery_start", "delivery_end"})


def banner(deal: DealRecord, event: NewsEvent) -> str:
    """Name the kind of news in two words, for the line above the headline."""
    status = deal.facts.status
    match event.kind:
        case EventKind.NEW:
            return "Deal expanded" if status is DealStatus.EXPANDED else "New deal"
        case EventKind.RUMOUR:
            return "Letter of intent" if status is DealStatus.LOI else "Rumour, nothing signed"
        case EventKind.REACTION:
            return "Share reaction"
        case EventKind.CHANGE:
            if status in ENDED:
                return f"Deal {STATUS_WORDS[status]}"
            return "Delivery slips" if {c.field for c in event.changes} in _LATE else "Deal changed"


def certainty(facts: Mention) -> str:
    """Say how firm a deal is where it is not signed; empty otherwise."""
    return "Not a signed deal." if facts.status in RUMOURED else ""


def change_words(change: FieldChange, *, style: Style = PLAIN) -> str:
    """Say how one fact moved: "value $3.7 billion → $4.4 billion"."""
    before = _fact_words(change.field, change.before, style=style) or "not stated"
    after = _fact_words(change.field, change.after, style=style) or "no longer stated"
    return f"{before} → {after}"


_FIGURES: dict[str, Callable[..., str]] = {"value": money, "capacity_mw": power, "term_years": term}


def _fact_words(field: str, fact: object, *, style: Style) -> str:
    if fact is None:
        return ""
    if isinstance(fact, PartialDate):
        return period(fact)
    if field == "status":
        return STATUS_WORDS[DealStatus(str(fact))]
    say = _FIGURES.get(field)
    return say(float(str(fact)), style=style) if say else str(fact)
