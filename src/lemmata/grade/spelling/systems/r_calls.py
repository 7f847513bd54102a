r"""Vectors and matrices as R writes them; R fills matrices by columns unless it is told otherwise.

    x <- c(1, 2, -1)                            (1, 2, -1)
    matrix(c(1, 2, 3, 4), nrow=2)               [1, 3; 2, 4]
    matrix(1:4, 2, 2, byrow=TRUE)               [1, 2; 3, 4]
    rbind(c(1, 2), c(3, 4)), cbind(1:2, 3:4)    [1, 2; 3, 4], [1, 3; 2, 4]

>>> r_calls("matrix(c(1, 2, 3, 4), nrow=2)", "matrix", ()), r_calls("c(2, 3)", "finite", ())
('[1, 3; 2, 4]', '\\{2, 3\\}')

Where a vector is asked for, c(1, 2) alone may be a multiple of (1, 2), and is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lemmata.grade.spelling.libraries import arguments, call, closing

__all__ = ["r_calls"]

LONGEST = 4000
MOST_ENTRIES = 400
DEEPEST = 4
_CALLED = re.compile(r"(?<![\w.\\])(?:c|matrix|[rc]bind|rep)\s*\(")
_LIST = re.compile(r"(?:c|rep)\s*\(")
_RANGE = re.compile(r"(-?\d{1,3}):(-?\d{1,3})")
_NAMES = ("data", "nrow", "ncol", "byrow")
_SIZE = re.compile(r"([1-9]|[1-3]\d)L?")


def r_calls(text: str, kind: str, letters: Collection[str]) -> str:
    """The text with these calls in the notation of the parser; ``letters`` are those of the question."""
    if len(text) > LONGEST or not _CALLED.search(text) or "c" in letters:
        return text
    if kind in ("vector", "finite"):
        return _with_lists(text, kind)
    if kind != "matrix":
        return text
    text = call(text, r"(?<![\w.\\])matrix\s*\(", _matrix)
    for name in ("rbind", "cbind"):
        text = call(text, rf"(?<![\w.\\]){name}\s*\(", lambda given, by=name: _bound(given, by == "cbind"))  # type: ignore[misc]
    return call(text, r"(?<=diag\()\s*c\s*\((?=[^()]*\)\s*\))", lambda given: f"[{', '.join(given)}]")


def _with_lists(text: str, kind: str) -> str:
    """An answer that is one list, with a name in front of it or without."""
    label = re.match(r"\s*[A-Za-z]\w{0,20}\s*(?:=|<-)\s*", text)
    # c(1, 2) may be a multiple of (1, 2) with a constant c; x <- c(1, 2) is R, and numbers alone are no vector.
    if kind == "vector" and not (label and "<-" in label[0]):
        return text
    entries = _entries(text[label.end() if label else 0 :].strip())
    if not entries:
        return text
    listed = ", ".join(entries)
    return f"({listed})" if kind == "vector" else rf"\{{{listed}\}}"


def _entries(text: str, depth: int = 0) -> list[str] | None:
    """The entries of c(...), 1:4, rep(0, 3); None for anything else."""
    text = text.strip()
    if span := _RANGE.fullmatch(text):
        first, last = int(span[1]), int(span[2])
        if abs(last - first) >= MOST_ENTRIES:
            return None
        step = 1 if last >= first else -1
        return [str(n) for n in range(first, last + step, step)]
    called = _LIST.match(text)
    if called is None or depth > DEEPEST or closing(text, called.end(), "(", ")") != len(text) - 1:
        return None
    given = [re.sub(r"^[A-Za-z]\w*\s*=\s*", "", g) for g in arguments(text[called.end() : -1])]
    if not all(given):
        return None
    if called[0].startswith("rep"):
        times = _SIZE.fullmatch(given[1]) if len(given) == 2 else None
        found = (_entries(given[0], depth + 1) or [given[0]]) * int(times[1]) if times else []
        return found if 0 < len(found) <= MOST_ENTRIES else None
    found = [entry for g in given for entry in (_entries(g, depth + 1) or [g])]
    return found if len(found) <= MOST_ENTRIES else None


def _matrix(given: list[str]) -> str | None:
    """matrix(data, nrow, ncol, byrow), with names or in this order."""
    options: dict[str, str] = {}
    for argument in given:
        name, sign, value = argument.partition("=")
        name = name.strip() if sign else next((n for n in _NAMES if n not in options), "")
        if name not in _NAMES or name in options:
            return None
        options[name] = (value if sign else argument).strip()
    data = options.get("data", "")
    entries = _entries(data) or ([data] if re.fullmatch(r"[-+]?\d+(?:\.\d+)?", data) else None)
    sizes = {n: _SIZE.fullmatch(options[n]) for n in ("nrow", "ncol") if n in options}
    by_row = options.get("byrow", "FALSE")
    if not entries or not all(sizes.values()) or by_row not in ("TRUE", "T", "FALSE", "F"):
        return None
    rows, cols = (int(m[1]) if (m := sizes.get(n)) else 0 for n in ("nrow", "ncol"))
    rows = rows or (len(entries) // cols if cols else len(entries))
    cols = cols or max(1, len(entries) // rows if rows else 0)
    if rows * cols > MOST_ENTRIES or not rows or rows * cols % len(entries):
        return None
    entries *= rows * cols // len(entries)
    if by_row in ("TRUE", "T"):
        return _written([entries[i * cols : (i + 1) * cols] for i in range(rows)])
    return _written([entries[i::rows] for i in range(rows)])


def _bound(given: list[str], columns: bool) -> str | None:
    lists = [_entries(re.sub(r"^[A-Za-z]\w*\s*=\s*", "", g)) for g in given]
    rows = [entries for entries in lists if entries]
    if not rows or len(rows) < len(lists) or len({len(row) for row in rows}) > 1:
        return None
    return _written([list(column) for column in zip(*rows, strict=True)] if columns else rows)


def _written(rows: list[list[str]]) -> str:
    return "[" + "; ".join(", ".join(row) for row in rows) + "]"
