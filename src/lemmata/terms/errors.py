"""What cannot be read, and where: an error that shows the place and says what to try.

>>> print(ReadError.at("unknown name 'Y'", "show A Y = B", 7, "declare it: let Y : R^n"))
line 1, column 8: unknown name 'Y'
    show A Y = B
           ^
    try: declare it: let Y : R^n

Line and column count from 1.  Long lines are cut around the caret, so that a hostile input of
10,000 characters still gives a message of a few lines.
"""

from __future__ import annotations

from difflib import get_close_matches

__all__ = ["IllTyped", "Inexpressible", "ReadError", "close_name"]

WINDOW = 72


class ReadError(ValueError):
    """Text that is no mathematics of ours.  Fields: message, text, line, column, suggestion."""

    def __init__(
        self, message: str, text: str = "", line: int = 1, column: int = 1, suggestion: str = ""
    ) -> None:
        super().__init__(message, text, line, column, suggestion)
        self.message = message
        self.text = text
        self.line = line
        self.column = column
        self.suggestion = suggestion

    @classmethod
    def at(cls, message: str, text: str, offset: int, suggestion: str = "") -> ReadError:
        """The error at an offset into the text."""
        offset = max(0, min(offset, len(text)))
        line = text.count("\n", 0, offset) + 1
        column = offset - (text.rfind("\n", 0, offset) + 1) + 1
        return cls(message, text, line, column, suggestion)

    def inside(self, whole: str, offset: int) -> ReadError:
        """The same error when the text read was the part of ``whole`` that begins at ``offset``."""
        lines = self.text.split("\n")
        inner = sum(len(part) + 1 for part in lines[: self.line - 1]) + self.column - 1
        return type(self).at(self.message, whole, offset + inner, self.suggestion)

    def __str__(self) -> str:
        lines = self.text.split("\n")
        shown = lines[self.line - 1] if self.line <= len(lines) else ""
        caret = self.column - 1
        if len(shown) > WINDOW:
            start = max(0, min(caret - WINDOW // 2, len(shown) - WINDOW))
            shown = ("…" if start else "") + shown[start : start + WINDOW]
            caret -= start - (1 if start else 0)
        shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)
        rows = [f"line {self.line}, column {self.column}: {self.message}"]
        if shown.strip():
            rows += ["    " + shown, "    " + " " * caret + "^"]
        if self.suggestion:
            rows.append(f"    try: {self.suggestion}")
        return "\n".join(rows)


class IllTyped(ReadError):
    """What was read, but has no shape: a product that does not fit, a number compared with a matrix."""


class Inexpressible(IllTyped):
    """What makes sense, but not in these terms: the plain transpose of a complex matrix."""


def close_name(name: str, known: list[str]) -> str:
    """'did you mean …?' for a misspelt name, or an empty string."""
    close = get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return close[0]
    swapped = [k for k in known if k.lower() == name.lower()]
    return swapped[0] if swapped else ""
