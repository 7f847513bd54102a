r"""Whether a derivation ends with the line that was asked for.

2(A^T A + \lambda I)x  for  2 A^T A x + 2 \lambda x      finished: multiplied out, the same; nothing to collect
x^2 + 2x + 3x + 6  for  x^2 + 5x + 6                    equal, but two summands are still to be collected
X^T (X X^+)^T  for  X^T                                 equal on instances, but not the form asked for
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lemmata.grade.evaluate.canonical import same_form, settled_like
from lemmata.grade.judge.operator_steps import equal_with_operators
from lemmata.grade.reading.operators import Operator
from lemmata.grade.spelling.pieces import IllTyped, clean, read_any, split, unlabel
from lemmata.kernel.term import substitute
from lemmata.terms.claims import Claims
from lemmata.terms.errors import ReadError

__all__ = ["bare", "end_of", "form_of_end"]


def end_of(reference: str, report: Any, claims: Claims, operators: Sequence[Operator] = ()) -> str:
    """reached, finished (another order or factoring), equal (in another form) or other."""
    if not reference.strip():
        return "reached"
    last = str(report.last or "")
    found = form_of_end(reference, last, claims, operators)
    if found == "finished" and _begins_like(report, last, claims):
        return "equal"
    if found != "other":
        return found
    # A conclusion may be the whole last statement, as in  A x = b ==> x = A^{-1} b.
    return form_of_end(reference, report.conclusion, claims, operators)


def _begins_like(report: Any, last: str, claims: Claims) -> bool:
    """(x+2)(x+3) = (x+3)(x+2): the chain ends as it began."""
    try:
        first = split(str(report.steps[0].text), "=", "<=", ">=", "<", ">")[0]
        begun, ended = (read_any(clean(t).strip(" $."), claims.scope.lenient()) for t in (first, last))
    except (ReadError, IllTyped, IndexError):
        return False
    return begun.sort == ended.sort == "matrix" and same_form(begun, ended)


def bare(text: str) -> str:
    """The text without spaces, sizes and layout."""
    text = re.sub(r"\\(?:left|right|,|;|!|:|quad|qquad)(?![A-Za-z])", "", text)
    return re.sub(r"[\s{}$]|\\\\|\\(?=top)", "", text).replace("^top", "^T").rstrip(".,;")


def form_of_end(reference: str, last: str, claims: Claims, operators: Sequence[Operator] = ()) -> str:
    """How one line is to the reference: reached, finished, equal or other."""
    if not last.strip():
        return "other"
    if bare(last) == bare(reference):
        return "reached"
    scope = claims.scope.lenient()
    values = {d.args[0]: d.args[1] for d in claims.definitions}
    try:
        right = read_any(clean(reference).strip(" $."), scope)
        found = read_any(clean(last).strip(" $."), scope)
        if found.sort == "prop" and right.sort != "prop":
            found = read_any(unlabel(clean(last).strip(" $."))[0], scope)
    except (ReadError, IllTyped):
        return "other"
    if found.sort != right.sort or found.shape != right.shape:
        return "other"
    if found is right or same_form(found, right):
        return "reached"
    if found.sort == "prop":
        return "equal" if _same_equation(reference, last, claims) else "other"
    if found.sort != "matrix":
        return "other"
    found, right = substitute(found, values), substitute(right, values)
    if not equal_with_operators(found, right, claims.given, operators):
        return "other"
    return "finished" if settled_like(found, right) else "equal"


def _same_equation(reference: str, last: str, claims: Claims) -> bool:
    from lemmata.grade.compare import compare_record

    given = "\n".join(
        f"let {s.name} : R^{{{s.shape[0]} x {s.shape[1]}}}" for s in claims.scope.symbols.values()
    )
    record = {"kind": "equation", "reference": reference, "submission": last, "given": given}
    return bool(compare_record(record)["verdict"] == "correct")
