r"""Orthogonal complements of vectors that are written out, as null spaces.

    \{u, v\}^\perp, u^\perp, \operatorname{span}\{u, v\}^\perp       Null of the matrix with the rows u^T, v^T
    \{x \in \mathbb{R}^3 : \langle x, u\rangle = 0\}                 that of u
    the orthogonal complement of u, das orthogonale Komplement von u

The complement of a set of vectors is that of their span.
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.span_words import VECTOR, VECTORS

__all__ = ["complements"]

_PERP = r"\s*\^\s*\{?\s*(?:\\perp|\\bot|⊥|⟂|perp)\s*\}?"
_SPAN = r"(?:\\operatorname\s*\{span\}|\\mathrm\s*\{span\}|\\span|span)?\s*(?:\\left\s*)?"
_WITH_PERP = re.compile(
    rf"(?<![A-Za-z}}])(?<![A-Za-z}}]\()(\(\s*)?{_SPAN}(?:\\?\{{\s*(?P<set>{VECTORS})\s*(?:\\right\s*)?\\?\}}|\(\s*(?P<list>{VECTORS})\s*\)"
    rf"|\[\s*(?P<bracket>{VECTORS})\s*\]|(?P<one>{VECTOR}))(?(1)\s*\)){_PERP}",
    re.DOTALL,
)
_IN_WORDS = re.compile(
    r"^(?:the\s+|das\s+|le\s+)?(?:orthogonal(?:es?)?\s+(?:complement|komplement)\s+(?:of|to|von)"
    r"|(?:everything|all\s+vectors)\s+(?:orthogonal|perpendicular)\s+to)\s+(?:the\s+)?(?:vectors?\s+)?"
    rf"{_SPAN}(?:\\?\{{)?(?P<list>{VECTOR}(?:\s*(?:,|and|und)\s*{VECTOR})*)(?:\\?\}})?$",
    re.DOTALL | re.IGNORECASE,
)
_X = r"(?:\\(?:vec|mathbf|bm)\s*)?\{?[xvwyz]\}?"
_NORMAL = re.compile(
    rf"^\\?\{{\s*{_X}\s*(?:(?:\\in|∈)\s*(?:\\mathbb\s*\{{?\s*R\s*\}}?|ℝ)\s*(?:\^\s*\{{?\d\}}?|[²³⁴])\s*)?(?::|\||\\mid|\\colon)\s*"
    rf"(?:\\langle\s*(?:{_X}\s*,\s*(?P<a>{VECTOR})|(?P<b>{VECTOR})\s*,\s*{_X})\s*\\rangle\s*=\s*0"
    rf"|{_X}\s*(?:\\cdot|\^T|\^\\top)\s*(?P<c>{VECTOR})\s*=\s*0|(?P<d>{VECTOR})\s*\\cdot\s*{_X}\s*=\s*0"
    rf"|{_X}\s*\\perp\s*(?P<e>{VECTOR}))\s*\\?\}}$",
    re.DOTALL,
)
_TURNED = re.compile(r"(?<=\))\s*(?:\^\s*(?:T|\\top|\{\s*(?:T|\\top)\s*\})|ᵀ|')")


def complements(text: str) -> str:
    """The text with these complements as null spaces."""
    said = _IN_WORDS.match(text.strip()) if "rthogonal" in text or "perpendicular" in text else None
    if said:
        return _null_space(re.sub(r"\s+(?:and|und)\s+", ", ", said["list"]))
    if ("langle" in text or "perp" in text or "=" in text) and (normal := _NORMAL.match(text.strip())):
        return _null_space(next(v for v in normal.groupdict().values() if v))
    if not re.search(r"\^\s*\{?\s*(?:\\perp|\\bot|⊥|⟂|perp)", text):
        return text
    return _WITH_PERP.sub(lambda m: _null_space(next(v for v in m.groupdict().values() if v)), text)


def _null_space(listed: str) -> str:
    columns = [_TURNED.sub("", v) for v in re.findall(VECTOR, listed, re.DOTALL)]
    # A matrix of matrices has two of them at least.
    columns = columns * 2 if len(columns) == 1 else columns
    return r"\operatorname{Null}(\begin{pmatrix}" + " & ".join(columns) + r"\end{pmatrix}^T)"
