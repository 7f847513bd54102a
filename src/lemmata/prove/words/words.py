"""Words as strings: the arithmetic of monomials that completion needs, at the speed of ``str``.

Each letter (a symbol, A^+, A^{-1}, ... or an adjoint) becomes one character, so that "does the rule
A A^+ A -> A apply to this word" is ``"pqp" in word``.  A monomial is ``(scalars, word)`` as in
lemmata.kernel.poly: a sub-word from dimension 1 to dimension 1 is a scalar, stands in front, commutes
and (over the reals) equals its own adjoint.

Monomials are ordered by total weight, then by the word, then by the scalars (a single one stands
above a product of the same weight).  The weights of letters decide what is eliminated: derivatives and
values at a point first, then symbols that a hypothesis defines, then pseudoinverses and inverses, then
plain symbols; scalar letters weigh least, so that a hypothesis is solved for its matrix words and its
coefficients stay on the right.

>>> from lemmata.kernel.term import symbol, pinv
>>> A = symbol("A", "m", "n")
>>> alphabet = Alphabet([A, pinv(A)])
>>> word = alphabet.encode((A, pinv(A), A))
>>> alphabet.decode(word) == (A, pinv(A), A), alphabet.weight(word)
(True, 35)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from lemmata.kernel.poly import Poly, Word, is_real, letter_key, star
from lemmata.kernel.term import SCALAR, Shape, Term

__all__ = ["Alphabet", "Key", "Monomial", "Number", "Terms", "definition_weights", "letters_of"]

Number = int | Fraction
Monomial = tuple[tuple[str, ...], str]
Terms = dict[Monomial, Number]
Key = tuple[int, int, str, int, tuple[str, ...]]

_PLAIN, _STARRED = 0xE000, 0xEC00  # two halves of the private-use area: plain letters sort first
_SCALAR_WEIGHT = 1
_WEIGHTS = {"symbol": 10, "pinv": 15, "inverse": 15, "exp": 12, "diff": 1000, "at": 400}


def letters_of(polys: Iterable[Poly]) -> list[Term]:
    """The letters that occur, plain ones and their adjoints, in an order free of memory addresses."""
    found = {x for p in polys for scalars, word in p.terms for w in (*scalars, word) for x in w}
    return sorted(found | {star(x) for x in found}, key=letter_key)


class Alphabet:
    """A coding of letters as characters, grown on demand, with the order of monomials."""

    def __init__(self, letters: Iterable[Term] = (), weights: Mapping[Term, int] | None = None) -> None:
        self._code: dict[Term, str] = {}
        self._letter: dict[str, Term] = {}
        self._weights = dict(weights or {})
        self._weight: dict[str, int] = {}
        self._star: dict[int, int] = {}
        self._complex: set[str] = set()
        self._ones: set[str] = set()
        self._split: dict[str, tuple[tuple[str, ...], str]] = {"": ((), "")}
        self._word_weight: dict[str, int] = {"": 0}
        self._keys: dict[Monomial, Key] = {}
        for letter in sorted(letters, key=lambda x: (self._letter_weight(x), letter_key(x))):
            self.code(letter)

    # --- coding ---

    def _letter_weight(self, letter: Term) -> int:
        plain = letter.args[0] if letter.head == "adjoint" else letter
        if plain in self._weights:
            return self._weights[plain]
        if plain.shape == SCALAR and plain.head not in ("diff", "at"):
            return _SCALAR_WEIGHT + (plain.head != "symbol")
        if plain.head == "diff":
            return _WEIGHTS["diff"] + self._letter_weight(plain.args[0])
        return _WEIGHTS.get(plain.head, 12)

    def code(self, letter: Term) -> str:
        """The character of a letter; a new letter and its adjoint are entered together."""
        found = self._code.get(letter)
        if found is not None:
            return found
        other = star(letter)
        plain, starred = (other, letter) if letter.head == "adjoint" else (letter, other)
        number = len(self._code)
        for x, start in ((plain, _PLAIN), (starred, _STARRED)):
            if x not in self._code:
                c = chr(start + number)
                self._code[x], self._letter[c] = c, x
                self._weight[c] = self._letter_weight(x)
                if x.shape[0] == 1 or x.shape[1] == 1:
                    self._ones.add(c)
                if not is_real(x):
                    self._complex.add(c)
        p, s = self._code[plain], self._code[starred]
        self._star[ord(p)], self._star[ord(s)] = ord(s), ord(p)
        return self._code[letter]

    def encode(self, word: Word) -> str:
        return "".join(map(self.code, word))

    def decode(self, word: str) -> Word:
        return tuple(self._letter[c] for c in word)

    def shape(self, word: str) -> Shape:
        """The shape of a word that is not empty."""
        return self._letter[word[0]].shape[0], self._letter[word[-1]].shape[1]

    def terms(self, poly: Poly) -> Terms:
        out: Terms = {}
        for (scalars, word), value in poly.terms.items():
            loops = tuple(sorted(self.real(self.encode(s)) for s in scalars))
            out[loops, self.encode(word)] = value.numerator if value.denominator == 1 else value
        return out

    # --- arithmetic ---

    def star(self, word: str) -> str:
        return word[::-1].translate(self._star)

    def real(self, loop: str) -> str:
        """The representative of a scalar word, which over the reals equals its adjoint."""
        if self._complex and not self._complex.isdisjoint(loop):
            return loop
        return min(loop, self.star(loop))

    def is_real(self, loop: str) -> bool:
        return not self._complex or self._complex.isdisjoint(loop)

    def cuts(self, word: str) -> list[int]:
        """The places at which a word passes through dimension 1."""
        letters = [self._letter[c] for c in word]
        places = [i for i, x in enumerate(letters) if x.shape[0] == 1]
        return places + ([len(word)] if letters and letters[-1].shape[1] == 1 else [])

    def split(self, raw: str) -> tuple[tuple[str, ...], str]:
        """Pull the loops at dimension 1 out of a product of letters."""
        found = self._split.get(raw)
        if found is None:
            found = ((), raw)
            if not self._ones.isdisjoint(raw):
                ones = self.cuts(raw)
                if len(ones) > 1:
                    loops = (self.real(raw[a:b]) for a, b in pairwise(ones))
                    found = (tuple(sorted(loops)), raw[: ones[0]] + raw[ones[-1] :])
            self._split[raw] = found
        return found

    def monomial(self, scalars: tuple[str, ...], raw: str, outer: str | None = None) -> Monomial:
        """scalars * raw, or scalars * raw * outer where raw is a scalar and outer the word it multiplies."""
        loops, word = self.split(raw)
        if loops:
            scalars = tuple(sorted(scalars + loops)) if scalars else loops
        return scalars, word if outer is None else outer

    def join(self, a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(a + b)) if a and b else a or b

    def star_scalars(self, scalars: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(self.real(self.star(s)) for s in scalars)) if scalars else scalars

    # --- order ---

    def weight(self, word: str) -> int:
        found = self._word_weight.get(word)
        if found is None:
            found = self._word_weight[word] = sum(map(self._weight.__getitem__, word))
        return found

    def key(self, monomial: Monomial) -> Key:
        found = self._keys.get(monomial)
        if found is None:
            scalars, word = monomial
            weight = self.weight(word)
            total = weight + sum(map(self.weight, scalars)) if scalars else weight
            found = self._keys[monomial] = (total, weight, word, -len(scalars), scalars)
        return found


# --- what is eliminated ----------------------------------------------------------------------


def definition_weights(hypotheses: Sequence[Poly]) -> dict[Term, int]:
    """Weights of the symbols that hypotheses define: a letter alone in ``c x + rest``, x not in rest.

    Each weighs more than its rest, so that the rule reads x -> rest; circular definitions are not taken.
    """
    rest: dict[Term, list[Word]] = {}
    for h in hypotheses:
        candidates = []
        words = [tuple(x for w in (*scalars, word) for x in w) for scalars, word in h.terms]
        for w in words:
            if len(w) == 1 and (plain := _plain(w[0])).head == "symbol":
                others = [o for o in words if o is not w]
                if plain not in rest and not any(_reaches(rest, x, plain) for o in others for x in o):
                    candidates.append((plain, others))
        if candidates and len(words) > 1:
            x, others = max(candidates, key=lambda pair: letter_key(pair[0]))
            rest[x] = others
    alphabet = Alphabet()
    weights: dict[Term, int] = {}

    def weigh(x: Term) -> int:
        x = _plain(x)
        if x in rest and x not in weights:
            weights[x] = 1 + max(10, *(sum(map(weigh, o)) for o in rest[x]))
        return weights[x] if x in weights else alphabet.weight(alphabet.code(x))

    for x in rest:
        weigh(x)
    return weights


def _plain(letter: Term) -> Term:
    return letter.args[0] if letter.head == "adjoint" else letter


def _reaches(rest: dict[Term, list[Word]], start: Term, goal: Term) -> bool:
    start = _plain(start)
    return start is goal or any(_reaches(rest, x, goal) for o in rest.get(start, ()) for x in o)
