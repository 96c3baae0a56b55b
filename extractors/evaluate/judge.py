"""Judges one extraction against its annotated article: a verdict for every fact that one of them states.

The rules: deals align one to one by parties; ambiguous fields and optional deals are not judged; the facts of an
invented primary deal are false, those of a missed one missing; a reaction counts once.
"""

from collections.abc import Iterator, Sequence

from extractors.evaluate.align import align, parties_agree
from extractors.evaluate.annotation import AnnotatedArticle, AnnotatedDeal
from extractors.evaluate.compare_values import ASKED_WITH, NUMBERS, WORDS
from extractors.evaluate.names import Names
from extractors.evaluate.reaction_judge import judge_reactions
from extractors.evaluate.role_judge import judge_roles
from extractors.evaluate.verdict import Group, Verdict
from extractors.models import Extraction, Mention

#: If one of these is ambiguous, so is whether the deal raises an alert.
_ALERT_FIELDS = frozenset({"exists", "primary", "miner_hyperscaler", "deal_type"})


def judge_article(wanted: AnnotatedArticle, got: Extraction, *, names: Names) -> list[Verdict]:
    """Return every verdict on one article."""
    article = wanted.article.id or ""
    names = names.knowing(wanted.other_forms)
    pairs = align(wanted.deals, got.deals, names=names)
    verdicts = [
        *_judge_presence(article, wanted.deals, got.deals, pairs),
        *_judge_alerts(article, wanted.deals, got.deals, pairs),
        *_judge_unpaired(article, wanted.deals, got.deals, pairs),
        *judge_reactions(article, wanted.reactions, got.reactions, names=names),
        *judge_roles(wanted, got, pairs=pairs),
    ]
    for row, column in pairs:
        verdicts += _judge_pair(article, wanted.deals[row], got.deals[column], names=names)
    return verdicts


def subject_of(mention: Mention) -> str:
    """Name a deal for people."""
    return f"{mention.provider or '?'} -> {mention.customer or '?'} {mention.deal_type}"


def _judge_presence(
    article: str, wanted: Sequence[AnnotatedDeal], got: Sequence[Mention], pairs: list[tuple[int, int]]
) -> Iterator[Verdict]:
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    for row, deal in enumerate(wanted):
        if not deal.optional:
            yield _presence(article, Group.DEAL, deal.mention, wanted=True, got=row in rows)
    for column, mention in enumerate(got):
        if column not in columns:
            yield _presence(article, Group.DEAL, mention, wanted=False, got=True)


def _judge_alerts(
    article: str, wanted: Sequence[AnnotatedDeal], got: Sequence[Mention], pairs: list[tuple[int, int]]
) -> Iterator[Verdict]:
    column_of, row_of = dict(pairs), {column: row for row, column in pairs}
    unsure = [bool(deal.ambiguous & _ALERT_FIELDS) for deal in wanted]
    for row, deal in enumerate(wanted):
        found = row in column_of and got[column_of[row]].alerts
        if deal.mention.alerts and (found or not unsure[row]):
            yield _presence(article, Group.ALERT, deal.mention, wanted=True, got=found)
    false_alerts = 0
    for column, mention in enumerate(got):
        row = row_of.get(column, -1)
        excused = row >= 0 and (wanted[row].mention.alerts or unsure[row])
        if mention.alerts and not excused:
            false_alerts += 1
            yield _presence(article, Group.ALERT, mention, wanted=False, got=True)
    if not any(
        deal.mention.alerts or (unsure[row] and deal.mention.miner_hyperscaler) for row, deal in enumerate(wanted)
    ):
        yield Verdict(
            article=article,
            group=Group.NEGATIVE,
            field="article",
            subject=article,
            wanted=None,
            got=false_alerts or None,
            right=not false_alerts,
        )


def _judge_pair(article: str, deal: AnnotatedDeal, mention: Mention, *, names: Names) -> Iterator[Verdict]:
    subject = subject_of(deal.mention)
    yield Verdict(
        article=article,
        group=Group.PARTIES,
        field="parties",
        subject=subject,
        wanted=(deal.mention.provider, deal.mention.customer),
        got=(mention.provider, mention.customer),
        right=parties_agree(deal, mention, names=names),
    )
    if deal.optional:
        return
    group = Group.PRIMARY if deal.mention.primary else Group.BACKGROUND
    for field, agree in (*NUMBERS.items(), *WORDS.items()):
        if _asked(deal, field):
            value, read = getattr(deal.mention, field), getattr(mention, field)
            yield Verdict(
                article=article,
                group=group,
                field=field,
                subject=subject,
                wanted=_stated(value),
                got=_stated(read),
                right=agree(value, read),
                evidence=mention.evidence.get(field, ()),
            )
    if _asked(deal, "other_parties"):
        yield from _judge_other_parties(article, group, deal.mention, mention, names=names)


def _asked(deal: AnnotatedDeal, field: str) -> bool:
    if field in deal.ambiguous or field not in deal.known:
        return False
    condition = ASKED_WITH.get(field)
    return condition is None or getattr(deal.mention, condition) is not None


def _judge_other_parties(
    article: str, group: Group, wanted: Mention, got: Mention, *, names: Names
) -> Iterator[Verdict]:
    expected = {(names.canonical(party.name), party.role.value) for party in wanted.other_parties}
    read = {(names.canonical(party.name), party.role.value) for party in got.other_parties}
    for party in sorted(expected | read, key=str):
        yield Verdict(
            article=article,
            group=group,
            field="other_parties",
            subject=subject_of(wanted),
            wanted=party if party in expected else None,
            got=party if party in read else None,
            right=party in expected and party in read,
            compared=False,
            evidence=got.evidence.get("other_parties", ()),
        )


def _judge_unpaired(
    article: str, wanted: Sequence[AnnotatedDeal], got: Sequence[Mention], pairs: list[tuple[int, int]]
) -> Iterator[Verdict]:
    """The facts of a missed primary deal are missing, those of an invented one false."""
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    for row, deal in enumerate(wanted):
        if row not in rows and deal.mention.primary and not deal.optional:
            asked = [field for field in NUMBERS if field in deal.known and field not in deal.ambiguous]
            yield from _lone_facts(article, deal.mention, asked, wanted=True)
    for column, mention in enumerate(got):
        if column not in columns and mention.primary:
            yield from _lone_facts(article, mention, list(NUMBERS), wanted=False)


def _lone_facts(article: str, mention: Mention, fields: Sequence[str], *, wanted: bool) -> Iterator[Verdict]:
    for field in fields:
        value = getattr(mention, field)
        if value is not None:
            yield Verdict(
                article=article,
                group=Group.PRIMARY,
                field=field,
                subject=subject_of(mention),
                wanted=value if wanted else None,
                got=None if wanted else value,
                right=False,
                compared=False,
                evidence=mention.evidence.get(field, ()),
            )


def _presence(article: str, group: Group, mention: Mention, *, wanted: bool, got: bool) -> Verdict:
    name = subject_of(mention)
    return Verdict(
        article=article,
        group=group,
        field=group.value,
        subject=name,
        wanted=name if wanted else None,
        got=name if got else None,
        right=wanted and got,
        evidence=mention.evidence.get("deal_type", ()),
    )


def _stated(value: object) -> object:
    """An empty list states nothing."""
    return None if value == () else value
