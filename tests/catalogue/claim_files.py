"""Reading the catalogue: claim texts under titles, each with what is expected of the engine.

A file holds several claims.  Each begins with a line ``## title`` and is claim text of its own, with
two kinds of comments that are read:

    # model: B = A @ rnd(n, p)        how instances are made, see catalogue_models.py
    # undecided: reason               the engine does not decide it yet
    # wrong: reason                   the engine decides it wrongly, a bug that is known

Files below ``true`` hold true claims, files below ``false`` false ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Entry", "catalogue", "read_entries"]

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    """One claim: ``truth`` is "true" or "false", ``undecided`` and ``wrong`` are a reason or empty."""

    topic: str
    truth: str
    title: str
    text: str
    line: int
    model: str
    undecided: str
    wrong: str

    @property
    def name(self) -> str:
        return f"{self.truth}/{self.topic}: {self.title}"


def read_entries(file: Path) -> Iterator[Entry]:
    """The claims of one file, in their order.  Raises ValueError where a claim has no title or no show."""
    title, start, body = "", 0, []  # type: str, int, list[str]

    def entry() -> Entry:
        marks = {"model": "", "undecided": "", "wrong": ""}
        for line in body:
            for key in marks:
                if line.startswith(f"# {key}:"):
                    marks[key] = line.split(":", 1)[1].strip()
        if sum(line.startswith("show ") for line in body) != 1:
            raise ValueError(
                f"{file}:{start}: a claim of the catalogue has exactly one line that begins with show"
            )
        text = "\n".join(body).strip() + "\n"
        return Entry(topic=file.stem, truth=file.parent.name, title=title, text=text, line=start, **marks)

    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if line.startswith("## "):
            if title:
                yield entry()
            title, start, body = line[3:].strip(), number, []
        elif title:
            body.append(line)
        elif line and not line.startswith("#"):
            raise ValueError(f"{file}:{number}: a claim without a title")
    if title:
        yield entry()


def catalogue(truth: str = "") -> list[Entry]:
    """Every claim of the catalogue, or the true or the false ones."""
    rooms = [truth] if truth else ["true", "false"]
    return [
        e for room in rooms for file in sorted((HERE / room).glob("*.claims")) for e in read_entries(file)
    ]
