"""Noncommutative Buchberger completion with cofactors: search for f = sum c * S * l * h_i * r.

Hypotheses h_i = 0 imply f = 0 whenever f lies in the two-sided ideal that the h_i and their adjoints
generate in the free algebra with involution on typed letters.  Each hypothesis becomes a rewrite rule
from its leading word to the rest; where the leading words of two rules overlap, both can rewrite the
same word, and the difference of the two results is a consequence, hence perhaps a new rule (Buchberger,
Knuth and Bendix, Bergman, Mora).  Every rule remembers how it came from the hypotheses, so a goal that
rewrites to 0 yields a certificate which the kernel checks by multiplying out.  Nothing here is trusted.

>>> from lemmata.kernel.poly import expand
>>> from lemmata.kernel.term import identity, symbol
>>> A, B, C = (symbol(x, "n", "n") for x in "ABC")
>>> given = [expand(A @ B - identity("n")), expand(C @ A - identity("n"))]
>>> [(str(c.coefficient), len(c.left), c.index, len(c.right)) for c in combine(expand(B - C), given) or []]
[('1', 1, 0, 0), ('-1', 0, 1, 1)]

that is B - C = C (A B - I) - (C A - I) B.  Scalars are central and carried in front.  Not complete:
membership is undecidable, and overlaps across a product of scalars, as of x y^T = B with itself inside
(u^T x)(y^T v), are used for rewriting but not all of them for completion.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from heapq import heappop, heappush
from math import inf
from time import thread_time

from lemmata.kernel.poly import Poly, Word, word_poly
from lemmata.kernel.term import SCALAR
from lemmata.prove.words.cofactors import Cofactor, SearchError, recombine, shorten
from lemmata.prove.words.rewriting import OutOfTime, Rule, Rules, Step, add_to, least_common, over, without
from lemmata.prove.words.words import Alphabet, Number, Terms, definition_weights, letters_of

__all__ = ["Cofactor", "Completion", "SearchError", "combinations", "combine", "recombine", "shorten"]

_Place = tuple[tuple[str, ...], str, bool, str, str | None]
_Equation = tuple[Terms, list[Step], bool]
_Pair = tuple[Rule, Rule, int, str]
_ROUND = 4  # steps of completion between two looks at the goals


REDUCTION_SECONDS = 1.0
MOST_COFACTORS = 3000


class Completion:
    """A growing system of rules for fixed hypotheses; several goals can share one.

    ``eliminate`` gives large weights to symbols that a hypothesis defines (``y - A w``), so that they
    are substituted away instead of being introduced.  After ``until`` nothing is reduced any more.
    """

    def __init__(
        self,
        hypotheses: Sequence[Poly],
        *,
        goals: Sequence[Poly] = (),
        max_rules: int = 400,
        max_degree: int = 14,
        eliminate: bool = True,
    ) -> None:
        self.hypotheses = tuple(hypotheses)
        self.max_rules, self.max_degree = max_rules, max_degree
        weights = definition_weights(self.hypotheses) if eliminate else {}
        self.eliminates = bool(weights)
        self.alphabet = Alphabet(letters_of([*hypotheses, *goals]), weights)
        self.rules = Rules(self.alphabet)
        # Nodes are numbered: first the hypotheses, then every rule ever made; a trace derives a
        # rule from nodes before it.
        self._traces: list[list[Step]] = [[] for _ in hypotheses]
        self._agenda: list[tuple[int, int, _Equation | _Pair]] = []
        self._count = 0
        self.until = inf
        self._cut_off = False
        for index, poly in enumerate(self.hypotheses):
            trace: list[Step] = [(1, (), "", index, False, "", None)]
            self._push(0, (self.alphabet.terms(poly), trace, poly.shape == SCALAR))

    # --- public ---

    def reduce(self, poly: Poly) -> tuple[Poly, list[Cofactor]]:
        """The normal form under the present rules and cofactors of the difference poly - normal form.

        Raises SearchError if a summand cannot be written as a Cofactor (see ``_export``).
        """
        rest, steps = self._reduced(poly)
        cofactors = self._export(steps, poly - rest)
        if cofactors is None:
            raise SearchError("a rewrite inside a scalar factor of a matrix has no cofactor")
        return rest, cofactors

    def normal(self, poly: Poly) -> Poly:
        """The normal form alone, which is cheaper.  May raise SearchError."""
        return self._reduced(poly)[0]

    def _reduced(self, poly: Poly) -> tuple[Poly, list[Step]]:
        if thread_time() > self.until:
            raise SearchError("out of time")
        self.rules.deadline = thread_time() + REDUCTION_SECONDS
        if not self.rules.active:
            self._equations()
        try:
            normal, steps = self.rules.reduce(self.alphabet.terms(poly))
        except OutOfTime:
            raise SearchError("the reduction takes too long") from None
        alphabet = self.alphabet
        rest = Poly(poly.shape, {})
        for (scalars, word), value in normal.items():
            loops = [_loop(alphabet.decode(s)) for s in scalars]
            rest = rest + word_poly(poly.shape, loops, alphabet.decode(word), Fraction(value))
        return rest, steps

    def left_sides(self) -> list[Word]:
        """The words that the rules without scalar factors rewrite."""
        return [self.alphabet.decode(r.word) for r in self.rules.active.values() if r.word and not r.scalars]

    def complete(self, seconds: float) -> bool:
        """Add consequences until none are left (True) or a limit of time, rules or degree is met."""
        self.rules.deadline = thread_time() + seconds
        with suppress(OutOfTime):
            while self._step():
                pass
        return not self._agenda and not self._cut_off

    def solve(self, goals: Sequence[Poly], seconds: float) -> list[list[Cofactor] | None]:
        """Cofactors of each goal, None where no combination was found; completes as far as needed."""
        self.rules.deadline = thread_time() + seconds
        left = {i: (self.alphabet.terms(goal), list[Step]()) for i, goal in enumerate(goals)}
        found: list[list[Cofactor] | None] = [None] * len(goals)
        more, seen, tried = True, -1, set[tuple[str, int]]()
        with suppress(OutOfTime):
            self._equations()
            while left:
                if len(self._traces) != seen:
                    seen = len(self._traces)
                    for i, (terms, steps) in list(left.items()):
                        rest, new = self.rules.reduce(terms)
                        left[i] = (rest, steps + new)
                        if not rest:
                            with suppress(SearchError):
                                found[i] = self._export(left.pop(i)[1], goals[i])
                        else:
                            self._mirrors(rest, tried)
                    self._equations()
                    continue
                if not more:
                    break
                more = all(self._step() for _ in range(_ROUND))
        return found

    # --- completion ---

    def _push(self, priority: int, item: _Equation | _Pair) -> None:
        self._count += 1
        heappush(self._agenda, (priority, self._count, item))

    def _equations(self) -> None:
        """Turn waiting equations into rules before any overlap is looked at."""
        while self._agenda and self._agenda[0][0] == 0 and self._step():
            pass

    def _step(self) -> bool:
        """Handle one equation or one overlap; False when there is nothing left within the limits."""
        if not self._agenda or len(self.rules.active) > self.max_rules:
            return False
        item = heappop(self._agenda)[2]
        if len(item) == 3:
            self._equation(*item)
        else:
            self._overlap(*item)
        return True

    def _equation(self, terms: Terms, trace: list[Step], scalar: bool) -> None:
        """Reduce an equation; orient what is left by its leading monomial and add it as a rule."""
        alphabet = self.alphabet
        try:
            normal, steps = self.rules.reduce(terms)
        except OutOfTime:
            self._push(0, (terms, trace, scalar))
            raise
        if not normal:
            return
        lead = max(normal, key=alphabet.key)
        if not lead[1] and not scalar:
            return  # c I = 0 for scalars c: no word to look for
        c = normal.pop(lead)
        number = len(self._traces)
        derived = [(1, step) for step in trace] + [(-1, step) for step in steps]
        self._traces.append([(over(sign * step[0], c), *step[1:]) for sign, step in derived])
        rule = Rule(number, lead, {m: over(-x, c) for m, x in normal.items()}, scalar)
        for old in self.rules.retire(rule):
            self._push(0, (old.terms(), [_whole(old, False)], old.scalar))
        for old in self.rules.active.values():
            self._ambiguities(rule, old)
            self._ambiguities(old, rule)
            if (scalar or old.scalar) and set(rule.scalars) & set(old.scalars):
                self._push_pair(rule, old, 0)
        self._ambiguities(rule, rule)
        self.rules.add(rule)
        adjoint = {(alphabet.star_scalars(s), alphabet.star(w)): x for (s, w), x in rule.terms().items()}
        self._push(0, (adjoint, [_whole(rule, True)], scalar))

    def _mirrors(self, normal: Terms, tried: set[tuple[str, int]]) -> None:
        """New equations from the scalars of a stuck goal, read backwards."""
        for scalars, _ in normal:
            for loop in scalars:
                if (loop, len(self._traces)) not in tried:
                    tried.add((loop, len(self._traces)))
                    found = self.rules.mirror(loop)
                    if found is not None:
                        self._push(0, (*found, True))

    def _ambiguities(self, a: Rule, b: Rule) -> None:
        """Every word p q r with p q the leading word of a and q r that of b."""
        v, w = a.word, b.word
        first = w[:1]
        k = v.find(first, 1) if first else -1
        while k > 0:
            if len(v) - k < len(w) and w.startswith(v[k:]):
                self._push_pair(a, b, len(v) - k)
            k = v.find(first, k + 1)

    def _push_pair(self, a: Rule, b: Rule, overlap: int) -> None:
        word = a.word + b.word[overlap:]
        scalars = least_common(a.scalars, b.scalars)
        if len(word) + len(scalars) > self.max_degree:
            self._cut_off = True
            return
        priority = 1 + self.alphabet.weight(word) + sum(map(self.alphabet.weight, scalars))
        self._push(priority, (a, b, overlap, word))

    def _overlap(self, a: Rule, b: Rule, overlap: int, word: str) -> None:
        if not (a.active and b.active):
            return  # a retired rule lives on in its reduced form
        if overlap and self.rules.resolves(word):
            return  # the triangle criterion: the ambiguity is resolved through smaller ones
        alphabet = self.alphabet
        scalars = least_common(a.scalars, b.scalars)
        over_a, over_b = without(scalars, a.scalars) or (), without(scalars, b.scalars) or ()
        right, left = b.word[overlap:], a.word[: len(a.word) - overlap]
        outer_a = outer_b = None
        if not overlap:  # scalars in common; the word of the other rule stands beside
            right = left = ""
            outer_a, outer_b = (b.word if a.scalar else None), (a.word if b.scalar else None)
        terms: Terms = {}
        for (s, w), x in a.tail.items():
            add_to(terms, alphabet.monomial(alphabet.join(over_a, s), w + right, outer_a), -x)
        for (s, w), x in b.tail.items():
            add_to(terms, alphabet.monomial(alphabet.join(over_b, s), left + w, outer_b), x)
        trace: list[Step] = [
            (1, over_a, "", a.number, False, right, outer_a),
            (-1, over_b, left, b.number, False, "", outer_b),
        ]
        scalar = alphabet.shape(word) == SCALAR if word else a.scalar
        self._equation(terms, trace, scalar)

    # --- certificates ---

    def _export(self, steps: list[Step], goal: Poly) -> list[Cofactor] | None:
        """Unfold the steps down to the hypotheses.  None if a summand has no form as a Cofactor.

        The one form that a Cofactor does not have is a rewrite inside a scalar factor of a word that
        does not itself pass through dimension 1, such as u^T h v times an n x n matrix.
        """
        alphabet = self.alphabet
        waiting: dict[int, dict[_Place, Number]] = {}
        for step in steps:
            self._collect(waiting, step)
        for number in range(len(self._traces) - 1, len(self.hypotheses) - 1, -1):
            for place, c in waiting.pop(number, {}).items():
                for inner in self._traces[number]:
                    self._collect(waiting, self._compose(c, place, inner))
            if sum(map(len, waiting.values())) > MOST_COFACTORS:
                raise SearchError("the certificate would be too long")
        found: list[Cofactor] = []
        for index in sorted(waiting):
            h = self.hypotheses[index]
            for (scalars, left, starred, right, outer), c in waiting[index].items():
                if outer and h.shape == SCALAR:
                    left, right = outer, right + left  # left and right are loops beside a scalar
                elif outer:
                    cuts = alphabet.cuts(outer)
                    if not cuts:
                        return None
                    left, right = outer[: cuts[0]] + left, right + outer[cuts[0] :]
                words = [alphabet.decode(w) for w in (left, right)]
                loops = [_loop(alphabet.decode(s)) for s in scalars]
                found.append(Cofactor(Fraction(c), tuple(loops), words[0], index, starred, words[1]))
        found = shorten(found, self.hypotheses if goal.shape == SCALAR else ())
        if recombine(goal.shape, self.hypotheses, found) != goal:
            raise SearchError("the cofactors found do not multiply out")
        return found

    def _collect(self, waiting: dict[int, dict[_Place, Number]], step: Step) -> None:
        c, scalars, left, number, starred, right, outer = step
        alphabet = self.alphabet
        loops_l, left = alphabet.split(left)
        loops_r, right = alphabet.split(right)
        scalars = alphabet.join(scalars, alphabet.join(loops_l, loops_r))
        places = waiting.setdefault(number, {})
        place = (scalars, left, starred, right, outer)
        add_to(places, place, c)

    def _compose(self, c: Number, place: _Place, inner: Step) -> Step:
        """c * place applied to one summand of the rule that stands there."""
        alphabet = self.alphabet
        scalars, left, starred, right, outer = place
        c2, s2, l2, number, star2, r2, o2 = inner
        if starred:
            s2, star2 = alphabet.star_scalars(s2), not star2
            l2, r2 = alphabet.star(r2), alphabet.star(l2)
            o2 = None if o2 is None else alphabet.star(o2)
        scalars = alphabet.join(scalars, s2)
        if o2 is None:
            return c * c2, scalars, left + l2, number, star2, r2 + right, outer
        # l2 h r2 is a scalar beside o2; what surrounded the rule surrounds o2.
        loops, word = alphabet.split(left + o2 + right)
        return c * c2, alphabet.join(scalars, loops), l2, number, star2, r2, word if outer is None else outer


# --- the search ------------------------------------------------------------------------------


def combine(
    goal: Poly,
    hypotheses: Sequence[Poly],
    *,
    seconds: float = 2.0,
    max_rules: int = 400,
    max_degree: int = 14,
) -> list[Cofactor] | None:
    """Cofactors with goal = sum coefficient * scalars * left * (h or its adjoint) * right, or None.

    None means "not found", never "false".  The result multiplies out exactly; it was re-expanded.
    """
    return combinations([goal], hypotheses, seconds=seconds, max_rules=max_rules, max_degree=max_degree)[0]


def combinations(
    goals: Sequence[Poly],
    hypotheses: Sequence[Poly],
    *,
    seconds: float = 2.0,
    max_rules: int = 400,
    max_degree: int = 14,
) -> list[list[Cofactor] | None]:
    """Cofactors of several goals from one shared completion: see combine."""
    end = thread_time() + seconds
    found: list[list[Cofactor] | None] = [None] * len(goals)
    for eliminate in (True, False):
        missing = [i for i, cofactors in enumerate(found) if cofactors is None]
        system = Completion(
            hypotheses,
            goals=[goals[i] for i in missing],
            max_rules=max_rules,
            max_degree=max_degree,
            eliminate=eliminate,
        )
        share = (end - thread_time()) / 2 if system.eliminates else end - thread_time()
        for i, cofactors in zip(missing, system.solve([goals[i] for i in missing], share), strict=True):
            found[i] = cofactors
        if None not in found or not system.eliminates:
            break
    return found


def _loop(word: Word) -> Word:
    """The kernel's representative of a scalar word."""
    return next(iter(word_poly(SCALAR, (), word).terms))[0][0]


def _whole(rule: Rule, starred: bool) -> Step:
    """The trace of a rule, or of its adjoint, taken as a new equation."""
    return 1, (), "", rule.number, starred, "", None
