r"""Reading vectors by components and affine sets: what students write for a line of solutions.

    (4,0) + t(-2,1)      x_1 = 4 - 2s, x_2 = s      (4,0) + span{(-2,1)}      x + 2y = 4

All of them become an ``AffineSet``.  Expressions are read by ``lemmata.terms``; here is only what stands
between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from flint import acb_mat, fmpq_mat

from lemmata.grade.evaluate.sets import AffineSet, affine_set, solve_linear
from lemmata.grade.spelling.pieces import (
    IllTyped,
    clean,
    each_name,
    inner,
    read_any,
    read_term,
    split,
    top_level,
    unlabel,
)
from lemmata.grade.values import (
    NoValue,
    Value,
    agree,
    as_ball,
    enclosed,
    evaluate,
    rational,
    scalar,
)
from lemmata.kernel.term import Term, add, make, symbols_of
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import literal, neg
from lemmata.terms.scope import Scope

__all__ = ["FILLER", "SIZES", "WITHOUT_ZERO", "components", "linear_part", "named_components", "read_affine"]

STUDENT = Scope(student=True)
SIZES = re.compile(r"\\(?:left|right|middle|[bB]igg?[lrm]?)(?![a-zA-Z])\s*\.?")
# Multiples of a vector but for the zero vector: in a question for directions nobody means it.
WITHOUT_ZERO = re.compile(
    r"\s*(?:\\(?:setminus|backslash|smallsetminus)(?![A-Za-z])|∖|(?<=[RCℝℂ}])\s?\\)\s*\\?\{\s*0\s*\\?\}"
)
_NOT_ZERO = re.compile(r"\s*,\s*(?:\\[a-z]+|[a-z])\s*(?:\\neq?(?![A-Za-z])|≠|!=)\s*0(?=\s*(?:$|\\?\}))")
FILLER = re.compile(
    r"\\(?:text|mathrm|textrm)\s*\{\s*(?:for|for all|where|with|and|any|all|real|arbitrary|free|is)\s*\}"
    r"|\b(?:for all|for any|for|where|with|all|any|real numbers?|reals?"
    r"|(?:(?:is|are) )?(?:arbitrary|free)(?: (?:variables?|parameters?))?|parameters?)\b",
    re.IGNORECASE,
)


# --- components ------------------------------------------------------------------------------------


def components(text: str, scope: Scope) -> Term | None:
    """The vector that "x = 1, y = 2", "x = y = 1" or "x_1 = 1, x_2 = 2" gives, ordered by name; otherwise None."""
    pieces = [e for p in split(text, ",", ";", "and") if p for e in each_name(p)]
    if len(pieces) < 2:
        return None
    found: dict[str, Term] = {}
    for piece in pieces:
        sides = split(piece, "=")
        if len(sides) != 2 or not sides[0] or not sides[1]:
            return None
        name = read_term(sides[0], scope)
        if name.head != "symbol" or not name.is_scalar or name.name in found:
            return None
        value = read_term(sides[1], scope)
        if not value.is_scalar:  # v = w = (1, 2)
            return None
        found[name.name] = value
    indices = sorted(_natural(name)[1] for name in found if "_" in name)
    if (indices and indices != list(range(indices[0], indices[0] + len(found)))) or indices[:1] > [1]:
        raise ReadError.at(
            "components whose numbers do not follow each other", text, 0, "number them x_1, x_2, ..."
        )
    return literal([[found[name]] for name in sorted(found, key=_natural)])


def named_components(text: str, scope: Scope) -> dict[int, Term] | None:
    """The place (from 0) of every entry that "x = 2, y = -3" or "x_3 = 1" gives; None for other texts."""
    found: dict[int, Term] = {}
    text = re.sub(r"(?<!\\)\\[ ,;:!]|\\q?quad(?![A-Za-z])", " ", text)
    for piece in (e for p in split(text, ",", ";", "and") if p for e in each_name(p)):
        sides = split(piece, "=")
        named = re.fullmatch(r"([xyz])|[a-zA-Z]_\{?([1-9])\}?", sides[0].strip()) if len(sides) == 2 else None
        if named is None:
            return None
        place = int(named[2]) - 1 if named[2] else "xyz".index(named[1])
        if place in found:
            return None
        found[place] = read_term(sides[1], scope)
    return found


def _natural(name: str) -> tuple[str, int]:
    base, _, index = name.partition("_")
    return base, int(index) if index.isdigit() else 0


# --- affine sets -----------------------------------------------------------------------------------


@enclosed
def read_affine(text: str, n: int, span: bool = False) -> AffineSet | None:
    """The affine set in R^n that an answer describes, in whatever notation; None for the empty set.

    ``span``: a subspace was asked for, and a list of vectors stands for what they span.
    Raises ReadError for what cannot be read, IllTyped for shapes that do not fit.
    """
    text = SIZES.sub("", clean(text))
    if text.strip() in ("\\emptyset", "\\varnothing", "∅"):
        return None
    text = _NOT_ZERO.sub("", WITHOUT_ZERO.sub("", text)) if span else text
    vectors = _listed(text, n) if span else None
    if vectors is not None:
        return AffineSet(vectors[0] * 0, tuple(vectors))
    bare = " ".join(FILLER.sub(" , ", text).split()).strip(" .")
    body, conditions = _builder(bare)
    pieces = [p for p in split(body, ",", ";", "and", "\\\\") if p] + conditions
    pieces = [p for p in pieces if not _is_free(p)]
    if not pieces:
        raise ReadError.at("no set is described here", text, 0, "write a point plus multiples of a direction")
    if any(len(_relations(p)) for p in pieces):
        found = _from_equations(pieces, n, text)
        if found is not None:
            return found
    if len(pieces) > 1:
        raise ReadError.at("several things side by side", text, 0, "write one set, as in (1,0) + t(2,3)")
    return _from_expression(unlabel(pieces[0])[0], n, text)


def _listed(text: str, n: int) -> list[Value] | None:
    """The vectors of {u, v}, of u, v or of a single u, when all are columns of numbers; otherwise None."""
    text, named = _BASIS_OF.subn("", text)
    content = inner(text, "\\{", "\\}") or inner(text, "{", "}") or text
    try:
        terms = [read_any(p, STUDENT) for p in split(content, ",", ";", "and")]
    except (ReadError, IllTyped):
        return None
    if any(t.sort != "matrix" or symbols_of(t) for t in terms) or n == 1:
        return None
    # null(A) = [1 0; 0 1; 1 1]: MATLAB's basis has its vectors in the columns.
    if named and len(terms) == 1 and terms[0].shape[0] == n and terms[0].head == "literal":
        basis = evaluate(terms[0])
        return [_column(basis, j) for j in range(basis.ncols())]
    return [evaluate(t) for t in terms] if all(t.shape == (n, 1) for t in terms) else None


# The calls that return a basis, in front of one: null(A) = [1; -2; 1], \ker A = (1, -2, 1).
_BASIS_OF = re.compile(
    r"^\s*(?:\\(?:operatorname|mathrm|text)\s*\{\s*(?:null|Null|ker|Kern|orth|nullspace)\s*\}|\\?ker"
    r"|(?<![A-Za-z\\])(?:null|Null|Kern|Ker|orth|nullspace|null_space))\s*(?:\(\s*[A-Z]\s*\)|\s[A-Z])\s*=(?!=)\s*"
)


def _column(value: Value, j: int) -> Value:
    entries = [[value[i, j]] for i in range(value.nrows())]
    return fmpq_mat(entries) if rational(value) else acb_mat(entries)


def _builder(text: str) -> tuple[str, list[str]]:
    """{ ... : conditions } taken apart; a text without such braces is its own body."""
    body, _ = unlabel(text)
    content = inner(body, "\\{", "\\}")
    if content is None:
        content = inner(body, "{", "}")
    if content is None:
        return text, []
    head, *rest = split(content, ":", "|")
    if not rest:
        return body, []
    conditions = [p for r in rest for p in split(r, ",", ";", "and") if p]
    ambient = split(head, "in")
    head = ambient[0] if len(ambient) == 2 else head
    variables = read_any(head, STUDENT)
    atoms = variables.args if variables.head == "literal" else ()
    if variables.head == "symbol" or (
        atoms and all(a.head == "symbol" for a in atoms) and any(map(_relations, conditions))
    ):
        names = {a.name for a in atoms}
        used = {s.name for c in conditions if _relations(c) for s in _symbols(c)}
        if not names or used <= names:
            return ", ".join(c for c in conditions if not _is_free(c)) or head, []
    return head, conditions


def _symbols(text: str) -> list[Term]:
    return [s for side in split(text, "=") for s in symbols_of(read_any(side, STUDENT))]


def _relations(piece: str) -> list[str]:
    return [t.text for t, depth in top_level(piece) if depth == 0 and t.kind == "op" and t.text == "="]


def _is_free(piece: str) -> bool:
    r"""Whether a piece only says that parameters are real: "t \in R", "s, t in R", a parameter alone."""
    sides = split(piece, "in")
    if len(sides) == 2:
        return sides[1].strip("{} ") in ("R", "\\mathbb{R}", "\\mathbb R", "\\mathbb{R", "ℝ", "\\R", "reals")
    return bool(re.fullmatch(r"\s*(?:\\forall\s*)?\\?[A-Za-z]+(?:_\{?\w+\}?)?\s*", piece))


def _from_expression(text: str, n: int, whole: str) -> AffineSet | None:
    """Point plus parameters times directions, point + span{...}, a set of vectors, a vector."""
    tokens = top_level(text)
    for token, depth in tokens:
        spaces = ("span", "Span", "Null", "null", "ker", "Col", "Row")
        if depth == 0 and token.kind in ("name", "word", "fn") and token.text in spaces:
            before = (
                text[: token.start].rstrip().removesuffix("\\operatorname").rstrip().removesuffix("+").strip()
            )
            space = affine_set(read_any(text[token.start :], STUDENT))
            if not before:
                return _sized(space, n)
            base = _from_expression(before, n, whole)
            return base and _sized(AffineSet(base.point, (*base.directions, *space.directions)), n)
        if token.kind == "word" and token.value == "field" and token.text == "R":
            return _from_expression(f"{text[: token.start]} r_{{99}} {text[token.end :]}", n, whole)
    term = read_any(text, STUDENT)
    if term.head == "empty":
        return None
    if term.head in ("set", "span", "null", "col", "row", "perp"):
        if term.head == "set" and len(term.args) > 1:
            raise ReadError.at("a list of vectors", whole, 0, "write span{...} or a sum with parameters")
        return _sized(affine_set(term), n)
    if term.sort != "matrix":
        raise ReadError.at(f"a {term.sort}, where a set of points was expected", whole, 0)
    if term.shape == (1, n) and n > 1:
        term = make("adjoint", (term,))
    if term.shape != (n, 1):
        raise IllTyped(f"points with {n} coordinates were asked for")
    point, directions = linear_part(term, symbols_of(term))
    return AffineSet(point, tuple(directions))


def _sized(found: AffineSet, n: int) -> AffineSet:
    if found.dimension != n or any(d.nrows() != n for d in found.directions):
        raise IllTyped(f"vectors with {n} entries were asked for")
    return found


@enclosed
def linear_part(term: Term, letters: Sequence[Term]) -> tuple[Value, list[Value]]:
    """Value at 0 and coefficients of a term that is affine in these scalar letters.

    Raises NoValue when it is not affine (tried at two further points).
    """
    zero = {s: scalar(0) for s in letters}
    point = evaluate(term, zero)
    coefficients = [_sub(evaluate(term, {**zero, s: scalar(1)}), point) for s in letters]
    count = range(len(letters))
    for trial in ([Fraction(2 * i + 3, 2) for i in count], [Fraction(-((i + 2) ** 2), 3) for i in count]):
        at = {s: scalar(x) for s, x in zip(letters, trial, strict=True)}
        expected = point
        for c, x in zip(coefficients, trial, strict=True):
            expected = _plus(expected, c, x)
        if not agree(evaluate(term, at), expected):
            raise NoValue("this is not linear in its letters")
    return point, coefficients


def _sub(a: Value, b: Value) -> Value:
    return _plus(a, b, Fraction(-1))


def _plus(a: Value, b: Value, factor: Fraction) -> Value:
    q = scalar(factor)[0, 0]
    return a + b * q if rational(a) and rational(b) else as_ball(a) + as_ball(b * q)


def _from_equations(pieces: list[str], n: int, whole: str) -> AffineSet | None:
    """All solutions of equations in coordinates and parameters, seen in the coordinates alone.

    Coordinates are x_1, ..., x_n (any one letter), or x, y, z, or the left sides that are single
    letters.  None when no coordinates can be told, as in v = (1,0) + t(2,3).
    """
    equations = []
    for piece in pieces:
        sides = split(piece, "=")
        if len(sides) < 2:
            return None
        try:
            terms = [read_term(side, STUDENT) for side in sides]
        except (ReadError, IllTyped):
            if len(pieces) == 1:
                return None
            raise
        if any(t.shape != (1, 1) for t in terms):
            return None
        equations += [add(terms[0], neg(t)) for t in terms[1:]]
    letters = sorted({s for e in equations for s in symbols_of(e)}, key=lambda s: _natural(s.name))
    coordinates = _coordinates([s.name for s in letters], n)
    if coordinates is None:
        raise ReadError.at(
            "which letters are the coordinates is not clear", whole, 0, f"name them x_1, ..., x_{n}"
        )
    order = [*coordinates, *(s.name for s in letters if s.name not in coordinates)]
    by_name = {s.name: s for s in letters}
    rows, right = [], []
    for equation in equations:
        present = [by_name[name] for name in order if name in by_name]
        constant, coefficients = linear_part(equation, present)
        if not all(rational(v) for v in (constant, *coefficients)):
            raise NoValue("equations with irrational numbers")
        value = {s.name: c[0, 0] for s, c in zip(present, coefficients, strict=True)}
        rows.append([value.get(name, 0) for name in order])
        right.append([-constant[0, 0]])
    solutions = solve_linear(fmpq_mat(rows), fmpq_mat(right))
    if solutions is None:
        return None
    return AffineSet(_head(solutions.point, n), tuple(_head(d, n) for d in solutions.directions), True)


def _head(column: fmpq_mat, n: int) -> fmpq_mat:
    return fmpq_mat([[column[i, 0]] for i in range(n)])


def _coordinates(names: list[str], n: int) -> list[str] | None:
    """x_1, ..., x_n for some letter; x, y, z; or exactly n letters in alphabetical order."""
    bases = {name.partition("_")[0] for name in names if _natural(name)[1] in range(1, n + 1) and "_" in name}
    for base in sorted(bases, key=lambda b: ("xwvuy".find(b) if b in "xwvuy" else 9, b)):
        return [f"{base}_{i}" for i in range(1, n + 1)]
    usual = ["x", "y", "z"][:n]
    if n <= 3 and any(name in usual for name in names):
        return usual
    return sorted(names) if len(names) == n else None
