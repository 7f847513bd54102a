"""Variants: the same statement in other symbols, in which a proof may be simpler.

| variant | example |
|---|---|
| an equation solved for a symbol | ``mu s^2 = 1``: mu is 1/s^2 |
| a root as a symbol | ``sqrt(a)``: a is r^2 with r of the same sign |
| an exponent as a symbol | ``e^{-t s^2}`` with s > 0: t is x/s^2 |
| both halves of the real line | x is p and x is -p with p >= 0 |
| a gap as a symbol | ``a <= b``: b is a + d with d >= 0 |
| a logarithm as a symbol | ``log x``: x is e^y |
| zero apart | t >= 0: t is 0 and t > 0 |

Each variant is a list of statements that together imply the given one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from lemmata.kernel.judgement import Statement
from lemmata.kernel.term import ShapeError, Term, add, exp, inverse, mul, number, substitute, subterms, symbol
from lemmata.oracle.calculus import at_point
from lemmata.oracle.confirm import free_symbols
from lemmata.oracle.ratios import Poly, Ratio, Refused, factors, letters_of, monomials, polynomial
from lemmata.oracle.reading import Reader, poly_term, to_term
from lemmata.oracle.world import Again, Split, World
from lemmata.terms.forms import bound_symbols, power, relation

__all__ = ["quotient", "variants"]

Variant = tuple[str, list[Statement]]


def variants(statement: Statement, equations: bool = False) -> Iterator[Variant]:
    """The variants worth a try, cheapest first; ``equations``: only those that solve or split an equation."""
    first = (_solved, _factored)
    rest = (_roots, _exponents, _halves, _logarithms, _signs_of_factors, _gaps, _centred, _zeros)
    for make in first if equations else rest:
        for how, parts in make(statement):
            if parts:
                yield how, parts


def _replaced(statement: Statement, leaf: Term, by: Term, *more: Term) -> Statement | None:
    """The statement with a term for a free symbol; None where this could change its meaning."""
    props = (*statement.given, statement.show)
    nodes = {t for p in props for t in subterms(p)}
    bound = {s for t in nodes for s in bound_symbols(t)}
    # Where a symbol is bound, or differentiated in, another term in its place means something else.
    if any(t.head == "diff" for t in nodes) or bound & {leaf, *subterms(by)}:
        return None
    try:
        done = [substitute(p, {leaf: by}) for p in props]
    except ShapeError:
        return None
    return Statement((*more, *done[:-1]), done[-1])


def _domain(leaf: Term) -> str:
    return str(leaf.value[3]) if leaf.head == "symbol" else "natural"


def _conditions(leaf: Term, value: Term) -> list[Term]:
    """What the domain of the symbol says of its value."""
    match _domain(leaf):
        case "positive":
            return [relation("gt", value, number(0))]
        case "nonnegative" | "time":
            return [relation("ge", value, number(0))]
    return []


def _fresh(leaf: Term, statement: Statement, domain: str) -> Term:
    names = {t.name for p in (*statement.given, statement.show) for t in subterms(p) if t.head == "symbol"}
    name = leaf.name + "'"
    while name in names:
        name += "'"
    return symbol(name, 1, 1, domain)


def _symbols(statement: Statement) -> list[Term]:
    return [s for s in free_symbols(statement) if s.head == "symbol" and _domain(s) != "natural"]


class _Plain(World):
    """A world for reading where all is defined; what depends on a sign is refused."""

    def __init__(self, loosely: bool) -> None:
        super().__init__(seconds=1.0)
        self.loosely = loosely
        self.prove = lambda poly, relation: True

    def absolute(self, x: Ratio) -> Ratio:
        if not self.loosely:
            raise Split(x)
        return x

    def logarithm(self, x: Ratio, known: bool = False) -> Ratio:
        return self._log(x) if x.is_constant() else self._log_letter(x)

    def root(self, base: Ratio, degree: int, known: Callable[[Ratio], bool] | None = None) -> Ratio:
        if not base.den.is_constant():
            raise Split(base)
        return super().root(base, degree, known)


_TURNS = frozenset({"abs", "max", "min", "sign"})


def _difference(prop: Term, loosely: bool = False) -> tuple[World, Ratio] | None:
    """left - right of a relation, where both are defined; ``loosely``: with some sign for absolute values,
    which is good enough to find something to distinguish or to rename."""
    turns = any(
        t.head in ("norm", "limit") or (t.head == "call" and t.value in _TURNS) for t in subterms(prop)
    )
    if turns and not loosely:
        return None
    world = _Plain(loosely)
    reader = Reader(world)
    try:
        return world, reader.ratio(prop.args[0]) - reader.ratio(prop.args[1])
    except (Refused, Again, Split):
        return None


def quotient(a: Term, b: Term) -> Term | None:
    """a / b in lowest terms, wherever it is defined."""
    world = _Plain(loosely=False)
    reader = Reader(world)
    try:
        below = reader.ratio(b)
        return to_term(world, reader.ratio(a) / below) if below.num else None
    except (Refused, Again, Split, ShapeError):
        return None


def _solved(statement: Statement) -> Iterator[Variant]:
    for n, g in enumerate(statement.given):
        if g.head != "eq":
            continue
        read = _difference(g)
        if read is None:
            continue
        world, x = read
        rest = Statement((*statement.given[:n], *statement.given[n + 1 :]), statement.show)
        for i in sorted(letters_of(x.num), key=lambda i: len(monomials(_part(x, i, 1)))):
            letter = world.letters[i]
            if letter.kind != "symbol" or letter.natural or x.num.degrees()[i] != 1:
                continue
            if any(i in r.letters() for other in world.letters for r in other.of):
                continue
            try:
                value = mul(poly_term(world, -_part(x, i, 0)), inverse(poly_term(world, _part(x, i, 1))))
            except Refused:
                continue
            made = _replaced(rest, letter.key, value, *_conditions(letter.key, value))
            if made is not None:
                yield f"{letter.key.name} from an equation", [made]


def _factored(statement: Statement) -> Iterator[Variant]:
    for n, g in enumerate(statement.given):
        read = _difference(g) if g.head == "eq" else None
        if read is None:
            continue
        world, x = read
        try:
            parts = [poly_term(world, p) for p, _ in factors(x.num)[1]]
        except Refused:
            continue
        rest = (*statement.given[:n], *statement.given[n + 1 :])
        if 2 <= len(parts) <= 4:
            yield (
                "each factor of an equation",
                [Statement((relation("eq", p, number(0)), *rest), statement.show) for p in parts],
            )


def _signs_of_factors(statement: Statement) -> Iterator[Variant]:
    """Cases by the sign of a polynomial factor of the claim."""
    read = _difference(statement.show, loosely=True)
    if read is None:
        return
    world, x = read
    try:
        parts = [p for p, m in factors(x.num)[1] if m % 2]
    except Refused:
        return
    if len(parts) < 2:
        return
    for p in parts[:2]:
        if all(world.letters[i].kind == "symbol" for i in letters_of(p)) and len(monomials(p)) > 1:
            value = poly_term(world, p)
            cases = [relation(head, value, number(0)) for head in ("ge", "le")]
            if not any(c in statement.given for c in cases):
                yield "cases by a factor", [Statement((c, *statement.given), statement.show) for c in cases]
                return


def _centred(statement: Statement) -> Iterator[Variant]:
    """c + d and c - d for a symbol, where the two sides agree at the point c."""
    free = _symbols(statement)
    read = _difference(statement.show, loosely=True)
    if read is None or len(free) != 1:
        return
    world, x = read
    leaf = free[0]
    index = world.index_of(leaf)
    if index is None or all(world.letters[n].kind == "symbol" for n in letters_of(x.num)):
        return
    for c in (Fraction(1), Fraction(1, 2), Fraction(0), Fraction(-1), Fraction(2)):
        try:
            value = at_point(world, x, index, Ratio.of(c))
        except (Refused, Again, Split):
            continue
        if not world.is_zero(value.num) or (c <= 0 and _domain(leaf) != "real"):
            continue
        gap = _fresh(leaf, statement, "nonnegative")
        parts = []
        for shifted in (add(number(c), gap), add(number(c), mul(number(-1), gap))):
            parts.append(_replaced(statement, leaf, shifted, *_conditions(leaf, shifted)))
        if None not in parts:
            yield f"{leaf.name} on both sides of {c}", [p for p in parts if p is not None]
            return


def _part(x: Ratio, i: int, degree: int) -> Poly:
    return polynomial({(*e[:i], 0, *e[i + 1 :]): c for e, c in monomials(x.num) if e[i] == degree})


def _roots(statement: Statement) -> Iterator[Variant]:
    found: dict[Term, int] = {}
    for prop in (*statement.given, statement.show):
        for t in subterms(prop):
            degree = 0
            if t.head == "call" and t.value == "sqrt":
                degree = 2
            elif t.head == "power" and t.args[1].head == "number":
                degree = t.args[1].value.denominator
            if degree > 1:
                for s in _factors(t.args[0]):
                    if s.head == "symbol" and _domain(s) in ("positive", "nonnegative", "time"):
                        found[s] = max(found.get(s, 1), degree)
    free = _symbols(statement)
    made: Statement | None = statement
    for s, degree in found.items():
        if s in free and made is not None:
            made = _replaced(made, s, power(_fresh(s, made, _domain(s)), degree))
    if found and made is not None and made is not statement:
        yield "roots as symbols", [made]


def _factors(term: Term) -> list[Term]:
    if term.head == "mul":
        return [f for a in term.args for f in _factors(a)]
    if term.head in ("inverse", "power"):
        return _factors(term.args[0])
    return [term]


def _exponents(statement: Statement) -> Iterator[Variant]:
    read = _difference(statement.show, loosely=True)
    if read is None:
        return
    world, _ = read
    free = _symbols(statement)
    for letter in world.letters:
        if letter.kind not in ("exp", "sin", "log") or letter.of[0].den != 1:
            continue
        x = letter.of[0]
        terms = monomials(x.num)
        if len(terms) != 1 or len(letters_of(x.num)) < 2:
            continue
        inside = letters_of(x.num)
        if any(world.letters[i].kind != "symbol" for i in inside):
            continue
        for i in inside:
            key = world.letters[i].key
            others = [j for j in inside if j != i]
            if terms[0][0][i] != 1 or key not in free:
                continue
            if any(_domain(world.letters[j].key) != "positive" for j in others):
                continue
            new = _fresh(key, statement, _domain(key))
            below = mul(*[power(world.letters[j].key, terms[0][0][j]) for j in others])
            made = _replaced(statement, key, mul(new, inverse(below)))
            if made is not None:
                yield f"{new.name} for the exponent", [made]
            break


def _halves(statement: Statement) -> Iterator[Variant]:
    for s in _symbols(statement):
        if _domain(s) != "real":
            continue
        inside = any(
            t.head in ("exp", "call", "power") and s in set(subterms(t)) and
            not (t.head == "power" and t.args[1].head == "number" and t.args[1].value.denominator == 1)
            for p in (statement.show, *statement.given) for t in subterms(p)
        )  # fmt: skip
        if not inside:
            continue
        new = _fresh(s, statement, "nonnegative")
        parts = [_replaced(statement, s, v) for v in (new, mul(number(-1), new))]
        if None not in parts:
            yield f"{s.name} >= 0 and {s.name} <= 0", [p for p in parts if p is not None]


def _logarithms(statement: Statement) -> Iterator[Variant]:
    for s in _symbols(statement):
        if _domain(s) != "positive":
            continue
        logs = [t for t in subterms(statement.show) if t.head == "call" and t.value == "log"]
        if any(s in _factors(t.args[0]) for t in logs):
            new = _fresh(s, statement, "real")
            made = _replaced(statement, s, exp(new))
            if made is not None:
                yield f"{new.name} = log {s.name}", [made]


def _gaps(statement: Statement) -> Iterator[Variant]:
    for n, g in enumerate(statement.given):
        if g.head not in ("le", "lt", "ge", "gt"):
            continue
        read = _difference(g)
        if read is None:
            continue
        world, x = read
        x = -x if g.head in ("le", "lt") else x
        if x.den != 1:
            continue
        rest = Statement((*statement.given[:n], *statement.given[n + 1 :]), statement.show)
        for i in letters_of(x.num):
            letter = world.letters[i]
            lead = _part(x, i, 1)
            if letter.kind != "symbol" or letter.natural or x.num.degrees()[i] != 1:
                continue
            if not lead.is_constant() or not lead.leading_coefficient() > 0:
                continue
            if any(i in r.letters() for other in world.letters for r in other.of):
                continue
            strict = g.head in ("lt", "gt")
            gap = _fresh(letter.key, statement, "positive" if strict else "nonnegative")
            c = lead.leading_coefficient()
            try:
                base = poly_term(world, -_part(x, i, 0) / c)
            except Refused:
                continue
            value = add(base, gap)
            conditions = [] if _domain(letter.key) == "real" else _conditions(letter.key, value)
            made = _replaced(rest, letter.key, value, *conditions)
            if made is not None:
                yield f"{letter.key.name} by its gap", [made]


def _zeros(statement: Statement) -> Iterator[Variant]:
    for s in _symbols(statement):
        if _domain(s) in ("nonnegative", "time"):
            new = _fresh(s, statement, "positive")
            parts = [_replaced(statement, s, v) for v in (number(Fraction(0)), new)]
            if None not in parts:
                yield f"{s.name} = 0 apart", [p for p in parts if p is not None]
