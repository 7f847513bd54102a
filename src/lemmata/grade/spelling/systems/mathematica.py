r"""Answers as Mathematica and WolframAlpha write them: rules, functions in square brackets, dots for products.

    {{x -> -1}, {x -> 3}}           [{x: -1}, {x: 3}], which is read as solutions are elsewhere
    {x -> 1, y -> 2}                {x: 1, y: 2}
    x == -1 || x == 3               x = -1 or x = 3
    n element Z                     n \in \mathbb{Z}, as WolframAlpha says it
    Transpose[A].(A.x - b)          ((A)^T)@(A@x - b)
    ArcTan[1/2], Log[2, x]          arctan(1/2), (\ln(x)/\ln(2))
    3 - I, MatrixForm[...]          3 - i, ...

>>> function_calls("Sqrt[Cos[x]]"), usual_signs("x < -1 || x >= 3")
('sqrt(cos(x))', 'x < -1 or x >= 3')
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lemmata.grade.spelling.libraries import arguments, closing

__all__ = [
    "dotted_products",
    "function_calls",
    "letter_constants",
    "nested_lists",
    "usual_signs",
    "without_form",
]

LONGEST = 4000
MOST = 32  # calls in a text
_ONE = {
    **{name: name.lower() + "({0})" for name in ("Sqrt", "Exp", "Sin", "Cos", "Tan", "Cot", "Abs")},
    **{name: name.lower() + "({0})" for name in ("Sinh", "Cosh", "Tanh")},
    **{f"Arc{name}": f"arc{name.lower()}({{0}})" for name in ("Sin", "Cos", "Tan")},
    **{f"Arc{name}": f"ar{name.lower()}({{0}})" for name in ("Sinh", "Cosh", "Tanh")},
    "Log": r"\ln({0})", "Log2": r"(\ln({0})/\ln(2))", "Log10": r"(\ln({0})/\ln(10))", "Sec": "(1/cos({0}))",
    "Csc": "(1/sin({0}))", "Factorial": "(({0})!)", "Conjugate": "(({0})^{{*}})",
    "Transpose": "(({0})^T)", "ConjugateTranspose": "(({0})^{{*}})", "Inverse": "(({0})^{{-1}})",
    "PseudoInverse": "(({0})^+)", "Det": "det({0})", "Tr": "tr({0})", "MatrixRank": "rank({0})",
    "MatrixExp": "exp({0})", "Norm": r"\|{0}\|",
}  # fmt: skip
_TWO = {
    "Log": r"(\ln({1})/\ln({0}))", "Power": "(({0})^({1}))", "Rational": "(({0})/({1}))", 
    "MatrixPower": "(({0})^{{{1}}})", "LinearSolve": "(({0})^{{-1}} ({1}))", "Binomial": r"\binom{{{0}}}{{{1}}}",
    "Complex": "(({0})+({1})i)",
}  # fmt: skip
_MANY = {"Plus": "+", "Times": "*", "Dot": "@"}
_CALL = re.compile(
    r"(?<![\w\\])(" + "|".join(sorted({*_ONE, *_TWO, *_MANY}, key=len, reverse=True)) + r")\s?\[(?!\[)"
)
_OUT = re.compile(r"\s*Out\[\d{1,4}\](?://\w{1,20})?\s*=\s*")
_FORM = re.compile(
    r"\s*//\s*(?:MatrixForm|TableForm|Simplify|FullSimplify|Expand|Factor|N|TraditionalForm|InputForm)\s*"
)
_WRAPPED = re.compile(r"\s*(?:MatrixForm|TableForm|Simplify|FullSimplify|TraditionalForm)\s*\[")
# Behind an operation or a number, in front of one or of the end: 3 - I, 2 I, {1 + I, 1 - I}.
_IMAGINARY = re.compile(r"(?:(?<=[\d)*/+\-−{(,\[])|(?<=[\d)*/+\-−{(,\[] ))I(?=\s*(?:$|[-+−*/,;)\]}]))")


_E = re.compile(r"(?<![A-Za-z\\_])E(?=\s?\^)")
_LABEL = re.compile(r"\s*[A-Za-z]\w{0,20}\s*:?=\s*")
_INFINITY = re.compile(
    r"(?:(?<!minus )(?<!plus )(?<!negative )(?<!positive )(?<![A-Za-z\\_{])Infinity(?![A-Za-z])|DirectedInfinity\[1\])"
)
_JOINED = re.compile(r"\s?&&\s?")
_PARENTHESES = re.compile(r"^\s*\(([^()]*)\)\s*$")
_ELEMENT = re.compile(r"(?<=[a-z\d)])\s+element\s+(?:of\s+)?([RZNQC])(?![A-Za-z])")


def without_form(text: str) -> str:
    """The answer without Out[3]= in front of it and MatrixForm around it."""
    if len(text) > LONGEST:
        return text
    if "[" in text and (out := _OUT.match(text)):
        text = text[out.end() :]
    head, sign, form = text.rpartition("//")
    if sign and _FORM.fullmatch(sign + form):
        text = head.strip()
    wrapped = _WRAPPED.match(text)
    if wrapped and closing(text, wrapped.end(), "[", "]") == len(text.rstrip()) - 1:
        text = text.rstrip()[wrapped.end() : -1]
    return text


def function_calls(text: str) -> str:
    """f[x] of functions that are known here, the inner ones first."""
    if "[" not in text or len(text) > LONGEST or not _CALL.search(text):
        return text
    text = _E.sub("e", text)
    end = len(text)
    for _ in range(MOST):
        found = next(reversed(list(_CALL.finditer(text, 0, end))), None)
        if found is None:
            break
        end = found.start()
        close = closing(text, found.end(), "[", "]")
        given = arguments(text[found.end() : close]) if close >= 0 else []
        pattern = (_ONE if len(given) == 1 else _TWO if len(given) == 2 else {}).get(found[1])
        if found[1] == "Norm" and len(given) == 2 and given[1] == '"Frobenius"':
            pattern = r"\|{0}\|_F"
        if found[1] in _MANY and len(given) > 1 and all(given):
            text = f"{text[:end]}({_MANY[found[1]].join(f'({g})' for g in given)}){text[close + 1 :]}"
        elif pattern and all(given):
            text = text[:end] + pattern.format(*given) + text[close + 1 :]
    return text


def dotted_products(text: str, letters: Collection[str]) -> str:
    """A.x as A@x, where both are letters of the question or brackets; A.T is a transpose."""
    if "." not in text or not letters or len(text) > LONGEST:
        return text
    names = "|".join(sorted(map(re.escape, letters), key=len, reverse=True))
    attribute = r"(?![THI](?![A-Za-z]))"
    return re.sub(
        rf"(?:(?<=\))|(?<![A-Za-z\\])(?P<name>{names}))( ?)\.\2{attribute}(?=\(|(?:{names})(?![A-Za-z(]))",
        lambda m: f"{m['name'] or ''}@",
        text,
    )


def nested_lists(text: str, kind: str) -> str:
    """{{1, 2}, {3, 4}} as a matrix, and as the vectors of a basis where a span is asked for."""
    label = _LABEL.match(text)
    body = text[label.end() if label else 0 :].strip()
    if kind not in ("matrix", "vector", "span") or not body.startswith("{") or len(text) > LONGEST:
        return text
    if closing(body, 1, "{", "}") != len(body) - 1:
        return text
    lists = arguments(body[1:-1])
    rows = [
        arguments(row[1:-1]) for row in lists if row[:1] == "{" and closing(row, 1, "{", "}") == len(row) - 1
    ]
    even = len({len(row) for row in rows}) == 1 and all(entry for row in rows for entry in row)
    if len(rows) < len(lists) or not even or re.search(r"[{}\\:=]", "".join(map("".join, rows))):
        return text
    if kind == "span":
        return r"\operatorname{span}\{" + ", ".join(f"({', '.join(row)})" for row in rows) + r"\}"
    if kind == "vector":
        return f"({', '.join(row[0] for row in rows)})" if len(rows[0]) == 1 else text
    return "[" + "; ".join(", ".join(row) for row in rows) + "]"


def letter_constants(text: str, letters: Collection[str]) -> str:
    """The capital I of computer algebra systems as i, and E^ as e^, where they are no letters of the question."""
    text = _IMAGINARY.sub("i", text) if "I" in text and "I" not in letters else text
    return _E.sub("e", text) if "E" in text and "E" not in letters else text


def usual_signs(text: str) -> str:
    """Infinity, membership, and relations joined by && and || in words.

    Bars around a norm have no relations on both sides.
    """
    if len(text) > LONGEST:
        return text
    text = _INFINITY.sub("oo", text)
    text = _ELEMENT.sub(r" \\in \\mathbb{\1}", text)
    if not re.search(r"&&|\|\||==", text) or re.search(r"[\\;:]", text):
        return text
    pieces = re.split(r"&&|\|\|", text)
    if "|" in "".join(pieces) or not all(re.search(r"[<>]|==|!=", piece) for piece in pieces):
        return text
    for piece in text.split("||"):  # x == 1 && x == 3 holds for no number, whatever is said in words
        names = re.findall(r"([A-Za-z]\w{0,20})\s*==", piece)
        if len(set(names)) < len(names):
            return text
    either = (_JOINED.sub(" and ", _PARENTHESES.sub(r"\1", p)) for p in text.replace("==", "=").split("||"))
    return " or ".join(p.strip() for p in either)
