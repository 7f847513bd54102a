r"""Sums over all entries of the question's matrices and vectors as traces and products.

    \sum_{i,j} A_{ij} B_{ij}     tr(A B^T)          \sum_i x_i y_i          x^T y
    \sum_{i=1}^n A_{ii}          tr(A)              \sum_{i,j} x_i A_{ij} x_j      x^T A x

Every index must occur twice: then the factors join up to products between two vectors and to closed chains,
which are traces.  An upper limit must be the size of the letter at that place.  Other sums are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lemmata.grade.spelling.libraries import summand_end
from lemmata.kernel.term import Term

__all__ = ["entry_sums"]

_SUM = re.compile(
    r"\\sum\s*(?:\\(?:no)?limits)?\s*_\s*(?:\{(?P<low>[^{}]*)\}|(?P<one>[a-z]))\s*(?:\^\s*(?:\{(?P<high>[^{}]*)\}|(?P<top>\w)))?\s*"
)
_FACTOR = re.compile(
    r"\s*(?:\\cdot|\*|\\,|\\;|\\!)?\s*(?P<bar>\\?\||\\lvert|\\left\||\()?\s*(?P<open>[\[(]\s*)?(?P<name>\\?[A-Za-z]+)"
    r"(?P<turned>\^\s*(?:T|\\top|\{\s*(?:T|\\top)\s*\}))?(?(open)\s*[\])])"
    r"_\s*(?:\{\s*(?P<two>[a-z](?:\s*,?\s*[a-z])?)\s*\}|(?P<index>[a-z]))\s*(?(bar)(?:\\?\||\\rvert|\\right\||\))|)"
    r"(?:\s*\^\s*(?P<power>2|\{\s*2\s*\}))?"
)

Factor = tuple[str, tuple[str, ...]]


def entry_sums(text: str, symbols: Sequence[Term]) -> str:
    """The text with such sums rewritten."""
    shapes = {s.name: s for s in symbols if s.shape != (1, 1)}
    at = 0
    while shapes and at < len(text):
        found = _SUM.search(text, at)
        if found is None:
            return text
        limits: dict[str, str] = {}
        end = found.start()
        while (more := _SUM.match(text, end)) is not None:
            if not _limits(more, limits):
                limits = {}
                break
            end = more.end()
        stop = summand_end(text, end)
        body = re.sub(r"\\right\s*$", "", text[end:stop]).rstrip(" .")
        built = _joined(body, limits, shapes) if limits else None
        if built is None:
            at = found.end()
        else:
            text = text[: found.start()] + built + text[end + len(body) :]
            at = found.start() + len(built)
    return text


def _limits(found: re.Match[str], limits: dict[str, str]) -> bool:
    low = (found["low"] or found["one"]).replace(" ", "").replace("\\,", "")
    parts = re.fullmatch(r"([a-z](?:,?[a-z])*)(=1)?", low)
    if parts is None:
        return False
    names = parts[1].replace(",", "")
    limits.update(dict.fromkeys(names, (found["high"] or found["top"] or "").strip()))
    return True


def _joined(body: str, limits: dict[str, str], shapes: dict[str, Term]) -> str | None:
    number = re.match(r"\s*(\d+(?:\.\d+)?|\\[dt]?frac\s*(?:\{\d+\}\s*\{\d+\}|\d\d)|)\s*", body)
    start = number.end() if number else 0
    factors: list[Factor] = []
    while start < len(body):
        found = _FACTOR.match(body, start)
        if found is None:
            return None
        name = found["name"].lstrip("\\")
        name = name if name in shapes else name.upper()
        places = tuple(re.findall("[a-z]", found["two"] or found["index"]))
        if name not in shapes or len(places) != (1 if shapes[name].shape[1] == 1 else 2):
            return None
        places = places[::-1] if found["turned"] else places
        for place, size in zip(places, shapes[name].shape, strict=False):
            if limits.get(place, "?") not in ("", str(size)):
                return None
        word = found["name"] if name == found["name"].lstrip("\\") else name
        factors += [(word, places)] * (2 if found["power"] else 1)
        start = found.end()
    used = [p for _, places in factors for p in places]
    if (
        not factors
        or set(used) != limits.keys()
        or any(used.count(p) != 2 for p in limits)
        or len(factors) > 8
    ):
        return None
    return f"({number[1] if number else ''} {' '.join(_chains(factors))})"


def _chains(factors: list[Factor]) -> list[str]:
    left, words = list(factors), []
    while left:
        first = next((f for f in left if len(f[1]) == 1), left[0])
        left.remove(first)
        vector = len(first[1]) == 1
        word, here = (f"{first[0]}^T", first[1][0]) if vector else (first[0], first[1][1])
        closed = not vector and first[1][0] == here
        while not closed:
            name, places = next(f for f in left if here in f[1])
            left.remove((name, places))
            if len(places) == 1:
                word, closed = f"{word} {name}", True
                continue
            word += f" {name}" if places[0] == here else f" {name}^T"
            here = places[1] if places[0] == here else places[0]
            closed = not vector and here == first[1][0]
        words.append(f"({word})" if vector else rf"\operatorname{{tr}}({word})")
    return words
