"""From an EDGAR entry to its article: the index page, the press release and the report, fetched politely."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.collector import edgar
from bot.collector.charset import decode
from bot.collector.fetch import Answer
from db.records import ArticleDraft, EntryRow

FetchPage = Callable[[str, datetime], Awaitable[Answer | None]]


async def read_filing(entry: EntryRow, now: datetime, fetch_page: FetchPage) -> ArticleDraft | str:
    """Return the filing as an article, or the reason why it could not be read."""
    page = await fetch_page(entry.url or "", now)
    if (fault := _fault(page)) or page is None:
        return fault
    documents = edgar.filing_documents(_html(page), url=page.final_url)
    texts: list[str] = []
    for document in documents:
        answer = await fetch_page(document.url, now)
        if answer is not None and not _fault(answer):
            texts.append(edgar.document_text(_html(answer)))
    if not any(texts):
        return "the filing lists no document that could be read"
    is_release = documents[0].kind.startswith("EX-99")
    return ArticleDraft(
        entry_id=entry.id,
        feed_id=entry.feed_id,
        url=entry.url,
        canonical_url=entry.url,
        title=(edgar.headline_of(texts[0]) if is_release else None) or entry.title,
        text="\n\n".join(text for text in texts if text),
        published_at=entry.published_at,
        fetched_at=now,
        language="en",
        publisher=entry.publisher,
        tier=entry.tier,
        alerting=entry.alerting,
    )


def _html(answer: Answer) -> str:
    return decode(answer.body, answer.headers.get("Content-Type", ""))


def _fault(answer: Answer | None) -> str:
    if answer is None:
        return "robots.txt asks not to fetch the filing"
    if answer.trouble:
        return answer.reason
    return "" if answer.status == 200 else f"EDGAR answered with status {answer.status}"
