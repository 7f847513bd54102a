r"""Programs with arrays of one number in a matrix question: which size they have, and what a number does to them.

    ones(2)/2               2 x 2 as in MATLAB, or a column as in NumPy: the reading that fits the right answer's shape
    zeros(2, 3) + 1         a number is added to every entry
    (np.eye(2) + 1)/3       also within a bracket

>>> in_every_entry("(zeros(2,3) + 1)/2", (2, 3)), ones_of_shape("ones(2)/2", (2, 2))
('(zeros(2,3) + 1*ones(2,3))/2', 'ones(2,2)/2')
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.arrays import cut
from lemmata.grade.spelling.libraries import call, closing

__all__ = ["in_every_entry", "ones_of_shape"]

_ARRAY = re.compile(
    r"(?<![\w.\\])(?:np\.|numpy\.)?(?:zeros|ones|eye|identity|full|fill|repmat|diag|array)\s*\("
)
_NUMBER = re.compile(r"\s*(?:\d+(?:\.\d+)?|\.\d+)(?:\s*/\s*\d+)?\s*")


def ones_of_shape(text: str, shape: tuple[int, int]) -> str:
    """ones(n) with both sizes: a column only where the right answer is one."""

    def sized(given: list[str]) -> str | None:
        if len(given) != 1 or not re.fullmatch(r"[1-9]|1[0-2]", given[0]):
            return None
        return f"ones({given[0]},{1 if shape == (int(given[0]), 1) else given[0]})"

    return call(text, r"(?<![\w.\\])ones\s*\(", sized)


def in_every_entry(text: str, shape: tuple[int, int], depth: int = 0) -> str:
    """The text with every number that is added to an array as that number in every entry."""
    if depth > 8 or not _ARRAY.search(text):
        return text
    found, i = "", 0
    while i < len(text):
        end = closing(text, i + 1, "(", ")") if text[i] == "(" else -1
        if end > 0:
            inside = text[i + 1 : end]
            called = bool(re.search(r"[\w.]\s*$", text[:i]))
            found += f"({inside if called else in_every_entry(inside, shape, depth + 1)})"
            i = end
        else:
            found += text[i]
        i += 1
    label, sign, value = found.rpartition("=") if depth == 0 else ("", "", found)
    summands = cut(value, "+-")
    if not any(_ARRAY.search(s) for s in summands[::2]):
        return found
    everywhere = f"*ones({shape[0]},{shape[1]})"
    return (
        label
        + sign
        + "".join(
            s.rstrip() + everywhere + " " * (len(s) - len(s.rstrip()))
            if n % 2 == 0 and _NUMBER.fullmatch(s)
            else s
            for n, s in enumerate(summands)
        )
    )
