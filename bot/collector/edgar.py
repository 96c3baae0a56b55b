"""SEC EDGAR: which 8-K filings are news, and the text of a filing: its press release, else the report itself. Pure.

Two sources list a company's filings: the submissions JSON (data.sec.gov) and the company search as Atom. Both lead to
a filing's index page, which lists the documents with their types.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from bot.collector.dates import parse_date
from bot.collector.documents import FeedDocument, NotAFeedError
from bot.collector.item import Item, build_entries
from bot.collector.markup import markup_to_text
from db.records import EntryRow, SourceTier

#: Material agreement entered into, Regulation FD disclosure (press releases), other events.
WANTED_ITEMS = frozenset({"1.01", "7.01", "8.01"})
_FORMS = frozenset({"8-K", "8-K/A", "6-K"})
_FILING = re.compile(r"/Archives/edgar/data/\d+/\d+/[\d-]+-index\.html?$")
_ITEM = re.compile(r"(?<![\d.])([1-9]\.\d\d)(?![\d.])")
_ARCHIVE = "https://www.sec.gov/Archives/edgar/data"
#: The columns a submissions file must have, as parallel arrays.
_COLUMNS = ("accessionNumber", "filingDate", "form", "primaryDocument")
_MAX_EXHIBITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingDocument:
    """One document of a filing, as its index page lists it."""

    url: str
    kind: str


def is_submissions(record: Any) -> bool:
    """Tell whether a JSON document is a company's submissions file."""
    return isinstance(record, dict) and isinstance(record.get("filings"), dict) and "cik" in record


def parse_submissions(record: dict[str, Any]) -> FeedDocument:
    """Return the news filings of a submissions file as a feed. Raises NotAFeedError when its shape is not as known."""
    recent = record["filings"].get("recent")
    if not isinstance(recent, dict) or not all(isinstance(recent.get(name), list) for name in _COLUMNS):
        raise NotAFeedError("a submissions file of EDGAR in a shape we do not know")
    company, cik = str(record.get("name") or "").strip(), str(record["cik"]).lstrip("0")
    rows = [_row(recent, place) for place in range(min(len(recent[name]) for name in _COLUMNS))]
    items = (_filing(row, company, cik) for row in rows if _is_news(row))
    return FeedDocument(
        format="edgar",
        title=f"{company}: SEC filings",
        site_url=f"https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK={cik.zfill(10)}",
        language="en",
        entries=build_entries(items),
    )


def _row(recent: dict[str, list[Any]], place: int) -> dict[str, str]:
    return {
        name: str(values[place] or "")
        for name, values in recent.items()
        if isinstance(values, list) and place < len(values)
    }


def _is_news(row: dict[str, str]) -> bool:
    if row["form"] not in _FORMS:
        return False
    # Foreign issuers file 6-K, which has no items; what they hold shows only in the text.
    return row["form"] == "6-K" or bool(WANTED_ITEMS & items_of(row.get("items", "")))


def _filing(row: dict[str, str], company: str, cik: str) -> Item:
    accession = row["accessionNumber"]
    folder = f"{_ARCHIVE}/{cik}/{accession.replace('-', '')}"
    items = row.get("items", "").replace(",", ", ")
    return Item(
        guid=f"urn:tag:sec.gov,2008:accession-number={accession}",
        url=f"{folder}/{accession}-index.htm",
        title=f"{company} files {row['form']}" + (f", items {items}" if items else ""),
        content="",
        summary=f"Form {row['form']}, items {items}" if items else f"Form {row['form']}",
        publisher="",
        published=parse_date(row.get("acceptanceDateTime")) or parse_date(row["filingDate"]),
    )


def items_of(text: str) -> frozenset[str]:
    """Return the 8-K item numbers that a text names."""
    return frozenset(_ITEM.findall(text))


def is_filing(entry: EntryRow) -> bool:
    """Tell whether an entry leads to a filing's index page."""
    return entry.tier is SourceTier.FILING and bool(entry.url and _FILING.search(entry.url))


def is_wanted(entry: EntryRow) -> bool:
    """Tell whether a filing may hold news; one whose items are not said may."""
    items = items_of(f"{entry.title} {entry.content}")
    return not items or bool(items & WANTED_ITEMS)


def filing_documents(html: str, *, url: str) -> list[FilingDocument]:
    """Return the documents worth reading that an index page lists: press releases first, then the report."""
    found = list(_listed(html, url))
    exhibits = [document for document in found if document.kind.startswith("EX-99")][:_MAX_EXHIBITS]
    reports = [document for document in found if document.kind in _FORMS][:1]
    return exhibits + reports


def _listed(html: str, url: str) -> list[FilingDocument]:
    root = etree.HTML(html.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8"))
    documents = []
    for row in root.iter("tr") if root is not None else ():
        cells = [cell for cell in row if cell.tag == "td"]
        link = next((a.get("href") for cell in cells for a in cell.iter("a") if a.get("href")), None)
        kinds = [text for cell in cells if (text := "".join(cell.itertext()).strip()) in _FORMS or text[:5] == "EX-99"]
        if link and kinds and link.lower().split("?")[-1].endswith((".htm", ".html", ".txt")):
            # Inline XBRL documents are linked through a viewer.
            documents.append(FilingDocument(url=urljoin(url, link.removeprefix("/ix?doc=")), kind=kinds[0]))
    return documents


def document_text(html: str) -> str:
    """Return the text of a filing's document. Filings are layout, not articles, so nothing is left out as boilerplate."""
    return markup_to_text(html)


def headline_of(text: str) -> str | None:
    """Return the headline of a press release: its first line that is long enough and no label."""
    for line in text.splitlines()[:40]:
        words = " ".join(line.split())
        if 25 <= len(words) <= 300 and not re.match(r"(?i)exhibit|ex-99|for immediate|press release|document", words):
            return words
    return None
