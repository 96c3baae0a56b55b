"""A simulated Discord around the real client, with a real database behind it."""

from dataclasses import dataclass, replace
from datetime import timedelta

import discord
import pytest

from bot.discord_client import PulseClient
from bot.services import Services
from bot.store import Store
from db import articles, desk
from db.records import ArticleDraft, SourceTier
from extractors.models import Evidence, Extraction, Where

OPERATOR_ID = 4242


@dataclass
class Clock:
    now: object

    def __call__(self):
        return self.now


@pytest.fixture
def clock(now):
    return Clock(now)


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "pulse.db")
    yield store
    store.close()


@pytest.fixture
def services(store, clock, now):
    return Services(store=store, clock=clock, operator_ids=frozenset({OPERATOR_ID}), version="test", started_at=now)


@pytest.fixture
def simcord_bot(services):
    return PulseClient(services, guild_ready_timeout=0.05)


@pytest.fixture
def tell(store, make_deal, now):
    """Store a deal as if an article had told it; return its id."""

    def tell(number=1, **facts):
        mention = make_deal(**facts).facts
        text = f"{mention.provider} and {mention.customer} have agreed on the deal number {number}."
        title = f"{mention.provider} signs with {mention.customer} ({number})"
        proof = Evidence(where=Where.TEXT, start=0, end=len(text), text=text, rule="test")
        mention = replace(mention, evidence={"value_usd": (proof,), "customer": (proof,)})
        draft = ArticleDraft(
            entry_id=None,
            feed_id=None,
            url=f"https://news.example/{number}",
            canonical_url=None,
            title=title,
            text=text,
            published_at=now - timedelta(hours=2),
            fetched_at=now,
            language="en",
            publisher="Wire Example",
            tier=SourceTier.NEWSWIRE,
        )
        read = Extraction(id=None, url=draft.url, is_deal_article=True, deals=(mention,))

        def write(db):
            with db.atomic():
                article = articles.insert_article(db, draft, now=now)
                return desk.store_reading(db, article_id=article, extraction=read, extractor_version="t", now=now)

        (change,) = store.call(write)
        return change.after

    return tell


@pytest.fixture
def guild(simcord_env):
    return simcord_env.create_guild()


@pytest.fixture
def channel(guild):
    return guild.create_text_channel("deals")


@pytest.fixture
def admin(simcord_env, guild, channel):
    role = guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
    return guild.add_member(simcord_env.create_user("ada"), roles=[role])


@pytest.fixture
def member(simcord_env, guild, channel):
    return guild.add_member(simcord_env.create_user("mo"))


@pytest.fixture
def said():
    """Return everything a person reads in an answer, as one text."""

    def said(result):
        parts = [result.response.content or ""]
        for embed in result.response.embeds:
            parts += [embed.author.name or "", embed.title or "", embed.description or "", embed.footer.text or ""]
            parts += [f"{field.name}: {field.value}" for field in embed.fields]
        return "\n".join(filter(None, parts))

    return said
