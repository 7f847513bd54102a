"""Which mistake was made: a table of tests on the values of an answer, the most specific first.

>>> from lemmata.grade.draw import matrix_of
>>> from lemmata.grade.values import evaluate
>>> a, b = evaluate(matrix_of([[1, 2], [3, 4]])), evaluate(matrix_of([[1, 3], [2, 4]]))
>>> diagnose([b], [a]).name
'transposed'

An answer with letters has one value for each probing instance; a mistake must show in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import acb_mat, fmpq_mat

from lemmata.grade.values import Value, agree, as_ball, close, enclosed, is_zero, rational
from lemmata.kernel.term import Term, subterms

__all__ = ["Diagnosis", "diagnose", "is_right", "parallel", "unevaluated"]

Values = Sequence[Value]


@dataclass(frozen=True)
class Diagnosis:
    """A named mistake and the sentence for the student."""

    name: str
    feedback: str


def is_right(student: Values, right: Values, tolerance: Fraction | None) -> str:
    """How the equality is known: "exact", "enclosed", "within tolerance"; empty when the values differ."""
    pairs = list(zip(student, right, strict=True))
    if all(agree(s, r) for s, r in pairs):
        return "exact" if all(rational(s) and rational(r) for s, r in pairs) else "enclosed"
    if tolerance is not None and all(close(s, r, tolerance) for s, r in pairs):
        return "within tolerance"
    return ""


def _all(test: Callable[[Value, Value], bool]) -> Callable[[Values, Values], bool]:
    return lambda s, r: all(test(a, b) for a, b in zip(s, r, strict=True))


def _shape(a: Value) -> tuple[int, int]:
    return a.nrows(), a.ncols()


def _flip(a: Value) -> Value:
    return a.transpose()


def _transposed(a: Value, b: Value) -> bool:
    return _shape(a) != (1, 1) and agree(_flip(a), b)


def parallel(a: Value, b: Value) -> bool:
    """Whether a is a nonzero multiple of b (complex factors allowed)."""
    if _shape(a) != _shape(b) or is_zero(a) or is_zero(b):
        return False
    x, y = (
        (a.entries(), b.entries())
        if rational(a) and rational(b)
        else (as_ball(a).entries(), as_ball(b).entries())
    )
    pivot = next(i for i, e in enumerate(y) if not (e == 0 if rational(b) else e.contains(0)))
    made = [xi * y[pivot] - x[pivot] * yi for xi, yi in zip(x, y, strict=True)]
    n = len(made)
    return is_zero(fmpq_mat(n, 1, made) if rational(a) and rational(b) else acb_mat(n, 1, made))


def _negated(a: Value, b: Value) -> bool:
    return agree(a * -1, b)


def _reciprocal(a: Value, b: Value) -> bool:
    one = as_ball(a) * as_ball(b) if _shape(a) == _shape(b) == (1, 1) else None
    return one is not None and bool((one[0, 0] - 1).contains(0)) and not is_zero(a)


def _conjugate(a: Value, b: Value) -> bool:
    return not (rational(a) and rational(b)) and agree(as_ball(a).conjugate(), b)


def _one_sign(a: Value, b: Value) -> bool:
    """Every entry is right up to its sign."""
    if _shape(a) != _shape(b) or not (rational(a) and rational(b)) or len(a.entries()) < 2:
        return False
    return all(abs(x) == abs(y) for x, y in zip(a.entries(), b.entries(), strict=True))


def _reordered(a: Value, b: Value) -> bool:
    if _shape(a) != _shape(b) or not (rational(a) and rational(b)) or len(a.entries()) < 2:
        return False
    return sorted(a.entries(), key=_order) == sorted(b.entries(), key=_order)


def _order(x: object) -> Fraction:
    return Fraction(int(x.p), int(x.q))  # type: ignore[attr-defined]


def _wrong_entries(a: Value, b: Value) -> list[str]:
    if _shape(a) != _shape(b):
        return []
    rows, cols = _shape(a)
    a, b = (a, b) if rational(a) and rational(b) else (as_ball(a), as_ball(b))
    wrong = []
    for i in range(rows):
        for j in range(cols):
            same = a[i, j] == b[i, j] if rational(a) else (a[i, j] - b[i, j]).contains(0)
            if not same:
                wrong.append(str(i + 1) if cols == 1 else f"({i + 1}, {j + 1})")
    return wrong


def _rounded(a: Value, b: Value) -> bool:
    """Off by less than two per cent of the largest entry."""
    largest = max((float(abs(x).upper()) for x in as_ball(b).entries()), default=0.0)
    return largest > 0 and close(a, b, Fraction(largest) / 50)


def _multiple(a: Value, b: Value) -> bool:
    return len(a.entries()) > 1 and parallel(a, b)


TABLE: tuple[tuple[str, Callable[[Values, Values], bool], str], ...] = (
    ("sign", _all(_negated), "The sign is wrong."),
    ("transposed", _all(_transposed), "This is the transpose of the right matrix."),
    ("reciprocal", _all(_reciprocal), "This is the reciprocal of the right number."),
    ("conjugate", _all(_conjugate), "This is the complex conjugate."),
    ("scaled", _all(_multiple), "This is a multiple of the right answer: a factor is wrong."),
    ("signs-of-entries", _all(_one_sign), "Every entry is right up to its sign: check the signs."),
    ("entries-in-wrong-order", _all(_reordered), "The entries are right, but not in the right places."),
    ("rounded", _all(_rounded), "This is close, but not exact; give the exact value."),
)  # fmt: skip


def _lost_symmetry(student: Values, right: Values) -> bool:
    square = _shape(right[0])[0] == _shape(right[0])[1] > 1
    return square and all(agree(_flip(r), r) for r in right) and not all(agree(_flip(s), s) for s in student)


@enclosed
def diagnose(student: Values, right: Values) -> Diagnosis:
    """The first mistake of the table that explains the difference; the values are known to differ."""
    found, wanted = _shape(student[0]), _shape(right[0])
    if found != wanted:
        if found == (wanted[1], wanted[0]) and _all(lambda a, b: agree(_flip(a), b))(student, right):
            if 1 in found:
                kinds = ("row", "column") if found[0] == 1 else ("column", "row")
                return Diagnosis(
                    f"{kinds[0]}-for-{kinds[1]}",
                    f"The numbers are right, but as a {kinds[0]}; a {kinds[1]} is needed.",
                )
            return Diagnosis("transposed", "This is the transpose of the right matrix.")
        return Diagnosis(
            "wrong-shape", f"This is {found[0]} x {found[1]}; the answer is {wanted[0]} x {wanted[1]}."
        )
    for name, test, feedback in TABLE:
        if test(student, right):
            return Diagnosis(name, feedback)
    wrong = sorted({place for a, b in zip(student, right, strict=True) for place in _wrong_entries(a, b)})
    size = found[0] * found[1]
    if size > 1 and 0 < len(wrong) <= (size + 1) // 2 and len(wrong) < size:
        entries = "entry" if len(wrong) == 1 else "entries"
        said = f"Check {entries} {', '.join(wrong)}; the rest is right."
        if _lost_symmetry(student, right):
            said += " The right matrix is symmetric, yours is not."
        return Diagnosis("wrong-entry", said)
    if _lost_symmetry(student, right):
        return Diagnosis("not-symmetric", "The right matrix is symmetric, yours is not.")
    return Diagnosis("different", "This is not the right value.")


_LEFT = {
    "inverse": "an inverse", "pinv": "a pseudoinverse", "adjugate": "an adjugate", "exp": "an exponential",
    "power": "a power", "det": "a determinant", "trace": "a trace", "rank": "a rank", "norm": "a norm",
    "inner": "an inner product", "limit": "a limit", "diff": "a diff", "grad": "a grad",
}  # fmt: skip
# The reader turns a complex matrix itself, so that only the text knows of the sign behind it.
_TURNED = re.compile(
    r"(?:\\end\s*\{[a-z]*matrix\}|[^\s()]\s*\])(?:\s|\\right|\))*\^\s*\{?\s*(?:T|\\top)(?![A-Za-z])"
)


def _of_numbers(term: Term) -> bool:
    """Whether this is a matrix that is written out, a multiple of one, or the identity: sums of these are computed."""
    if term.head == "mul":
        return any(_of_numbers(a) for a in term.args)
    return term.head in ("literal", "identity") and 1 not in term.shape


def unevaluated(term: Term, text: str = "") -> str:
    """What is left to compute in an answer that should be computed: "an inverse", ..., or an empty string.

    A row that is turned into a column is only laid out; a matrix that is turned says the task again.
    """
    for node in subterms(term):
        matrices = [a for a in node.args if a.sort == "matrix" and not a.is_scalar]
        if node.head in _LEFT and (matrices or node.head in ("limit", "diff", "grad")):
            return _LEFT[node.head]
        if node.head == "mul" and len(matrices) > 1:
            return "a product"
        if node.head == "adjoint" and matrices and 1 not in matrices[0].shape:
            return "a transpose"
        if node.head == "add" and sum(map(_of_numbers, matrices)) > 1:
            return "a sum"
    return "a transpose" if 1 not in term.shape and _TURNED.search(text.rpartition("=")[2]) else ""
