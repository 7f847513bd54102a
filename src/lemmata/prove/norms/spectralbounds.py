"""Bounds of a spectrum: what a I <= M and M <= b I say of numbers and of norms, and norms of powers.

* Numbers: a <= b, by the trace.
* Norms: ||X|| <= c from X^T X <= c^2 I;  ||S|| <= b from 0 <= S <= b I;  ||S^{-1}|| <= 1/a from a I <= S.
* Powers: ||M^k|| <= b^k from ||M|| <= b, for ||M^k|| <= ||M||^k <= b^k.

The first two are facts that further proofs start from; the claim is then tried once more.

>>> from lemmata.prove.search import prove
>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.terms.claims import read_claims
>>> c = read_claims('''let A : R^{n x n}, mu : positive, k : natural
... assume A^T A <= mu^2 I
... show ||A^k|| <= mu^k''')
>>> prove(Statement(c.given, c.shows[0].prop)).theorem is not None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations
from math import isqrt

from lemmata.kernel.meaning import difference
from lemmata.kernel.poly import Poly, Refused, is_real, star_word, to_term
from lemmata.kernel.scalar import is_natural
from lemmata.kernel.term import SCALAR, Term, inverse, make, number, subterms, symbol
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.motion.energies import by_energy
from lemmata.prove.norms.lowerbounds import by_identity
from lemmata.prove.norms.normchains import instance_of, rows_add_up
from lemmata.prove.norms.norms import by_root
from lemmata.prove.norms.operatornorms import plain_power
from lemmata.prove.search import establish
from lemmata.terms.forms import call, equation, norm, power, relation

__all__ = ["by_bounded_spectrum", "by_powers_of_norms"]

ONE = Fraction(1)
MOST_FACTS = 6
SECONDS = 0.3


def by_bounded_spectrum(draft: Draft, claim: Term) -> Ref | None:
    """The claim with the numbers and norms that the Loewner inequalities compare, if they are any news."""
    if claim.head not in ("le", "ge", "lt", "gt") or claim.args[0].shape != SCALAR or not is_real(claim):
        return None
    news = [*_numbers(draft), *_norms(draft, claim)][:MOST_FACTS]
    with draft.attempt() as keep:
        found = False
        for fact in news:
            if fact is claim or draft.find(fact) is not None:
                continue
            names_norm = any(t.head == "norm" for t in subterms(fact))
            ref = by_root(draft, fact, SECONDS) if names_norm else by_identity(draft, fact)
            found = found or ref is not None
        ref = by_energy(draft, claim) or establish(draft, claim) if found else None
        if ref is not None:
            keep()
        return ref


def _gaps(draft: Draft) -> list[tuple[Poly, Poly]]:
    """(c, W) for the Loewner inequalities 0 <= c I + W that are known."""
    found = []
    for fact, _ in draft.facts:
        try:
            gap = difference(fact)
        except Refused:
            continue
        if gap.shape != SCALAR:
            multiple = {key: value for key, value in gap.terms.items() if not key[1]}
            rest = {key: value for key, value in gap.terms.items() if key[1]}
            found.append((Poly(SCALAR, multiple), Poly(gap.shape, rest)))
    return found


def _numbers(draft: Draft) -> Iterator[Term]:
    """a <= b where a I <= M <= b I."""
    for (c, V), (b, W) in permutations(_gaps(draft), 2):
        if W.terms and W.scale(-ONE) == V and sum(W.terms.values()) < 0:
            yield relation("le", to_term(c.scale(-ONE)), to_term(b))


def _norms(draft: Draft, claim: Term) -> Iterator[Term]:
    """What 0 <= c I + W says of the norm of the one letter that W is made of, or of its inverse."""
    inside = {t.args[0] for t in subterms(claim) if t.head == "norm"}
    letters = {t for X in inside for t in subterms(X)}
    for c, W in _gaps(draft):
        if len(W.terms) != 1 or not c.terms:
            continue
        (((loops, word), value),) = W.terms.items()
        X = word[-1].args[0] if word[-1].head == "adjoint" else word[-1]
        if loops or X not in letters:
            continue
        if value == -1 and len(word) == 2 and word == (star_word(word[1:])[0], word[1]):
            yield relation("le", norm(X), _root(draft, c))
        elif value == -1 and len(word) == 1:
            yield relation("le", norm(X), to_term(c))
        elif value == 1 and len(word) == 1 and inverse(X) in letters:
            yield relation("le", norm(inverse(X)), inverse(to_term(c.scale(-ONE))))


def _root(draft: Draft, c: Poly) -> Term:
    """s for s^2 where that can be read off, else sqrt(c)."""
    if len(c.terms) == 1:
        (((loops, _), value),) = c.terms.items()
        half = tuple(loop for k, loop in enumerate(loops) if k % 2 == 0)
        root = Fraction(isqrt(value.numerator), isqrt(value.denominator)) if value > 0 else Fraction(0)
        if root**2 == value and tuple(sorted((*half, *half), key=repr)) == tuple(sorted(loops, key=repr)):
            return to_term(Poly(SCALAR, {(half, ()): root}))
    root_ = call("sqrt", to_term(c))
    establish(draft, equation(power(root_, 2), to_term(c)))
    return root_


# --- powers ----------------------------------------------------------------------------------


def by_powers_of_norms(draft: Draft, claim: Term) -> Ref | None:
    """||M^k|| <= b^k from ||M|| <= b: first of letters, then of the numbers p = ||M^k|| and s = ||M||."""
    if claim.head not in ("le", "ge") or claim.args[0].shape != SCALAR or not is_real(claim):
        return None
    size, large = claim.args if claim.head == "le" else claim.args[::-1]
    whole = plain_power(size.args[0]) if size.head == "norm" and size.value == "2" else size
    if whole.head != "power" or whole.shape == SCALAR or large.head != "power":
        return None
    (M, k), (b, exponent) = whole.args, large.args
    if exponent is not k or not is_natural(k) or b is norm(M):
        return None

    def powers(Z: Term) -> Term:
        return relation("le", norm(Z**k), norm(Z) ** k)

    def numbers(p: Term, s: Term, r: Term) -> Term:
        premises = (relation("le", p, s**k), relation("le", s, r))
        return make("implies", (make("and", premises), relation("le", p, r**k)))

    letters = [symbol("p'", domain="nonnegative"), symbol("s'", domain="nonnegative"), symbol("r'")]
    with draft.attempt() as keep:
        single = establish(draft, relation("le", norm(M), b))
        below = None if single is None else instance_of(draft, [symbol("Z'", *M.shape)], powers, [M])
        arrow = None if below is None else instance_of(draft, letters, numbers, [norm(whole), norm(M), b])
        if single is None or below is None or arrow is None:
            return None
        premise, conclusion = draft.fact(arrow).args
        both = draft.add(premise, "logic", of=[below, single])
        ref: Ref | None = draft.add(conclusion, "logic", of=[arrow, both])
        if ref is not None and conclusion is not claim:
            ref = rows_add_up(draft, claim, [(ONE, (), number(1), ref)])
        if ref is not None:
            keep()
        return ref
