r"""The solutions behind the equations that they follow from: what is concluded is the answer.

    (x+3)(x-1) = 0, so x = -3 or x = 1              x = -3 or x = 1
    x^2 = 4 \Rightarrow x = 2, x = -2               x = 2, x = -2
    x + y = 2, x - y = 4, hence x = 3, y = -1       x = 3, y = -1

The equations in front are not judged.  What is solved already, x = 1, so x = 3, says two things and stays.

>>> solutions_alone("x^2 = 4, so x = 2 or x = -2", "finite"), solutions_alone("x = 1, so x = 3", "finite")
('x = 2 or x = -2', 'x = 1, so x = 3')
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.pieces import is_outside

__all__ = ["solutions_alone"]

LONGEST = 1000
_SO = re.compile(
    r"[\s,;.]*(?:\b(?:and )?(?:so|thus|hence|therefore|then|giving|also|somit|daher|folglich|donc|luego"
    r"|por tanto)\b"
    r"|\\(?:Rightarrow|Longrightarrow|implies|iff|Leftrightarrow|Longleftrightarrow|therefore)(?![A-Za-z])"
    r"|⇒|⟹|⇔|∴|<?=>)[\s,:]*"
)
_NAME = r"\\?[A-Za-z]+(?:_(?:\{[\w,]{1,5}\}|\w))?"
_SOLVED = re.compile(rf"{_NAME}\s*(?:=|\\in(?![A-Za-z])|∈)|\({_NAME}(?:\s*,\s*{_NAME})+\)\s*=|\\?\{{|\(")
_VALUE = re.compile(rf"\s*{_NAME}\s*=[^=]+")
_BETWEEN = re.compile(r"[,;]|\b(?:or|and|oder|und|ou|et)\b|\\(?:lor|land|vee|wedge)(?![A-Za-z])|∨|∧")


def solutions_alone(text: str, kind: str) -> str:
    """What is concluded from equations, where sets or vectors are asked for; any other text as it is."""
    if kind not in ("finite", "family", "vector", "affine") or "=" not in text or len(text) > LONGEST:
        return text
    plain = re.sub(r"(?<!\\)\$", " ", text)
    found = [m for m in _SO.finditer(plain) if is_outside(plain[: m.start()])]
    if not found:
        return text
    before, said = plain[: found[-1].start()].strip(), plain[found[-1].end() :].strip()
    equations = [p for m in _SO.split(before) for p in _BETWEEN.split(m) if p.strip()]
    if not equations or not all("=" in e for e in equations) or not _SOLVED.match(said):
        return text
    return text if all(_VALUE.fullmatch(e) for e in equations) else said
