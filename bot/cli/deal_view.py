"""One deal on the terminal: facts with their proof, disagreement, sources, history."""

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.cli.linked import linked
from bot.messages.console import markdown
from bot.messages.facts import conflict_line, fact_fields, implied_lines, reaction_lines
from bot.messages.measured import measured_lines
from bot.messages.sourcing import TIER_WORDS, opposed, proof_url
from bot.messages.wording import moment
from bot.milestones import lines
from db.records import Claim, Conflict, DealRecord, Source

#: A field of the record -> what it is called beside the sentence that proves it.
_PROVEN = {
    "value_usd": "value",
    "value_original": "value",
    "capacity_mw": "capacity",
    "term_years": "term",
    "gpu_count": "GPUs",
    "customer": "customer",
    "status": "status",
    "site": "site",
}


def rendering(
    deal: DealRecord,
    links: Sequence[tuple[str, str, str]] = (),
    research: Sequence[tuple[str, str | None, str | None]] = (),
    *,
    console: Console,
) -> RenderableType:
    """Return a deal as something rich can print on this console."""
    facts = deal.facts
    kind = f"{facts.deal_type.value.replace('_', ' ')}, {facts.status.value.replace('_', ' ')}"
    head = Text.assemble((deal.name, "bold"), "  ", (kind, "cyan"), "  ", (deal.evidence_tier, "green"))
    return Group(head, Text(deal.slug, style="dim"), *_sections(deal, links, console), *_research(research))


def _research(rows: Sequence[tuple[str, str | None, str | None]]) -> Iterator[RenderableType]:
    """Yield what the rows of the bundled history say about themselves."""
    told = [(f"checked {day}" if day else "not checked", doubt or "nothing was left out") for _, doubt, day in rows]
    yield from _section("Research", told)


def _sections(deal: DealRecord, links: Sequence[tuple[str, str, str]], console: Console) -> Iterator[RenderableType]:
    facts = [(field.name, markdown(field.value)) for field in fact_fields(deal.facts)]
    yield from _section("Facts", [*facts, *(("", markdown(line)) for line in implied_lines(deal))])
    yield from _section("Sources disagree", [("", _dispute(deal, conflict, console)) for conflict in deal.conflicts])
    yield from _section("Proof", list(_proofs(deal, console)))
    yield from _section("Shares, as reported", [("", markdown(line)) for line in reaction_lines(deal)])
    yield from _section("Shares, measured", [("", markdown(line)) for line in measured_lines(deal)])
    yield from _section("History", [(event.at.date().isoformat(), event.detail) for event in deal.events])
    yield from _section("Milestones", lines(deal))
    yield from _section("Related", [(kind, f"{name}  ({slug})") for kind, slug, name in links])
    yield from _section("Sources", [(str(source.article_id), _source(source)) for source in deal.sources])


def _section(title: str, rows: Sequence[tuple[str, RenderableType]]) -> Iterator[RenderableType]:
    if not rows:
        return
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for name, words in rows:
        table.add_row(Text(name), Text(words) if isinstance(words, str) else words)
    yield Text(f"\n{title}", style="bold")
    yield Padding(table, (0, 0, 0, 2))


def _proofs(deal: DealRecord, console: Console) -> Iterator[tuple[str, Text]]:
    """Yield each proving sentence once, with the fields it proves and a link to its very place."""
    sources = {source.article_id: source for source in deal.sources}
    proven: dict[tuple[str, int], tuple[Claim, list[str]]] = {}
    for field, name in _PROVEN.items():
        claim = _best([c for c in deal.claims if c.field == field and c.shown and c.sentence])
        if claim is not None:
            proven.setdefault((claim.sentence or "", claim.article_id), (claim, []))[1].append(name)
    for (sentence, article_id), (claim, names) in proven.items():
        source = sources.get(article_id)
        place = linked(source.publisher if source else "an article", proof_url(source, claim), console)
        yield "\n".join(dict.fromkeys(names)), Text.assemble(f"“{sentence}” — ", place)


def _dispute(deal: DealRecord, conflict: Conflict, console: Console) -> RenderableType:
    """Say what sources disagree on; a filing's sentence stands beside that of the press."""
    line = markdown(conflict_line(conflict))
    pair = opposed(deal, conflict.field)
    if pair is None:
        return line
    sources = {source.article_id: source for source in deal.sources}
    beside = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    for _ in pair:
        beside.add_column(ratio=1)
    beside.add_row(*(_quoted(claim, sources.get(claim.article_id), console) for claim in pair))
    return Group(line, beside)


def _quoted(claim: Claim, source: Source | None, console: Console) -> Text:
    place = linked(source.publisher if source else "an article", proof_url(source, claim), console)
    return Text.assemble((f"{TIER_WORDS[claim.tier]}: ", "dim"), f"“{claim.sentence}” — ", place)


def _best(claims: Sequence[Claim]) -> Claim | None:
    tiers = list(TIER_WORDS)
    return min(claims, key=lambda claim: tiers.index(claim.tier), default=None)


def _source(source: Source) -> str:
    notes = [TIER_WORDS[source.tier]]
    if source.published_at:
        notes.append(moment(source.published_at))
    if source.duplicate_of is not None:
        notes.append(f"copy of {source.duplicate_of}")
    if not source.primary:
        notes.append("mentions it in passing")
    return f"{source.title} · {source.publisher} ({', '.join(notes)})\n{source.url or ''}".rstrip()
