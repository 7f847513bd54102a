"""The evidence store: it keeps what it is given, and neither damage nor company stops a run."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lemmata.course.store import Store, default_path, engine_version


def test_what_is_put_is_got(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "evidence.sqlite3"
    with Store(file) as store:
        store.put("a", {"word": "proved", "n": [1, "½"]})
        store.put("b", {"word": "open"})
        store.put("b", {"word": "refuted"})
    with Store(file) as store:
        assert store.get("a") == {"word": "proved", "n": [1, "½"]}
        assert store.get("b") == {"word": "refuted"}
        assert store.get("c") is None


@pytest.mark.parametrize(
    "content", [b"not a database, but longer than the header of one" * 40, b"\x00" * 4096]
)
def test_a_corrupt_store_is_begun_afresh(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "evidence.sqlite3"
    file.write_bytes(content)
    with Store(file) as store:
        assert store.get("a") is None
        store.put("a", {"word": "proved"})
    with Store(file) as store:
        assert store.get("a") == {"word": "proved"}


def test_a_store_damaged_in_use_is_begun_afresh(tmp_path: Path) -> None:
    file = tmp_path / "evidence.sqlite3"
    with Store(file) as store:
        for i in range(200):
            store.put(f"key {i}", {"word": "proved" * 50})
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    file.write_bytes(bytes(content))
    with Store(file) as store:
        store.get("key 7")
        store.put("new", {"word": "open"})
    with Store(file) as store:
        assert store.get("new") == {"word": "open"}


def test_a_row_that_is_no_document_is_as_good_as_none(tmp_path: Path) -> None:
    file = tmp_path / "evidence.sqlite3"
    with Store(file) as store:
        store.put("a", {})
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("UPDATE evidence SET document = '{half'")
    connection.close()
    with Store(file) as store:
        assert store.get("a") is None


def test_without_a_place_we_go_on_without_a_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Store(tmp_path / "file" / "evidence.sqlite3") as store:
        store.put("a", {"word": "proved"})
        assert store.get("a") is None


def test_several_write_at_once(tmp_path: Path) -> None:
    file = tmp_path / "evidence.sqlite3"

    def write(part: int) -> None:
        with Store(file) as store:
            for i in range(20):
                store.put(f"{part}.{i}", {"part": part})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    with Store(file) as store:
        assert all(store.get(f"{part}.{i}") == {"part": part} for part in range(4) for i in range(20))


def test_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEMMATA_CACHE", str(tmp_path))
    assert default_path() == tmp_path / "evidence.sqlite3"
    monkeypatch.delenv("LEMMATA_CACHE")
    assert default_path().parts[-2:] == ("lemmata", "evidence.sqlite3")
    assert engine_version().startswith("0.")
