"""Read one article from end to end: which components, in which order, and why in that order.

    gate          dismiss what cannot hold a miner's deal, before any other cost
    names         company names first: every later pattern runs over text in which names are blotted out
    numbers       quantities next, still without roles
    layout        lines, clauses, and who "the company" is: needs names; roles and frames need it
    frames        candidate deals per line, merged into drafts, settled: the primary deal pulls numbers toward itself
    slots         all numbers to all deals at once, when the deals are known
    particulars   type, status, site, other parties, dates: read from a deal's own lines
    reactions     last: whether a move is the deal's needs the deals

Knows the order; each step lives in its own module.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from spacy.language import Language

from extractors.closed_sets import PartyKind, Where
from extractors.deals.assemble import make_mention
from extractors.deals.backers import settle_backers
from extractors.deals.deal_type import decide_type
from extractors.deals.focus_pair import find_focus_frames
from extractors.deals.frames import find_frames
from extractors.deals.grounds import settle_grounds
from extractors.deals.merge import merge_frames
from extractors.deals.notes import find_notes
from extractors.deals.other_parties import find_other_parties
from extractors.deals.particulars import read_particulars
from extractors.deals.points import find_points
from extractors.deals.progress import find_progress, without_part
from extractors.deals.proof import prove
from extractors.deals.settling import settle
from extractors.deals.standing import decide_status
from extractors.explain import Explanation, explain
from extractors.gate import Gate
from extractors.judgement import Judgement
from extractors.linear import Features
from extractors.models import Article, Company, Extraction, GpuModel, Mention
from extractors.parties.finder import PartyFinder
from extractors.parties.kinds import decide_kinds, open_companies
from extractors.parties.organisations import add_organisations
from extractors.parties.renames import find_renames, under_one_name
from extractors.parties.symbols import add_symbols, join_symbols
from extractors.parties.watchers import find_watchers, watched
from extractors.quantities.finder import find_quantities
from extractors.quantities.hardware import GpuFinder
from extractors.reactions.finder import find_reactions
from extractors.reading import Reading
from extractors.roles.assignment import Filled, assign
from extractors.roles.binding import Binder
from extractors.roles.places import Place, find_places
from extractors.sites.finder import SiteSpan, find_sites
from extractors.text.layout import lay_out
from extractors.text.normalise import normalise

#: Changes whenever a result may change.
EXTRACTOR_VERSION = "14"


class Extractor:
    """Read articles; one instance serves any number of them."""

    def __init__(
        self,
        *,
        companies: Sequence[Company],
        gpus: Sequence[GpuModel],
        judgement: Judgement,
        model_path: Path | None = None,
        names: Language | None = None,
    ) -> None:
        self._parties = PartyFinder(companies)
        self._symbols = {ticker.symbol: company for company in companies for ticker in company.tickers}
        self._gate = Gate(companies)
        self._judgement = judgement
        self._gpus = GpuFinder(gpus)
        self._model_path = model_path
        self._names = names

    @property
    def version(self) -> str:
        """Name the rules that read: equal versions read equal texts equally."""
        if self._names is None:
            return EXTRACTOR_VERSION
        return f"{EXTRACTOR_VERSION}+{self._names.meta['name']}-{self._names.meta['version']}"

    def is_relevant(self, title: str, text: str) -> bool:
        """Tell whether an article may hold a miner's deal; False dismisses it."""
        return self._gate.is_relevant(title, text)

    def extract(self, article: Article) -> Extraction:
        """Return all that is read from one article."""
        return self.finish(self.read(article))

    def finish(self, reading: Reading) -> Extraction:
        """Fill the deals of a reading with their facts and find the reactions."""
        article = reading.article
        places = find_places(reading.lines, self._judgement)
        binder = Binder(reading.drafts, reading.lines)
        filled = assign(reading.drafts, binder, places, self._judgement.fills)
        progress = find_progress(reading, binder)
        mentions = without_part(self._mentions(reading, binder, filled, places), progress)
        bull, bear = find_points(reading.lines)
        return Extraction(
            id=article.id,
            url=article.url,
            is_deal_article=any(mention.primary for mention in mentions),
            deals=tuple(mentions),
            reactions=find_reactions(reading, self._judgement),
            bull=bull,
            bear=bear,
            notes=find_notes(reading.drafts, binder, filled, places),
            progress=progress,
            renames=reading.renames,
        )

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Yield the extraction of each article, in order."""
        for article in articles:
            yield self.extract(article)

    def explain(self, article: Article) -> Explanation:
        """Return what is read from an article with the reasons; reads it twice, which is the price of simplicity."""
        reading = self.read(article)
        return explain(reading, self.extract(article), find_places(reading.lines, self._judgement))

    def read(self, article: Article) -> Reading:
        """Run the components up to ranked drafts."""
        return self.judge(self.lay_out(article))

    def name_candidates(self, article: Article) -> Mapping[str, Features]:
        """Return the names that may be unknown companies, with what the name model sees of each."""
        return self._parties.name_candidates(article.title, article.text)

    def unknown_companies(self, article: Article, judgement: Judgement) -> Mapping[str, Features]:
        """Return the companies whose kind nothing states, with what the kind model sees of each."""
        reading = self._named(article, judgement)
        return open_companies(reading.parties, reading.title, reading.text)

    def lay_out(self, article: Article, judgement: Judgement | None = None) -> Reading:
        """Find names and numbers and lay out the lines of an article, names by another judgement than its own if told."""
        judgement = judgement or self._judgement
        reading = self._named(article, judgement)
        published = article.published.date() if article.published else None
        quantities = [
            *find_quantities(article.title, Where.TITLE, gpus=self._gpus, published=published),
            *find_quantities(article.text, Where.TEXT, gpus=self._gpus, published=published),
        ]
        reading.parties = decide_kinds(reading.parties, reading.title, reading.text, judgement.kinds)
        reading.parties = add_symbols(reading.parties, reading.title, reading.text)
        reading.renames = find_renames(reading)
        reading.parties = under_one_name(reading.parties, reading.renames)
        lay_out(reading, reading.parties, quantities)
        return reading

    def _named(self, article: Article, judgement: Judgement) -> Reading:
        """Begin the reading of an article with its companies and sites."""
        reading = Reading(article=article, title=normalise(article.title), text=normalise(article.text))
        reading.parties = self._parties.find(article.title, article.text, names=judgement.names)
        if self._names is not None:
            reading.parties = add_organisations(self._names, reading.parties, title=reading.title, text=reading.text)
        reading.sites = self._sites(reading)
        named = {site.name for site in reading.sites if site.strong and site.name}
        reading.parties = tuple(
            span
            for span in reading.parties
            if span.key or span.name not in named or span.kind not in (PartyKind.OTHER, PartyKind.UNDISCLOSED)
        )
        reading.parties = join_symbols(reading.parties, self._symbols)
        return reading

    def judge(self, reading: Reading) -> Reading:
        """Find the deals of an article that is laid out."""
        self.propose(reading, self._judgement)
        reading.drafts = settle(reading.drafts, reading.lines, self._judgement.deals)
        return reading

    @staticmethod
    def propose(reading: Reading, judgement: Judgement) -> None:
        """Fill `reading.frames` and `reading.drafts` with every deal worth weighing, also those that are none."""
        watchers = find_watchers(reading.lines)
        frames = [
            frame for line in reading.lines for frame in find_frames(line, judgement) if not watched(frame, watchers)
        ]
        frames += find_focus_frames(reading.lines, frames)
        reading.frames = settle_grounds(settle_backers(frames, reading.lines), reading.lines)
        reading.drafts = merge_frames(reading.frames, reading.lines)

    def _mentions(
        self, reading: Reading, binder: Binder, filled: Sequence[Filled], places: Sequence[Place]
    ) -> list[Mention]:
        mentions: list[Mention] = []
        for number, draft in enumerate(reading.drafts):
            deal_type, type_rule = decide_type(draft, reading.lines)
            status_rule = decide_status(draft, reading.lines)
            find_other_parties(reading, draft)
            draft.evidence |= prove(reading, draft, type_rule=type_rule, status_rule=status_rule)
            extra = read_particulars(reading, number, binder, sites=self._judgement.sites, places=places)
            own = {one.field: one for one in filled if one.draft == number}
            mentions.append(make_mention(reading, draft, filled=own, places=places, extra=extra, deal_type=deal_type))
        return mentions

    def _sites(self, reading: Reading) -> list[SiteSpan]:
        return [
            *find_sites(reading.title, Where.TITLE, parties=reading.parties),
            *find_sites(reading.text, Where.TEXT, parties=reading.parties),
        ]
