"""Each rule: a step that it allows, and for each side condition a step that it refuses."""

from __future__ import annotations

import pytest
from certificate_steps import (
    G0,
    G1,
    S0,
    ZERO,
    J,
    Step,
    X,
    apply,
    exists,
    forall,
    ideal,
    positive,
    products,
    proved,
    spectral,
    square,
    step,
)

from lemmata.kernel.check import check
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import identity, inverse, make, pinv, symbol
from lemmata.terms.forms import at, diff, equation, is_, norm, relation, zero

A, B = symbol("A", "n", "n"), symbol("B", "n", "n")
R = symbol("R", "m", "k")
u, v = symbol("u", "n"), symbol("v", "n")
w = symbol("w", "n", of="t")
s, c, lam = symbol("s"), symbol("c", domain="nonnegative"), symbol("lambda", domain="positive")
one = identity("n")
AB, BA = equation(A @ B, one), equation(B @ A, one)
P, Q = equation(A, B), equation(B, A)
still = equation(diff(w, "t"), zero("n"))
kept = equation(w, at(w, ZERO))
ONE_ROW: Step = {"uses": [G0], "letters": [], "combination": products(("1", [], 0, []))}
gram, shifted = X.T @ X, X.T @ X + lam * one
one_square = [["1", [], J(X), []]]
both_squares = [*one_square, ["1", [J(lam)], J(one), []]]

ALLOWED = {
    "ideal": (
        (AB,),
        equation(A @ B @ v, v),
        [ideal(equation(A @ B @ v, v), ("1", [], 0, [0]), uses=[G0], letters=[v])],
    ),
    "ideal, by expansion": (
        (),
        equation((A + B) @ A, A @ A + B @ A),
        [ideal(equation((A + B) @ A, A @ A + B @ A))],
    ),
    "square": (
        (equation(X.T @ X @ v, zero("n")),),
        equation(X @ v, zero("m")),
        [
            square(
                equation(X @ v, zero("m")),
                [["1", [], J(X @ v), []]],
                ("1", [0], 0, []),
                uses=[G0],
                letters=[v.T],
            )
        ],
    ),
    "positive, psd": ((), is_("psd", gram), [positive(is_("psd", gram), one_square)]),
    "positive, spd": ((), is_("spd", shifted), [positive(is_("spd", shifted), both_squares)]),
    "positive, <=": (
        (),
        relation("le", ZERO, norm(v) ** 2),
        [positive(relation("le", ZERO, norm(v) ** 2), [["1", [], J(v), []]])],
    ),
    "spectral": (
        (),
        equation(X @ pinv(X) @ X, X),
        [spectral(equation(X @ pinv(X) @ X, X))],
    ),
    "witness": (
        (AB,),
        is_("invertible", A),
        [step(is_("invertible", A), "witness", witness=J(B), **ONE_ROW)],
    ),
    "logic, definite": (
        (is_("spd", A),),
        is_("invertible", A),
        [step(is_("invertible", A), "logic", of=[G0])],
    ),
    "a one-sided inverse of a square matrix is an inverse": (
        (AB,),
        BA,
        [
            step(is_("invertible", A), "witness", witness=J(B), **ONE_ROW),
            ideal(
                BA,
                ("1", [0], 0, [1]),
                ("-1", [], 2, [2, 1]),
                ("1", [], 2, []),
                uses=[G0, ["inverse", J(A), S0]],
                letters=[inverse(A.T).T, A, B],
            ),
        ],
    ),
    "constant": ((still,), kept, [step(kept, "constant", of=G0)]),
    "implies": (
        (),
        make("implies", (P, Q)),
        [step(make("implies", (P, Q)), "implies", steps=[ideal(Q, ("-1", [], 0, []), uses=[G0])])],
    ),
    "logic, an arrow": ((make("implies", (P, AB)), P), AB, [step(AB, "logic", of=[G0, G1])]),
    "logic, an arrow, backwards": (
        (make("iff", (AB, P)), P),
        AB,
        [step(AB, "logic", of=[G0, G1])],
    ),
    "forall": (
        (),
        forall(v, equation(v, v)),
        [step(forall(v, equation(v, v)), "forall", steps=[ideal(equation(v, v))])],
    ),
    "instance": (
        (forall(v, equation(A @ v, v)),),
        equation(A @ u, u),
        [step(equation(A @ u, u), "instance", of=G0, terms=[J(u)])],
    ),
    "exists": (
        (equation(A @ u, u),),
        exists(v, equation(A @ v, v)),
        [step(exists(v, equation(A @ v, v)), "exists", of=G0, terms=[J(u)])],
    ),
    "logic, a part": ((make("and", (P, AB)),), AB, [step(AB, "logic", of=[G0])]),
    "logic, the whole": (
        (P, AB),
        make("and", (P, AB)),
        [step(make("and", (P, AB)), "logic", of=[G0, G1])],
    ),
    "the definition of A^{-1}": (
        (is_("invertible", A),),
        equation(A @ inverse(A), one),
        [ideal(equation(A @ inverse(A), one), ("1", [], 0, []), uses=[["inverse", J(A), G0]])],
    ),
    "cite": ((), AB, [step(AB, "cite", name="somebody 1955")]),
}

