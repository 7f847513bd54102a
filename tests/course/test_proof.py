"""The recorder: what is written on the blackboard comes out as steps, or is refused with its place."""

from __future__ import annotations

import pytest

from lemmata.course.errors import CourseError
from lemmata.course.notation import (
    And,
    Eq,
    I,
    Le,
    dims,
    inv,
    matrices,
    matrix,
    norm,
    pinv,
    rank,
    symmetric,
    vector,
)
from lemmata.course.proof import Proof
from lemmata.course.theorem import Theorem

m, n, p = dims("m n p")
A, B = matrices("A B", m, n)
X = matrix("X", m, n)
u, v = vector("u", n), vector("v", n)

UNIQUE = Theorem("unique", "One pseudoinverse", (("same", Eq(A, B)),), (Eq(pinv(A), pinv(B)),))
PARTS = Theorem("two-parts", "Two conclusions", (), (symmetric(A.T @ A), symmetric(A @ A.T)))
FULL = Theorem(
    "full-row-rank", "Full row rank", (("full row rank", Eq(rank(X), m)),), (Eq(pinv(X), X.T @ inv(X @ X.T)),)
)
KNOWN = {t.label: t for t in (UNIQUE, PARTS, FULL)}
R = X.T @ inv(X @ X.T)


def recorder(theorem: Theorem = FULL) -> Proof:
    return Proof(theorem, KNOWN, __file__, 1)


def test_a_chain_becomes_its_links_and_its_ends() -> None:
    proof = recorder()
    proof.calc(X @ R @ X).eq(I(m) @ X, by="inverse").eq(X, by="full row rank")
    first, second, chain, last = proof.finish("The idea.").steps
    assert (first.kind, first.claim, first.reason, first.uses) == (
        "calc",
        Eq(X @ R @ X, I(m) @ X),
        "inverse",
        (),
    )
    assert (second.claim, second.uses) == (Eq(I(m) @ X, X), (("given", "full row rank"),))
    assert (chain.kind, chain.claim, chain.uses) == ("chain", Eq(X @ R @ X, X), (("step", 0), ("step", 1)))
    assert (last.kind, last.claim, last.part) == ("conclude", FULL.shows[0], 1)


CHAINS = [
    (lambda c: c.eq(norm(v)).le(norm(u + v)), "le"),
    (lambda c: c.le(norm(v)).lt(norm(u + v)).eq(norm(v + u)), "lt"),
    (lambda c: c.ge(norm(v)).eq(norm(u + v)), "ge"),
    (lambda c: c.eq(norm(v)).eq(norm(u + v)), "eq"),
]


@pytest.mark.parametrize(("extend", "head"), CHAINS)
def test_the_ends_of_a_chain_are_related_by_the_strongest_relation_that_holds(
    extend: object, head: str
) -> None:
    proof = recorder()
    step = extend(proof.calc(norm(u))).step  # type: ignore[operator]
    assert step.claim.head == head


def test_a_step_is_a_reason() -> None:
    proof = recorder()
    chain = proof.calc(X @ R).eq(I(m))
    step = proof.have(symmetric(X @ R), by="inverse", using=[chain, FULL.given[0][1]])
    proof.conclude(using=[step])
    steps = proof.finish().steps
    assert steps[1].uses == (("step", 0), ("given", "full row rank"))
    assert steps[2].uses == (("step", 1),)


def test_every_step_knows_its_line() -> None:
    proof = recorder()
    proof.have(Eq(X, X))
    here = test_every_step_knows_its_line.__code__.co_firstlineno
    assert [step.line for step in proof.finish().steps][:1] == [here + 2]


def test_a_theorem_is_applied_with_dimensions_that_follow_from_the_shapes() -> None:
    proof = recorder()
    step = proof.apply("unique", {A: X.T, B: R})
    assert step.claim is Eq(pinv(X.T), pinv(R))
    recorded = proof.finish().steps[0]
    assert recorded.dims == (("m", "n"), ("n", "m"))
    assert recorded.terms == ((A, X.T), (B, R))


def test_a_theorem_with_several_conclusions_gives_all_or_the_one_asked_for() -> None:
    both, second = recorder().apply("two-parts"), recorder().apply("two-parts", part=2)
    assert both.claim is And(*PARTS.shows)
    assert second.claim is PARTS.shows[1]


def test_conclude_with_symbols_applies_first() -> None:
    proof = recorder()
    proof.conclude(by="unique", A=X, B=X)
    script = proof.finish()
    assert [step.kind for step in script.steps] == ["apply", "conclude"]
    assert script.steps[1].uses == (("step", 0),)
    assert script.cites == ("unique",)


def test_conclusions_are_drawn_one_by_one_and_the_rest_at_the_end() -> None:
    proof = recorder(PARTS)
    proof.conclude(part=2, by="transpose")
    assert [step.part for step in proof.finish().steps] == [2, 1]


def test_the_fingerprint_depends_on_the_content_alone() -> None:
    def script(reason: str, line: int) -> str:
        proof = Proof(FULL, KNOWN, __file__, line)
        proof.have(Eq(X, X), by=reason)
        return proof.finish().fingerprint()

    assert script("inverse", 1) == script("inverse", 2)
    assert script("inverse", 1) != script("transpose", 1)


WRONG = [
    (lambda q: q.have(Eq(X, X), by="uniqe-x"), "no theorem is labelled 'uniqe-x'"),
    (lambda q: q.have(Eq(X, X), by="full-row-rnk"), "did you mean 'full-row-rank'"),
    (lambda q: q.have(X), "claims a proposition"),
    (lambda q: q.have(X == X), "claims a proposition"),
    (lambda q: q.have(Eq(X, X), using=[Eq(A, B)]), "neither given nor shown before"),
    (lambda q: q.have(Eq(X, X), using=[3]), "is no reason"),
    (lambda q: q.given("rank"), "has no hypothesis 'rank'"),
    (lambda q: q.apply("uniq"), "did you mean 'unique'"),
    (lambda q: q.apply("unique", {X: A}), "does not speak of X"),
    (lambda q: q.apply("unique", C=A), "does not speak of C"),
    (lambda q: q.apply("unique", {A: X, B: X.T}), "B is m x n, its replacement n x m"),
    (lambda q: q.apply("two-parts", part=3), "none is number 3"),
    (lambda q: q.conclude(part=2), "none is number 2"),
    (lambda q: q.conclude(by=3, A=X), "`by` is the label of a theorem"),
    (lambda q: q.calc(norm(u)).le(norm(v)).ge(norm(u)), "cannot go on with >="),
    (lambda q: (q.calc(X), q.have(Eq(X, X))), "a chain needs one relation"),
]


@pytest.mark.parametrize(("write", "message"), WRONG)
def test_what_makes_no_step_is_refused_with_its_place(write: object, message: str) -> None:
    with pytest.raises(CourseError, match=message) as caught:
        write(recorder())  # type: ignore[operator]
    assert caught.value.file == __file__
    assert caught.value.line > 1


def test_a_closed_chain_cannot_go_on() -> None:
    proof = recorder()
    chain = proof.calc(norm(u)).le(norm(v))
    proof.have(Le(norm(u), norm(v)), using=[chain])
    with pytest.raises(CourseError, match="cannot go on"):
        chain.le(norm(u))
