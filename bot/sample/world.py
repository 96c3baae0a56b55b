"""What the sample outlets publish: articles read from outlets/*.toml with their dates set from `now`. Pure."""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources

from bot.catalog import FeedSpec
from db.records import SourceTier

_PLACEHOLDER = re.compile(r"\{\{(?P<kind>weekday|date):(?P<days>\d+)\}\}")

#: Feeds that answer wrongly on purpose: a page instead of a feed, and a server error.
BROKEN = {"night-shift": "The Night Shift", "gridlock": "Gridlock Weekly"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleArticle:
    """One article; `paragraphs` are plain text, those that start with "- " are bullets."""

    slug: str
    title: str
    author: str
    summary: str
    paragraphs: tuple[str, ...]
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One publisher. `format` is rss, atom, rdf or json; `teasers` are foreign headlines on each of its pages."""

    key: str
    name: str
    format: str
    full_text: bool
    tier: SourceTier
    group: str
    tagline: str
    teasers: tuple[str, ...]
    articles: tuple[SampleArticle, ...]


def load_outlets(now: datetime) -> tuple[Outlet, ...]:
    """Read the sample outlets, newest article first, their dates counted back from `now` (aware UTC)."""
    folder = resources.files("bot.sample") / "outlets"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(_outlet(file.name.removesuffix(".toml"), file.read_text(encoding="utf-8"), now) for file in files)


def feed_specs(outlets: tuple[Outlet, ...], base_url: str) -> tuple[FeedSpec, ...]:
    """Describe every sample feed, the broken ones last, as a row of feeds.toml would."""
    good = [_spec(outlet.key, outlet.name, outlet.group, outlet.tier, base_url) for outlet in outlets]
    bad = [_spec(key, name, "crypto-news", SourceTier.BLOG, base_url) for key, name in BROKEN.items()]
    return (*good, *bad)


def _spec(key: str, title: str, group: str, tier: SourceTier, base_url: str) -> FeedSpec:
    return FeedSpec(
        key=f"sample-{key}",
        title=title,
        url=f"{base_url}/{key}/feed",
        group=group,
        tier=tier,
        poll_minutes=5,
        homepage=f"{base_url}/{key}/",
        url_source="the demo's own server",
    )


def _outlet(key: str, text: str, now: datetime) -> Outlet:
    data = tomllib.loads(text)
    about = data["outlet"]
    articles = [_article(row, now) for row in data["article"]]
    return Outlet(
        key=key,
        name=about["name"],
        format=about["format"],
        full_text=about["full_text"],
        tier=SourceTier(about["tier"]),
        group=about["group"],
        tagline=about["tagline"],
        teasers=tuple(about["teasers"]),
        articles=tuple(sorted(articles, key=lambda article: article.published, reverse=True)),
    )


def _article(row: dict[str, str | int], now: datetime) -> SampleArticle:
    published = (now - timedelta(hours=int(row["hours_ago"]))).replace(second=0, microsecond=0)
    text = _dated(str(row["text"]), now)
    return SampleArticle(
        slug=str(row["slug"]),
        title=str(row["title"]),
        author=str(row["author"]),
        summary=str(row["summary"]),
        paragraphs=tuple(part.strip() for part in text.strip().split("\n\n")),
        published=published,
    )


def _dated(text: str, now: datetime) -> str:
    """Fill {{weekday:2}} and {{date:2}} with the day that lies so many days back."""

    def fill(match: re.Match[str]) -> str:
        day = now - timedelta(days=int(match["days"]))
        return f"{day:%A}" if match["kind"] == "weekday" else f"{day.day} {day:%B %Y}"

    return _PLACEHOLDER.sub(fill, text)
