"""The processes that read articles, so that neither the event loop nor the database thread waits for spaCy.

A worker builds its extractor once and keeps it; an article that makes a worker die is reported as unreadable and a
new worker takes its place. Knows no feed, no SQL.
"""

import asyncio
import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from bot.names_model import load_names
from extractors.judgement import Judgement
from extractors.models import Article, Company, Extraction, GpuModel
from extractors.pipeline import Extractor

#: Reading yields to answering: how much the workers yield to others, as `nice` counts.
NICE = 10

_extractor: Extractor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractorParts:
    """What an extractor is built from."""

    companies: tuple[Company, ...]
    gpus: tuple[GpuModel, ...]
    judgement: Judgement
    model_path: Path | None = None
    names_model: str = ""

    def build(self) -> Extractor:
        """Build the extractor; takes about a second."""
        return Extractor(
            companies=self.companies,
            gpus=self.gpus,
            judgement=self.judgement,
            model_path=self.model_path,
            names=load_names(self.names_model),
        )


def _start(parts: ExtractorParts) -> None:
    if hasattr(os, "nice"):
        os.nice(NICE)
    global _extractor  # noqa: PLW0603 - one extractor per worker process, built when the process starts
    _extractor = parts.build()


def _read(articles: Sequence[Article]) -> list[Extraction]:
    if _extractor is None:
        raise RuntimeError("the worker was not started")
    return [_extractor.extract(article) if _is_relevant(article) else _dismissed(article) for article in articles]


def _is_relevant(article: Article) -> bool:
    return _extractor is not None and _extractor.is_relevant(article.title, article.text)


def _dismissed(article: Article) -> Extraction:
    """Return the empty reading of an article that the gate dismisses; most of a feed's articles end here."""
    return Extraction(id=article.id, url=article.url, is_deal_article=False)


class Readers:
    """A pool of processes that turn articles into extractions."""

    def __init__(self, parts: ExtractorParts, *, workers: int = 1) -> None:
        self._parts = parts
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    async def read(self, articles: Sequence[Article]) -> list[Extraction | None]:
        """Read articles in order; None stands for one that could not be read."""
        if not articles:
            return []
        try:
            return list(await self._submit(articles))
        except Exception:  # noqa: BLE001 - one bad article must not cost the others: they are read again one by one
            return [await self._read_one(article) for article in articles]

    async def _read_one(self, article: Article) -> Extraction | None:
        try:
            return (await self._submit([article]))[0]
        except Exception:  # noqa: BLE001 - whatever it was, the article is reported as unreadable and the rest goes on
            return None

    async def _submit(self, articles: Sequence[Article]) -> list[Extraction]:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._started(), _read, articles)
        except BrokenProcessPool:
            self.close()
            raise

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # spawn, not fork: the parent runs threads (database, event loop helpers) that a fork would copy half-locked.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, context, initializer=_start, initargs=(self._parts,))
        return self._pool

    def close(self) -> None:
        """End the workers without waiting for what they read; harmless when called twice."""
        if self._pool is not None:
            for process in list((self._pool._processes or {}).values()):
                process.terminate()
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
