"""Lists what went wrong, each with the sentence it went wrong in and the rule that fired."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.closed_sets import Where
from extractors.evaluate.annotation import ROLE_FIELDS, AnnotatedArticle
from extractors.evaluate.verdict import Group, Verdict

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"“A-Z(\d•-])|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One wrong verdict; `sentence` and `rule` are empty where nothing in the text can be pointed at."""

    verdict: Verdict
    sentence: str
    rule: str

    def __str__(self) -> str:
        verdict = self.verdict
        place = f"{verdict.article} {verdict.group}.{verdict.field} [{verdict.subject}]"
        rule = f" by {self.rule}" if self.rule else ""
        quote = f"\n    {self.sentence}" if self.sentence else ""
        return f"{place}: wanted {_shown(verdict.wanted)}, got {_shown(verdict.got)}{rule}{quote}"


def misses_of(article: AnnotatedArticle, verdicts: Iterable[Verdict]) -> Iterator[Miss]:
    """Yield every wrong verdict on one article, alerts first as the verdicts come."""
    for verdict in verdicts:
        if not verdict.right and verdict.group is not Group.NEGATIVE:
            proof = verdict.evidence[0] if verdict.evidence else None
            place = (proof.where, proof.start) if proof else _place_in_annotation(article, verdict)
            yield Miss(
                verdict=verdict,
                sentence="" if place is None else sentence_at(article, *place),
                rule=proof.rule if proof else "",
            )


def sentence_at(article: AnnotatedArticle, where: Where, offset: int) -> str:
    """Return the sentence of the title or text that holds an offset."""
    source = article.article.title if where is Where.TITLE else article.article.text
    start = 0
    for end in _SENTENCE_END.finditer(source):
        if end.start() > offset:
            return source[start : end.start()].strip()
        start = end.end()
    return source[start:].strip()


def _place_in_annotation(article: AnnotatedArticle, verdict: Verdict) -> tuple[Where, int] | None:
    """Where the annotation says that the wanted fact stands."""
    roles = {role for (_, role), field in ROLE_FIELDS.items() if field == verdict.field}
    for quantity in article.quantities:
        source = article.article.title if quantity.where is Where.TITLE else article.article.text
        if quantity.role in roles or (
            verdict.group is Group.ROLE and source[quantity.start : quantity.end] == verdict.subject
        ):
            return quantity.where, quantity.start
    return None


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value)
