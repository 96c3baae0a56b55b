"""How a parsed feed is written down in the golden files.

usage: python -m tests.bot.collector.golden FILE [CONTENT-TYPE]     writes what comes out beside the file; read it before
committing it, for from then on it is what must come out
"""

import json
import sys
from pathlib import Path
from typing import Any

from bot.collector.documents import FeedDocument, NotAFeedError
from bot.collector.parse import parse_feed
from bot.collector.quarantine import document_to_json

BASE_URL = "https://feeds.example/dir/feed"


def outcome(body: bytes, content_type: str) -> dict[str, Any]:
    """What comes out of a body: the document without its empty fields, or the refusal."""
    try:
        return written(parse_feed(body, content_type=content_type, base_url=BASE_URL))
    except NotAFeedError as error:
        return {"refused": error.reason, **({"challenge": True} if error.challenge else {})}


def written(document: FeedDocument) -> dict[str, Any]:
    """A document as JSON values, empty fields left out."""
    record = document_to_json(document)
    entries = [{key: value for key, value in entry.items() if value is not None} for entry in record.pop("entries")]
    return {**{key: value for key, value in record.items() if value not in (None, [], "")}, "entries": entries}


def accept(path: Path, content_type: str = "") -> None:
    """Write what comes out of a file now as what is expected of it."""
    record = {**({"content_type": content_type} if content_type else {}), **outcome(path.read_bytes(), content_type)}
    text = json.dumps(record, indent=1, ensure_ascii=False)
    path.with_name(f"{path.stem}.expected.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    accept(Path(sys.argv[1]), *sys.argv[2:3])
