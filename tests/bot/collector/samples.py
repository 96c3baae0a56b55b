"""Feeds and pages for the collector's tests, written as they are needed."""

from datetime import datetime, timedelta
from email.utils import format_datetime


def rss(count: int, *, at: datetime, base: str = "http://news.example", start: int = 0) -> str:
    """An RSS 2.0 feed whose newest entry is an hour old at `at`, the others an hour apart."""
    items = "".join(
        f"<item><title>Item {n}</title><link>{base}/a/{n}</link><guid>{base}/a/{n}</guid>"
        f"<pubDate>{format_datetime(at - timedelta(hours=1 + n - start))}</pubDate>"
        f"<description>Short word on item {n}.</description></item>"
        for n in range(start, start + count)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>{base}/</link>{items}</channel></rss>'
    )


def article_page(title: str, *, head: str = "") -> str:
    """An article's page with navigation around it."""
    paragraphs = (
        f"{title}, the company said on Monday, in a step that moves it further away from mining bitcoin.",
        "The lease runs for twelve years and covers the second building of the campus, which is to be ready next summer.",
        "Power for the site comes from a substation that was built for the mining fleet and is not fully used today.",
        "The tenant will bring its own servers, while the company provides the hall, the cooling and the connection.",
    )
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1>{body}</article><footer><p>All rights reserved.</p></footer></body></html>"
    )
