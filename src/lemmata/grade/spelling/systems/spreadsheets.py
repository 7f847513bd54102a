r"""Formulas and array constants of spreadsheets, which begin with an equals sign.

    =SQRT(2)/2, =PI()/4, =POWER(2;3)    sqrt(2)/2, (\pi)/4, ((2)^(3))
    ={1,0;0,2}, ={1;2;3}                [1,0;0,2], (1,2,3)
    =MMULT(TRANSPOSE(A);b)              (((A)^T) @ (b))

>>> spreadsheet("=SQRT(2)/2", "number"), spreadsheet("={1,0;0,2}", "matrix")
('sqrt(2)/2', '[1,0;0,2]')

Functions in capitals are read without the equals sign, too, but for LOG, which has base 10 in a spreadsheet alone.
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.libraries import arguments, closing

__all__ = ["spreadsheet"]

LONGEST = 2000
MOST = 24  # calls in a text
_ONE = {
    "SQRT": "sqrt({0})", "EXP": "exp({0})", "LN": r"\ln({0})", "SIN": "sin({0})", "COS": "cos({0})",
    "TAN": "tan({0})", "ASIN": "arcsin({0})", "ACOS": "arccos({0})", "ATAN": "arctan({0})", "SINH": "sinh({0})",
    "COSH": "cosh({0})", "TANH": "tanh({0})", "ABS": "abs({0})", "FACT": "(({0})!)", "RADIANS": r"(({0})*\pi/180)",
    "LOG10": r"(\ln({0})/\ln(10))", "TRANSPOSE": "(({0})^T)", "MINVERSE": "(({0})^{{-1}})", "MDETERM": "det({0})",
}  # fmt: skip
_TWO = {
    "POWER": "(({0})^({1}))", "MMULT": "(({0}) @ ({1}))", "COMBIN": r"\binom{{{0}}}{{{1}}}",
    "LOG": r"(\ln({0})/\ln({1}))",
}  # fmt: skip
_CALL = re.compile(
    r"(?<![\w.\\])(" + "|".join(sorted({*_ONE, *_TWO, "PI"}, key=len, reverse=True)) + r")\s*\("
)
_ARRAY = re.compile(r"\{([^{}]*;[^{}]*)\}")
_NUMBERS = re.compile(r"[\s\d.,;/+\-*()^A-Za-z]*")


def spreadsheet(text: str, kind: str) -> str:
    """The text with formulas and arrays of spreadsheets in the notation of the parser."""
    if len(text) > LONGEST:
        return text
    body = text.strip()
    formula = body.startswith("=") and "=" not in body[1:]
    body = body[1:].strip() if formula else body
    written = _array(body, kind) or _with_calls(body, formula)
    return written if formula or written != body else text


def _array(body: str, kind: str) -> str | None:
    """Rows are parted by semicolons; a column has one entry in each."""
    found = _ARRAY.fullmatch(body)
    if found is None or not _NUMBERS.fullmatch(found[1]):
        return None
    if kind == "matrix":
        return f"[{found[1]}]"
    return f"({found[1].replace(';', ',')})" if kind == "vector" and "," not in found[1] else None


def _with_calls(text: str, formula: bool) -> str:
    """The calls in it replaced, the inner ones first."""
    end = len(text)
    for _ in range(MOST):
        found = next(reversed(list(_CALL.finditer(text, 0, end))), None)
        if found is None:
            break
        end = found.start()
        close = closing(text, found.end(), "(", ")")
        built = _built(found[1], text[found.end() : close], formula) if close >= 0 else None
        if built is not None:
            text = text[:end] + built + text[close + 1 :]
    return text


def _built(name: str, inside: str, formula: bool) -> str | None:
    # Where semicolons part the arguments, commas are decimal.
    given = arguments(inside.replace(",", ".").replace(";", ",") if ";" in inside else inside)
    if name == "PI":
        return r"(\pi)" if not inside.strip() else None
    if not all(given):
        return None
    if len(given) == 1 and name == "LOG" and formula:
        return _ONE["LOG10"].format(*given)
    table: dict[int, dict[str, str]] = {1: _ONE, 2: _TWO}
    pattern = table.get(len(given), {}).get(name)
    return pattern.format(*given) if pattern else None
