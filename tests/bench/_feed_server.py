"""The server of the collector's benchmark: many feeds from memory, conditional requests answered, nothing else.

usage: python -m tests.bench._feed_server FEEDS     prints its port; ends when its standard input does
GET /feed/N gives feed N; GET /generation/G makes every feed show its entries as of generation G (each one newer by one).
"""

import asyncio
import random
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

ENTRIES = 30
_START = datetime(2025, 11, 3, 12, tzinfo=UTC)
_WORDS = [
    "miner",
    "power",
    "hosting",
    "compute",
    "lease",
    "megawatt",
    "campus",
    "deal",
    "signed",
    "cloud",
    "capacity",
    "tenant",
    "substation",
    "transformer",
    "cooling",
    "quarter",
    "guidance",
    "revenue",
    "board",
    "shares",
    "contract",
    "term",
    "option",
    "hall",
    "rack",
    "fibre",
    "permit",
    "grid",
    "load",
    "price",
    "bitcoin",
    "hash",
]


def body_of(feed: int, generation: int = 0) -> bytes:
    """Return the document of a feed: RSS for even numbers, Atom for odd ones, always the newest entries."""
    numbers = range(generation + ENTRIES, generation, -1)
    return _rss(feed, numbers) if feed % 2 == 0 else _atom(feed, numbers)


def _text(feed: int, number: int, words: int) -> str:
    draw = random.Random(feed * 1_000_003 + number)
    return " ".join(draw.choices(_WORDS, k=words))


def _article(feed: int, number: int) -> str:
    paragraphs = (_text(feed, number * 7 + n, 55) for n in range(4))
    return "".join(f'<p>{text} <a href="/more">more</a> &amp; <em>so on</em>.</p>' for text in paragraphs)


def _rss(feed: int, numbers: range) -> bytes:
    items = "".join(
        f"<item><title>{_text(feed, n, 9)}</title><link>http://site{feed}.example/{n}</link>"
        f'<guid isPermaLink="false">site{feed}-{n}</guid>'
        f"<pubDate>{format_datetime(_START - timedelta(hours=400 - n))}</pubDate><category>mining</category>"
        f"<dc:creator>A. Writer</dc:creator><description><![CDATA[<p>{_text(feed, n, 40)}</p>]]></description>"
        f"<content:encoded><![CDATA[{_article(feed, n)}]]></content:encoded></item>"
        for n in numbers
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Site {feed}</title><link>http://site{feed}.example/</link><description>News</description>{items}"
        "</channel></rss>"
    ).encode()


def _atom(feed: int, numbers: range) -> bytes:
    def escaped(markup: str) -> str:
        return markup.replace("&", "&amp;").replace("<", "&lt;")

    entries = "".join(
        f"<entry><title>{_text(feed, n, 9)}</title><id>tag:site{feed}.example,2025:{n}</id>"
        f'<link href="http://site{feed}.example/{n}"/><author><name>A. Writer</name></author>'
        f"<updated>{(_START - timedelta(hours=400 - n)).isoformat()}</updated>"
        f'<summary>{_text(feed, n, 40)}</summary><content type="html">{escaped(_article(feed, n))}</content></entry>'
        for n in numbers
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f'<title>Site {feed}</title><id>tag:site{feed}.example,2025:feed</id><link href="http://site{feed}.example/"/>'
        f"<updated>{_START.isoformat()}</updated>{entries}</feed>"
    ).encode()


class _Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, just enough of it and as fast as Python allows."""

    generation = 0
    bodies: dict[tuple[int, int], bytes]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.pending = b""

    def data_received(self, data: bytes) -> None:
        self.pending += data
        while b"\r\n\r\n" in self.pending:
            head, _, self.pending = self.pending.partition(b"\r\n\r\n")
            self.transport.write(self.answer(head))  # type: ignore[attr-defined]

    def answer(self, head: bytes) -> bytes:
        _, kind, number = head.split(b" ", 2)[1].split(b"/")
        if kind == b"generation":
            type(self).generation = int(number)
            return b"HTTP/1.1 204 No Content\r\n\r\n"
        etag = b'"%s-%d"' % (number, self.generation)
        if etag in head:
            return b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % etag
        body = self.bodies[int(number), self.generation]
        kind = b"rss" if int(number) % 2 == 0 else b"atom"
        return (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/%s+xml; charset=utf-8\r\nETag: %s\r\nContent-Length: %d\r\n\r\n"
            % (kind, etag, len(body))
        ) + body


async def serve(bodies: dict[tuple[int, int], bytes]) -> None:
    """Serve documents by feed and generation until standard input ends."""
    _Connection.bodies = bodies
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Connection, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    count = range(int(sys.argv[1]))
    asyncio.run(serve({(feed, generation): body_of(feed, generation) for feed in count for generation in (0, 1)}))
