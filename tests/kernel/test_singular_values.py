"""The reduction to singular values against diagonal matrices: what it decides holds, zero singular values included."""

from __future__ import annotations

from fractions import Fraction

from certificate_steps import X, proved, spectral
from exact_matrices import Matrix, flip, plus, times, unit
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.kernel.poly import Refused
from lemmata.kernel.term import Term, identity, inverse, make, mul, number, pinv, subterms, symbol
from lemmata.terms.forms import adjoint, equation, is_, relation, zero

lam = symbol("lambda", domain="positive")
Shape = tuple[str, str]


def value(term: Term, X_: Matrix, lam_: Fraction) -> Matrix:
    args = [value(a, X_, lam_) for a in term.args]
    sizes = {"m": len(X_), "n": len(X_[0])}
    match term.head:
        case "symbol":
            return X_ if term is X else [[lam_]]
        case "number":
            return [[term.value]]
        case "identity":
            return unit(sizes[term.value])
        case "zero":
            return [[Fraction(0)] * sizes[term.value[1]] for _ in range(sizes[term.value[0]])]
        case "add":
            return plus(*args)
        case "mul":
            return times(*args)
        case "adjoint":
            return flip(args[0])
        case "pinv" | "inverse":  # of a diagonal matrix
            return [[1 / x if x else x for x in row] for row in flip(args[0])]
    raise NotImplementedError(term.head)


@st.composite
def terms(draw: st.DrawFn, shape: Shape, depth: int = 3) -> Term:
    """A random expression in X, diagonal whenever X is."""
    rows, cols = shape
    here = [x for x in (X, adjoint(X), pinv(X), pinv(adjoint(X))) if x.shape == shape] + [zero(rows, cols)]
    here += [identity(rows)] if rows == cols else []
    if not depth or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(here))
    head, d = draw(st.sampled_from(["add", "mul", "scaled", "pinv", "adjoint", "resolvent"])), depth - 1
    if head == "add":
        return make("add", (draw(terms(shape, d)), draw(terms(shape, d))))
    if head == "scaled":
        return make("mul", (draw(st.sampled_from([lam, number(-1), number(2)])), draw(terms(shape, d))))
    if head in ("pinv", "adjoint"):
        return make(head, (draw(terms((cols, rows), d)),))
    if head == "resolvent":
        gram = adjoint(X) @ X if rows == "n" else X @ adjoint(X)
        return make("mul", (inverse(gram + lam * identity(rows)), draw(terms(shape, d))))
    middle = draw(st.sampled_from(["m", "n"]))
    return mul(draw(terms((rows, middle), d)), draw(terms((middle, cols), d)))


@st.composite
def diagonals(draw: st.DrawFn) -> Matrix:
    rows, cols = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    entries = draw(st.lists(st.integers(0, 3), min_size=3, max_size=3))
    return [[Fraction(entries[i] if i == j else 0) for j in range(cols)] for i in range(rows)]


SHAPES: list[Shape] = [("m", "n"), ("n", "m"), ("m", "m"), ("n", "n")]
PAIRS = st.sampled_from(SHAPES).flatmap(lambda shape: st.tuples(terms(shape), terms(shape)))
PROBES = [
    [[Fraction(0)]], [[Fraction(1)]], [[Fraction(2), Fraction(0)]], [[Fraction(3)], [Fraction(0)]],
    [[Fraction(5), Fraction(0)], [Fraction(0), Fraction(0)]], [[Fraction(7, 2)]],
]  # fmt: skip


def holds(prop: Term, hypotheses: tuple[Term, ...] = ()) -> bool | None:
    """Checked, or refused because the two sides differ on a block (False), or for another reason (None)."""
    uses = [["given", i] for i in range(len(hypotheses))]
    invertible = [t.args[0] for t in subterms(prop) if t.head == "inverse" and t.shape != (1, 1)]
    exist = [spectral(is_("invertible", A), *uses) for A in invertible]
    try:
        proved(hypotheses, prop, [*exist, spectral(prop, *uses)])
    except Refused as refused:
        return False if "does not end in what was to be shown" in str(refused) else None
    return True


@settings(max_examples=400, deadline=None)
@given(PAIRS, diagonals(), st.sampled_from([Fraction(1), Fraction(1, 3), Fraction(5)]))
def test_equations(pair: tuple[Term, Term], X_: Matrix, lam_: Fraction) -> None:
    left, right = pair
    decided = holds(equation(left, right))
    if decided:
        assert value(left, X_, lam_) == value(right, X_, lam_)
    if decided is False:  # then it fails for some X of one singular value or two
        assert any(value(left, p, q) != value(right, p, q) for p in PROBES for q in (lam_, Fraction(2, 7)))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([("m", "m"), ("n", "n")]).flatmap(terms), diagonals(), st.sampled_from(["psd", "spd"]))
def test_definiteness(term: Term, X_: Matrix, word: str) -> None:
    if holds(is_(word, term)):
        found = value(term, X_, Fraction(2, 3))
        diagonal = [found[i][i] for i in range(len(found))]
        assert all(x > 0 if word == "spd" else x >= 0 for x in diagonal)
    below = holds(relation("le", zero(*term.shape), term))
    if below:
        found = value(term, X_, Fraction(2, 3))
        assert all(found[i][i] >= 0 for i in range(len(found)))


@settings(max_examples=200, deadline=None)
@given(PAIRS, diagonals(), st.sampled_from(["m", "n"]))
def test_full_rank_empties_one_null_space(pair: tuple[Term, Term], X_: Matrix, full: str) -> None:
    left, right = pair
    rank = equation(make("rank", (X,)), make("dim", (), full))
    size = len(X_) if full == "m" else len(X_[0])
    if sum(any(row) for row in X_) == size and holds(equation(left, right), (rank,)):
        assert value(left, X_, Fraction(2)) == value(right, X_, Fraction(2))
