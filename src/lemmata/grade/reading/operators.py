r"""Sums, products, integrals, brackets and binomials in a text: a letter for each, so that the rest can be read.

>>> text, found = lifted(r"\eta \sum_{j=0}^{k-1} (1 - \eta)^j + \int_0^1 x^2\,dx", Scope(student=True))
>>> text, [(o.kind, o.variable.name) for o in found]
('\\eta (\\sigma_{902}) + (\\sigma_{901})', [('integral', 'x'), ('sum', 'j')])

An operator that stands within another one is found first and is kept in it (``inner``).  What cannot be read stays
as it is, and the grammar refuses it by name.  The values are in ``operator_values``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lemmata.grade.reading.operator_signs import Span, last_span
from lemmata.grade.reading.piecewise import PIECEWISE, in_cases, last_cases, read_cases
from lemmata.grade.reading.sequences import sequence_of
from lemmata.grade.spelling.libraries import arguments, call
from lemmata.grade.spelling.pieces import IllTyped, read_term
from lemmata.kernel.term import Term, number, symbol, symbols_of
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import infinity
from lemmata.terms.scope import Scope

__all__ = ["N", "Operator", "has_operators", "in_tex", "lifted", "operands", "restored", "taken"]

MOST = 12
LONGEST = 4_000
FIRST = 900  # \sigma_{901}, \sigma_{902}, ...: an index that nobody writes
N = symbol("n", 1, 1)
_ANY = re.compile(
    r"\\(?:sum|prod|int|[dt]?binom|choose)(?![A-Za-z])|[∑∏∫]|[\]|]\s*(?:_|\^)|(?<![A-Za-z])(?:sum|prod|int)_"
    rf"|{PIECEWISE}"
    r"|(?<![A-Za-z\\.])(?:Sum|summation|Product|Integral|integrate|binomial|comb|nchoosek)\s*\("
)
_INDEX = re.compile(r"\\(?:sum|prod)\s*(?:\\limits\s*)?_\s*(?:\{\s*([A-Za-z])\s*[=}]|([A-Za-z]))")
_UNICODE = str.maketrans({"∑": r"\sum ", "∏": r"\prod ", "∫": r"\int "})


@dataclass(frozen=True)
class Operator:
    """kind: sum, product, integral, bracket, antiderivative, binomial or cases.  Its body in ``variable`` runs from
    ``low`` to ``high``; that of an antiderivative from 1 to the variable, and its value counts up to a constant.

    Of a binomial, ``body`` is the upper number and ``low`` the lower one.  ``letter`` stands for it in the text.
    ``sequences``: pairs of x_i, where i is the variable, and the letter that stands for all of x.
    ``cases``: pairs of a value and the condition under which it holds; the other fields mean nothing then.
    """

    kind: str
    letter: Term
    source: str
    body: Term
    variable: Term
    low: Term
    high: Term
    inner: tuple[Operator, ...] = ()
    sequences: tuple[tuple[Term, Term], ...] = ()
    cases: tuple[tuple[Term, Term], ...] = ()

    @property
    def endless(self) -> bool:
        """Whether an end at infinity is in it: its value is then known to some ten digits only."""
        ends = any(infinity() in (end, *end.args) for end in (self.low, self.high))
        return ends or any(o.endless for o in self.inner)

    @property
    def depth(self) -> int:
        """How many operators stand within each other in it."""
        return 1 + max((o.depth for o in self.inner), default=-1)

    def free(self) -> list[Term]:
        """The letters that its value depends on."""
        inside = [s for s in _plain(self.body, self.inner) if s is not self.variable]
        ends = [s for end in (self.low, self.high) for s in _plain(end, self.inner)]
        inside += [s for pair in self.cases for t in pair for s in _plain(t, self.inner)]
        within = [s for o in self.inner for s in o.free() if s is not self.variable]
        whole = dict(self.sequences)
        return list(dict.fromkeys(whole.get(s, s) for s in (*inside, *ends, *within)))

    def over_sequences(self) -> bool:
        """Whether it adds up elements of sequences, so that there is nothing to compute."""
        return bool(self.sequences) or any(o.over_sequences() for o in self.inner)

    def counting(self) -> set[Term]:
        """The letters in the limits of sums and products and in binomials, which are natural numbers."""
        limits = {s for t in (self.low, self.high) for s in symbols_of(t)} if self._counts() else set()
        own = limits | set(symbols_of(self.body)) if self.kind == "binomial" else limits
        return own.union(*(o.counting() for o in self.inner)) - {self.variable}

    def _counts(self) -> bool:
        return self.kind in ("sum", "product", "binomial")


def _plain(term: Term, inner: Sequence[Operator]) -> list[Term]:
    """The letters of a term that stand for no operator."""
    standing = {o.letter for o in inner}
    return [s for s in symbols_of(term) if s not in standing and s is not infinity()]


def has_operators(text: str) -> bool:
    """Whether anything in the text may be an operator: a quick look."""
    return bool(_ANY.search(text))


def operands(operators: Sequence[Operator]) -> list[Term]:
    """The letters that the values of these operators depend on."""
    return list(dict.fromkeys(s for o in operators for s in o.free()))


def in_tex(text: str) -> str:
    r"""Sum(i**2, (i, 1, n)) and sum_{i=1}^n as \sum, {n \choose k} and binomial(n, k) as \binom."""
    text = text.translate(_UNICODE)
    text = re.sub(r"(?<![A-Za-z\\])(sum|prod|int)(?=_)", r"\\\1", text)
    text = re.sub(r"\{([^{}]*)\\choose(?![A-Za-z])([^{}]*)\}", r"\\binom{\1}{\2}", text)
    if "(" not in text:
        return text
    for names, sign in (("Sum|summation", "sum"), ("Product", "prod")):
        text = call(text, rf"(?<![A-Za-z\\.])(?:{names})\s*\(", lambda a, s=sign: _counted(a, s))  # type: ignore[misc]
    text = call(text, r"(?<![A-Za-z\\.])(?:Integral|integrate)\s*\(", _integrated)
    return call(
        text, r"(?<![A-Za-z\\.])(?:binomial|comb|nchoosek)\s*\(",
        lambda a: rf"\binom{{{a[0]}}}{{{a[1]}}}" if len(a) == 2 else None,
    )  # fmt: skip


def _range(given: list[str]) -> list[str] | None:
    found = re.fullmatch(r"\((.*)\)", given[1], re.DOTALL) if len(given) == 2 else None
    ends = arguments(found[1]) if found else []
    return ends if len(ends) == 3 and all(ends) else None


def _counted(given: list[str], sign: str) -> str | None:
    ends = _range(given)
    return ends and rf"(\{sign}_{{{ends[0]}={ends[1]}}}^{{{ends[2]}}}({given[0]}))"  # type: ignore[return-value]


def _integrated(given: list[str]) -> str | None:
    ends = _range(given)
    return ends and rf"(\int_{{{ends[1]}}}^{{{ends[2]}}}({given[0]})\,d{ends[0]})"  # type: ignore[return-value]


def lifted(
    text: str,
    scope: Scope,
    start: int = 0,
    indefinite: bool = False,
    length: Term = N,
    matrices: bool = False,
    cases: bool = False,
) -> tuple[str, tuple[Operator, ...]]:
    r"""The text with a letter for every operator that can be read, and these operators in their order.

    ``start`` letters are taken already, by another text that this one is compared with.  ``indefinite``: also
    integrals without ends, in a text whose equations hold up to a constant.  ``length``: of the sequences in a sum
    that has no ends, \sum_j x_j.  ``matrices``: also sums of matrices, whose letters are matrices, too.
    ``cases``: also functions by cases, for a caller who asks ``outside_of_cases``.
    """
    if len(text) > LONGEST or "sigma_{9" in text:
        return text, ()
    written = text = in_tex(in_cases(text) if cases else text)
    found: dict[str, Operator] = {}
    limit = len(text)
    # i is the index and no imaginary unit, also in a sum that stands within the sum over i.
    indices = {a or b for a, b in _INDEX.findall(text)} - set(scope.symbols)
    scope = scope.having(*(symbol(name, 1, 1) for name in indices))
    for _ in range(MOST):
        span = last_span(text, limit)
        if span is None:
            break
        made = (
            None
            if span.kind == "antiderivative" and not indefinite
            else _read(span, scope.having(*_large(found)), found, FIRST + start + len(found) + 1, length)
        )
        if made is None or not (matrices or made.letter.is_scalar):
            limit = span.start  # it stays, and so does what would stand around it
            continue
        name = next((n for n, o in found.items() if _same(o, made)), made.letter.name)
        found.setdefault(name, made)
        text = f"{text[: span.start]}({_tex(name)}){span.rest}"
        limit = len(text)
    if cases:
        text = _cases_lifted(text, scope.having(*_large(found)), found, FIRST + start)
    if len({o.variable for o in found.values() if o.kind == "antiderivative"}) > 1:
        return lifted(written, scope, start, length=length)  # a substitution, and nothing says what u is
    # An operator in which another one stays is none that can be read.
    return text, tuple(o for n, o in found.items() if _tex(n) in text)


def _cases_lifted(text: str, scope: Scope, found: dict[str, Operator], taken: int) -> str:
    """The text with a letter for every function by cases; what stands in sums and integrals stays."""
    limit = len(text)
    for _ in range(MOST):
        cases = last_cases(text, limit)
        if cases is None:
            break
        limit = cases.start
        try:
            pairs = read_cases(cases, scope)
        except (ReadError, IllTyped):
            continue
        if not all(value.is_scalar for value, _ in pairs):
            continue
        letter = symbol(f"sigma_{taken + len(found) + 1}", 1, 1)
        letters = {s for pair in pairs for t in pair for s in symbols_of(t)}
        inner = tuple(o for o in found.values() if o.letter in letters)
        source, one = text[cases.start : cases.end], number(1)
        found[letter.name] = Operator("cases", letter, source, one, one, one, one, inner, (), pairs)
        text = f"{text[: cases.start]}({_tex(letter.name)}){text[cases.end :]}"
    return text


def _large(found: dict[str, Operator]) -> list[Term]:
    """The letters that the reader would not take for numbers unless it is told."""
    return [o.letter for o in found.values() if not o.letter.is_scalar]


def taken(operators: Sequence[Operator]) -> int:
    """How many letters these operators have taken; those within others count, too."""
    return max((int(o.letter.name.partition("_")[2]) - FIRST for o in operators), default=0)


def restored(text: str, operators: Sequence[Operator]) -> str:
    """The text with the operators as they were written."""
    for o in operators:
        text = text.replace(f"({_tex(o.letter.name)})", restored(o.source.strip(), o.inner))
    return text


def _tex(name: str) -> str:
    return rf"\sigma_{{{name.partition('_')[2]}}}"


def _same(one: Operator, two: Operator) -> bool:
    fields = ("kind", "body", "variable", "low", "high")
    return one.cases == two.cases and all(getattr(one, f) is getattr(two, f) for f in fields)


def _read(span: Span, scope: Scope, found: dict[str, Operator], index: int, length: Term) -> Operator | None:
    name = span.variable.lstrip("\\")
    if len(name) > 1 and not span.variable.startswith("\\"):
        return None
    try:
        low, high = (read_term(end, scope) if end else number(1) for end in (span.low, span.high))
        if span.kind == "bracket" and not name:
            body = read_term(span.body, scope)
            free = [s for s in symbols_of(body) if s.is_scalar and s.name not in scope.symbols]
            if len(free) != 1:
                return None
            variable = free[0]
        else:
            known = scope.symbols.get(name)
            variable = known if known is not None and known.is_scalar else symbol(name or "x", 1, 1)
            body = read_term(span.body, scope.having(variable) if name else scope)
    except (ReadError, IllTyped, ValueError):
        return None
    summed = span.kind == "sum" and bool(span.high) and infinity() not in (high, *high.args)
    if not (low.is_scalar and high.is_scalar and (body.is_scalar or summed)):
        return None
    high = variable if span.kind == "antiderivative" else high
    if span.open and body.head == "add" and any(variable not in symbols_of(a) for a in body.args):
        return None  # t + x^2 |_0^1: where does it begin?
    letters = {s for t in (body, low, high) for s in symbols_of(t)}
    inner = tuple(o for o in found.values() if o.letter in letters)
    indexed = dict.fromkeys((*symbols_of(body), *(s for o in inner for s in o.free())))
    wholes = {s: sequence_of(s, name, scope) for s in indexed if _under(name, s)}
    sequences = tuple((s, whole) for s, whole in wholes.items() if whole is not None)
    if len(sequences) < len(wholes) or any(_under(name, s) for t in (low, high) for s in symbols_of(t)):
        return None  # x_{ij} or an entry of a vector, and no letter of its own
    unbounded = span.kind in ("sum", "product") and not span.high
    if (unbounded and not sequences) or (sequences and span.kind not in ("sum", "product")):
        return None
    high = scope.symbols.get(length.name, length) if unbounded else high
    letter = symbol(f"sigma_{index}", *body.shape)
    return Operator(span.kind, letter, span.source, body, variable, low, high, inner, sequences)


def _under(index: str, letter: Term) -> bool:
    """Whether the index stands under a letter."""
    return bool(index) and index in letter.name.partition("_")[2]
