r"""Answers as Mathematica and WolframAlpha write them: rules, functions in square brackets, dots for products.

    {{x -> -1}, {x -> 3}}           [{x: -1}, {x: 3}], which is read as solutions are elsewhere
    {x -> 1, y -> 2}                {x: 1, y: 2}
    Transpose[A].(A.x - b)          ((A)^T)@(A@x - b)
    ArcTan[1/2], Log[2, x]          arctan(1/2), (\ln(x)/\ln(2))
    3 - I, MatrixForm[...]          3 - i, ...

>>> rules("{{x -> -1}, {x -> 3}}"), function_calls("Sqrt[Cos[x]]")
('[{x: -1}, {x: 3}]', 'sqrt(cos(x))')
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lemmata.grade.spelling.libraries import arguments, closing

__all__ = ["dotted_products", "function_calls", "imaginary_unit", "rules", "without_form"]

LONGEST = 4000
MOST = 32  # calls in a text
_RULE = re.compile(r"\s*[A-Za-z]\w{0,12}(?:\[[A-Za-z]\])?\s*(?:->|→|⟶|\uf522)[^<>=→:\uf522]+")
_ARROW = re.compile(r"\s*(?:->|→|⟶|\uf522)\s*")
_ONE = {
    **{name: name.lower() + "({0})" for name in ("Sqrt", "Exp", "Sin", "Cos", "Tan", "Cot", "Sinh", "Cosh", "Tanh", "Abs")},
    **{f"Arc{name}": f"arc{name.lower()}({{0}})" for name in ("Sin", "Cos", "Tan")},
    **{f"Arc{name}": f"ar{name.lower()}({{0}})" for name in ("Sinh", "Cosh", "Tanh")},
    "Log": r"\ln({0})", "Log2": r"(\ln({0})/\ln(2))", "Log10": r"(\ln({0})/\ln(10))", "Sec": "(1/cos({0}))",
    "Csc": "(1/sin({0}))", "Factorial": "(({0})!)", "Conjugate": "(({0})^{{*}})",
    "Transpose": "(({0})^T)", "ConjugateTranspose": "(({0})^{{*}})", "Inverse": "(({0})^{{-1}})",
    "PseudoInverse": "(({0})^+)", "Det": "det({0})", "Tr": "tr({0})", "MatrixRank": "rank({0})",
    "MatrixExp": "exp({0})", "Norm": r"\|{0}\|",
}  # fmt: skip
_TWO = {
    "Log": r"(\ln({1})/\ln({0}))", "Power": "(({0})^({1}))", "Rational": "(({0})/({1}))", "Dot": "(({0}) @ ({1}))",
    "MatrixPower": "(({0})^{{{1}}})", "LinearSolve": "(({0})^{{-1}} ({1}))", "Binomial": r"\binom{{{0}}}{{{1}}}",
    "Complex": "(({0})+({1})i)",
}  # fmt: skip
_CALL = re.compile(
    r"(?<![\w.\\])(" + "|".join(sorted({*_ONE, *_TWO}, key=len, reverse=True)) + r")\s?\[(?!\[)"
)
_OUT = re.compile(r"\s*Out\[\d{1,4}\](?://\w{1,20})?\s*=\s*")
_FORM = re.compile(
    r"\s*//\s*(?:MatrixForm|TableForm|Simplify|FullSimplify|Expand|Factor|N|TraditionalForm|InputForm)\s*"
)
_WRAPPED = re.compile(r"\s*(?:MatrixForm|TableForm|Simplify|FullSimplify|TraditionalForm)\s*\[")
# Behind an operation or a number, in front of one or of the end: 3 - I, 2 I, {1 + I, 1 - I}.
_IMAGINARY = re.compile(r"(?:(?<=[\d)*/+\-−{(,\[])|(?<=[\d)*/+\-−{(,\[] ))I(?=\s*(?:$|[-+−*/,;)\]}]))")


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


def rules(text: str) -> str:
    """Solutions as rules x -> 1, as the dictionaries of SymPy; any other text as it is."""
    if len(text) > LONGEST or not _ARROW.search(text):
        return text
    body = text.strip()
    nested = body.startswith("{") and body[1:].lstrip().startswith("{") and body.endswith("}")
    found = [_solution(s) for s in arguments(body[1:-1])] if nested else [_solution(body)]
    solutions = [s for s in found if s]
    if len(solutions) < len(found):
        return text
    return solutions[0] if len(solutions) == 1 else f"[{', '.join(solutions)}]"


def _solution(text: str) -> str | None:
    """{x -> 1, y -> 2} as {x: 1, y: 2}; the braces may be missing."""
    text = text.strip()
    braced = text.startswith("{") and closing(text, 1, "{", "}") == len(text) - 1
    pairs = arguments(text[1:-1] if braced else text)
    if not all(_RULE.fullmatch(pair) for pair in pairs):
        return None
    return "{" + ", ".join(_ARROW.sub(": ", pair, count=1) for pair in pairs) + "}"


def function_calls(text: str) -> str:
    """f[x] of functions that are known here, the inner ones first."""
    if "[" not in text or len(text) > LONGEST or not _CALL.search(text):
        return text
    text = re.sub(r"(?<![A-Za-z\\_])E(?=\s?\^)", "e", text)
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
        if pattern and all(given):
            text = text[:end] + pattern.format(*given) + text[close + 1 :]
    return text


def dotted_products(text: str, letters: Collection[str]) -> str:
    """A.x as A@x, where both are letters of the question or brackets; A.T is a transpose unless T is one."""
    if "." not in text or not letters or len(text) > LONGEST:
        return text
    names = "|".join(sorted(map(re.escape, letters), key=len, reverse=True))
    attribute = "" if "T" in letters else r"(?!T(?![A-Za-z]))"
    return re.sub(
        rf"(?:(?<=\))|(?<![A-Za-z\\.])(?P<name>{names}))( ?)\.\2{attribute}(?=\(|(?:{names})(?![A-Za-z(]))",
        lambda m: f"{m['name'] or ''}@",
        text,
    )


def imaginary_unit(text: str) -> str:
    """The capital I of computer algebra systems as i."""
    return _IMAGINARY.sub("i", text) if "I" in text else text