REFUSED = {
    "ideal: another coefficient": (
        (AB,),
        equation(A @ B @ v, v),
        [ideal(equation(A @ B @ v, v), ("2", [], 0, [0]), uses=[G0], letters=[v])],
    ),
    "ideal: a word that does not compose": (
        (AB,),
        equation(A @ B @ v, v),
        [ideal(equation(A @ B @ v, v), ("1", [], 0, [0]), uses=[G0], letters=[R])],
    ),
    "ideal: no such fact": ((AB,), AB, [ideal(AB, ("1", [], 0, []), uses=[G1])]),
    "ideal: a fact to come": ((), AB, [ideal(AB, ("1", [], 0, []), uses=[S0])]),
    "ideal: a negative index": ((AB,), AB, [ideal(AB, ("1", [], -1, []), uses=[G0])]),
    "square: the square does not vanish": (
        (),
        equation(X @ v, zero("m")),
        [square(equation(X @ v, zero("m")), [["1", [], J(X @ v), []]])],
    ),
    "square: another polynomial is squared": (
        (),
        equation(X @ v, zero("m")),
        [square(equation(X @ v, zero("m")), [["1", [], J(zero("m")), []]])],
    ),
    "square: a factor that may vanish": (
        (equation(c * norm(v) ** 2, ZERO),),
        equation(v, zero("n")),
        [square(equation(v, zero("n")), [["1", [J(c)], J(v), []]], ("1", [], 0, []), uses=[G0])],
    ),
    "positive: a negative multiple": (
        (),
        is_("psd", -gram),
        [positive(is_("psd", -gram), [["-1", [], J(X), []]])],
    ),
    "positive: a factor of unknown sign": (
        (),
        is_("psd", s * gram),
        [positive(is_("psd", s * gram), [["1", [J(s)], J(X), []]])],
    ),
    "positive: strictness without a strict term": (
        (),
        is_("spd", gram),
        [positive(is_("spd", gram), one_square)],
    ),
    "positive: strictness with a factor that may vanish": (
        (),
        is_("spd", X.T @ X + c * one),
        [positive(is_("spd", X.T @ X + c * one), [*one_square, ["1", [J(c)], J(one), []]])],
    ),
    "positive: a difference that is not symmetric": (
        (AB,),
        is_("psd", A @ B),
        [positive(is_("psd", A @ B), [["1", [], J(one), []]], ("1", [], 0, []), uses=[G0])],
    ),
    "positive: what is added is not known": (
        (),
        is_("psd", A),
        [positive(is_("psd", A), [["1", [], J(one), [G0]]])],
    ),
    "spectral: the null space": (
        (),
        equation(pinv(X) @ X, one),
        [spectral(equation(pinv(X) @ X, one))],
    ),
    "spectral: a second matrix": (
        (),
        equation(X @ A, X @ A),
        [spectral(equation(X @ A, X @ A))],
    ),
    "witness: for no square matrix": (
        (),
        is_("invertible", A),
        [step(is_("invertible", A), "witness", witness=J(B), uses=[], letters=[], combination=[])],
    ),
    "logic: psd is not enough": (
        (is_("psd", A),),
        is_("invertible", A),
        [step(is_("invertible", A), "logic", of=[G0])],
    ),
    "constant: a derivative that does not vanish": (
        (equation(diff(w, "t"), v),),
        kept,
        [step(kept, "constant", of=G0)],
    ),
    "constant: under a local hypothesis": (
        (),
        make("implies", (still, kept)),
        [step(make("implies", (still, kept)), "implies", steps=[step(kept, "constant", of=G0)])],
    ),
    "implies: a local fact used outside": (
        (),
        Q,
        [
            step(make("implies", (P, Q)), "implies", steps=[ideal(Q, ("-1", [], 0, []), uses=[G0])]),
            ideal(Q, ("-1", [], 0, []), uses=[S0]),
        ],
    ),
    "implies: one direction of two": (
        (),
        make("iff", (P, AB)),
        [step(make("iff", (P, AB)), "implies", steps=[], back=[])],
    ),
    "logic: against the arrow": (
        (make("implies", (AB, P)), P),
        AB,
        [step(AB, "logic", of=[G0, G1])],
    ),
    "forall: the letter is known": (
        (equation(A @ v, v),),
        forall(v, equation(A @ v, v)),
        [step(forall(v, equation(A @ v, v)), "forall", steps=[])],
    ),
    "instance: another shape": (
        (forall(v, equation(v, v)),),
        equation(X, X),
        [step(equation(X, X), "instance", of=G0, terms=[J(X)])],
    ),
    "instance: captured": (
        (forall(v, exists(u, equation(A @ u, v))),),
        exists(u, equation(A @ u, u)),
        [step(exists(u, equation(A @ u, u)), "instance", of=G0, terms=[J(u)])],
    ),
    "exists: another instance": (
        (equation(A @ u, v),),
        exists(v, equation(A @ v, v)),
        [step(exists(v, equation(A @ v, v)), "exists", of=G0, terms=[J(u)])],
    ),
    "logic: a part of a disjunction": ((make("or", (P, AB)),), AB, [step(AB, "logic", of=[G0])]),
    "logic: not all parts": (
        (P,),
        make("and", (P, AB)),
        [step(make("and", (P, AB)), "logic", of=[G0])],
    ),
    "inverse: not known to exist": (
        (),
        equation(A @ inverse(A), one),
        [ideal(equation(A @ inverse(A), one), ("1", [], 0, []), uses=[["inverse", J(A), []]])],
    ),
    "inverse: of another matrix": (
        (is_("invertible", B),),
        equation(A @ inverse(A), one),
        [ideal(equation(A @ inverse(A), one), ("1", [], 0, []), uses=[["inverse", J(A), G0]])],
    ),
    "inverse: the statement uses one": (
        (),
        equation(inverse(A), inverse(A)),
        [ideal(equation(inverse(A), inverse(A)))],
    ),
    "cite: without a name": ((), AB, [step(AB, "cite", name=" ")]),
    "apply: no such theorem": ((), AB, [apply(AB, lemma="no")]),
    "no such rule": ((), AB, [step(AB, "obvious")]),
    "the proof ends elsewhere": ((), AB, [ideal(equation(A, A))]),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_a_rule_fires(name: str) -> None:
    theorem = proved(*ALLOWED[name])
    assert theorem.cites == (("somebody 1955",) if name == "cite" else ())


@pytest.mark.parametrize("name", REFUSED)
def test_a_side_condition_refuses(name: str) -> None:
    with pytest.raises(Refused):
        proved(*REFUSED[name])


def test_a_lemma_must_have_been_checked() -> None:
    class Forged:
        statement = Statement((), AB)

    with pytest.raises(Refused):
        check("x", Statement((), AB), {"steps": [apply(AB)]}, {"L": Forged()})  # type: ignore[dict-item]


def test_a_lemma_is_applied_to_other_letters_and_sizes() -> None:
    lemma = ALLOWED["a one-sided inverse of a square matrix is an inverse"]
    E, F = symbol("E", "p", "p"), symbol("F", "p", "p")
    given, show = (equation(E @ F, identity("p")),), equation(F @ E, identity("p"))
    use = apply(show, [(A, E), (B, F)], [("n", "p")], [G0])
    assert proved(given, show, [use], (lemma,)).lemmas == ("L",)
    for field, wrong in (("dims", []), ("given", []), ("terms", [[J(A), J(F)], [J(B), J(E)]])):
        with pytest.raises(Refused):
            proved(given, show, [{**use, field: wrong}], (lemma,))
