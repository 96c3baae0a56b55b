"""Reads well-formed RSS 0.9x to 2.0, RSS 1.0 and Atom with lxml, ten times faster than a tolerant parser.

What is not well-formed raises MalformedError; `parse_loose` then takes its time over it. Both give the same document
for the same feed, which the golden feeds prove.
"""

import html
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from bot.collector.dates import parse_date
from bot.collector.documents import FeedDocument, NotAFeedError
from bot.collector.hints import skip_days, skip_hours, ttl_minutes
from bot.collector.item import Item, build_entries
from bot.collector.links import absolute_url
from bot.collector.markup import title_to_text
from bot.collector.mend import mend

_RSS_NAMESPACES = frozenset(
    {
        "",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://channel.netscape.com/rdf/simple/0.9/",
        "http://backend.userland.com/rss2",
        "http://backend.userland.com/rss",
        "http://blogs.law.harvard.edu/tech/rss",
    }
)
_ATOM_NAMESPACES = frozenset(
    {"http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "https://www.w3.org/2005/Atom"}
)
_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
}


_TEXT_TYPES = frozenset({"text", "html", "xhtml", "text/plain", "text/html", "application/xhtml+xml"})


class MalformedError(Exception):
    """The document is not well-formed XML; `data` is what was read, as UTF-8 and mended where we could."""

    def __init__(self, data: bytes, reason: str) -> None:
        self.data = data
        super().__init__(reason)


def parse_xml(data: bytes, *, base_url: str) -> FeedDocument:
    """Read a feed from well-formed UTF-8 XML. Raises MalformedError, or NotAFeedError for other kinds of XML."""
    root = _root(data)
    kind = _name(root)
    if kind in {"rss", "rdf:RDF", "channel"}:
        return _read_rss(root, kind, base_url)
    if kind == "atom:feed" or (kind == "feed" and not root.nsmap.get(None)):
        return _read_atom(root, base_url)
    if kind == "atom:entry":
        return FeedDocument(format="atom", entries=build_entries([_atom_item(root, base_url)]))
    name = etree.QName(root).localname
    if name != name.lower() and name.lower() in {"rss", "rdf", "feed", "channel"}:
        raise MalformedError(data, "tags in capitals")
    raise NotAFeedError(f"XML, but no feed (its root is <{name[:40]}>)")


def _root(data: bytes) -> Any:
    try:
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        mended = mend(data)
        if mended == data:
            raise MalformedError(data, str(error)) from error
    try:
        return etree.fromstring(mended, _parser())
    except etree.XMLSyntaxError as error:
        raise MalformedError(mended, str(error)) from error


