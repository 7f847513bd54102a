r"""Names that functions and spaces have elsewhere, in the names that the parser knows.

    tg x, ctg x, arctg x        \tan x, \cot x, \arctan x        sh x, ch x, th x     \sinh x, \cosh x, \tanh x
    lg x, arcctg x, arsinh x    written out by logarithms and the arctangent          Pi        \pi
    E^(2 t), E**(2*t)           e^(2 t)                       \cos^{-1} x      \arccos x
    Spur A, Rang A, Kern A, Bild A, rang(A)      tr A, rank A, ker A, im A, rank(A)

A name counts as a whole word with an argument behind it.  In plain text tg may also be t times g: it is, where both
are letters of the question, and Pi is P_i or a letter of its own where P or Pi is one.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lemmata.grade.spelling.libraries import closing

__all__ = ["in_usual_names"]

_CALLED = {
    "tg": r"\tan", "ctg": r"\cot", "cotg": r"\cot", "ctan": r"\cot", "cotan": r"\cot", "arctg": r"\arctan",
    "sgn": r"\operatorname{sign}", "cosec": r"\csc", "sh": r"\sinh", "ch": r"\cosh", "th": r"\tanh",
    "Spur": r"\operatorname{tr}", "Rang": r"\operatorname{rank}", "rang": r"\operatorname{rank}",
    "Kern": r"\operatorname{ker}", "Bild": r"\operatorname{im}",
}  # fmt: skip
_SINH, _COSH, _TANH = (
    r"\ln((#)+\sqrt{(#)^{2}+1})",
    r"\ln((#)+\sqrt{(#)^{2}-1})",
    r"\frac{1}{2}\ln((1+(#))/(1-(#)))",
)
_WRITTEN_OUT = {
    "lg": r"\frac{\ln(#)}{\ln(10)}", "lb": r"\frac{\ln(#)}{\ln(2)}", "ld": r"\frac{\ln(#)}{\ln(2)}",
    "sech": r"\frac{1}{\cosh(#)}", "csch": r"\frac{1}{\sinh(#)}", "cosech": r"\frac{1}{\sinh(#)}",
    "cis": r"\cos(#)+i\sin(#)", "sinc": r"\frac{\sin(#)}{#}",
    "arcsec": r"\arccos(1/(#))", "arccsc": r"\arcsin(1/(#))", "arcoth": r"\frac{1}{2}\ln(((#)+1)/("
    "(#)-1))", "coth": r"\frac{1}{\tanh(#)}", "cth": r"\frac{1}{\tanh(#)}",
    **dict.fromkeys(("arcctg", "arccotg", "arccot", "acot"), r"\frac{\pi}{2}-\arctan(#)"),
    **dict.fromkeys(("arsinh", "arcsinh", "asinh", "arsh", "argsh"), _SINH),
    **dict.fromkeys(("arcosh", "arccosh", "acosh", "arch", "argch"), _COSH),
    **dict.fromkeys(("artanh", "arctanh", "atanh", "arth", "argth"), _TANH),
}  # fmt: skip
MOST = 24  # names in a text: what is written out may have its argument twice
_SPACES = frozenset(("Spur", "Rang", "rang", "Kern", "Bild"))
_NAMES = "|".join(sorted((*_CALLED, *_WRITTEN_OUT), key=len, reverse=True))
_NAME = re.compile(
    rf"\\(?:operatorname|mathrm|text|textrm|mathop)\s*\*?\s*\{{\s*(?P<set>{_NAMES})\s*\}}|\\(?P<command>{_NAMES})(?![A-Za-z])"
    rf"|(?<![A-Za-z\\_{{])(?P<plain>{_NAMES})(?![A-Za-z_=])"
)
_PI = re.compile(r"(?<![A-Za-z\\_])(?:Math\.)?(?:Pi|PI)(?![A-Za-z(\[])")
_E = re.compile(r"(?<![A-Za-z\\_])E(?=\s*(?:\^\s*\(|\*\*))")
_INVERSE = re.compile(
    r"\\?(?<![A-Za-z])(?P<of>sinh?|cosh?|tanh?|cot)\s*(?:\^\s*(?:\{\s*[-−]\s*1\s*\}|[-−]1)|⁻¹)(?![\d.])"
)
# The square of sech x; sech^{-1} x would be the inverse function.
_RAISED = re.compile(r"\s*(?:\^|\*\*)\s*(?:\{\s*(\d)\s*\}|(\d)(?!\d))")
_BRACKET = re.compile(r"(?:\s|\\[,;: !])*(?:\\left\s*)?([({])")
# One letter, a number or a Greek letter; lg xy and lg x^2 have two readings and stay.
_SINGLE = re.compile(
    r"(?:\s|\\[,;: !])*(\d+(?:\.\d+)?(?:\s*[a-zα-ω](?![A-Za-z]))?|[A-Za-zα-ω](?:_\w)?|\\[a-z]+(?![A-Za-z({\s]*[({]))"
    r"(?!\s*(?:[\w^({α-ω]|\*\*|\\(?!(?:[,;: !]|sinh?|cosh?|tanh?|coth?|cdot)(?![A-Za-z]))))"
)
_FRACTION = re.compile(r"\s*\\[dt]?frac\s*\{")
_ANY_ARGUMENT = re.compile(r"\s*(?:\^\s*(?:\{\s*-?\d+\s*\}|\d)\s*)?(?:[\w({\\√]|-)")
_MATRIX_ARGUMENT = re.compile(r"\s*(?:[({\[\\]|[A-Z](?![a-z]))")


def in_usual_names(text: str, letters: Collection[str] = ()) -> str:
    """The text with these names replaced; ``letters`` are those of the question."""
    # The inverse function, which 1/cos x is not called; the parser refuses to choose, a marker need not.
    text = _INVERSE.sub(lambda m: rf"\{'ar' if m['of'][-1] == 'h' else 'arc'}{m['of']} ", text)
    if "P" in text and not {"Pi", "PI", "P"} & set(letters):
        text = _PI.sub(r"(\\pi)", text)
    if "E" in text and "E" not in letters:  # of Mathematica and SymPy
        text = _E.sub("e", text)
    at = 0
    for _ in range(MOST):
        found = _NAME.search(text, at)
        if found is None:
            break
        name = found["set"] or found["command"] or found["plain"]
        made = None
        if not (found["plain"] and (name in letters or all(c in letters for c in name))):
            made = _replaced(name, text, found)
        if made is None:
            at = found.end()
            continue
        written, end = made
        text, at = text[: found.start()] + written + text[end:], found.start() + 1
    return text


def _replaced(name: str, text: str, found: re.Match[str]) -> tuple[str, int] | None:
    """What is written instead, and where what it replaces ends; None without an argument."""
    if name in _CALLED:
        argument = _MATRIX_ARGUMENT if name in _SPACES else _ANY_ARGUMENT
        return (_CALLED[name] + " ", found.end()) if argument.match(text, found.end()) else None
    if name == "sinc" and text[: found.start()].endswith("."):  # np.sinc(x) is sin(pi x)/(pi x)
        return None
    raised = _RAISED.match(text, found.end())
    inside, end = _argument(text, raised.end() if raised else found.end())
    if not inside.strip() or len(inside) > 200:
        return None
    power = f"^{{{raised[1] or raised[2]}}}" if raised else ""
    return f"({_WRITTEN_OUT[name].replace('#', inside)}){power}", end


def _argument(text: str, at: int) -> tuple[str, int]:
    """The argument of a function and where it ends; empty where it is not plain what it is."""
    if bracket := _BRACKET.match(text, at):
        end = closing(text, bracket.end(), bracket[1], ")" if bracket[1] == "(" else "}")
        return (re.sub(r"\\right\s*$", "", text[bracket.end() : end]), end + 1) if end > 0 else ("", at)
    if fraction := _FRACTION.match(text, at):
        middle = closing(text, fraction.end(), "{", "}") + 1
        if middle == 0 or text[middle : middle + 1] != "{":
            return "", at
        end = closing(text, middle + 1, "{", "}") + 1
        return text[at:end] if end else "", end
    single = _SINGLE.match(text, at)
    return (single[1], single.end()) if single else ("", at)
