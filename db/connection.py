"""Opens the database file: which file is ours, how every connection is set up, how writes are wrapped.

    open_database(path, *, read_only=False) -> Database

One writer at a time (`BEGIN IMMEDIATE`, waiting up to five seconds), any number of readers beside it (WAL). Knows no
table; `db.migrations` brings the schema up to date.

    with db.atomic():        # the outermost block is one immediate transaction, inner ones are savepoints
        ...
    with db.snapshot():      # reads that must agree with each other
        ...
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlite_utils

from db import migrations
from db.errors import DamagedFileError, FileError, ForeignFileError, MissingFileError, NewerFileError

#: "MPul" in ASCII: marks the file as ours (PRAGMA application_id).
APPLICATION_ID = 0x4D50756C
BUSY_TIMEOUT_MS = 5000


class Database(sqlite_utils.Database):
    """A connection whose outermost `atomic()` takes the write lock at once.

    sqlite-utils begins deferred; a reader that turns writer then fails at once with SQLITE_BUSY_SNAPSHOT instead of
    waiting for the busy timeout.
    """

    @contextmanager
    def atomic(self) -> Iterator["Database"]:
        """Wrap operations in one transaction; a nested block is a savepoint of it."""
        if self.conn.in_transaction:
            with super().atomic():
                yield self
            return
        self.conn.execute("BEGIN IMMEDIATE")
        try:
            yield self
        except BaseException:
            self.conn.rollback()
            raise
        else:
            self._commit()

    @contextmanager
    def snapshot(self) -> Iterator["Database"]:
        """Let several reads see one and the same moment; works on a read-only file too."""
        if self.conn.in_transaction:
            yield self
            return
        self.conn.execute("BEGIN")
        try:
            yield self
        finally:
            self.conn.rollback()

    @contextmanager
    def unlocked(self) -> Iterator["Database"]:
        """Let a connection that only reads make temporary views; its file stays read-only all the same."""
        locked = self.conn.execute("PRAGMA query_only").fetchone()[0]
        self.conn.execute("PRAGMA query_only = OFF")
        try:
            yield self
        finally:
            self.conn.execute(f"PRAGMA query_only = {locked}")

    def _commit(self) -> None:
        try:
            self.conn.execute("COMMIT")
        except BaseException:
            self.conn.rollback()
            raise


def open_database(path: Path | str, *, read_only: bool = False) -> Database:
    """Open the database at `path`, creating or migrating it unless `read_only`.

    Raises a `FileError` when the file is missing (read_only), foreign, newer than this program or damaged.
    """
    path = Path(path)
    if read_only and not path.is_file():
        raise MissingFileError(path)
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _prepared(path, read_only=read_only)
    except sqlite3.DatabaseError as error:
        raise _file_error(path, error) from error


def open_memory() -> Database:
    """Open an empty database in memory with the current schema, for tests and dry runs."""
    db = Database(_connect(":memory:"))
    migrations.apply(db, application_id=APPLICATION_ID)
    return db


def file_of(db: Database) -> Path:
    """Return the file a connection has open."""
    return Path(db.execute("PRAGMA database_list").fetchone()[2])


def checkpoint(db: Database) -> None:
    """Move the write-ahead log into the file and give its space back; call it when nothing else writes."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _prepared(path: Path, *, read_only: bool) -> Database:
    if path.is_file() and path.stat().st_size:
        _refuse_strangers(path)
    mode = "ro" if read_only else "rwc"
    db = Database(_connect(f"{path.resolve().as_uri()}?mode={mode}"))
    try:
        if read_only:
            db.execute("PRAGMA query_only = ON")
        else:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            _migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def _migrate(db: Database) -> None:
    """Take the steps the file lacks, and what a step leaves to Python: the past of deals stored before it was kept."""
    before = migrations.current_version(db)
    migrations.apply(db, application_id=APPLICATION_ID)
    if 0 < before < migrations.VERSIONS_SINCE:
        from db.versions import fill_versions

        fill_versions(db)


def _connect(uri: str) -> sqlite3.Connection:
    # isolation_level None: SQLite's own autocommit, so that only atomic() opens transactions.
    # The service uses one connection from a worker thread that is not the one that opened it.
    conn = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_TIMEOUT_MS / 1000)
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    return conn


def _refuse_strangers(path: Path) -> None:
    """Look at the header before anything is written: whose file is it, and how new?"""
    conn = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        found_id = conn.execute("PRAGMA application_id").fetchone()[0]
        version = conn.execute("PRAGMA user_version").fetchone()[0]
        is_empty = conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
    finally:
        conn.close()
    if found_id != APPLICATION_ID and not is_empty:
        raise ForeignFileError(path)
    if version > migrations.LATEST:
        raise NewerFileError(path, found=version, known=migrations.LATEST)


def _file_error(path: Path, error: sqlite3.DatabaseError) -> FileError:
    reason = str(error)
    if "not a database" in reason:
        return ForeignFileError(path)
    if "malformed" in reason or "corrupt" in reason:
        return DamagedFileError(path, reason)
    return FileError(path, f"cannot be opened ({reason}); check the path, its permissions and the free space")
