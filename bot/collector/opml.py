"""OPML, the lists of feeds that readers exchange: written with our groups, read from anybody. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from bot.collector.links import absolute_url
from db.feeds import FeedRow

_ROOT_GROUP = "imported"


class NotOpmlError(Exception):
    """A document that holds no list of feeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlFeed:
    """A feed as an OPML list names it; the group is the outline it stands in."""

    url: str
    title: str
    group: str


def to_opml(feeds: Iterable[FeedRow], *, title: str = "Market Pulse feeds") -> bytes:
    """Write the feeds as OPML 2.0, one outline per group."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    groups: dict[str, Any] = {}
    for feed in feeds:
        if feed.group_name not in groups:
            groups[feed.group_name] = etree.SubElement(body, "outline", text=feed.group_name)
        attributes = {"type": "rss", "text": feed.title, "title": feed.title, "xmlUrl": feed.url}
        if feed.site_url:
            attributes["htmlUrl"] = feed.site_url
        etree.SubElement(groups[feed.group_name], "outline", attributes)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def from_opml(data: bytes) -> list[OpmlFeed]:
    """Return the feeds of an OPML list, each address once. Raises NotOpmlError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotOpmlError(str(error)) from error
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise NotOpmlError("its root is not <opml>")
    return list({feed.url: feed for feed in _feeds(root)}.values())


def _feeds(root: Any) -> Iterator[OpmlFeed]:
    for outline in root.iter("outline"):
        url = absolute_url(_attribute(outline, "xmlUrl"), "")
        if url is None or "@" in url.split("/")[2]:
            continue  # no address of the web, or one with a password that would stand in the database
        parent = outline.getparent()
        group = _label(parent) if parent is not None and parent.tag == "outline" else ""
        yield OpmlFeed(url=url, title=_label(outline) or url, group=group or _ROOT_GROUP)


def _label(outline: Any) -> str:
    return " ".join((_attribute(outline, "title") or _attribute(outline, "text")).split())[:200]


def _attribute(outline: Any, name: str) -> str:
    """Return an attribute whatever its capitals; programs disagree on them."""
    return next((str(value) for key, value in outline.attrib.items() if key.lower() == name.lower()), "")
