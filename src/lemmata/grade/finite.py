r"""Finite sets: {2, 3}, "2 and 3", x = 2 \\lor x = 3, \\frac{5 \\pm 1}{2}; and limits that are no number.

>>> from lemmata.terms.scope import Scope
>>> [e.value.numerator for e in elements("2 and 3", Scope(student=True))]
[2, 3]
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lemmata.grade.pieces import clean, inner, read_any, split, unlabel
from lemmata.grade.values import NoValue, Value, agree, evaluate
from lemmata.kernel.term import Term, make, symbols_of
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import infinity
from lemmata.terms.scope import Scope

__all__ = ["elements", "improper", "relate_finite"]

_NONE = re.compile(
    r"\\nexists|(?:\\(?:text|mathrm|textrm)\s*\{)?\s*(?:the limit |it )?"
    r"(?:does not exist|doesn't exist|undefined|dne|no limit|diverges|divergent)\s*\}?",
    re.IGNORECASE,
)
_SIGN = re.compile(r"\\pm(?![A-Za-z])|±|\+/-")


def improper(text: str) -> Term | None:
    """infinity(), minus infinity, or the empty set for "does not exist"; None for any other text."""
    text = unlabel(clean(text).strip("$. "))[0] if "=" in text else clean(text).strip("$. ")
    if _NONE.fullmatch(text):
        return make("empty")
    try:
        term = read_any(text, Scope(student=True))
    except ValueError:
        return None
    return term if term is infinity() or (term.head == "mul" and infinity() in term.args) else None


def elements(text: str, scope: Scope) -> list[Term]:
    """The elements that a text lists, repeated as often as they are written.  Raises ReadError."""
    text = clean(text).strip(" .$")
    for opener, closer in (("\\{", "\\}"), ("{", "}"), ("[", "]")):
        content = inner(text, opener, closer)
        if content is not None:
            text = content
    if not text:
        return []
    found: list[Term] = []
    for piece in (p for p in split(_indices(text), ",", ";", "and", "or") if p):
        value, labels = unlabel(piece)
        times = max(1, len(labels)) if all(re.search(r"_\{?\d+\}?\s*$", label) for label in labels) else 1
        for label in labels:
            joint = re.search(r"_\{?((?:\d+;)+\d+)\}?\s*$", label)
            times = len(joint[1].split(";")) if joint else times
            if not joint and read_any(label, scope).head != "symbol":
                raise ReadError.at("an equation that is not solved", text, 0, "write the solutions")
        for sign in ("+", "-") if _SIGN.search(value) else ("",):
            term = read_any(_SIGN.sub(sign, value), scope)
            if term.head == "empty":
                continue
            if term.sort not in ("matrix", "set"):
                raise ReadError.at(f"a {term.sort}, where an element was expected", text, 0)
            found += (list(term.args) if term.head == "set" else [term]) * times
    return found


def _indices(text: str) -> str:
    r"""lambda_{1,2} keeps its comma to itself, as lambda_{1;2}."""
    return re.sub(r"_\{(\d+(?:,\d+)+)\}", lambda m: "_{" + m[1].replace(",", ";") + "}", text)


def relate_finite(student: Sequence[Term], right: Sequence[Term], multiset: bool) -> tuple[str, str]:
    """(diagnosis, sentence); "same" when the sets are equal (``multiset``: with multiplicities)."""
    if any(symbols_of(t) for t in student):
        raise NoValue("an element is not a number")
    given, wanted = [evaluate(t) for t in student], [evaluate(t) for t in right]
    if not multiset:
        given, wanted = _distinct(given), _distinct(wanted)
    left = list(wanted)
    extra = 0
    for value in given:
        place = next((n for n, w in enumerate(left) if agree(value, w)), None)
        if place is None:
            extra += 1
        else:
            del left[place]
    if not left and not extra:
        return "same", ""
    if len(left) == len(wanted):
        return "different", "None of these is an element of the right set."
    if not extra:
        return "element-missing", f"These are right, but {len(left)} of {len(wanted)} elements are missing."
    if not left:
        return "element-too-many", f"All elements are there, and {extra} too many."
    return "elements-mixed", "Some of these are right, others are not."


def _distinct(values: list[Value]) -> list[Value]:
    found: list[Value] = []
    for value in values:
        if not any(agree(value, f) for f in found):
            found.append(value)
    return found
