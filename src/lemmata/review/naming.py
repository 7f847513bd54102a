r"""Letters that a display introduces: ``u \in Null(X)``, ``P := A^+ A``, ``w(t) := e^{-t A} w_0``.

>>> from lemmata.terms import Scope
>>> found = let(Piece("u", 0), "\\in", Piece("Null(X)", 6), Scope().declare("X", "m", "n"), set())
>>> found.scope.symbols["u"].shape, len(found.given)
(('n', 1), 1)

A letter that a display has introduced before begins a new life: ``fresh`` names it, and what was known of it
is forgotten.  A letter of the declarations stays what it is, and gets one more hypothesis.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lemmata.kernel.term import Term, symbol, symbols_of
from lemmata.review.judging import Known
from lemmata.review.reading import Piece, syntax_error, unreadable
from lemmata.review.sums import without_sums
from lemmata.terms.claims import Claims, read_claims
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import equation, relation
from lemmata.terms.grammar import Parser
from lemmata.terms.parse import parse_term
from lemmata.terms.scope import Scope

__all__ = ["Named", "define", "let", "names_something"]


@dataclass(frozen=True)
class Named:
    """The scope with the new letter, what defines it, what is known of it; or why it cannot be read.

    ``verdict`` is unread or rejected where there is a ``fault``, and claim where nothing new is named.
    """

    scope: Scope
    definitions: tuple[Term, ...] = ()
    given: tuple[Term, ...] = ()
    fault: str = ""
    verdict: str = "unread"
    fresh: str = ""


def _name(text: str, scope: Scope) -> tuple[str, str] | None:
    """The name and the rest of ``w(t)``, ``x_k``, ``P_{row}``, if the text is one."""
    try:
        parser = Parser(" ".join(text.split()), scope)
        name, _ = parser.bound()
    except (ReadError, IndexError):
        return None
    if parser.token.kind == "eof":
        return name, ""
    if not parser.is_op("("):
        return None
    rest = [token.text for token in parser.tokens[parser.i :] if token.kind != "eof"]
    plain = len(rest) == 3 or (len(rest) == 6 and rest[2] == "(" and rest[4:] == [")", ")"])  # L(w), L(w(t))
    return (name, rest[1]) if plain and rest[-1] == ")" else None


def names_something(text: str, scope: Scope) -> bool:
    """Whether a text is a name that nothing has yet."""
    found = _name(text, scope)
    return found is not None and found[0] not in scope.symbols and syntax_error(text, scope) is not None


def define(first: Piece, member: Piece, known: Known, document: str) -> Named:
    """first := member."""
    scope = known.scope
    found = _name(first.source, scope)
    if found is None:
        hint = "one name on the left side"
        return Named(scope, fault=unreadable("this cannot be defined", document, first.offset, hint))
    name, argument = found
    left, right = " ".join(first.source.split()), " ".join(member.source.split())
    declared = scope.symbols.get(name)
    if declared is not None and any(d.args[0] is declared for d in known.definitions):
        return Named(scope, verdict="claim")  # said again, it is a claim like any other
    if argument in scope.symbols and argument not in scope.variables():
        left = left.partition("(")[0]  # L(w) := … abbreviates an expression in w
    head = f"define {left} = "
    try:
        claims = _claimed(head, right, scope)
    except ReadError as error:
        inside = error.column - 1 - len(head)
        at = member.offset + inside if inside >= 0 else first.offset
        verdict = "unread" if syntax_error(right, scope) is not None or inside < 0 else "rejected"
        return Named(scope, fault=unreadable(error.message, document, at, error.suggestion), verdict=verdict)
    definition = claims.definitions[0]
    if declared is not None and not declared.value[4]:
        if declared in symbols_of(definition.args[1]):
            said = f"{name} stands on both sides"
            return Named(scope, fault=unreadable(said, document, first.offset))
        if any(declared in symbols_of(prop) for prop in (*known.given, *(f.prop for f in known.facts))):
            # Something is known of it: then this is one more hypothesis.
            return Named(claims.scope, given=(equation(*definition.args),))
    return Named(claims.scope, definitions=tuple(claims.definitions))


def _claimed(head: str, right: str, scope: Scope) -> Claims:
    """The definition as claim text; where the grammar refuses, with sums over entries written as products."""
    try:
        return read_claims(head + right, scope)
    except ReadError:
        plain = without_sums(right, scope)
        if plain == right:
            raise
        try:
            return read_claims(head + plain, scope)
        except ReadError:
            pass
        return read_claims(head + right, scope)


def let(first: Piece, sign: str, member: Piece, scope: Scope, local: set[str]) -> Named | None:
    r"""u \in S, x : R^n, k \in N, \lambda > 0 for a letter that is not declared, or was by a display."""
    found = _name(first.text, scope)
    if found is None or found[1] or sign not in ("\\in", "∈", ">", "\\ge", "\\geq", ">=", "≥", "="):
        return None
    name = found[0]
    known = name in scope.symbols
    if known and name not in local:
        return None
    if sign == "=":
        return None
    fresh = name if known else ""
    bare = replace(scope, symbols={k: v for k, v in scope.symbols.items() if k != name})
    right = " ".join(member.text.split())
    joint = {"\\in": ":", "∈": ":", "\\ge": ">=", "\\geq": ">=", "≥": ">="}.get(sign, sign)
    try:
        return Named(read_claims(f"let {first.text.strip()} {joint} {right}", bare).scope, fresh=fresh)
    except ReadError:
        pass
    try:
        place = parse_term(right, bare)
    except ReadError:
        return None
    if sign not in ("\\in", "∈") or place.sort not in ("space", "set"):
        return None
    made = symbol(name, *place.shape)
    return Named(bare.having(made), given=(relation("in", made, place),), fresh=fresh)
