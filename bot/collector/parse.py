"""From the bytes of an answer to a feed document: find the encoding, tell feed from page, choose the parser.

A wrong content type, a bad declaration or broken XML rejects nothing; only a body in which no feed can be found is
refused, and the refusal says what it is instead.
"""

import re

from bot.collector.charset import decode
from bot.collector.documents import FeedDocument, NotAFeedError
from bot.collector.parse_json import parse_json
from bot.collector.parse_xml import MalformedError, parse_xml

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>\s*")
_FEED_TAG = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_HTML_TAG = re.compile(r"\A<(?:head|body)[\s>]|<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_CHALLENGE = re.compile(
    r"cf-chl|challenge-platform|cf_chl_opt|<title>\s*just a moment|attention required! \| cloudflare"
    r"|captcha-delivery\.com|_incapsula_resource|px-captcha|ddos-guard|sucuri_cloudproxy|aws-waf-token",
    re.IGNORECASE,
)
#: XML 1.0 forbids them and nobody means them; the most frequent fault of otherwise sound feeds.
_FORBIDDEN = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D})


def parse_feed(body: bytes, *, content_type: str = "", base_url: str = "") -> FeedDocument:
    """Read a feed from a body, however broken, here and now. Raises NotAFeedError."""
    try:
        return parse_strictly(body, content_type=content_type, base_url=base_url)
    except MalformedError as error:
        from bot.collector.parse_loose import parse_loose

        return parse_loose(error.data, base_url=base_url)


def parse_strictly(body: bytes, *, content_type: str = "", base_url: str = "") -> FeedDocument:
    """Read a feed from a body in linear time. Raises NotAFeedError, or MalformedError for the tolerant parser."""
    text = decode(body, content_type).lstrip()
    if not text:
        raise NotAFeedError("an empty answer")
    if text.startswith(("{", "[")):
        return parse_json(text, base_url=base_url)
    _refuse_pages(text)
    # From the first tag on, without the declaration: its encoding no longer holds.
    data = _DECLARATION.sub("", text[text.find("<") :], count=1).encode("utf-8", "replace").translate(None, _FORBIDDEN)
    try:
        return parse_xml(data, base_url=base_url)
    except MalformedError as error:
        if b"<!ENTITY" in data:
            raise NotAFeedError("XML that defines entities and is broken; not read, it may be a bomb") from error
        raise


def _refuse_pages(text: str) -> None:
    head = text[:4096]
    page, feed = _HTML_TAG.search(head), _FEED_TAG.search(head)
    if page and (not feed or page.start() < feed.start()):
        if is_challenge(text):
            raise NotAFeedError("a challenge page for browsers, not a feed", challenge=True)
        raise NotAFeedError("an HTML page, not a feed")
    if "<" not in head:
        raise NotAFeedError("plain text, not a feed")


def is_challenge(text: str) -> bool:
    """Tell whether a page is a bot challenge of Cloudflare or its like."""
    return _CHALLENGE.search(text[:20_000]) is not None
