"""Articles that a person hands in: JSON lines, text and HTML files, addresses. One clear sentence for each bad one.

It knows how to come to an article's plain text; it does not extract.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.errors import InputError
from extractors.models import Article
from extractors.record import article_from_json

#: Longer than any article; a text beyond this is a mistake, not news.
MAX_BYTES = 5_000_000
#: A page whose readable part is shorter (characters) is a menu, a cookie wall or an error, not an article.
SHORTEST_PAGE = 80


def articles_from_lines(lines: Iterable[str]) -> Iterator[Article | InputError]:
    """Yield one article per JSON line, or the error that says what is wrong with the line; blank lines are skipped."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _article_from_line(line, number)


def _article_from_line(line: str, number: int) -> Article | InputError:
    if len(line) > MAX_BYTES:
        return InputError(
            f"line {number} is {len(line) / 1e6:.1f} MB long; an article may have {MAX_BYTES / 1e6:.0f} MB"
        )
    try:
        return article_from_object(json.loads(line), place=f"line {number}")
    except json.JSONDecodeError as error:
        return InputError(f"line {number} is not JSON ({error.msg} at column {error.colno}); give one object a line")
    except InputError as error:
        return error


def article_from_object(record: Any, *, place: str) -> Article:
    """Check one JSON object and return the article it holds."""
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise InputError(f'{place} has no "text"; give an object such as {{"title": "…", "text": "…"}}')
    if not record["text"].strip() and not str(record.get("title") or "").strip():
        raise InputError(f"{place} has an empty text; give the article's sentences")
    try:
        return article_from_json(record)
    except (ValueError, TypeError) as error:
        raise InputError(f"{place}: {error}") from error


def articles_from_file(path: Path) -> Iterator[Article]:
    """Yield the article of a text, HTML or JSON file, or the articles of a JSON-lines file.

    Raises InputError when the file is missing, unreadable, too large, binary or empty.
    """
    text = _read_text(path)
    if path.suffix in {".jsonl", ".ndjson"}:
        yield from _raise_errors(articles_from_lines(text.splitlines()), path)
    elif path.suffix == ".json":
        yield _article_from_json_file(text, path)
    elif looks_like_html(text):
        yield article_from_html(text, place=str(path), url=None)
    elif text.strip():
        yield Article(id=path.name, text=text)
    else:
        raise InputError(f"{path} is empty; give a file with an article's text")


def _read_text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(f"{path} is {size / 1e6:.1f} MB; an article may have {MAX_BYTES / 1e6:.0f} MB")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    if b"\0" in data[:4096]:
        raise InputError(f"{path} is not text; give a text, HTML or JSON file")
    return data.decode("utf-8", errors="replace").removeprefix("\ufeff")


def _article_from_json_file(text: str, path: Path) -> Article:
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{path} is not JSON ({error.msg} at line {error.lineno})") from error
    return article_from_object(record, place=str(path))


def _raise_errors(items: Iterable[Article | InputError], path: Path) -> Iterator[Article]:
    for item in items:
        if isinstance(item, InputError):
            raise InputError(f"{path}, {item}")
        yield item


def looks_like_html(text: str) -> bool:
    """Tell whether a text is an HTML page rather than prose that mentions a tag."""
    head = text[:2000].lower()
    return "<html" in head or "<!doctype html" in head or ("<p>" in head and "</p>" in text.lower())


def article_from_html(html: str, *, place: str, url: str | None) -> Article:
    """Take the readable text, title and date out of a page. Raises InputError when it holds no article."""
    from bot.collector.readable import read_page

    page = read_page(html, url=url)
    if page is None or len(page.text.strip()) < SHORTEST_PAGE:
        raise InputError(f"{place} holds no readable article; give the article's own page or its text")
    return Article(id=url or place, title=page.title, text=page.text, published=page.published_at, url=url)
