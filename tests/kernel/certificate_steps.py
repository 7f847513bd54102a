"""How the tests write certificates: a function for each rule that they use often, and one that checks a row.

A step is its claim, the name of its rule and what that rule asks for, all of it JSON.  A row of a table is a
theorem (hypotheses, conclusion), the steps of its certificate, and the lemmas that these apply, if any.  From
A B = I to A B v = v, where v is letter 0:

    (equation(A @ B, I),), equation(A @ B @ v, v),
    [ideal(equation(A @ B @ v, v), ("1", [], 0, [0]), uses=[G0], letters=[v])]

The functions write whatever they are told, false steps too: what is refused is for the tests to say.
"""

from __future__ import annotations

from typing import Any

from lemmata.kernel.check import Proved, check
from lemmata.kernel.judgement import Statement
from lemmata.kernel.term import Term, make, number, symbol, to_json
from lemmata.terms.forms import equation

Step = dict[str, Any]
Row = tuple[Any, ...]
"""(hypotheses, conclusion, steps), and (hypotheses, conclusion, steps) of each lemma where there are any."""

J = to_json
G0, G1, G2, G3 = (["given", i] for i in range(4))
"""What is given, the assumptions of the steps around included."""
S0, S1, S2 = (["step", i] for i in range(3))
"""What was shown before, in the same list of steps."""

ZERO, ONE = number(0), number(1)
ABSURD = equation(ZERO, ONE)
X = symbol("X", "m", "n")
"""The matrix of a reduction to singular values that names no other."""


def inner(left: Term, right: Term) -> Term:
    return make("inner", (left, right))


def forall(*args: Term) -> Term:
    """The bound letters, then what holds of them."""
    return make("forall", args)


def exists(*args: Term) -> Term:
    """The bound letters, then what holds of some."""
    return make("exists", args)


def step(claim: Term, rule: str, **fields: Any) -> Step:
    """A step by any rule, its fields as they are."""
    return {"claim": J(claim), "rule": rule, **fields}


def products(*rows: Any) -> list[Any]:
    """A combination, each row (coefficient, left, index, right) for coefficient * left * uses[index] * right.

    The two sides are letters by number.
    """
    return [[coefficient, [], left, index, False, right] for coefficient, left, index, right in rows]


def ideal(claim: Term, *rows: Any, uses: Any = (), letters: Any = ()) -> Step:
    """The one polynomial of the claim is the combination of these rows: without any, it is zero if expanded."""
    return step(
        claim, "ideal", uses=list(uses), letters=[J(x) for x in letters], combinations=[products(*rows)]
    )


def once(claim: Term, *uses: Any, index: int = 0, coefficient: str = "1") -> Step:
    """The claim is a multiple of one known polynomial."""
    return ideal(claim, (coefficient, [], index, []), uses=uses)


def square(claim: Term, squares: Any, *rows: Any, uses: Any = (), letters: Any = ()) -> Step:
    """The one polynomial of the claim vanishes as its square does, which is the combination of these rows.

    A square c s R^* M R is [c, [s], R, [what says that M is not negative]], without M where M = 1.
    """
    written = {"uses": list(uses), "letters": [J(x) for x in letters], "combinations": [products(*rows)]}
    return step(claim, "square", squares=[squares], **written)


def positive(claim: Term, squares: Any, *rows: Any, uses: Any = (), letters: Any = ()) -> Step:
    """The difference of the two sides is a sum of squares, as in `square`, and the combination of these rows."""
    written = {"uses": list(uses), "letters": [J(x) for x in letters], "combination": products(*rows)}
    return step(claim, "positive", squares=squares, symmetry=[], **written)


def spectral(claim: Term, *uses: Any, matrix: Term = X, **fields: Any) -> Step:
    """Reduced to singular values; an identity between fractions needs no steps in ``cases``."""
    return step(claim, "spectral", **{"matrix": J(matrix), "uses": list(uses), "cases": {}, **fields})


def oracle(claim: Term, *uses: Any) -> Step:
    """A fact about numbers that is taken from the oracle."""
    return step(claim, "oracle", uses=list(uses))


def apply(claim: Term, terms: Any = (), dims: Any = (), given: Any = (), lemma: str = "L") -> Step:
    """The lemma, with its letters and dimensions replaced as in these pairs."""
    pairs = [[J(old), J(new)] for old, new in terms]
    return step(claim, "apply", lemma=lemma, terms=pairs, dims=[list(d) for d in dims], given=list(given))


def proved(given: tuple[Term, ...], show: Term, steps: list[Any], lemmas: tuple[Row, ...] = ()) -> Proved:
    """The theorem of a row, whose lemma is L, or the checker's refusal.  Each lemma may apply the one before."""
    known: dict[str, Proved] = {}
    for lemma in lemmas:
        known["L"] = check("L", Statement(*lemma[:2]), {"steps": lemma[2]}, known)
    return check("T", Statement(given, show), {"steps": steps}, known)
