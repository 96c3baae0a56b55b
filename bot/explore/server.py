"""Datasette on the loopback address, on a read-only connection, with our metadata, cells and charts.

explore(db, *, port, open_browser, announce)      serves until interrupted

Datasette is an optional extra and is imported here only.
"""

import importlib
import socket
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.errors import InputError
from bot.explore.metadata import DATABASE, metadata_of
from bot.explore.plugin import plugin
from db.connection import Database, file_of
from db.dictionary import Column, columns_of, inner_tables

HOST = "127.0.0.1"
_MISSING = "exploring needs Datasette: run `pip install datasette`, then `market-pulse db explore` again"
_SETTINGS = {
    "default_page_size": 50,
    "sql_time_limit_ms": 5000,
    "facet_time_limit_ms": 1000,
    "truncate_cells_html": 400,
    "suggest_facets": False,
    "default_facet_size": 6,
    "allow_download": False,
}
Answer = Callable[[Any, Any, Any], Any]


def explore(db: Database, *, port: int, open_browser: bool, announce: Callable[[str], object]) -> None:
    """Serve the database's pages until interrupted. `db` is open read-only; its file is opened a second time so."""
    uvicorn = _imported("uvicorn")
    app = datasette_app(file_of(db), columns_of(db), inner_tables(db))
    with _listening(port) as listener:
        address = f"http://{HOST}:{listener.getsockname()[1]}/"
        announce(f"{address}  (Ctrl-C ends it)")
        if open_browser:
            webbrowser.open(address)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
        server.run(sockets=[listener])


def datasette_app(path: Path, columns: list[Column], tables: list[str]) -> Any:
    """Return the ASGI application that shows a database file."""
    application, plugins = _imported("datasette.app"), _imported("datasette.plugins")
    metadata = metadata_of(columns, tables)
    plugins.pm.register(plugin(path, columns, metadata))
    shown = application.Datasette(metadata=metadata, settings=_SETTINGS)
    # Without a file Datasette offers an empty one in memory.
    shown.remove_database("_memory")
    # Datasette opens a file that may change with mode=ro, and sees what the service writes meanwhile.
    database = _imported("datasette.database").Database(shown, path=str(path), is_mutable=True)
    shown.add_database(database, name=DATABASE)
    return only_from_here(shown.app())


def only_from_here(app: Answer) -> Answer:
    """Refuse requests that came for another host name: a web page elsewhere may make its name lead to this machine."""

    async def guarded(scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        host = dict(scope.get("headers", ())).get(b"host", b"").decode("latin-1")
        if scope["type"] != "http" or host.rpartition(":")[0] in {HOST, "localhost"}:
            await app(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": f"Open http://{HOST} instead.".encode()})

    return guarded


def _listening(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        # From here on a browser may come; it waits until the pages are up.
        listener.listen()
    except OSError as error:
        listener.close()
        raise InputError(f"port {port} is taken ({error.strerror}); choose another one with --port") from error
    return listener


def _imported(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise InputError(_MISSING) from error
