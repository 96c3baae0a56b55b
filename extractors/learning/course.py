"""What is learned from: annotated articles, and readers that show what there is to see in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from extractors.evaluate.annotation import AnnotatedArticle
from extractors.evaluate.names import Names
from extractors.judgement import Judgement
from extractors.linear import Features
from extractors.models import Article
from extractors.reading import Reading


class Reader(Protocol):
    """A reader whose own steps learning goes through (`Extractor`), so that what is learned from is what is read."""

    def name_candidates(self, article: Article, /) -> Mapping[str, Features]: ...

    def unknown_companies(self, article: Article, judgement: Judgement, /) -> Mapping[str, Features]: ...

    def lay_out(self, article: Article, judgement: Judgement, /) -> Reading: ...

    def propose(self, reading: Reading, judgement: Judgement, /) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Annotated articles with their readers.

    `names` compare through the whole company table. `forgetful` is a reader that knows fewer companies: those it takes
    for unknown teach how real companies look when no table knows them.
    """

    articles: Sequence[AnnotatedArticle]
    reader: Reader
    names: Names
    forgetful: Reader | None = None
