"""The whole program: feed server → collector → extractor → alert in a Discord channel → button → answer."""

import asyncio
from datetime import UTC, datetime, timedelta
from io import StringIO

from rich.console import Console

from bot.app import open_parts
from bot.delivery.office import open_delivery
from bot.demo import demo_settings
from bot.pipeline import run_round
from bot.sample.server import serve_sample
from bot.settings import load_settings
from tests.loopback_discord.memory import message_json
from tests.loopback_discord.server import loopback_discord


def settings_for(folder):
    settings = demo_settings(load_settings(None, database_path=None), folder)
    return settings.model_copy(
        update={"discord": settings.discord.model_copy(update={"alert_channels": (500,), "digest_channels": (501,)})}
    )


async def test_an_article_becomes_an_alert_and_its_button_answers(tmp_path, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "good-token")
    now = datetime.now(UTC)
    settings = settings_for(tmp_path)
    server = await serve_sample(now)
    async with (
        loopback_discord(tmp_path) as discord,
        open_parts(settings, feeds=list(server.feeds), now=now) as parts,
        open_delivery(
            settings,
            parts.store,
            console=Console(file=StringIO()),
            now=now - timedelta(days=7),
            connector=discord.connector,
        ) as delivery,
    ):
        done = await run_round(parts, now=now, scheduled=False)
        async with asyncio.timeout(20):
            while not discord.memory.in_channel(500):  # the first connect may take a moment
                await delivery.deliver()
                await asyncio.sleep(0.2)
        await delivery.deliver()
        alerts = discord.memory.in_channel(500)
        assert len(alerts) == done.alerts
        titles = [alert.body["embeds"][0]["title"] for alert in alerts]
        (founding,) = [alert for alert in alerts if "Microsoft" in alert.body["embeds"][0]["title"]]
        assert len(set(titles)) == len(titles)

        why = founding.body["components"][0]["components"][1]["custom_id"]
        token = await discord.press(why, message_json(founding))
        proof = (await discord.answer(token))["data"]["embeds"][0]["description"]
        assert "9.7 billion" in proof
        token = await discord.command(
            "ask", options=[{"type": 3, "name": "question", "value": "how much is the IREN deal with Microsoft worth?"}]
        )
        assert (await discord.answer(token))["type"] == 5
        assert "$9.7 billion" in str(await discord.followup(token, within_s=20))  # its process starts now

        again = await run_round(parts, now=datetime.now(UTC), scheduled=False)
        await delivery.deliver()
        assert again.alerts == 0
        assert len(discord.memory.in_channel(500)) == len(alerts)
        assert discord.rest.objections == []
    await server.close()
