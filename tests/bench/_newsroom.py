"""The feeds of the load run: every entry is an article, every third one tells a deal of made-up parties.

usage: python -m tests.bench._newsroom FEEDS     prints its port; ends when its standard input does
"""

import asyncio
import random
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.bench._feed_server import serve

ENTRIES = 30
_MINERS = ("IREN", "Cipher Mining", "TeraWulf", "Core Scientific", "Hut 8", "Galaxy Digital", "Bitfarms", "CleanSpark")
_TENANTS = ("Microsoft", "CoreWeave", "Fluidstack", "Amazon Web Services", "Google", "Oracle", "Nebius", "OpenAI")
_DEAL = (
    "{miner} said on Monday it signed a {term}-year agreement to supply {tenant} with {mw} MW of critical IT load at its"
    " campus in Texas. The contract is worth about ${value} billion, with delivery to start in the second half of next"
    " year. Shares of {miner} rose {move}% in premarket trading."
)
_CHATTER = (
    "{miner} mined {mw} bitcoin last month while power prices in Texas stayed low, and its fleet reached {value} exahash.",
    "Analysts asked the board of {miner} whether {tenant} could become a tenant; the company declined to comment.",
    "The substation that serves the campus has {mw} MW of capacity, and a second transformer arrives in the spring.",
    "Bitcoin slipped {move}% and dragged the shares of {miner} with it, traders said.",
)


def body_of(feed: int, generation: int) -> bytes:
    """Return a feed with one more entry a generation."""
    items = "".join(_item(feed, number) for number in range(generation + ENTRIES, generation, -1))
    head = f"<title>Paper {feed}</title><link>http://paper{feed}.example/</link><description>News</description>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def _item(feed: int, number: int) -> str:
    dice = random.Random(feed * 1_000 + number)
    facts = {
        "miner": dice.choice(_MINERS), "tenant": dice.choice(_TENANTS), "term": dice.randint(5, 15),
        "mw": dice.randint(20, 500), "value": dice.randint(10, 99) / 10, "move": dice.randint(2, 30),
    }  # fmt: skip
    tells = number % 3 == 0
    title = "{miner} signs {tenant} for {mw} MW" if tells else "{miner} in the news with number {mw}"
    lines = ([_DEAL] if tells else []) + dice.choices(_CHATTER, k=8)
    text = "".join(f"<p>{line.format(**facts)}</p>" for line in lines)
    told = format_datetime(datetime.now(UTC) - timedelta(hours=40) + timedelta(minutes=number))
    link = f"http://paper{feed}.example/{number}"
    return (
        f"<item><title>{title.format(**facts)}</title><link>{link}</link><guid>{link}</guid><pubDate>{told}</pubDate>"
        f"<description><![CDATA[{text}]]></description></item>"
    )


if __name__ == "__main__":
    papers = range(int(sys.argv[1]))
    asyncio.run(serve({(feed, generation): body_of(feed, generation) for feed in papers for generation in (0, 1)}))
