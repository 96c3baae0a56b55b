"""A process of its own for the tolerant parser, which takes quadratic time over some broken feeds.

The parent gives it one document at a time and a time limit; a document that takes longer costs the process its life,
not the service its breath. Started on first need, ended after the round.

    child: python -m bot.collector.quarantine      frames on stdin and stdout: 8 bytes of length, then UTF-8 JSON
"""

import asyncio
import json
import sys
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, BinaryIO

from bot.collector.documents import FeedDocument, FeedEntry, NotAFeedError
from bot.collector.parse_loose import parse_loose

TIME_LIMIT_S = 10.0
_MEMORY_LIMIT_BYTES = 1_500_000_000
_LENGTH_BYTES = 8


class Quarantine:
    """Parses broken feeds in a child process, one after the other."""

    def __init__(self, *, time_limit_s: float = TIME_LIMIT_S) -> None:
        self._time_limit_s = time_limit_s
        self._child: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def parse(self, data: bytes, base_url: str) -> FeedDocument:
        """Return the document the tolerant parser finds. Raises NotAFeedError, also when it takes too long."""
        async with self._turn:
            try:
                async with asyncio.timeout(self._time_limit_s):
                    answer = await self._ask(data, base_url)
            except (TimeoutError, OSError, EOFError, asyncio.IncompleteReadError) as error:
                await self._kill()
                raise NotAFeedError(f"too broken to be read within {self._time_limit_s:g} s") from error
            except BaseException:
                await self._kill()
                raise
        return document_from_json(answer)

    async def _ask(self, data: bytes, base_url: str) -> dict[str, Any]:
        child = self._child = self._child or await self._start()
        sink, source = _pipes(child)
        request = json.dumps({"base_url": base_url, "text": data.decode("utf-8", "replace")}).encode()
        sink.write(len(request).to_bytes(_LENGTH_BYTES, "big") + request)
        await sink.drain()
        length = int.from_bytes(await source.readexactly(_LENGTH_BYTES), "big")
        answer: dict[str, Any] = json.loads(await source.readexactly(length))
        return answer

    @staticmethod
    async def _start() -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.collector.quarantine",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the service; the child ends when its input does
        )

    async def _kill(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:
            child.kill()
        await _reap(child)

    async def close(self) -> None:
        """End the child, if there is one."""
        async with self._turn:
            child, self._child = self._child, None
            if child is None:
                return
            _pipes(child)[0].close()
            try:
                async with asyncio.timeout(2):
                    await child.wait()
            except TimeoutError:
                child.kill()
            await _reap(child)


def _pipes(child: asyncio.subprocess.Process) -> tuple[asyncio.StreamWriter, asyncio.StreamReader]:
    if child.stdin is None or child.stdout is None:
        raise OSError("the quarantine process has no pipes")
    return child.stdin, child.stdout


async def _reap(child: asyncio.subprocess.Process) -> None:
    """Collect the child and let the loop close its pipes."""
    await child.communicate()


def document_to_json(document: FeedDocument) -> dict[str, Any]:
    """Return a document as plain JSON values."""
    record = asdict(document)
    record["skip_hours"], record["skip_days"] = sorted(document.skip_hours), sorted(document.skip_days)
    for entry in record["entries"]:
        entry["published_at"] = entry["published_at"] and entry["published_at"].isoformat()
    return record


def document_from_json(record: dict[str, Any]) -> FeedDocument:
    """Return the document that `document_to_json` wrote. Raises NotAFeedError if it wrote a refusal."""
    if "refused" in record:
        raise NotAFeedError(record["refused"])
    document = FeedDocument(**{**record, "entries": ()})
    entries = (FeedEntry(**{**entry, "published_at": _instant(entry["published_at"])}) for entry in record["entries"])
    return replace(
        document,
        skip_hours=frozenset(document.skip_hours),
        skip_days=frozenset(document.skip_days),
        entries=tuple(entries),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _answer(request: dict[str, str]) -> dict[str, Any]:
    try:
        document = parse_loose(request["text"].encode("utf-8", "replace"), base_url=request["base_url"])
    except NotAFeedError as error:
        return {"refused": error.reason}
    except Exception as error:  # noqa: BLE001 - feedparser raises whatever it likes on hostile input
        return {"refused": f"too broken to be read ({type(error).__name__})"}
    return document_to_json(document)


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_LIMIT_BYTES, _MEMORY_LIMIT_BYTES))
    except (ImportError, ValueError, OSError):
        return  # a system without such limits; the time limit still holds


def _serve(source: BinaryIO, sink: BinaryIO) -> None:
    while len(head := source.read(_LENGTH_BYTES)) == _LENGTH_BYTES:
        request = json.loads(source.read(int.from_bytes(head, "big")))
        answer = json.dumps(_answer(request)).encode()
        sink.write(len(answer).to_bytes(_LENGTH_BYTES, "big") + answer)
        sink.flush()


if __name__ == "__main__":
    _limit_memory()
    _serve(sys.stdin.buffer, sys.stdout.buffer)
