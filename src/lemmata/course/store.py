"""Evidence kept between runs: what was found out about a theorem, under a key that says what it rests on.

The key is a hash of the content: the statement, the derivation as recorded, the statements it cites, the
seed, the number of instances and the sources of the engine itself.  Nothing is ever invalidated; what
changed has another key.  One SQLite file serves all courses of a user:

    $LEMMATA_CACHE/evidence.sqlite3, or else the user's cache folder (Linux: ~/.cache/lemmata/)

A store is a convenience: if it is corrupt it is begun afresh, if it cannot be opened or is busy for
long we go on without it.

>>> with Store(Path(":memory:")) as store:
...     store.put("key", {"word": "proved"})
...     store.get("key"), store.get("another key")
({'word': 'proved'}, None)
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Any

from lemmata.sources import source_version

__all__ = ["Store", "default_path", "engine_version"]

ENTRIES = 20_000
"""The most recent entries are kept; a course has some hundred theorems."""


def default_path() -> Path:
    """Where evidence is kept, see the module's docstring."""
    chosen = os.environ.get("LEMMATA_CACHE")
    if chosen:
        return Path(chosen) / "evidence.sqlite3"
    from platformdirs import user_cache_path

    return user_cache_path("lemmata", appauthor=False) / "evidence.sqlite3"


def engine_version() -> str:
    """What evidence depends on besides the course: another engine, other evidence."""
    return source_version("course")


class Store:
    """JSON documents by key, in one SQLite file.  Several processes may use it at once."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path if path is not None else default_path()
        self._connection: sqlite3.Connection | None = None
        with contextlib.suppress(sqlite3.Error, OSError):
            self._connection = self._open()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the store then answers as an empty one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def get(self, key: str) -> dict[str, Any] | None:
        """The document under a key, if there is one that can be read."""
        rows = self._run("SELECT document FROM evidence WHERE key = ?", (key,))
        if not rows:
            return None
        try:
            document = json.loads(rows[0][0])
        except (ValueError, TypeError):
            return None
        return document if isinstance(document, dict) else None

    def put(self, key: str, document: dict[str, Any]) -> None:
        """Keep a document; an older one under the same key is replaced."""
        self._run(
            "INSERT OR REPLACE INTO evidence (key, document) VALUES (?, ?)", (key, json.dumps(document))
        )

    def _run(self, sql: str, values: tuple[str, ...]) -> list[tuple[Any, ...]]:
        for _ in range(2):
            if self._connection is None:
                return []
            try:
                with self._connection:
                    return list(self._connection.execute(sql, values))
            except sqlite3.OperationalError:
                return []  # busy, read-only or full: do without
            except sqlite3.DatabaseError:
                self._rebuild()
        return []

    def _open(self) -> sqlite3.Connection:
        if str(self.path) != ":memory:":
            self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._connect()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # not a database, or a damaged one
            self._discard()
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=20)
        try:
            with connection:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS evidence (key TEXT PRIMARY KEY, document TEXT NOT NULL)"
                )
                connection.execute(
                    "DELETE FROM evidence WHERE rowid <= (SELECT max(rowid) FROM evidence) - ?", (ENTRIES,)
                )
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _rebuild(self) -> None:
        self.close()
        with contextlib.suppress(sqlite3.Error, OSError):
            self._discard()
            self._connection = self._connect()

    def _discard(self) -> None:
        for suffix in ("", "-journal"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
