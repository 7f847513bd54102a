"""What can go wrong in a course, said so that its author can mend it: place, what is wrong, what to try.

>>> print(CourseError("no theorem is labelled 'min-nrm'", "derivations/x.py", 7, "did you mean 'min-norm'?"))
derivations/x.py:7: no theorem is labelled 'min-nrm'
  did you mean 'min-norm'?
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["CourseError", "Place", "suggest"]


@dataclass(frozen=True)
class Place:
    """A line of a file; prints as ``file:line``."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class CourseError(Exception):
    """A course that cannot be read: ``message``, ``file``, ``line`` (0: the whole file), ``remedy``."""

    def __init__(self, message: str, file: str = "", line: int = 0, remedy: str = "") -> None:
        super().__init__(message, file, line, remedy)
        self.message, self.file, self.line, self.remedy = message, file, line, remedy

    def __str__(self) -> str:
        place = f"{Place(self.file, self.line)}: " if self.file else ""
        return f"{place}{self.message}" + (f"\n  {self.remedy}" if self.remedy else "")


def suggest(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy for a misspelt name: the nearest known ones, or ``otherwise``."""
    near = difflib.get_close_matches(word, list(known), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(repr(n) for n in near)}?" if near else otherwise
