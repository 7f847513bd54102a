"""Rewriting by rules with leading monomials: normal forms, and the steps that lead to them.

>>> from lemmata.kernel.poly import expand
>>> from lemmata.kernel.term import symbol
>>> from lemmata.prove.words.words import letters_of
>>> A, P = symbol("A", "m", "n"), symbol("P", "n", "m")
>>> rules = Rules(Alphabet(letters_of([expand(A @ P)])))
>>> rules.add(Rule(7, ((), rules.alphabet.encode((A, P, A))), {((), rules.alphabet.encode((A,))): 1}, False))
>>> rest, steps = rules.reduce(rules.alphabet.terms(expand(A @ P @ A @ P - A @ P)))
>>> rest, [(step[0], step[3]) for step in steps]
({}, [(1, 7)])

A scalar word may be read in both directions, since u^T v = v^T u; ``mirror`` compares the two readings.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import inf
from time import thread_time
from typing import TypeVar

from lemmata.prove.words.words import Alphabet, Monomial, Number, Terms

__all__ = ["OutOfTime", "Rule", "Rules", "Step", "add_to", "least_common", "over", "without"]

_K = TypeVar("_K")

Step = tuple[Number, tuple[str, ...], str, int, bool, str, str | None]
"""(coefficient, scalars, left, node, starred, right, outer): ``outer`` is the word that the scalar
left * node * right multiplies, or None where left * node * right is the summand itself."""

_Redex = tuple["Rule", tuple[str, ...], str, str, str | None]


class OutOfTime(Exception):
    """The deadline is met."""


class Rule:
    """scalars * word -> sum of tail, derived at the node ``number``; ``scalar``: of shape (1, 1)."""

    __slots__ = ("active", "number", "scalar", "scalars", "tail", "word")

    def __init__(self, number: int, lead: Monomial, tail: Terms, scalar: bool) -> None:
        self.number, self.tail, self.scalar = number, tail, scalar
        self.scalars, self.word = lead
        self.active = True

    def terms(self) -> Terms:
        """The polynomial that the rule sets to zero."""
        return {(self.scalars, self.word): 1, **{m: -x for m, x in self.tail.items()}}


class Rules:
    """The active rules over an alphabet; every change keeps earlier tests of irreducible words valid."""

    def __init__(self, alphabet: Alphabet) -> None:
        self.alphabet = alphabet
        self.active: dict[int, Rule] = {}
        self.deadline = inf
        self._plain: list[Rule] = []  # no scalars in the leading term
        self._mixed: list[Rule] = []  # scalars in the leading term
        self._bridges: list[Rule] = []  # leading word passing through dimension 1 inside
        self._tested: dict[str, int] = {}

    def add(self, rule: Rule) -> None:
        self.active[rule.number] = rule
        (self._mixed if rule.scalars or rule.scalar else self._plain).append(rule)
        if not rule.scalar and any(0 < k < len(rule.word) for k in self.alphabet.cuts(rule.word)):
            self._bridges.append(rule)

    def retire(self, new: Rule) -> list[Rule]:
        """Take out and return the rules whose leading term the new rule rewrites."""
        found = []
        for old in list(self.active.values()):
            rest = without(old.scalars, new.scalars)
            if rest is None or (new.scalar and not new.scalars):
                continue
            if new.scalar or new.word in old.word or any(new.word in s for s in rest):
                old.active = False
                del self.active[old.number]
                found.append(old)
        return found

    def resolves(self, word: str) -> bool:
        """Whether an active rule without scalars applies strictly inside the word."""
        inside = word[1:-1]
        return any(r.active and r.word in inside for r in self._plain)

    def _find(self, word: str) -> Rule | None:
        """A plain rule whose leading word occurs in the word; what was tested is not tested again."""
        k, plain = self._tested.get(word, 0), self._plain
        while k < len(plain):
            rule = plain[k]
            if rule.active and rule.word in word:
                break
            k += 1
        self._tested[word] = k
        return plain[k] if k < len(plain) else None

    def _redex(self, monomial: Monomial) -> _Redex | None:
        """(rule, scalars, left, right, outer): monomial = scalars * left * lead * right * outer."""
        scalars, word = monomial
        rule = self._find(word) if word else None
        if rule is not None:
            left, _, right = word.partition(rule.word)
            return rule, scalars, left, right, None
        for i, s in enumerate(scalars):
            if i and s == scalars[i - 1]:
                continue
            for loop in self._turns(s):
                rule = self._find(loop)
                if rule is None:
                    continue
                left, _, right = loop.partition(rule.word)
                redex = (rule, scalars[:i] + scalars[i + 1 :], left, right, word)
                if self._descends(monomial, redex):
                    return redex
        for rule in self._mixed:
            if rule.active and (rest := without(scalars, rule.scalars)) is not None:
                mixed = self._mixed_redex(rule, monomial, rest)
                if mixed is not None:
                    return mixed
        return self._bridge(monomial) if scalars and self._bridges else None

    def _mixed_redex(self, rule: Rule, monomial: Monomial, rest: tuple[str, ...]) -> _Redex | None:
        """The rule's scalars divide those of the monomial, with quotient ``rest``: where is its word?"""
        word = monomial[1]
        if rule.scalar:
            return rule, rest, "", "", word
        if rule.word in word:
            left, _, right = word.partition(rule.word)
            return rule, rest, left, right, None
        for i, s in enumerate(rest):
            for loop in self._turns(s):
                if rule.word in loop:
                    left, _, right = loop.partition(rule.word)
                    redex = (rule, rest[:i] + rest[i + 1 :], left, right, word)
                    if self._descends(monomial, redex):
                        return redex
        return None

    def _bridge(self, monomial: Monomial) -> _Redex | None:
        """Rules p|q whose word passes through dimension 1: (u p)(q v) = u p q v for scalars u p, q v."""
        scalars, word = monomial
        alphabet = self.alphabet
        cuts = alphabet.cuts(word)
        for i, s in enumerate(scalars):
            rest = scalars[:i] + scalars[i + 1 :]
            raws: list[tuple[str, tuple[str, ...], str | None]] = []
            for turn in self._turns(s):
                if cuts:
                    raws.append((word[: cuts[0]] + turn + word[cuts[0] :], rest, None))
                for j, t in enumerate(rest):
                    others = rest[:j] + rest[j + 1 :]
                    for second in self._turns(t):
                        raws.append((turn + second, others, word))
            for raw, others, outer in raws:
                for rule in self._bridges:
                    less = without(others, rule.scalars)
                    if rule.active and less is not None and rule.word in raw:
                        left, _, right = raw.partition(rule.word)
                        redex = (rule, less, left, right, outer)
                        if self._descends(monomial, redex):
                            return redex
        return None

    def _descends(self, monomial: Monomial, redex: _Redex) -> bool:
        # Among scalars a rewrite between equal weights need not shrink; only what shrinks terminates.
        rule, scalars, left, right, outer = redex
        alphabet = self.alphabet
        bound = alphabet.key(monomial)
        return all(
            alphabet.key(alphabet.monomial(alphabet.join(scalars, s), left + w + right, outer)) < bound
            for s, w in rule.tail
        )

    def reduce(self, terms: Terms) -> tuple[Terms, list[Step]]:
        """(normal form, steps) with terms = normal form + sum of the steps."""
        todo, done = dict(terms), Terms()
        steps: list[Step] = []
        alphabet = self.alphabet
        while todo:
            self._check_time()
            monomial = max(todo, key=alphabet.key) if len(todo) > 1 else next(iter(todo))
            c = todo.pop(monomial)
            redex = self._redex(monomial)
            if redex is None:
                add_to(done, monomial, c)
                continue
            rule, scalars, left, right, outer = redex
            steps.append((c, scalars, left, rule.number, False, right, outer))
            for (s, w), value in rule.tail.items():
                m = alphabet.monomial(alphabet.join(scalars, s), left + w + right, outer)
                add_to(todo, m, c * value)
        return done, steps

    def mirror(self, loop: str) -> tuple[Terms, list[Step]] | None:
        """The equation loop - (normal form of its adjoint, read as a word) with its steps, if any.

        Over the reals a scalar is its own adjoint, so x^T J x with J^T = -J gives 2 x^T J x = 0.
        """
        alphabet = self.alphabet
        back = alphabet.star(loop)
        if not alphabet.is_real(loop) or self._find(back) is None:
            return None
        terms: Terms = {((loop,), ""): 1}
        steps: list[Step] = []
        todo: Terms = {((), back): 1}
        while todo:
            self._check_time()
            (scalars, raw), c = todo.popitem()
            rule = self._find(raw) if len(alphabet.cuts(raw)) == 2 else None
            if rule is None:
                add_to(terms, alphabet.monomial(scalars, raw), -c)
                continue
            left, _, right = raw.partition(rule.word)
            steps.append((c, scalars, left, rule.number, False, right, ""))
            for (s, w), value in rule.tail.items():
                add_to(todo, (alphabet.join(scalars, s), left + w + right), c * value)
        return (terms, steps) if terms else None

    def _check_time(self) -> None:
        if thread_time() > self.deadline:
            raise OutOfTime

    def _turns(self, loop: str) -> Iterator[str]:
        """A scalar word and, over the reals, the same word read backwards."""
        yield loop
        if self.alphabet.is_real(loop) and (back := self.alphabet.star(loop)) != loop:
            yield back


# --- small parts -----------------------------------------------------------------------------


def add_to(terms: dict[_K, Number], key: _K, value: Number) -> None:
    total = terms.get(key, 0) + value
    if total:
        terms[key] = total
    else:
        terms.pop(key, None)


def over(a: Number, b: Number) -> Number:
    # Integers are many times faster than fractions, and almost every coefficient is one.
    if b == 1:
        return a
    if b == -1:
        return -a
    q = Fraction(a) / b
    return q.numerator if q.denominator == 1 else q


def without(whole: tuple[str, ...], part: tuple[str, ...]) -> tuple[str, ...] | None:
    """The multiset difference, or None where part is not contained in whole."""
    if not part:
        return whole
    rest = list(whole)
    for s in part:
        if s not in rest:
            return None
        rest.remove(s)
    return tuple(rest)


def least_common(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    if not (a and b):
        return a or b
    rest = list(b)
    for s in a:
        if s in rest:
            rest.remove(s)
    return tuple(sorted((*a, *rest)))
