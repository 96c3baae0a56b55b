"""What can be wrong with a database file or a request to it; `bot` turns each into a sentence with an exit code.

DeskError
├── FileError            the file cannot be used
│   ├── MissingFileError     there is none, and reading was asked for
│   ├── ForeignFileError     it is not a database, or the database of another program
│   ├── NewerFileError       a later version of this program wrote it
│   └── DamagedFileError     SQLite says it is malformed
├── UnknownDealError     no deal has that slug or number
└── RequestError         the request contradicts what is stored (a merge with itself, an undo with nothing to undo)
"""

from collections.abc import Sequence
from pathlib import Path


class DeskError(Exception):
    """Base of this room's errors; its text is one sentence that says what to do."""


class FileError(DeskError):
    """The database file cannot be used."""

    def __init__(self, path: Path | str, sentence: str) -> None:
        self.path = Path(path)
        super().__init__(f"{path} {sentence}")


class MissingFileError(FileError):
    """There is no such file, and reading was asked for."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "does not exist yet; run `market-pulse demo` or `market-pulse collect` first")


class ForeignFileError(FileError):
    """The file belongs to something else; it is left untouched."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "is not a Market Pulse database and was left untouched; choose another file with --db")


class NewerFileError(FileError):
    """A later version of the program wrote the file."""

    def __init__(self, path: Path | str, *, found: int, known: int) -> None:
        self.found, self.known = found, known
        super().__init__(
            path, f"was written by a newer Market Pulse (schema {found}, this one knows {known}); update the program"
        )


class DamagedFileError(FileError):
    """SQLite finds the file malformed."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(path, f"is damaged ({reason}); restore the last `market-pulse db backup`")


class UnknownDealError(DeskError):
    """No deal has that slug or number, had it on the ISO day `on`, or a shortened slug fits several (`candidates`)."""

    def __init__(self, wanted: str | int, *, candidates: Sequence[str] = (), on: str | None = None) -> None:
        self.wanted, self.candidates = wanted, tuple(candidates)
        if candidates:
            super().__init__(f"{wanted!r} fits several deals: {', '.join(candidates)}")
        elif on is not None:
            super().__init__(f"{wanted!r} was not known yet on {on}; leave out the day to see it as it is known now")
        else:
            super().__init__(f"no deal is called {wanted!r}; `market-pulse deals` lists them all")


class RequestError(DeskError):
    """What was asked contradicts what is stored."""
