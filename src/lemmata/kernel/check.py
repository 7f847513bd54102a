"""The checker: the rules by which a statement becomes a theorem.  Read this file first.

A *proof* is JSON: a list of steps, each a claim with the name of a rule and what the rule needs.
``check`` replays it and returns a ``Proved``, which cannot be made in any other way.

    rule        claim                         from
    ideal       equations                     f = sum of c * l * f_i * r over known equations f_i = 0
    positive    a <= b, psd, spd              b - a = sum c R^* R + sum c R^*(known nonneg.)R + ideal
    square      equations f = 0               sum c R^* M R in the ideal, c > 0, f among the R (or M R)
    root        a <= b                        a^2 <= b^2, b seen to be nonnegative
    cauchy      |<u, v>|^2 <= <u, u> <v, v>   nothing
    witness     invertible(T)                 T Y = I (or Y T = I) modulo the ideal (T square)
    rank        rank(A) <= rank(B), =         A = P B Q (and back)
    spectral    one matrix, any claim         scalar statements on singular pairs and null spaces: spectral.py
    rational    an identity of scalars        multiplying out; a scalar seen not to vanish
    oracle      a fact about real numbers     nothing: it is listed as what the theorem rests on
    constant    q = q(0), q <= q(0), ...      dq/dt = 0, dq/dt <= 0, ... for all t (t >= 0)
    value       P(s)                          P(t) for all t
    squeeze     lim f = L, t -> oo            |f - L|^2 <= b, lim b = 0
    limitroot   lim a = b                     lim a^2 = b^2, a and b seen to be nonnegative
    linear      a = b                         (a - b)' = T(a - b), T linear, continuous in t; a(0) = b(0)
    induction   P(k)                          P(0), and P(k + 1) proved with the hypothesis P(k)
    apply       Q[s]                          a checked theorem P => Q at s, and P[s]
    implies     P => Q, P <=> Q               Q proved with the hypothesis P (and back); P may be "there is"
    forall      for all v: P                  P proved, v not free in what is known
    instance    P[s]                          for all v: P
    exists      there is v: P                 P[s]
    vectors     M = 0; M >= 0                 for all v: M v = 0; for all v: v^T M v >= 0
    gram        there is G: S = G^* G         psd(S)
    attained    there is v != 0: A^* A v = ||A||^2 v   nothing
    eigen       H >= 0, H > 0                 1 = 0 from H v = -a v, v != 0, a > 0 (a >= 0), H = H^*
    logic       Q                             P and P => Q; conjunctions; what is weaker; not P from P => 1 = 0
    cite        anything                      a named theorem of the literature, listed

A hypothesis that contains functions of a running variable (a time, an index, a limit's variable) is
read for all its values; one that names the variable but no function of it is refused.  Scalars are
real, positive, ... as declared.  References to known facts are explained in context.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lemmata.kernel.context import Context, running
from lemmata.kernel.judgement import Statement
from lemmata.kernel.poly import Refused
from lemmata.kernel.rules import run
from lemmata.kernel.term import INDICES, symbol

__all__ = ["MALFORMED", "Proved", "check"]

MALFORMED = (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError, ArithmeticError)


class Proved:
    """A checked statement, with what it rests on: citations, oracle facts, and the lemmas that it applies."""

    __slots__ = ("cites", "label", "lemmas", "oracles", "statement")
    label: str
    statement: Statement
    cites: tuple[str, ...]
    oracles: tuple[Statement, ...]
    lemmas: tuple[str, ...]

    def __new__(cls, *_: Any) -> Proved:
        raise TypeError("only lemmata.kernel.check.check makes a theorem")

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("theorems are immutable")


def check(label: str, statement: Statement, proof: Any, lemmas: Mapping[str, Proved]) -> Proved:
    """Replay a proof.  Raises Refused, naming the step, unless every rule applies."""
    context = Context(statement.given, {k: v for k, v in lemmas.items() if type(v) is Proved})
    try:
        props = (*statement.given, statement.show)
        for prop in props:
            context.declare(prop)
        for name in running(props):  # the steps read the statement's variables as the statement is read
            clock = symbol(name, domain="natural" if name in INDICES else "time")
            context.names.setdefault(name, clock)
        run(context, proof["steps"], [statement.show])
        context.defined(statement)
    except Refused:
        raise
    except MALFORMED as error:
        raise Refused(f"malformed certificate: {type(error).__name__}: {error}") from None
    oracles = context.oracles.union(*(lemmas[name].oracles for name in context.used))
    theorem = object.__new__(Proved)
    found = {
        "label": label, "statement": statement, "cites": tuple(sorted(context.cites)),
        "oracles": tuple(sorted(oracles, key=repr)), "lemmas": tuple(sorted(context.used)),
    }  # fmt: skip
    for field, value in found.items():
        object.__setattr__(theorem, field, value)
    return theorem
