"""One answer as it was handed in, and what was no answer.  Read by ``submissions``, marked by ``marking``."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LONGEST_NAME", "Problem", "Submission"]

LONGEST_NAME = 200  # characters of a student's identifier, an exercise's label, a part's


@dataclass(frozen=True, slots=True)
class Submission:
    """One answer: who, to which part of which exercise, what, and where it was read."""

    student: str
    exercise: str
    part: str
    answer: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that is no answer."""

    file: str
    line: int
    message: str