def _parser() -> etree.XMLParser:
    # "internal": an external entity would read this machine's files. huge_tree stays off: libxml2 then bounds depth,
    # text size and entity expansion.
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def _name(element: Any) -> str:
    """Return the element's name with our prefix for the namespaces we read, bare for RSS's own."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    namespace, brace, local = tag.rpartition("}")
    if not brace:
        return tag
    namespace = namespace[1:]
    if namespace in _RSS_NAMESPACES:
        return local
    if namespace in _ATOM_NAMESPACES:
        return f"atom:{local}"
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else f"?:{local}"


def _fields(element: Any) -> dict[str, list[Any]]:
    """Return the child elements by name."""
    found: dict[str, list[Any]] = {}
    for child in element:
        found.setdefault(_name(child), []).append(child)
    return found


def _text(fields: dict[str, list[Any]], *names: str) -> str:
    """Return the first text that is not empty among the children of these names."""
    for name in names:
        for element in fields.get(name, ()):
            if text := _inner(element).strip():
                return text
    return ""


def _inner(element: Any) -> str:
    """Return the element's text; when markup was left unescaped inside, its serialisation."""
    if len(element) == 0:
        return element.text or ""
    parts = [html.escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode") for child in element]
    return "".join(parts)


# --- RSS ---------------------------------------------------------------------------------------------------------


def _read_rss(root: Any, kind: str, base_url: str) -> FeedDocument:
    channel = root if kind == "channel" else next((child for child in root if _name(child) == "channel"), None)
    if channel is None and kind == "rss":
        raise NotAFeedError("RSS without a channel")
    fields = _fields(channel) if channel is not None else {}
    site_url = absolute_url(_text(fields, "link"), base_url)
    # RSS never said what a relative link is relative to; publishers mean their site, not the host of the feed.
    base = site_url or base_url
    return FeedDocument(
        format="rdf" if kind == "rdf:RDF" else "rss",
        title=title_to_text(_text(fields, "title")),
        site_url=site_url,
        language=_text(fields, "language", "dc:language") or None,
        ttl_minutes=ttl_minutes(_text(fields, "ttl")),
        skip_hours=skip_hours(_text_list(fields, "skipHours")),
        skip_days=skip_days(_text_list(fields, "skipDays")),
        entries=build_entries(_rss_item(item, base) for item in _items(root)),
    )


def _items(root: Any) -> Iterator[Any]:
    """Yield the items wherever they are: in the channel, beside it (RSS 1.0), or in a stray wrapper."""
    return (element for element in root.iter() if _name(element) == "item")


def _text_list(fields: dict[str, list[Any]], name: str) -> list[str]:
    return [child.text or "" for parent in fields.get(name, ()) for child in parent]


def _rss_item(element: Any, base_url: str) -> Item:
    fields = _fields(element)
    guid = next((node for node in fields.get("guid", ()) if (node.text or "").strip()), None)
    guid_text = (guid.text or "").strip() if guid is not None else ""
    permalink = guid is not None and (guid.get("isPermaLink") or "true").strip().lower() != "false"
    about = element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or ""
    link = _text(fields, "feedburner:origLink", "link") or _atom_link(fields.get("atom:link", ()))
    if not link and permalink and guid_text.startswith(("http://", "https://")):
        link = guid_text
    return Item(
        guid=guid_text or _text(fields, "atom:id", "dc:identifier") or about.strip() or None,
        url=absolute_url(link or about, _base(element, base_url)),
        title=_text(fields, "title", "dc:title", "media:title"),
        content=_text(fields, "content:encoded", "atom:content", "xhtml:body"),
        summary=_text(fields, "description", "atom:summary", "dc:description", "media:description"),
        publisher=_text(fields, "source"),
        published=parse_date(_text(fields, "pubDate", "dc:date", "dcterms:issued", "atom:published", "atom:updated"))
        or parse_date(_text(fields, "pubdate", "date", "dcterms:created", "dcterms:modified")),
    )


# --- Atom --------------------------------------------------------------------------------------------------------


def _read_atom(root: Any, base_url: str) -> FeedDocument:
    fields = _atom_fields(root)
    return FeedDocument(
        format="atom",
        title=title_to_text(_atom_text(fields, "title")),
        site_url=absolute_url(_atom_link(fields.get("link", ())), _base(root, base_url)),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        entries=build_entries(_atom_item(entry, base_url) for entry in fields.get("entry", ())),
    )


def _atom_fields(element: Any) -> dict[str, list[Any]]:
    """Return the children by name; inside Atom, Atom's own names are the bare ones."""
    return {name.removeprefix("atom:"): nodes for name, nodes in _fields(element).items()}


def _atom_item(element: Any, base_url: str) -> Item:
    fields = _atom_fields(element)
    source = fields.get("source", ())
    return Item(
        guid=_text(fields, "id") or None,
        url=absolute_url(
            _text(fields, "feedburner:origLink") or _atom_link(fields.get("link", ())), _base(element, base_url)
        ),
        title=_atom_text(fields, "title"),
        content=_atom_text(fields, "content"),
        summary=_atom_text(fields, "summary"),
        publisher=_atom_text(_atom_fields(source[0]), "title") if source else "",
        published=parse_date(_text(fields, "published", "issued", "created"))
        or parse_date(_text(fields, "updated", "modified", "dc:date")),
    )


def _atom_text(fields: dict[str, list[Any]], name: str) -> str:
    """Return a text construct as markup: type="text" is escaped, so that `1 < 2` survives the reading of markup."""
    for node in fields.get(name, ()):
        text, kind = _inner(node).strip(), (node.get("type") or "text").strip().lower()
        if not text or kind not in _TEXT_TYPES:
            continue
        plain = len(node) == 0 and kind in {"text", "text/plain"}
        return html.escape(text, quote=False) if plain and "<" in text and name != "title" else text
    return ""


def _atom_link(nodes: Any) -> str:
    """Return the address of the entry itself: rel alternate (or none), HTML before anything else."""
    ranked = sorted(
        (node for node in nodes if (node.get("rel") or "alternate") in {"alternate", "via", "related"}),
        key=lambda node: (
            (node.get("rel") or "alternate") != "alternate",
            "html" not in (node.get("type") or "text/html"),
        ),
    )
    return next((address for node in ranked if (address := (node.get("href") or node.text or "").strip())), "")


def _base(element: Any, base_url: str) -> str:
    return urljoin(base_url, element.base) if element.base else base_url
