r"""Macros of LaTeX packages, written out in the commands that the parser knows.

    \norm{x}, \qty(a+b), \dv{w}{t}, \mqty(1 & 2 \\ 3 & 4), \vb{x}      physics
    \num{1.5e3}, \ang{60}                                              siunitx
    \nicefrac{1}{2}, \sfrac12, \flatfrac{1}{2}                         nicefrac, xfrac, physics
    \SI{3}{m}, \qty{3}{m}                                              a number with its unit: the number

>>> without_packages(r"\dv{w}{t} + \qty(\nicefrac{1}{2})")
'\\frac{dw}{dt} + (\\frac{1}{2})'

A macro is written out where its arguments stand in braces, or are single letters, digits or commands.  What has no
arguments is left as it stands: the parser names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lemmata.grade.spelling.array_rules import without_rules
from lemmata.grade.spelling.libraries import closing

__all__ = ["without_packages"]

MOST = 60  # macros in a text
_CLOSERS = {"{": "}", "(": ")", "[": "]", "|": "|"}
_FRACTIONS = ("nicefrac", "sfrac", "flatfrac", "xfrac", "ifrac", "cfrac")

# Names with as many arguments as their patterns have.
_WRITTEN: dict[str, str] = {
    **dict.fromkeys(_FRACTIONS, r"\frac{#1}{#2}"),
    "norm": r"\|#1\|", "Norm": r"\|#1\|", "abs": r"|#1|", "absolutevalue": r"|#1|", "Abs": r"|#1|",
    **dict.fromkeys(("vb", "vectorbold", "vu", "pmb", "underline", "symbf", "symbfit", "mathbfit", "ensuremath"), "#1"),
    **dict.fromkeys(("mathclose", "mathopen", "mathord", "mathinner", "smash"), "#1"),
    **dict.fromkeys(("vv", "overrightarrow", "va"), r"\vec{#1}"),
    "ang": r"#1^{\circ}", "complexnum": "(#1)", "set": r"\{#1\}", "Set": r"\{#1\}", "qq": r"\text{#1}",
    "ip": r"\langle #1,#2\rangle", "innerproduct": r"\langle #1,#2\rangle", "inner": r"\langle #1,#2\rangle",
    "comm": "((#1)(#2)-(#2)(#1))", "commutator": "((#1)(#2)-(#2)(#1))",
}  # fmt: skip
_NAMES: dict[str, str] = {
    "grad": r"\nabla ", "Tr": r"\operatorname{tr}", "trace": r"\operatorname{tr}", "Rank": r"\operatorname{rank}",
    "rg": r"\operatorname{rank}", "Span": r"\operatorname{span}",
    "spn": r"\operatorname{span}", "spann": r"\operatorname{span}", "vspan": r"\operatorname{span}",
    "T": r"\top", "transpose": r"\top", "trans": r"\top", "transp": r"\top", "coloneq": "=", "vcentcolon": ":",
    "medspace": " ", "thickspace": " ", "allowbreak": " ", "strut": " ", "Id": "I", "identity": "I",
    "differential": "d",
}  # fmt: skip
_MATRICES = {
    "mqty": "", "matrixquantity": "", "smqty": "", "pmqty": "(", "bmqty": "[", "spmqty": "(", "sbmqty": "[",
    "vmqty": "|", "mdet": "|", "mdeterminant": "|",
}  # fmt: skip
_ENVIRONMENTS = {"(": "pmatrix", "[": "bmatrix", "|": "vmatrix", "": "matrix"}
_DERIVATIVES = {"dv": "d", "derivative": "d", "pdv": r"\partial ", "partialderivative": r"\partial "}
_QUANTITIES = ("qty", "quantity", "pqty", "bqty")
_NUMBERS = ("num", "SI", "tablenum")
_MACRO = re.compile(
    r"\\("
    + "|".join(
        sorted(
            (*_WRITTEN, *_NAMES, *_MATRICES, *_DERIVATIVES, *_QUANTITIES, *_NUMBERS, "dd", "underbrace"),
            key=len,
            reverse=True,
        )
    )
    + r")(?![A-Za-z])\*?"
)
_SIZE = re.compile(r"\s*\\[bB]igg?[lr]?(?![A-Za-z])")
_ONE_SIGN = re.compile(r"\s*(\\[A-Za-z]+|[A-Za-z0-9])")
_BOLD = re.compile(r"\\(?:bm|boldsymbol|mathbf|mathsf|mathit|vec)\s*\{([A-Za-z](?:_\w)?\s*\^[^{}]*)\}")
_BARE_QUANTITY = re.compile(r"\\qty(?=\s*\\\|)")
_IDENTITY = re.compile(r"\\(?:mathrm|operatorname|text|mathbf|mathsf)\s*\{\s*(?:Id|id)\s*\}")
_SET_EQUAL = re.compile(
    r"\\(?:overset|stackrel)\s*\{[^{}]*\}\s*\{\s*(=|:=|\\le|\\ge|\\leq|\\geq|\\equiv)\s*\}"
)


def without_packages(text: str) -> str:
    """The text with these macros written out; at most ``MOST`` of them."""
    if "\\" not in text:
        return text
    text = _BARE_QUANTITY.sub("", without_rules(text))
    text = _IDENTITY.sub(" I", text)
    text = _BOLD.sub(r"{\1}", _SET_EQUAL.sub(r"\1", text))
    at = 0
    for _ in range(MOST):
        found = _MACRO.search(text, at)
        if found is None:
            return text
        made = _written_out(found[1], text, found.end())
        if made is None:
            at = found.end()
            continue
        before, (new, end) = text[: found.start()], made
        # \lambda\vb x is \lambda x.
        glued = new[:1].isalpha() and re.search(r"\\[A-Za-z]+$", before)
        text, at = f"{before}{' ' if glued else ''}{new}{text[end:]}", found.start()
    return text


def _written_out(name: str, text: str, at: int) -> tuple[str, int] | None:
    """What is written for the macro whose arguments begin at ``at``, and where they end."""
    for names, rule in _RULES:
        if name in names:
            return rule(name, text, at)
    pattern = _WRITTEN.get(name)
    if pattern is None:
        return _NAMES[name], at
    arguments = []
    for _ in range(2 if "#2" in pattern else 1):
        one, at = _argument(text, at)
        if at < 0:
            return None
        arguments.append(one)
    return re.sub(r"#([12])", lambda m: arguments[int(m[1]) - 1], pattern), at


def _argument(text: str, at: int) -> tuple[str, int]:
    """One argument, in braces or a single sign, and where it ends; -1 without one."""
    opened = re.compile(r"\s*\{").match(text, at)
    if opened:
        end = closing(text, opened.end(), "{", "}")
        return text[opened.end() : end], end + 1 if end >= 0 else -1
    single = _ONE_SIGN.match(text, at)
    return (single[1], single.end()) if single else ("", -1)


def _bracketed(text: str, at: int) -> tuple[str, str, int]:
    """An argument in whatever bracket: the bracket, what is in it, where it ends; -1 without one."""
    size = _SIZE.match(text, at)
    opened = re.compile(r"\s*([{(\[|])").match(text, size.end() if size else at)
    if opened is None:
        return "", "", -1
    sign = opened[1]
    end = text.find("|", opened.end()) if sign == "|" else closing(text, opened.end(), sign, _CLOSERS[sign])
    return sign, text[opened.end() : end], end + 1 if end >= 0 else -1


def _matrix(name: str, text: str, at: int) -> tuple[str, int] | None:
    sign, content, end = _bracketed(text, at)
    if end < 0:
        return None
    environment = _ENVIRONMENTS[_MATRICES[name] or ("" if sign == "{" else sign)]
    return rf"\begin{{{environment}}}{content}\end{{{environment}}}", end


def _derivative(name: str, text: str, at: int) -> tuple[str, int] | None:
    r"""\dv{f}{x}, \dv{x} (of what follows), \dv[2]{f}{x}, \dv{x}(f)."""
    d = _DERIVATIVES[name]
    order = re.compile(r"\s*\[\s*(\w)\s*\]").match(text, at)
    first, at = _argument(text, order.end() if order else at)
    if at < 0:
        return None
    power = f"^{order[1]}" if order else ""
    second, end = _argument(text, at) if re.compile(r"\s*\{").match(text, at) else ("", -1)
    if end < 0:
        return rf"\frac{{{d}{power}}}{{{d}{first}{power}}}", at
    return rf"\frac{{{d}{power}{first}}}{{{d}{second}{power}}}", end


def _quantity(name: str, text: str, at: int) -> tuple[str, int] | None:
    r"""Brackets of the right size; \qty{3}{m} of siunitx is a number with its unit."""
    sign, content, end = _bracketed(text, at)
    if end < 0:
        return None
    if sign == "{" and re.fullmatch(r"[-+\d.,e ]+", content) and text[end : end + 1] == "{":
        return _number("SI", text, at)
    if sign == "|":
        return f"|{content}|", end
    return (f"[{content}]" if sign == "[" or name == "bqty" else f"({content})"), end


def _number(name: str, text: str, at: int) -> tuple[str, int] | None:
    r"""\num{1.5e-3}, \num{1 200,5}; \SI has its unit behind it."""
    written, end = _argument(text, at)
    if end >= 0 and name == "SI":
        _, end = _argument(text, end)
    written = re.sub(r"(?<=\d) (?=\d)", "", written.strip())
    found = re.fullmatch(r"([-+]?[\d.,]*/?\d*)\s*(?:[eEdD]([-+]?\d{1,4}))?", written)
    if end < 0 or not found or not (found[1] or found[2]):
        return None
    mantissa = found[1].replace(",", ".")
    if not found[2]:
        return mantissa, end
    mantissa = "1" if mantissa in ("", "+") else "-1" if mantissa == "-" else mantissa
    return rf"({mantissa} \cdot 10^{{{found[2]}}})", end


def _differential(name: str, text: str, at: int) -> tuple[str, int] | None:
    letter, end = _argument(text, at)
    return (rf"\,d{letter}", end) if end >= 0 else None


def _underbrace(name: str, text: str, at: int) -> tuple[str, int] | None:
    r"""\underbrace{P^2}_{=P}: what is written below the brace is a remark."""
    content, end = _argument(text, at)
    below = re.compile(r"\s*_\s*").match(text, end) if end >= 0 else None
    if below:
        _, end = _argument(text, below.end())
    return (f"{{{content}}}", end) if end >= 0 else None


_RULES: tuple[tuple[tuple[str, ...], Callable[[str, str, int], tuple[str, int] | None]], ...] = (
    (tuple(_MATRICES), _matrix),
    (tuple(_DERIVATIVES), _derivative),
    (_QUANTITIES, _quantity),
    (_NUMBERS, _number),
    (("dd",), _differential),
    (("underbrace",), _underbrace),
)
