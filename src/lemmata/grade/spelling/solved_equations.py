r"""The solutions behind the equations that they follow from: what is concluded is the answer.

    (x+3)(x-1) = 0, so x = -3 or x = 1              x = -3 or x = 1
    x^2 = 4 \Rightarrow x = 2, x = -2               x = 2, x = -2
    x + y = 2, x - y = 4, hence x = 3, y = -1       x = 3, y = -1
    \sigma_1^2 = 9, \sigma_2^2 = 4, so \sigma_1 = 3, \sigma_2 = 2                 \sigma_1 = 3, \sigma_2 = 2
    \lambda_1 = 9, \lambda_2 = 4, so \sigma_1 = 3, \sigma_2 = 2 (in a set)         \sigma_1 = 3, \sigma_2 = 2

The equations in front are not judged.  What is solved already, x = 1, so x = 3, says two things and stays; but where
elements with numbers follow from others with numbers, these have another name.

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
_INDEXED = re.compile(r"\s*(\\?[A-Za-z]+)_(?:\{\w{1,3}\}|\w)\s*=[^=]+$")
_IS_IN = re.compile(r"\\in(?![A-Za-z])|∈")
_BRACED = re.compile(r"(?<=\\in)\s*(?:\\left\s*)?\\?\{[^{}=]*\}|(?<=∈)\s*\\?\{[^{}=]*\}")
_SPACES = re.compile(r"(?<!\\)\$|\\[,;: !]|\\q?quad(?![A-Za-z])|~")
_SO_IN_TEXT = re.compile(
    r"\\text\s*\{\s*((?:and )?(?:so|thus|hence|therefore|then|also|somit|donc|luego))\b[,:\s]*\}"
)
_BETWEEN = re.compile(r"[,;]|\b(?:or|and|oder|und|ou|et)\b|\\(?:lor|land|vee|wedge)(?![A-Za-z])|∨|∧")


def solutions_alone(text: str, kind: str) -> str:
    """What is concluded from equations, where sets or vectors are asked for; any other text as it is."""
    if kind not in ("finite", "family", "vector", "affine") or "=" not in text or len(text) > LONGEST:
        return text
    plain = _SPACES.sub(" ", _SO_IN_TEXT.sub(r" \1 ", text))
    found = [m for m in _SO.finditer(plain) if is_outside(plain[: m.start()])]
    if not found:
        return text
    before, said = plain[: found[-1].start()].strip(), plain[found[-1].end() :].strip()
    equations = _equations(before)
    if not equations or not all("=" in e or _IS_IN.search(e) for e in equations) or not _SOLVED.match(said):
        return text
    if kind == "finite" and _other_names(equations, _equations(said)):
        return said
    return text if all(_VALUE.fullmatch(e) for e in equations) else said


def _equations(text: str) -> list[str]:
    r"""The equations of a list; \sigma^2 = 9, 4 is one with two values, and so is \sigma^2 \in \{9, 4\}."""
    found: list[str] = []
    for clause in _SO.split(_BRACED.sub("9", text)):
        for piece in (p for p in _BETWEEN.split(clause) if p.strip()):
            if found and re.fullmatch(r"\s*[-−]?\d+(?:[./]\d+)?\s*", piece):
                continue
            found.append(piece)
    return found


def _other_names(first: list[str], last: list[str]) -> bool:
    """Whether both are values of letters with an index, the same one in each list, and not the same in both."""
    names = [{m[1] if (m := _INDEXED.match(e)) else "" for e in equations} for equations in (first, last)]
    return all(len(n) == 1 and "" not in n for n in names) and names[0] != names[1]
