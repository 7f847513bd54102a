r"""Claim text: declarations, hypotheses, definitions and claims, one item a line.

>>> claims = read_claims('''
... let A : R^{m x n}, y : R^m      # a comment
... assume rank(A) = n
... show A^+ y = (A^T A)^{-1} A^T y
... ''')
>>> sorted(claims.scope.symbols), len(claims.given), claims.shows[0].text, claims.shows[0].line
(['A', 'y'], 1, 'A^+ y = (A^T A)^{-1} A^T y', 4)

``define w(t) = …`` and ``define x_k = …`` make equations between a symbol and its value; an initial
value that nobody declared (``w_0``, ``x_0``) takes the shape of what is defined.  All declarations
are read first, then the definitions in their order, then the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lemmata.kernel.term import Term, symbol, symbols_of
from lemmata.terms.elaborate import infer_together
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import equation
from lemmata.terms.grammar import Parser
from lemmata.terms.parse import parse_located
from lemmata.terms.scope import Scope, variable_domain
from lemmata.terms.syntax import Pending

__all__ = ["Claims", "Shown", "read_claims"]


@dataclass(frozen=True)
class Shown:
    """One claim: the proposition, its source text, its line (from 1)."""

    prop: Term
    text: str
    line: int


@dataclass(frozen=True)
class Claims:
    """What a claim text says.  ``definitions`` are equations whose left side is a symbol."""

    scope: Scope
    given: tuple[Term, ...]
    definitions: tuple[Term, ...]
    shows: tuple[Shown, ...]


@dataclass(frozen=True)
class _Item:
    keyword: str
    body: str
    offset: int  # of the body in the whole text
    line: int


_KEYWORDS = {"let": "let", "assume": "assume", "given": "assume", "define": "define", "show": "show"}


def _items(text: str, semicolons: bool) -> Iterator[_Item]:
    start = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.split("#", 1)[0]
        at = start
        for part in _split(line) if semicolons else [line]:
            words = part.split(None, 1)
            if words:
                keyword = _KEYWORDS.get(words[0].rstrip(":").lower())
                first = at + part.index(words[0])
                if keyword is None:
                    hint = "begin the line with let, assume, define or show"
                    raise ReadError.at(f"a line cannot begin with {words[0][:30]!r}", text, first, hint)
                if len(words) == 1:
                    raise ReadError.at(f"nothing follows {words[0]}", text, first)
                body = words[1].rstrip()
                yield _Item(keyword, body, at + len(part.rstrip()) - len(body), number)
            at += len(part) + 1
        start += len(raw) + 1


def _split(line: str) -> list[str]:
    """Cut at every semicolon outside of brackets: [1 2; 3 4] stays whole."""
    parts, depth = [""], 0
    for c in line:
        depth += (c in "([{") - (c in ")]}")
        if c == ";" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += c
    return parts


def read_claims(text: str, scope: Scope | None = None, semicolons: bool = False) -> Claims:
    """Read a claim text, on top of the declarations in ``scope``.

    ``semicolons``: a ``;`` ends an item like a newline (for the command line), unless it
    stands in brackets.  Raises ReadError with the place in the whole text.
    """
    items = list(_items(text, semicolons))
    scope = scope or Scope()
    given: list[Term] = []
    definitions: list[Term] = []
    shows: list[Shown] = []
    for item in items:
        try:
            if item.keyword == "let":
                scope = _let(item.body, scope)
        except ReadError as error:
            raise error.inside(text, item.offset) from None
    for item in items:
        try:
            if item.keyword == "define":
                found, scope = _define(item.body, scope)
                definitions += found
        except ReadError as error:
            raise error.inside(text, item.offset) from None
    for item in items:
        try:
            if item.keyword in ("assume", "show"):
                located = parse_located(item.body, scope)
                if item.keyword == "assume":
                    given += [prop for prop, _, _ in located]
                else:
                    shows += [Shown(prop, item.body[a:b], item.line) for prop, a, b in located]
        except ReadError as error:
            raise error.inside(text, item.offset) from None
    return Claims(scope, tuple(given), tuple(definitions), tuple(shows))


def _let(body: str, scope: Scope) -> Scope:
    """let A, B : R^{m x n}, lambda : positive, mu > 0"""
    parser = Parser(body, scope)
    while True:
        names = [parser.bound()]
        while parser.take(","):
            names.append(parser.bound())
        if parser.is_op(">", ">="):
            domain = "positive" if parser.token.text == ">" else "nonnegative"
            parser.i += 1
            if parser.token.kind != "num" or parser.token.value != 0:
                raise parser.fail(
                    "only  > 0  and  >= 0  can be declared so", hint="let s : real  and  assume s > 1"
                )
            parser.i += 1
            declared: tuple[int | str, int | str, str, str] = (1, 1, domain, "")
        elif parser.take(":", "in"):
            if parser.token.text in ("dim", "dimension"):  # a size that no declared matrix has
                parser.i += 1
                scope = scope.having_dims(*(name for name, _ in names))
                if not parser.take(","):
                    break
                continue
            declared = parser.type()
        else:
            raise parser.fail("expected : and a type", hint=f"let {names[0][0]} : R^n")
        for name, token in names:
            scope = _declare(scope, name, declared, parser, token.start)
        if not parser.take(","):
            break
    parser.finish()
    return scope


_VARIABLES = {
    "time": ("time", "nonnegative", "positive"), "natural": ("natural",),
    "real": ("real", "time", "nonnegative", "positive"),
}  # fmt: skip
"""As what a variable of functions may be declared, by what it is when nobody declares it."""


def _declare(
    scope: Scope, name: str, kind: tuple[int | str, int | str, str, str], parser: Parser, start: int
) -> Scope:
    """One declaration, refused where the name already means something else."""

    def refuse(message: str, hint: str = "") -> ReadError:
        return ReadError.at(message, parser.text, start, hint)

    made = symbol(name, *kind)
    if name == "I":
        raise refuse("I is the identity", "another letter")
    if scope.symbols.get(name, made) is not made:
        raise refuse(f"{name} is declared twice")
    wider = scope.having(made)
    for dim in wider.dims:
        if dim in wider.symbols:
            raise refuse(f"{dim} is a dimension and a declared name", "another letter for one of them")
    # A letter may be a dimension and an index, as in W : R^{d x k} and x_k: in expressions it is the index.
    for variable in wider.variables():
        if variable in wider.symbols and wider.symbols[variable].shape != (1, 1):
            raise refuse(f"{variable} is the variable of a function and no scalar")
        usual, declared_as = variable_domain(variable), wider.symbols.get(variable, made).value[3]
        of_function = any(f.value[4] == variable for f in wider.symbols.values())
        if variable in wider.symbols and of_function and declared_as not in _VARIABLES[usual]:
            raise refuse(
                f"{variable} is the variable of a function, a {usual} and not {declared_as}",
                f"{variable} : {usual}",
            )
    return wider


def _define(body: str, scope: Scope) -> tuple[list[Term], Scope]:
    """define w(t) = …, x_k = …, u = (2, 0)"""
    parser = Parser(body, scope)
    found: list[Term] = []
    while True:
        start = parser.token
        name, _ = parser.bound()
        of = ""
        base, _, index = name.rpartition("_")
        declared = scope.symbols.get(base)
        if (
            name not in scope.symbols
            and base
            and (
                (declared is not None and declared.value[4] == index)
                or (declared is None and variable_domain(index) == "natural" and index.isalpha())
            )
        ):
            name, of = base, index
        elif parser.take("("):
            of = parser.bound()[0]
            parser.expect(")")
        if not parser.take("="):
            raise parser.fail("expected = and a value", hint=f"define {name} = …")
        known = scope.symbols.get(name)
        if known is not None and known.value[4] != of:
            raise ReadError.at(
                f"{name} is declared otherwise", body, start.start, f"let {name} : …({of or 't'})"
            )
        variable = {of: symbol(of, 1, 1, variable_domain(of))} if of and of not in scope.symbols else {}
        parser.scope = scope.having(*variable.values())
        initial = f"{name}_0"
        pending = Pending(initial, name, of if of and variable_domain(of) == "natural" else "")
        parser.pending = {} if initial in scope.symbols or not of or known is not None else {initial: pending}
        node = parser.expression(60)
        parser.pending = {}
        value = infer_together([node], body, known.shape if known is not None else None)[0]
        if value.sort != "matrix":
            raise ReadError.at(f"a {value.sort} cannot be named", body, node.start)
        if known is None:
            used = symbols_of(value)
            domain = "complex" if any(s.value[3] == "complex" for s in used) else "real"
            known = symbol(name, *value.shape, domain, of)
            if name in scope.dims:
                raise ReadError.at(f"{name} is a dimension", body, start.start, "another letter")
            scope = scope.having(
                known, *(s for s in used if s.name == initial and s.name not in scope.symbols)
            )
        found.append(equation(known, value))
        scope = scope if of else scope.abbreviating(known, value)
        parser.scope = scope
        if not parser.take(","):
            break
    parser.finish()
    return found, scope
