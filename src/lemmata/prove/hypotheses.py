"""What may be used: the polynomials of the known facts and of the definitions that the goal touches.

Each entry is a reference that the kernel understands, with the polynomials that it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from lemmata.kernel.context import varies_with
from lemmata.kernel.meaning import difference, is_vector_norm, zeros
from lemmata.kernel.poly import Poly, Refused, derivative, expand, is_real, star, to_term, trace
from lemmata.kernel.scalar import sign_of
from lemmata.kernel.term import (
    SCALAR,
    Term,
    exp,
    identity,
    inverse,
    make,
    mul,
    number,
    pinv,
    subterms,
    to_json,
)
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
                gap = difference(fact)
            except Refused:
                continue
            if gap.shape != SCALAR:
                found.append((["symmetric", ref], [gap.adjoint() - gap]))
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
    if atom.head == "call" and atom.value == "abs" and is_real(atom):
        (c,) = atom.args
        return [(["abs", to_json(c)], [expand(atom @ atom) - expand(c @ c)])]
    if atom.head == "constant" and atom.value == "i":
        return [(["i", to_json(atom)], [expand(atom @ atom + 1), expand(atom.T + atom)])]
    if atom.head == "rank":
        (A,) = atom.args
        return [(["rank", to_json(A)], [expand(atom) - trace(expand(A @ pinv(A)))])]
    if atom.head in ("det", "adjugate"):
        (A,) = atom.args
        C, d = make("adjugate", (A,)), mul(make("det", (A,)), identity(A.shape[0]))
        return [(["adjugate", to_json(A)], [expand(C @ A) - expand(d), expand(A @ C) - expand(d)])]
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
    if A.shape == SCALAR and not is_real(A):
        # 1/c may be written as the adjoint of 1/c^*, and it is c that is known not to vanish.
        differences = [expand(f.args[0]) - expand(f.args[1]) for f, _ in draft.facts if f.head == "ne"]
        if wanted.adjoint() in differences and wanted not in differences:
            return to_term(wanted.adjoint()), None
    return A, None


def _known_equal(facts: list[tuple[Ref, list[Poly]]]) -> Callable[[Term, Term], list[Ref | None]]:
    """A test whether a = b is known: nothing if not, else what says so, None for an identity."""
    known = [(p.scale(Fraction(s)), ref) for ref, ps in facts for p in ps for s in (1, -1)]

    def same(a: Term, b: Term) -> list[Ref | None]:
        gap = expand(a) - expand(b)
        if not gap:
            return [None]
        return list[Ref | None](ref for p, ref in known if p == gap)[:1]

    return same


def _exponentials(atoms: set[Term], facts: list[tuple[Ref, list[Poly]]]) -> list[tuple[Ref, list[Poly]]]:
    """e^A e^{-A} = I, e^{A + B} = e^A e^B, and the intertwinings e^A c = c e^B among what is there."""
    exponents = sorted((a.args[0] for a in atoms if a.head == "exp" and a.shape != SCALAR), key=repr)
    exponents += [t for A in list(exponents) if (t := to_term(expand(A.T))) not in exponents]
    exponents += [t for A in list(exponents) if (t := to_term(expand(-A))) not in exponents]
    same = _known_equal(facts)
    found: list[tuple[Ref, list[Poly]]] = []
    letters = [a for a in atoms if a.head in ("symbol", "pinv") and a.shape != SCALAR]
    cores = sorted((x for b in letters for x in (b, b.T)), key=repr)
    for A in exponents:
        found.append(
            (
                ["exp", to_json(A), to_json(-A), None],
                [expand(identity(A.shape[0])) - expand(exp(A) @ exp(-A))],
            )
        )
        for B in exponents:
            both = [
                (c, ref) for c in cores if c.shape == (A.shape[0], B.shape[0]) for ref in same(A @ c, c @ B)
            ]
            core = _without_scalars(A) if A is B else identity(A.shape[0]) if A.shape == B.shape else None
            if core is not None:
                both += [(core, ref) for ref in same(A @ core, core @ B)]
            found += [
                (
                    ["intertwine", to_json(A), to_json(B), to_json(c), ref],
                    [expand(exp(A) @ c) - expand(c @ exp(B))],
                )
                for c, ref in both
            ]
            if A is not B and A.shape == B.shape and expand(A + B):
                found += [
                    (["exp", to_json(A), to_json(B), ref], [expand(exp(A + B)) - expand(exp(A) @ exp(B))])
                    for ref in same(A @ B, B @ A)
                ]
    return found


def _powers(atoms: set[Term], facts: list[tuple[Ref, list[Poly]]]) -> list[tuple[Ref, list[Poly]]]:
    """A^k A = A A^k, and A^k c = c B^k among the powers and letters that are there."""
    powers = sorted((a for a in atoms if a.head == "power" and a.shape != SCALAR), key=repr)
    beside = {x for _, ps in facts for p in ps for _, word in p.terms for x in word} | atoms
    letters = {x for a in beside if a.head == "symbol" and 1 not in a.shape for x in (a, a.T)}
    cores, same = sorted(letters, key=repr), _known_equal(facts)
    found: list[tuple[Ref, list[Poly]]] = []
    for one in powers:
        A, k = one.args
        gap = expand(one @ A) - expand(A @ one)
        if gap:
            found.append((["intertwine", to_json(A), to_json(A), to_json(A), None, to_json(k)], [gap]))
        found += [(FREE, [_swap(a, b)]) for a, b in _commuting(one, powers)]
        for B in (other.args[0] for other in powers if other.args[1] is k):
            # A^k may be written as the adjoint of (A^*)^k, and what is known speaks of one of the two.
            for a, b in ((A, B), (to_term(expand(A.T)), to_term(expand(B.T)))):
                fits = [c for c in cores if c.shape == (a.shape[0], b.shape[0])]
                for c, fact in ((x, fact) for x in fits for fact in same(a @ x, x @ b)):
                    ref = ["intertwine", to_json(a), to_json(b), to_json(c), fact, to_json(k)]
                    found.append((ref, [expand(a**k @ c) - expand(c @ b**k)]))
    return found


def _scalar_exponentials(atoms: set[Term]) -> list[tuple[Ref, list[Poly]]]:
    """e^a e^{-a} = 1 for numbers."""
    powers = sorted((a for a in atoms if a.head == "exp" and a.shape == SCALAR and is_real(a)), key=repr)
    one = Fraction(1)
    return [
        (FREE, [Poly(SCALAR, {(((a,), (b,)), ()): one, ((), ()): -one})])
        for i, a in enumerate(powers)
        for b in powers[i:]
        if expand(a @ b) == expand(number(1))
    ]


FREE: Ref = ["free"]
"""What the normal form makes equal anyway: the search must know it, the certificate need not name it."""


def _commuting(one: Term, powers: list[Term]) -> list[tuple[Term, Term]]:
    """A^k with A and with A^l, where A is a letter, and their adjoints."""
    base = expand(one.args[0])
    letters = {x for _, word in base.terms for x in word}
    A = letters.pop() if len(letters) == 1 and len(base.terms) == 1 else None
    if A is None or expand(A) != base:
        return []
    others = [A, *(p for p in powers if p.args[0] is one.args[0] and p is not one)]
    return [(x, y) for other in others for x, y in ((one, other), (star(one), star(other)))]


def _swap(a: Term, b: Term) -> Poly:
    one = Fraction(1)
    return Poly(a.shape, {((), (a, b)): one, ((), (b, a)): -one})


def _without_scalars(A: Term) -> Term | None:
    """The w of an exponent s w, where s is a product of scalars; w commutes with e^{s w}."""
    poly = expand(A)
    if len({scalars for scalars, _ in poly.terms}) != 1 or ((), ()) in poly.terms:
        return None
    if len(poly.terms) == 1:
        ((_, word),) = poly.terms
        return None if not word else (make("mul", word) if len(word) > 1 else word[0])
    return to_term(Poly(poly.shape, {((), word): value for (_, word), value in poly.terms.items()}))


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
            if fact is None or fact.head != "eq" or not varies_with(fact, name):
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


def _nonvanishing_letters(draft: Draft) -> list[Term]:
    """The numbers c of the facts c != 0."""
    pairs = [f.args for f, _ in draft.facts if f.head == "ne" and f.args[0].shape == SCALAR]
    return [a for a, b in pairs if a.head == "symbol" and b is number(0)]


def _definitions(fresh: set[Term], atoms: set[Term], draft: Draft) -> list[tuple[Ref, list[Poly]]]:
    """The defining equations of the atoms and of those inside them, which join the atoms."""
    entries: list[tuple[Ref, list[Poly]]] = []
    while fresh - atoms:
        new = sorted(fresh - atoms, key=repr)
        atoms |= fresh
        for atom in new:
            entries += _definition(atom, draft)
            # The argument of an atom may hold atoms of its own.
            fresh |= {t for t in subterms(atom) if t.head in ("pinv", "inverse", "exp", "norm", "diff")}
            if atom.head == "rank":
                fresh |= atoms_of([expand(pinv(atom.args[0]))])
            if atom.head == "diff" and atom.args[0].head == "inverse":
                fresh |= atoms_of([derivative(expand(atom.args[0].args[0]), atom.value)])
    return entries


def collect(goals: list[Poly], draft: Draft) -> tuple[list[Ref], list[Poly], list[int]]:
    """References, their polynomials in one list, and for each polynomial the reference it is from."""
    equations = _equations(draft)
    pool = [*goals, *(p for _, ps in equations for p in ps)]
    known = {f.args[0] for f, _ in draft.facts if f.head == "is" and f.value in ("invertible", "spd")}
    fresh = atoms_of(pool) | {inverse(A) for A in known if A.head == "symbol"}
    fresh |= {inverse(c) for c in _nonvanishing_letters(draft) if c in fresh}
    if all(x.shape == SCALAR for x in fresh):  # among numbers one may divide by what is not 0
        fresh |= {inverse(s) for s in fresh if s.head == "symbol" and sign_of(s)}
    atoms: set[Term] = set()
    entries = equations + _definitions(fresh, atoms, draft)
    rates = _derivatives(equations, atoms, draft)
    entries += rates
    # S' from S = (I + t G)^{-1} G holds the derivative of an inverse, which has a definition too.
    entries += _definitions(atoms_of(p for _, ps in rates for p in ps), atoms, draft)
    entries += _exponentials(atoms, equations) + _powers(atoms, equations) + _scalar_exponentials(atoms)
    refs, polys, owner = [], [], []
    for ref, ps in entries:
        refs.append(ref)
        for p in ps:
            polys.append(p)
            owner.append(len(refs) - 1)
    return refs, polys, owner
