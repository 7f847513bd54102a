r"""Vectors by unit vectors and by partial derivatives, written out as columns.

    2e_1 - e_3     2\mathbf{i} - \mathbf{j} + 5\mathbf{k}     2i - j + 5k     \hat{x} + \hat{y}
    f_x = 2xy, f_y = x^2      \frac{\partial f}{\partial x} = 2xy,\ \frac{\partial f}{\partial y} = x^2

Letters of the question keep their meaning: where the answer has an i or an e, none of this is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["by_partial_derivatives", "by_unit_vectors"]

_FONT = r"\\(?:mathbf|vec|hat|boldsymbol|bm|mathrm|widehat|textbf|overrightarrow|underline)"
_UNIT = re.compile(
    rf"(?<![A-Za-z\\])(?:{_FONT}\s*(?:\{{\s*e\s*\}}|\s+e)|e)_?(?:_\{{?\s*([1-9xyz])\s*\}}?|([₁-₉]))"
)
_DRESSED = re.compile(rf"{_FONT}\s*\{{\s*([ijk])\s*\}}|\\(?:wide)?hat\s*\{{\s*([xyz])\s*\}}")
_NESTED = re.compile(rf"{_FONT}\s*\{{\s*{_FONT}\s*(?:\{{\s*([A-Za-z])\s*\}}|\s([A-Za-z]))\s*\}}")
_SPACED = re.compile(rf"({_FONT})\s+([ijkxyz])(?![A-Za-z])")
_BRACED = r"\s*\{(?:[^{}]|\{[^{}]*\})*\}"
_NUMBER = (
    r"(?:[\d./√]++|\\[dt]?frac" + 2 * _BRACED + r"|\\[dt]?frac\s*\d\s*\d|\\sqrt" + _BRACED + r"|\([^()]*\))"
)
_TERM = rf"(?:{_NUMBER}\s*)*(?:\*|\\cdot(?![A-Za-z]))?\s*[ijk]"
_PLAIN = re.compile(rf"\s*[-+−]?\s*{_TERM}(?:\s*[-+−]\s*{_TERM})*\s*")


def by_unit_vectors(text: str, rows: object, letters: Collection[str]) -> str:
    """The unit vectors in the text written out where the answer is a column of that many rows."""
    if not isinstance(rows, int) or not 1 < rows <= 9:
        return text
    if len(text) > 1000:
        return text
    before, sign, text = text.rpartition("=")  # \hat{x} in front is a name
    return before + sign + _written_out(text, rows, letters)


def _written_out(text: str, rows: int, letters: Collection[str]) -> str:
    if "e" not in letters:
        text = _UNIT.sub(lambda m: _unit(m, m[1] or str(ord(m[2]) - ord("₀")), rows), text)
    if rows > 3 or {"i", "j", "k"} & set(letters):
        return text
    text = re.sub(r"\\([ij])math(?![A-Za-z])", r"\1", text) if "math" in text else text
    text = re.sub(
        r"([ijkîĵ])̂|([îĵ])", lambda m: rf"\hat{{{'ij'['îĵ'.index(m[0])] if m[0] in 'îĵ' else m[1]}}}", text
    )
    text = re.sub(rf"({_FONT})([ij])(?![A-Za-z])", r"\1{\2}", text)
    text = _SPACED.sub(r"\1{\2}", _NESTED.sub(lambda m: rf"\hat{{{m[1] or m[2]}}}", text))
    body = re.sub(r"\\[,;: !]", " ", text)
    if _PLAIN.fullmatch(body) and (rows == 3 or "k" not in body):
        text = re.sub(r"(?<![A-Za-z])[ijk]", lambda m: rf"\hat{{{m[0]}}}", body)
    return _DRESSED.sub(lambda m: _unit(m, m[1] or m[2], rows), text)


def _unit(found: re.Match[str], name: str, rows: int) -> str:
    place = int(name) if name.isdigit() else 1 + ("ijk".find(name) if name in "ijk" else "xyz".find(name))
    if place > rows:
        return found[0]
    return r"\begin{pmatrix}" + r" \\ ".join("01"[i + 1 == place] for i in range(rows)) + r"\end{pmatrix}"


_DEL = r"(?:\\partial(?![A-Za-z])|∂|d)"
_NAME = r"\\?[A-Za-z]+(?:_\{?\w+\}?)?"
_ARGUMENT = r"\s*(?:\([A-Za-z_\d,\s\\{}]*\))?\s*"
_PARTIAL = re.compile(
    rf"(?:\\[dt]?frac\s*\{{\s*{_DEL}\s*[A-Za-z]?{_ARGUMENT}\}}\s*\{{\s*{_DEL}\s*(?P<a>{_NAME})\s*\}}\s*[A-Za-z]?"
    rf"|{_DEL}\s*[A-Za-z]{_ARGUMENT}/\s*{_DEL}\s*(?P<b>{_NAME})"
    rf"|(?:\\partial|∂)_\{{?(?P<c>\\?[A-Za-z]+(?:_\d)?)\}}?\s*[A-Za-z]"
    rf"|(?<![A-Za-z\\])[A-Za-z]_\{{?(?P<d>[A-Za-z](?:_\d)?)\}}?){_ARGUMENT}=(?!=)"
)


def by_partial_derivatives(text: str, rows: object, letters: Collection[str] | None = None) -> str:
    """The gradient as a column where its entries are given one by one, under the names of the variables.

    f_y = x^2 alone is x_2 = x^2, the second entry, where ``letters`` say that y is the second variable.
    """
    if not isinstance(rows, int) or not 1 < rows <= 9 or "=" not in text:
        return text
    found = list(_PARTIAL.finditer(text))
    names = [next(g for g in m.groups() if g) for m in found]
    if not found or len(set(names)) < len(names) or text[: found[0].start()].strip(" ([{"):
        return text
    ends = [m.start() for m in found[1:]] + [len(text)]
    between = re.compile(
        r"(?:\s|,|;|\\\\|\\(?:q?quad|[,;: !])|\\text\s*\{\s*(?:and|und)\s*\}|\band\b|\bund\b|\.|&)+$"
    )
    entries = [between.sub("", text[m.end() : end]).strip() for m, end in zip(found, ends, strict=True)]
    if not all(entries) or any("=" in e for e in entries):
        return text
    if len(found) < rows and letters is not None:
        places = [_place(name, rows, letters) for name in names]
        named = [f"x_{n} = {e}" for n, e in zip(places, entries, strict=True)]
        return text if None in places else ", ".join(named)
    if len(found) != rows:
        return text
    # In the order of the variables where they have one, else as they are written.
    plain = [re.fullmatch(r"([A-Za-z])(?:_\{?(\d+)\}?)?", n) for n in names]
    if all(plain):
        keys = [(m[1], int(m[2] or 0)) for m in plain if m]
        entries = [e for _, e in sorted(zip(keys, entries, strict=True))]
    return r"\begin{pmatrix}" + r" \\ ".join(entries) + r"\end{pmatrix}"


def _place(name: str, rows: int, letters: Collection[str]) -> int | None:
    """The place of a variable, from 1: x, y, z; x_1, x_2, ...; or all letters of the answer in their order."""
    known = {*letters, name}
    if known <= {"x", "y", "z"}:
        return "xyz".index(name) + 1 if "xyz".index(name) < rows else None
    numbered = re.fullmatch(r"[A-Za-z]_\{?([1-9])\}?", name)
    if numbered:
        return int(numbered[1]) if int(numbered[1]) <= rows else None
    return sorted(known).index(name) + 1 if len(known) == rows else None
