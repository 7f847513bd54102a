"""What may be used: the polynomials of the known facts and of the definitions that the goal touches.

Each entry is a reference that the kernel understands, with the polynomials that it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable

from lemmata.kernel.check import context_difference
from lemmata.kernel.meaning import is_vector_norm, zeros
from lemmata.kernel.poly import Poly, Refused, depends_on, derivative, expand
from lemmata.kernel.term import SCALAR, Term, exp, identity, inverse, make, number, pinv, subterms, to_json
from lemmata.prove.draft import Draft, Ref

__all__ = ["atoms_of", "collect"]


def atoms_of(polys: Iterable[Poly]) -> set[Term]:
    """The letters of the polynomials, adjoints stripped."""
    letters = {x for p in polys for scalars, word in p.terms for w in (*scalars, word) for x in w}
    return {x.args[0] if x.head == "adjoint" else x for x in letters}


def _equations(draft: Draft) -> list[tuple[Ref, list[Poly]]]:
    found: list[tuple[Ref, list[Poly]]] = []
    for fact, ref in draft.facts:
        try:
            found.append((ref, zeros(fact)))
        except Refused:
            try:
                difference = context_difference(fact)
            except Refused:
                continue
            if difference.shape != SCALAR:
                found.append((["symmetric", ref], [difference.adjoint() - difference]))
    return found


def _definition(atom: Term, draft: Draft) -> list[tuple[Ref, list[Poly]]]:
    """The defining equations of one atom, with what they need."""
    if atom.head == "pinv":
        A = atom.args[0]
        P = pinv(A)
        equations = [A @ P @ A - A, P @ A @ P - P, (A @ P).T - A @ P, (P @ A).T - P @ A]
        return [(["penrose", to_json(A)], [expand(e) for e in equations])]
    if atom.head == "inverse":
        A, ref = _invertible(atom.args[0], draft)
        if ref is None and A.shape != SCALAR:
            return []
        one = number(1) if A.shape == SCALAR else identity(A.shape[0])
        both = [expand(A @ inverse(A)) - expand(one), expand(inverse(A) @ A) - expand(one)]
        return [(["inverse", to_json(A), ref], both)]
    if atom.head == "diff" and atom.args[0].head == "inverse":
        A, ref = _invertible(atom.args[0].args[0], draft)
        if ref is None and A.shape != SCALAR:
            return []
        rate = expand(inverse(A)) * derivative(expand(A), atom.value) * expand(inverse(A))
        known = derivative(expand(inverse(A)), atom.value) + rate
        return [(["dinverse", to_json(A), ref, atom.value], [known])]
    if atom.head == "norm" and is_vector_norm(atom):
        return [(["norm", to_json(atom.args[0]), atom.value], [expand(atom @ atom) - expand(atom**2)])]
    return []


def _invertible(A: Term, draft: Draft) -> tuple[Term, Ref | None]:
    """The known invertible matrix that A or its adjoint is, with the fact that says so."""
    wanted = expand(A)
    for fact, ref in draft.facts:
        if fact.head == "is" and fact.value in ("invertible", "spd"):
            known = expand(fact.args[0])
            if wanted in (known, known.adjoint()):
                return fact.args[0], ref
    return A, None


def _exponentials(atoms: set[Term]) -> list[tuple[Ref, list[Poly]]]:
    """e^A e^{-A} = I and the intertwinings e^A c = c e^B among exponents that are there."""
    exponents = [a.args[0] for a in atoms if a.head == "exp"]
    found: list[tuple[Ref, list[Poly]]] = []
    for A in sorted(exponents, key=repr):
        one = expand(number(1) if A.shape == SCALAR else identity(A.shape[0]))
        found.append((["exp", to_json(A)], [expand(exp(A) @ exp(-A)) - one]))
        found.append((["exp", to_json(-A)], [expand(exp(-A) @ exp(A)) - one]))
        letters = [a for a in atoms if a.head in ("symbol", "pinv") and a.shape != SCALAR]
        cores = [x for b in letters for x in (b, b.T)]
        for B in sorted(exponents, key=repr):
            for c in sorted(cores, key=repr):
                if c.shape == (A.shape[0], B.shape[0]) and expand(A @ c) == expand(c @ B):
                    found.append(
                        (
                            ["intertwine", to_json(A), to_json(B), to_json(c)],
                            [expand(exp(A) @ c) - expand(c @ exp(B))],
                        )
                    )
        core = _without_scalars(A)
        if core is not None:
            found.append(
                (
                    ["intertwine", to_json(A), to_json(A), to_json(core)],
                    [expand(exp(A) @ core) - expand(core @ exp(A))],
                )
            )
    return found


def _without_scalars(A: Term) -> Term | None:
    """The word w of an exponent c s w, which commutes with e^{c s w}."""
    poly = expand(A)
    words = {word for _, word in poly.terms}
    if len(words) != 1:
        return None
    (word,) = words
    return None if not word else (make("mul", word) if len(word) > 1 else word[0])


def _derivatives(
    equations: list[tuple[Ref, list[Poly]]], atoms: set[Term], draft: Draft
) -> list[tuple[Ref, list[Poly]]]:
    """Equations between functions may be differentiated where a derivative is in play."""
    names = {a.value for a in atoms if a.head == "diff"}
    found: list[tuple[Ref, list[Poly]]] = []
    facts = dict((str(ref), fact) for fact, ref in draft.facts)
    for name in sorted(names):
        for ref, _ in equations:
            fact = facts.get(str(ref))
            if fact is None or fact.head != "eq" or not depends_on(fact, name):
                continue
            if any(t.head == "diff" for t in subterms(fact)):
                continue
            try:
                found.append(
                    (["diff", ref, name], [expand(make("diff", (fact.args[0] - fact.args[1],), name))])
                )
            except Refused:
                continue
    return found


def collect(goals: list[Poly], draft: Draft) -> tuple[list[Ref], list[Poly], list[int]]:
    """References, their polynomials in one list, and for each polynomial the reference it is from."""
    equations = _equations(draft)
    pool = [*goals, *(p for _, ps in equations for p in ps)]
    atoms: set[Term] = set()
    entries = list(equations)
    fresh = atoms_of(pool)
    while fresh - atoms:
        new = sorted(fresh - atoms, key=repr)
        atoms |= fresh
        for atom in new:
            entries += _definition(atom, draft)
            # The argument of an atom may hold atoms of its own.
            fresh |= {t for t in subterms(atom) if t.head in ("pinv", "inverse", "exp", "norm")}
            if atom.head == "diff" and atom.args[0].head == "inverse":
                fresh |= atoms_of([derivative(expand(atom.args[0].args[0]), atom.value)])
    entries += _derivatives(equations, atoms, draft)
    entries += _exponentials(atoms)
    refs, polys, owner = [], [], []
    for ref, ps in entries:
        refs.append(ref)
        for p in ps:
            polys.append(p)
            owner.append(len(refs) - 1)
    return refs, polys, owner
