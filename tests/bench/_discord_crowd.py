"""The loopback Discord of the load run and the crowd in it, in a process of their own.

usage: python -m tests.bench._discord_crowd FOLDER RATE SEED
Writes its port, then for each line "SECONDS" on standard input lets people ask at that rate and writes what came of it
as one JSON line: seconds until each first answer, by kind, and how late each heartbeat was.
"""

import asyncio
import json
import random
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.loopback_discord.server import LoopbackDiscord, loopback_discord

HEARTBEAT_S = 2.0
_COMPANIES = ("Miner 3", "Miner 7", "Tenant 5", "Miner 11")
_TYPED = ("m", "mi", "miner", "miner 1", "ten", "tenant 4", "lease", "")


def _text(name: str, value: str) -> dict[str, Any]:
    return {"type": 3, "name": name, "value": value}


#: What people do, with how often: (weight, kind, command, group, options).
_ACTS: tuple[tuple[int, str, str, str | None, Any], ...] = (
    (20, "typing", "deal", None, "deal"),
    (20, "typing", "company", None, "name"),
    (10, "command", "deals", None, lambda dice: []),
    (10, "command", "deals", None, lambda dice: [_text("company", dice.choice(_COMPANIES))]),
    (10, "command", "deal", None, lambda dice: [_text("deal", dice.choice(_COMPANIES))]),
    (6, "command", "status", None, lambda dice: []),
    (6, "command", "help", None, lambda dice: []),
    (4, "command", "feeds", None, lambda dice: []),
    (4, "command", "league", None, lambda dice: [_text("by", dice.choice(("mw", "value", "lease")))]),
    (4, "command", "company", None, lambda dice: [_text("name", dice.choice(_COMPANIES))]),
    (2, "command", "now", "digest", lambda dice: []),
    (2, "command", "lease", "estimate", lambda dice: [_text("what", "200 MW critical IT for 15 years")]),
    (2, "command", "ask", None, lambda dice: [_text("question", "largest leases by MW this year")]),
)


async def _crowd(discord: LoopbackDiscord, seconds: float, rate: float, dice: random.Random) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    asked: dict[str, tuple[str, float]] = {}
    start = loop.time()
    discord.gateway.beats.clear()
    for number in range(int(seconds * rate)):
        await asyncio.sleep(max(0.0, start + number / rate - loop.time()))
        kind, token, at = await _act(discord, dice)
        asked[token] = kind, at
    asking_s = loop.time() - start
    deadline = loop.time() + 60
    while loop.time() < deadline and not _all_told(discord, asked):  # noqa: ASYNC110 - the server has no event for it
        await asyncio.sleep(0.02)
    waits: dict[str, list[float]] = {}
    for token, (kind, at) in asked.items():
        waits.setdefault(kind, []).append(discord.memory.answered_at.get(token, loop.time()) - at)
    beats = discord.gateway.beats
    return {
        "waits": waits,
        "unanswered": len(asked.keys() - discord.memory.answered_at.keys()),
        "broken": sum("Something broke" in str(body) for body in discord.memory.callbacks.values())
        + sum("Something broke" in str(bodies) for bodies in discord.memory.followups.values()),
        "asking_s": asking_s,
        "all_told_s": loop.time() - start - asking_s,
        "beats_late_s": [later - earlier - HEARTBEAT_S for earlier, later in pairwise(beats)],
        "alerts": sum(len(discord.memory.in_channel(channel)) for channel in discord.memory.channels),
        "objections": discord.rest.objections[:5],
    }


def _all_told(discord: LoopbackDiscord, asked: dict[str, tuple[str, float]]) -> bool:
    """Tell whether everybody has an answer, and those put off what was promised."""
    callbacks, followups = discord.memory.callbacks, discord.memory.followups
    return all(token in callbacks and (callbacks[token]["type"] != 5 or token in followups) for token in asked)


async def _act(discord: LoopbackDiscord, dice: random.Random) -> tuple[str, str, float]:
    _, kind, name, group, detail = dice.choices(_ACTS, [act[0] for act in _ACTS])[0]
    at = asyncio.get_running_loop().time()
    if kind == "typing":
        return kind, await discord.complete(name, detail, dice.choice(_TYPED)), at
    return kind, await discord.command(name, group=group, options=tuple(detail(dice))), at


async def _main(folder: Path, rate: float, seed: int) -> None:
    async with loopback_discord(folder, heartbeat_s=HEARTBEAT_S) as discord:
        print(discord.port, flush=True)
        while seconds := (await asyncio.to_thread(sys.stdin.readline)).strip():
            print(json.dumps(await _crowd(discord, float(seconds), rate, random.Random(seed))), flush=True)


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
