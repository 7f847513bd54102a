r"""Finite sets: {2, 3}, "2 and 3", x = 2 \\lor x = 3, \\frac{5 \\pm 1}{2}; and limits that are no number.

>>> from lemmata.terms.scope import Scope
>>> [e.value.numerator for e in elements("2 and 3", Scope(student=True))]
[2, 3]
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from lemmata.grade.evaluate.probe import Instance
from lemmata.grade.marked import Wrong
from lemmata.grade.reading.listed_by_rule import by_rule, rule_in_front, with_dots_filled
from lemmata.grade.spelling.pieces import clean, each_name, inner, read_any, split, unlabel
from lemmata.grade.values import NoValue, Value, agree, close, evaluate
from lemmata.kernel.term import Shape, Term, make, symbols_of
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import infinity
from lemmata.terms.scope import Scope

__all__ = ["as_pairs", "elements", "improper", "relate_finite"]

Element = Any  # a term or value, or a list of elements

_NONE = re.compile(
    r"\\nexists|(?:\\(?:text|mathrm|textrm)\s*\{)?\s*"
    # An accent is a sign of its own by now: l\u00edmite is li\u0301mite.
    r"(?:(?:the (?:limit|sequence|function)|it|der (?:grenzwert|limes)|er|es|la limite|elle|el li\u0301?mite"
    r"|il limite|die folge) )?"
    r"(?:does not exist|doesn['’]t exist|undefined|dne|(?:there is |there exists |has )?no limit(?: exists)?"
    r"|diverges|divergent|does not converge|doesn['’]t converge|not convergent|existiert kein grenzwert"
    r"|existiert nicht|kein grenzwert"
    r"|divergiert|n['’]existe pas|pas de limite|no existe|non esiste)(?: \((?!if|unless|for|except"
    r"|or)[a-z]{4,20}(?: [a-z]+){0,4}\))?[.!]?\s*\}?",
    re.IGNORECASE,
)
# Alone this says that there is no limit; what stands behind it may say otherwise.
_OSCILLATES = re.compile(
    r"(?:(?:it|the (?:sequence|function)) )?(?:oscillates|alternates|oszilliert|jumps)(?: (?:between"
    r"|zwischen) [^\s,;]{1,20} (?:and|und) [^\s,;]{1,20})?"
    r"(?: forever| endlessly)?",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s*(?:[,;:(–—]|\b(?:and|as)\b)\s*(?:\S+[\s,;:]+){2}")
_SIDES = re.compile(r"\b(?:left|right|links|rechts)[^\d,;]{0,30}?([-−]?\d+)")
# An array as NumPy prints it: numbers, parted by white space.
_PRINTED = re.compile(r"\s*[-+]?\d[\d.e+\-j]*(?:\s+[-+]?\d[\d.e+\-j]*)+\s*")
_SIGN = re.compile(r"\\pm(?![A-Za-z])|±|\+/-")


def improper(text: str) -> Term | None:
    """infinity(), minus infinity, or the empty set for "does not exist"; None for any other text."""
    text = clean(text).strip("$. ")
    said = _NONE.match(text)
    # DNE, left limit -1 and right limit 1: one-sided limits that are infinite may be meant as the answer, and
    # two that are equal are no reason.
    sides = _SIDES.findall(text)
    doubtful = re.search(r"inf|∞|oo|\bif\b|\bunless\b|\bor\b", text) or len(set(sides)) < len(sides)
    if said and _REMARK.match(text, said.end()) and not doubtful:
        return make("empty")
    text = unlabel(text)[0].strip() if "=" in text else text
    text = re.sub(r"(?<=\S)\s*\((?:\\text\s*\{)?(?:diverges|divergent|unbounded)\}?\)$", "", text)
    if _NONE.fullmatch(text) or _OSCILLATES.fullmatch(text):
        return make("empty")
    try:
        term = read_any(text, Scope(student=True))
    except ValueError:
        return None
    return term if term is infinity() or (term.head == "mul" and infinity() in term.args) else None


def elements(text: str, scope: Scope) -> list[Element]:
    """The elements that a text lists, repeated as often as they are written.  Raises ReadError.

    An element is a term, or a list of elements where it is itself a set.
    """
    text, braces = _inside(with_dots_filled(clean(text).strip(" .$")))
    if not text:
        return []
    rule = text if braces else rule_in_front(text)
    if rule is not None and (ruled := by_rule(rule, scope)) is not None:
        return list(ruled)
    found: list[Element] = []
    for piece in (p for p in split(_indices(text), ",", ";", "and", "or") if p):
        value, labels = unlabel(piece)
        times = max(1, len(labels)) if all(re.search(r"_\{?\d+\}?\s*$", label) for label in labels) else 1
        sides = []
        for label in labels:
            joint = re.search(r"_\{?((?:\d+;)+\d+)\}?\s*$", label)
            times = len(joint[1].split(";")) if joint else times
            if joint or (not _SIGN.search(label) and _names(read_any(label, scope))):
                continue
            side = _with_both_signs(label, scope)
            if any(t.sort != "matrix" or symbols_of(t) for t in side):
                raise ReadError.at("an equation that is not solved", text, 0, "write the solutions")
            sides.append(side)
        # {{1, 2}} has one element, which is a set; S = {1, 2} has two.
        if inner(value, "\\{", "\\}") is not None or inner(value, "{", "}") is not None:
            nested = elements(value, scope)
            found += [nested] * times if braces else nested
            continue
        terms = _with_both_signs(value, scope)
        _all_the_same(sides, terms)
        # x_{1,2} = 1 is written for two, and x_{1,2} = \pm 1 is two already.
        times = max(1, times // len(terms))
        for term in terms:
            if term.sort not in ("matrix", "set"):
                raise ReadError.at(f"a {term.sort}, where an element was expected", text, 0)
            if term.sort == "set":
                found += [list(term.args)] * times if braces else list(term.args)
            else:
                found += [term] * times
    return found


def _with_both_signs(text: str, scope: Scope) -> list[Term]:
    """The one value of a text, or the two of a text with a sign for both."""
    return [read_any(_SIGN.sub(sign, text), scope) for sign in (("+", "-") if _SIGN.search(text) else ("",))]


def _all_the_same(sides: Sequence[Sequence[Term]], terms: Sequence[Term]) -> None:
    """Raises Wrong where the sides of x = -1 \\pm \\sqrt 4 = -1 \\pm 2 have different values."""
    if not sides or any(symbols_of(t) or t.sort != "matrix" for t in terms):
        return
    last = [evaluate(t) for t in terms]
    for side in sides:
        values = [evaluate(t) for t in side]
        if not all(
            any(_same(a, b) for b in two) for one, two in ((values, last), (last, values)) for a in one
        ):
            raise Wrong("chain-broken", "The two sides of your equals sign are not equal.")


def _names(label: Term) -> bool:
    """Whether a label is one letter, or a tuple (x, y) of letters in their order: (y, x) = (1, 2) is another pair."""
    letters = label.args if label.head == "literal" else (label,)
    names = [s.name for s in letters if s.head == "symbol"]
    return len(names) == len(letters) and all(a < b for a, b in pairwise(names))


_VALUE = re.compile(r"\s*(\\?[A-Za-z]+(?:_\{?\d\}?)?)\s*=\s*([^=]+)")


def as_pairs(text: str, shapes: Collection[Shape]) -> str:
    """x = 2, y = 1 or x = 1, y = 2  as (2, 1), (1, 2), where elements are columns of one size, such as pairs.

    x = y = 0 gives both entries; names that come again begin the next element.
    """
    sizes = {rows for rows, cols in shapes if cols == 1 and rows != 1}
    if len(sizes) != 1 or len(shapes) != 1 or "=" not in text:
        return text
    try:
        solutions = [
            [e for p in split(s, ",", "and") if p for e in each_name(p)] for s in split(text, "or", ";")
        ]
    except ReadError:
        return text
    size = int(sizes.pop())
    solutions = [s[n : n + size] for s in solutions for n in range(0, len(s), size)]
    found, letters = [], set[tuple[str, ...]]()
    for solution in solutions:
        values = [(m[1], m[2].strip()) for p in solution if (m := _VALUE.fullmatch(p)) is not None]
        named = dict(sorted(values))
        if len(values) != len(solution) or len(named) != size or len(named) < len(values):
            return text
        letters.add(tuple(named))
        found.append(f"({', '.join(named.values())})")
    return ", ".join(found) if len(letters) == 1 else text


def _inside(text: str) -> tuple[str, bool]:
    r"""What the braces enclose, and whether there are any; beside \{ a bare { only groups, as in TeX."""
    if "\\{" in text:
        text = inner(text, "{", "}") or text
    for opener, closer in (("\\{", "\\}"), ("{", "}"), ("[", "]")):
        content = inner(text, opener, closer)
        if content is None:
            continue
        content = re.sub(r"^(?:\\[ ,;:!]|\s)+|(?:\\[ ,;:!]|\s)+$", "", content)
        if opener == "\\{":
            content = inner(content, "{", "}") or content
        if opener == "[" and _PRINTED.fullmatch(content):
            content = ", ".join(content.split())
        return content, opener != "["
    return ", ".join(text.split()) if _PRINTED.fullmatch(text) else text, False


def _indices(text: str) -> str:
    r"""lambda_{1,2} keeps its comma to itself, as lambda_{1;2}."""
    return re.sub(r"_\{(\d+(?:,\d+)+)\}", lambda m: "_{" + m[1].replace(",", ";") + "}", text)


def relate_finite(
    student: Sequence[Element], right: Sequence[Element], multiset: bool, tolerance: Fraction | None = None,
    at: Instance | None = None,
) -> tuple[str, str]:  # fmt: skip
    """(diagnosis, sentence); "same" when the sets are equal (``multiset``: with multiplicities).

    With a tolerance, every entry of an element may be off by so much.  ``at`` has values for the letters of the
    question, where there are any in the elements.
    """
    values = at.values if at is not None else {}
    if any(s not in values for t in student if isinstance(t, Term) for s in symbols_of(t)):
        raise NoValue("an element is not a number")
    given, wanted = [_value(t, values) for t in student], [_value(t, values) for t in right]
    if not multiset:
        given, wanted = _distinct(given), _distinct(wanted)
    near = [[n for n, w in enumerate(wanted) if _same(g, w, tolerance)] for g in given]
    found = _matched(near)
    # In a set, a second rounding of the same element is no element too many.
    extra = sum(g not in found for g in range(len(given)) if multiset or not near[g])
    left = len(wanted) - len(found)
    if not left and not extra:
        return "same", ""
    if not found:
        return "different", "None of these is an element of the right set."
    if not extra:
        return "element-missing", f"These are right, but {left} of {len(wanted)} elements are missing."
    if not left:
        return "element-too-many", f"All elements are there, and {extra} too many."
    return "elements-mixed", "Some of these are right, others are not."


def _matched(near: Sequence[Sequence[int]]) -> dict[int, int]:
    """As many pairs as possible of one given and one wanted element that are the same, by alternating paths."""
    owner: dict[int, int] = {}

    def place(g: int, seen: set[int]) -> bool:
        for w in near[g]:
            if w not in seen:
                seen.add(w)
                if w not in owner or place(owner[w], seen):
                    owner[w] = g
                    return True
        return False

    for g in range(len(near)):
        place(g, set())
    return {g: w for w, g in owner.items()}


def _value(element: Element, given: Mapping[Term, Value]) -> Element:
    if isinstance(element, list):
        return _distinct([_value(e, given) for e in element])
    return evaluate(element, given)


def _same(one: Element, two: Element, tolerance: Fraction | None = None) -> bool:
    if isinstance(one, list) and isinstance(two, list):
        near = [[n for n, b in enumerate(two) if _same(a, b, tolerance)] for a in one]
        return len(one) == len(two) == len(_matched(near))
    if isinstance(one, list) or isinstance(two, list):
        return False
    return agree(one, two) or (tolerance is not None and close(one, two, tolerance))


def _distinct(values: list[Element]) -> list[Element]:
    found: list[Element] = []
    for value in values:
        if not any(_same(value, f) for f in found):
            found.append(value)
    return found
