"""The one error of publishing: it names the place, what is wrong there, and what to try.

>>> remedy = "did you mean 'min-norm'?"
>>> print(PublishError("no theorem is labelled 'min-nrm'", "render/chapters/batra.md", 12, remedy))
render/chapters/batra.md:12: no theorem is labelled 'min-nrm'
  try: did you mean 'min-norm'?
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = ["PublishError", "closest"]


class PublishError(Exception):
    """A build that cannot go on.  ``file`` and ``line`` are None where the trouble has no place."""

    def __init__(
        self, message: str, file: str | None = None, line: int | None = None, remedy: str = ""
    ) -> None:
        self.message, self.file, self.line, self.remedy = message, file, line, remedy
        super().__init__(message, file, line, remedy)

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        head = f"{place}: {self.message}" if place else self.message
        return f"{head}\n  try: {self.remedy}" if self.remedy else head


def closest(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """A remedy that names the known labels nearest to a misspelt one.

    >>> closest("min-nrm", ["min-norm", "ridge-limit"])
    "did you mean 'min-norm'?"
    """
    labels = sorted(set(known))
    near = difflib.get_close_matches(name, labels, n=3, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(repr(label) for label in near) + "?"
    if otherwise:
        return otherwise
    shown = ", ".join(labels[:8]) + (", ..." if len(labels) > 8 else "")
    return f"known labels: {shown}" if labels else "there are none yet"
