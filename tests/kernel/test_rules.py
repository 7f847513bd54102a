"""Each rule: a step that it allows, and for each side condition a step that it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from lemmata.kernel.check import check
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused
from lemmata.kernel.term import Term, identity, inverse, make, number, pinv, symbol, to_json
from lemmata.terms.forms import at, diff, equation, is_, norm, relation, zero

X = symbol("X", "m", "n")
A, B, T = symbol("A", "n", "n"), symbol("B", "n", "n"), symbol("T", "n", "n")
R = symbol("R", "m", "k")
u, v = symbol("u", "n"), symbol("v", "n")
w = symbol("w", "n", of="t")
s, c, lam = symbol("s"), symbol("c", domain="nonnegative"), symbol("lambda", domain="positive")
one, ZERO = identity("n"), number(0)
AB, BA = equation(A @ B, one), equation(B @ A, one)
P, Q = equation(A, B), equation(B, A)
still = equation(diff(w, "t"), zero("n"))
kept = equation(w, at(w, ZERO))
J = to_json


def step(claim: Term, rule: str, **fields: Any) -> dict[str, Any]:
    return {"claim": J(claim), "rule": rule, **fields}


def ideal(claim: Term, *rows: Any, uses: Any = (), letters: Any = ()) -> dict[str, Any]:
    return step(claim, "ideal", uses=list(uses), letters=[J(x) for x in letters], combinations=list(rows))


def plain(*rows: Any) -> Any:
    """(coefficient, left, index, right) with letters by number."""
    return [[coefficient, [], left, index, False, right] for coefficient, left, index, right in rows]


def positive(claim: Term, squares: Any, rows: Any = (), **fields: Any) -> dict[str, Any]:
    known = {"uses": [], "letters": [], **fields}
    return step(claim, "positive", squares=squares, combination=list(rows), symmetry=[], **known)


GIVEN = ["given", 0]
ONE_ROW: dict[str, Any] = {"uses": [GIVEN], "letters": [], "combination": plain(("1", [], 0, []))}
gram, shifted = X.T @ X, X.T @ X + lam * one
one_square = [["1", [], J(X), []]]
both_squares = [*one_square, ["1", [J(lam)], J(one), []]]

ALLOWED = {
    "ideal": (
        (AB,),
        equation(A @ B @ v, v),
        [ideal(equation(A @ B @ v, v), plain(("1", [], 0, [0])), uses=[GIVEN], letters=[v])],
    ),
    "ideal, by expansion": (
        (),
        equation((A + B) @ A, A @ A + B @ A),
        [ideal(equation((A + B) @ A, A @ A + B @ A), [])],
    ),
    "square": (
        (equation(X.T @ X @ v, zero("n")),),
        equation(X @ v, zero("m")),
        [
            step(
                equation(X @ v, zero("m")),
                "square",
                uses=[GIVEN],
                letters=[J(v.T)],
                combinations=[plain(("1", [0], 0, []))],
                squares=[[["1", [], J(X @ v), []]]],
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
        [step(equation(X @ pinv(X) @ X, X), "spectral", matrix=J(X), uses=[], cases={})],
    ),
    "witness": (
        (AB,),
        is_("invertible", A),
        [
            step(
                is_("invertible", A),
                "witness",
                witness=J(B),
                uses=[GIVEN],
                letters=[],
                combination=plain(("1", [], 0, [])),
            )
        ],
    ),
    "logic, definite": (
        (is_("spd", A),),
        is_("invertible", A),
        [step(is_("invertible", A), "logic", of=[GIVEN])],
    ),
    "a one-sided inverse of a square matrix is an inverse": (
        (AB,),
        BA,
        [
            step(is_("invertible", A), "witness", witness=J(B), **ONE_ROW),
            ideal(
                BA,
                plain(("1", [0], 0, [1]), ("-1", [], 2, [2, 1]), ("1", [], 2, [])),
                uses=[GIVEN, ["inverse", J(A), ["step", 0]]],
                letters=[inverse(A.T).T, A, B],
            ),
        ],
    ),
    "constant": ((still,), kept, [step(kept, "constant", of=GIVEN)]),
    "implies": (
        (),
        make("implies", (P, Q)),
        [step(make("implies", (P, Q)), "implies", steps=[ideal(Q, plain(("-1", [], 0, [])), uses=[GIVEN])])],
    ),
    "logic, an arrow": ((make("implies", (P, AB)), P), AB, [step(AB, "logic", of=[GIVEN, ["given", 1]])]),
    "logic, an arrow, backwards": (
        (make("iff", (AB, P)), P),
        AB,
        [step(AB, "logic", of=[GIVEN, ["given", 1]])],
    ),
    "forall": (
        (),
        make("forall", (v, equation(v, v))),
        [step(make("forall", (v, equation(v, v))), "forall", steps=[ideal(equation(v, v), [])])],
    ),
    "instance": (
        (make("forall", (v, equation(A @ v, v))),),
        equation(A @ u, u),
        [step(equation(A @ u, u), "instance", of=GIVEN, terms=[J(u)])],
    ),
    "exists": (
        (equation(A @ u, u),),
        make("exists", (v, equation(A @ v, v))),
        [step(make("exists", (v, equation(A @ v, v))), "exists", of=GIVEN, terms=[J(u)])],
    ),
    "logic, a part": ((make("and", (P, AB)),), AB, [step(AB, "logic", of=[GIVEN])]),
    "logic, the whole": (
        (P, AB),
        make("and", (P, AB)),
        [step(make("and", (P, AB)), "logic", of=[GIVEN, ["given", 1]])],
    ),
    "the definition of A^{-1}": (
        (is_("invertible", A),),
        equation(A @ inverse(A), one),
        [ideal(equation(A @ inverse(A), one), plain(("1", [], 0, [])), uses=[["inverse", J(A), GIVEN]])],
    ),
    "cite": ((), AB, [step(AB, "cite", name="somebody 1955")]),
}

REFUSED = {
    "ideal: another coefficient": (
        (AB,),
        equation(A @ B @ v, v),
        [ideal(equation(A @ B @ v, v), plain(("2", [], 0, [0])), uses=[GIVEN], letters=[v])],
    ),
    "ideal: a word that does not compose": (
        (AB,),
        equation(A @ B @ v, v),
        [ideal(equation(A @ B @ v, v), plain(("1", [], 0, [0])), uses=[GIVEN], letters=[R])],
    ),
    "ideal: no such fact": ((AB,), AB, [ideal(AB, plain(("1", [], 0, [])), uses=[["given", 1]])]),
    "ideal: a fact to come": ((), AB, [ideal(AB, plain(("1", [], 0, [])), uses=[["step", 0]])]),
    "ideal: a negative index": ((AB,), AB, [ideal(AB, plain(("1", [], -1, [])), uses=[GIVEN])]),
    "square: the square does not vanish": (
        (),
        equation(X @ v, zero("m")),
        [
            step(
                equation(X @ v, zero("m")),
                "square",
                uses=[],
                letters=[],
                combinations=[[]],
                squares=[[["1", [], J(X @ v), []]]],
            )
        ],
    ),
    "square: another polynomial is squared": (
        (),
        equation(X @ v, zero("m")),
        [
            step(
                equation(X @ v, zero("m")),
                "square",
                uses=[],
                letters=[],
                combinations=[[]],
                squares=[[["1", [], J(zero("m")), []]]],
            )
        ],
    ),
    "square: a factor that may vanish": (
        (equation(c * norm(v) ** 2, ZERO),),
        equation(v, zero("n")),
        [
            step(
                equation(v, zero("n")),
                "square",
                uses=[GIVEN],
                letters=[],
                combinations=[plain(("1", [], 0, []))],
                squares=[[["1", [J(c)], J(v), []]]],
            )
        ],
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
        [positive(is_("psd", A @ B), [["1", [], J(one), []]], plain(("1", [], 0, [])), uses=[GIVEN])],
    ),
    "positive: what is added is not known": (
        (),
        is_("psd", A),
        [positive(is_("psd", A), [["1", [], J(one), [["given", 0]]]])],
    ),
    "spectral: the null space": (
        (),
        equation(pinv(X) @ X, one),
        [step(equation(pinv(X) @ X, one), "spectral", matrix=J(X), uses=[], cases={})],
    ),
    "spectral: a second matrix": (
        (),
        equation(X @ A, X @ A),
        [step(equation(X @ A, X @ A), "spectral", matrix=J(X), uses=[], cases={})],
    ),
    "witness: for no square matrix": (
        (),
        is_("invertible", A),
        [step(is_("invertible", A), "witness", witness=J(B), uses=[], letters=[], combination=[])],
    ),
    "logic: psd is not enough": (
        (is_("psd", A),),
        is_("invertible", A),
        [step(is_("invertible", A), "logic", of=[GIVEN])],
    ),
    "constant: a derivative that does not vanish": (
        (equation(diff(w, "t"), v),),
        kept,
        [step(kept, "constant", of=GIVEN)],
    ),
    "constant: under a local hypothesis": (
        (),
        make("implies", (still, kept)),
        [step(make("implies", (still, kept)), "implies", steps=[step(kept, "constant", of=GIVEN)])],
    ),
    "implies: a local fact used outside": (
        (),
        Q,
        [
            step(
                make("implies", (P, Q)), "implies", steps=[ideal(Q, plain(("-1", [], 0, [])), uses=[GIVEN])]
            ),
            ideal(Q, plain(("-1", [], 0, [])), uses=[["step", 0]]),
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
        [step(AB, "logic", of=[GIVEN, ["given", 1]])],
    ),
    "forall: the letter is known": (
        (equation(A @ v, v),),
        make("forall", (v, equation(A @ v, v))),
        [step(make("forall", (v, equation(A @ v, v))), "forall", steps=[])],
    ),
    "instance: another shape": (
        (make("forall", (v, equation(v, v))),),
        equation(X, X),
        [step(equation(X, X), "instance", of=GIVEN, terms=[J(X)])],
    ),
    "instance: captured": (
        (make("forall", (v, make("exists", (u, equation(A @ u, v))))),),
        make("exists", (u, equation(A @ u, u))),
        [step(make("exists", (u, equation(A @ u, u))), "instance", of=GIVEN, terms=[J(u)])],
    ),
    "exists: another instance": (
        (equation(A @ u, v),),
        make("exists", (v, equation(A @ v, v))),
        [step(make("exists", (v, equation(A @ v, v))), "exists", of=GIVEN, terms=[J(u)])],
    ),
    "logic: a part of a disjunction": ((make("or", (P, AB)),), AB, [step(AB, "logic", of=[GIVEN])]),
    "logic: not all parts": (
        (P,),
        make("and", (P, AB)),
        [step(make("and", (P, AB)), "logic", of=[GIVEN])],
    ),
    "inverse: not known to exist": (
        (),
        equation(A @ inverse(A), one),
        [ideal(equation(A @ inverse(A), one), plain(("1", [], 0, [])), uses=[["inverse", J(A), []]])],
    ),
    "inverse: of another matrix": (
        (is_("invertible", B),),
        equation(A @ inverse(A), one),
        [ideal(equation(A @ inverse(A), one), plain(("1", [], 0, [])), uses=[["inverse", J(A), GIVEN]])],
    ),
    "inverse: the statement uses one": (
        (),
        equation(inverse(A), inverse(A)),
        [ideal(equation(inverse(A), inverse(A)), [])],
    ),
    "cite: without a name": ((), AB, [step(AB, "cite", name=" ")]),
    "apply: no such theorem": ((), AB, [step(AB, "apply", lemma="no", terms=[], dims=[], given=[])]),
    "no such rule": ((), AB, [step(AB, "obvious")]),
    "the proof ends elsewhere": ((), AB, [ideal(equation(A, A), [])]),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_a_rule_fires(name: str) -> None:
    given, show, steps = ALLOWED[name]
    theorem = check(name, Statement(given, show), {"steps": steps}, {})
    assert theorem.cites == (("somebody 1955",) if name == "cite" else ())


@pytest.mark.parametrize("name", REFUSED)
def test_a_side_condition_refuses(name: str) -> None:
    given, show, steps = REFUSED[name]
    with pytest.raises(Refused):
        check(name, Statement(given, show), {"steps": steps}, {})


def test_a_lemma_must_have_been_checked() -> None:
    class Forged:
        statement = Statement((), AB)

    with pytest.raises(Refused):
        apply = step(AB, "apply", lemma="L", terms=[], dims=[], given=[])
        check("x", Statement((), AB), {"steps": [apply]}, {"L": Forged()})  # type: ignore[dict-item]


def test_a_lemma_is_applied_to_other_letters_and_sizes() -> None:
    lemma = check(
        "L",
        Statement((AB,), BA),
        {"steps": ALLOWED["a one-sided inverse of a square matrix is an inverse"][2]},
        {},
    )
    E, F = symbol("E", "p", "p"), symbol("F", "p", "p")
    given, show = (equation(E @ F, identity("p")),), equation(F @ E, identity("p"))
    apply = step(
        show, "apply", lemma="L", terms=[[J(A), J(E)], [J(B), J(F)]], dims=[["n", "p"]], given=[GIVEN]
    )
    assert check("x", Statement(given, show), {"steps": [apply]}, {"L": lemma}).lemmas == ("L",)
    for field, wrong in (("dims", []), ("given", []), ("terms", [[J(A), J(F)], [J(B), J(E)]])):
        with pytest.raises(Refused):
            check("x", Statement(given, show), {"steps": [{**apply, field: wrong}]}, {"L": lemma})
