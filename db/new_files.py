"""New files and folders that are whole or not there at all: made as a draft beside their place, then moved into it.

with new_file(target) as draft: ...        RequestError where there is one already
with filled_folder(target) as draft: ...   a folder that exists keeps its other files; new ones replace those of their name

Whatever goes wrong inside the block, the draft goes and nothing else changed.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.errors import RequestError


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """Yield the path to write a new file to; its folder is made."""
    if target.exists():
        raise RequestError(f"{target} exists already; name a file that does not")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.draft")
    _forget_file(draft)
    try:
        yield draft
        draft.rename(target)
    finally:
        _forget_file(draft)


def _forget_file(draft: Path) -> None:
    """Delete a draft and what lies beside it under its name, such as the journals of SQLite."""
    for leftover in draft.parent.iterdir():
        if leftover.name.startswith(draft.name):
            leftover.unlink()


@contextmanager
def filled_folder(target: Path) -> Iterator[Path]:
    """Yield the folder to write files to that `target` is to hold."""
    target = target.resolve()
    draft = target / ".draft" if target.is_dir() else target.with_name(f".{target.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        yield draft
        if target.is_dir():
            for file in sorted(draft.iterdir()):
                file.replace(target / file.name)
        else:
            draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
