"""How the service is doing, in words: for `/status`, `/feeds`, `/help` and the operator's digest. Draws, decides nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.discord.services import Services
from bot.messages.limits import MAX_DESCRIPTION, fit
from bot.messages.markdown import escape, join_lines
from bot.messages.message import Embed, Field, Message
from bot.messages.render import AMBER, BLUE, DISCLAIMER, GREEN, RED
from bot.messages.wording import moment, plural
from db import outbox, runs
from db.connection import Database
from db.deals import DealFilter, count_deals
from db.feeds import FeedRow, Health, list_feeds
from db.outbox import OutboxState
from db.watches import list_watches

_HEALTH = {
    Health.OK: "reads well",
    Health.QUIET: "silent for longer than usual",
    Health.FAILING: "fails",
    Health.GONE: "gone for good",
    Health.BLOCKED: "refuses us",
}
HELP = (
    ("/setup", "let this channel hear new and changed deals"),
    ("/watch", "add, list, edit, remove, test a watch; ask why a deal was or was not sent here"),
    ("/deals", "list deals, filtered and sorted"),
    ("/deal", "one deal: facts, evidence, history, share moves, value"),
    ("/company", "a company's deals, tenants and megawatts"),
    ("/league", "who has contracted most, and at what price"),
    ("/estimate", "what megawatts, GPUs or a contract are worth"),
    ("/assumptions", "what the model assumes; set others for this server"),
    ("/ask", "a question in plain words"),
    ("/digest", "the last day or week, now"),
    ("/correct", "suggest a correction with its source"),
    ("/feeds", "which sources are read, and how well"),
    ("/status", "how the service is doing"),
)


def help_message(available: Sequence[str]) -> Message:
    """Say what can be asked, for the commands that exist."""
    lines = [f"**{name}** {words}" for name, words in HELP if name.removeprefix("/") in available]
    embed = Embed(
        title="Deals between bitcoin miners and AI, each fact with its sentence",
        colour=BLUE,
        description="\n".join(lines),
        fields=(
            Field(
                name="How to read an alert",
                value="Green is agreed, amber is talk, red has ended. “critical IT” and “gross” megawatts do not compare, "
                "nor do leases and cloud contracts. **Why** under an alert shows the sentence behind each figure.",
                inline=False,
            ),
        ),
        footer=DISCLAIMER,
    )
    return Message(embeds=(fit(embed),))


async def status_message(services: Services, *, is_operator: bool) -> Message:
    """Say how the service is doing; the operator also sees what could not be delivered."""
    return await services.store.run(_status, services, is_operator)


def _status(db: Database, services: Services, is_operator: bool) -> Message:
    now = services.clock()
    feeds, rows = list_feeds(db), outbox.count_by_state(db)
    tick = runs.last_run(db, "collect")
    ailing = [feed for feed in feeds if not feed.is_paused and feed.health is not Health.OK]
    waiting = rows.get(OutboxState.PENDING, 0) + rows.get(OutboxState.SENDING, 0)
    lost = rows.get(OutboxState.UNCERTAIN, 0) + rows.get(OutboxState.FAILED, 0)
    fields = [
        Field(name="Deals", value=plural(count_deals(db, DealFilter(alerting_only=True)), "deal")),
        Field(name="Feeds", value=f"{len(feeds) - len(ailing)} of {len(feeds)} read well"),
        Field(name="Last round", value=moment(tick.started_at, clock=True) if tick else "none yet"),
        Field(name="Messages", value=f"{rows.get(OutboxState.SENT, 0)} sent, {waiting} waiting"),
        Field(
            name="Watches", value=plural(len(list_watches(db, enabled_only=True)), "watch").replace("watchs", "watches")
        ),
        Field(name="Running since", value=moment(services.started_at, clock=True)),
    ]
    if is_operator and lost:
        fields.append(Field(name="Not delivered", value="\n".join(_lost(db)), inline=False))
    late = tick is not None and now - tick.started_at > timedelta(hours=2)
    colour = RED if late else AMBER if ailing or lost else GREEN
    title = (
        "No round for over two hours" if late else "All well" if colour == GREEN else "Well, with something to look at"
    )
    embed = Embed(
        title=title, colour=colour, fields=tuple(fields), footer=f"{services.version} · {DISCLAIMER}", timestamp=now
    )
    return Message(embeds=(fit(embed),))


def _lost(db: Database) -> list[str]:
    rows = outbox.list_outbox(db, state=OutboxState.UNCERTAIN, limit=5) + outbox.list_outbox(
        db, state=OutboxState.FAILED, limit=5
    )
    return [f"MP-{row.id} {row.state.value}: {escape(row.reason or '')[:120]}" for row in rows[:8]]


async def feeds_message(services: Services) -> Message:
    """List the sources, the ailing ones first."""
    feeds = await services.store.run(list_feeds)
    return feeds_page(feeds, now=services.clock())


def feeds_page(feeds: Sequence[FeedRow], *, now: datetime) -> Message:
    """Draw the health of the feeds."""
    followed = [feed for feed in feeds if not feed.is_paused]
    ailing = [feed for feed in followed if feed.health is not Health.OK]
    lines = [f"- **{escape(feed.title)}** {_HEALTH[feed.health]}{_reason(feed)}" for feed in ailing]
    lines += [
        f"- {escape(feed.title)} {_HEALTH[feed.health]}{_age(feed, now)}" for feed in followed if feed not in ailing
    ]
    embed = Embed(
        title=f"{len(followed) - len(ailing)} of {plural(len(followed), 'feed')} read well",
        colour=AMBER if ailing else GREEN,
        description=join_lines(lines, MAX_DESCRIPTION) if lines else "No feed is followed yet; the operator adds them.",
        footer=DISCLAIMER,
        timestamp=now,
    )
    return Message(embeds=(fit(embed),))


def _reason(feed: FeedRow) -> str:
    return f": {escape(feed.health_reason)[:150]}" if feed.health_reason else ""


def _age(feed: FeedRow, now: datetime) -> str:
    if feed.last_entry_at is None:
        return ""
    hours = (now - feed.last_entry_at).total_seconds() / 3600
    return f", last item {hours:.0f} h ago" if hours < 72 else f", last item {hours / 24:.0f} days ago"
