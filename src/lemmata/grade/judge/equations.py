r"""Equations as answers: the same solutions count, not the same letters in the same places.

    y = 2x + 1        y - 1 = 2x, 2x - y + 1 = 0 are right; 2x + 1 lacks a side; y = 2x - 1 is wrong
    A^T A x = A^T b   A^T (b - A x) = 0 is right; x = (A^T A)^{-1} A^T b is not, A^T A may be singular
    x < 3             -x > -3 is right; x <= 3 is wrong, by 3

Scalar equations are decided by their factors (``polynomials``), those between matrices one letter at a time
(``linear_slices``), inequalities at points (``regions``), and what is left by zeros found numerically.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, permutations
from typing import Any

from lemmata.grade.evaluate.arithmetic import NoValue, TooLarge, Undefined, Value, agree
from lemmata.grade.evaluate.probe import Instance, instances, printed
from lemmata.grade.exercise import Part
from lemmata.grade.judge.constants import constant_not_fixed, renamed_constants
from lemmata.grade.judge.excluded_points import without_exclusions
from lemmata.grade.judge.linear_slices import multiples, slices_agree
from lemmata.grade.judge.polynomials import Zeros, zeros_of
from lemmata.grade.judge.regions import difference
from lemmata.grade.judge.roots import same_roots
from lemmata.grade.marked import Wrong
from lemmata.grade.reading.answer import counterexample
from lemmata.grade.reading.relations import RELATIONS, atoms_of, plain_letters, read_relations
from lemmata.grade.spelling.equations_joined import equations_joined
from lemmata.grade.spelling.general_functions import at_its_point, gradients_as_letters
from lemmata.kernel.term import ShapeError, Term, add, make, mul, substitute, subterms, symbols_of
from lemmata.terms.forms import neg, relation

__all__ = ["mark_equation"]

MOST_PARTS = 5


def mark_equation(part: Part, text: str, prove: bool) -> str:
    """How the equality of the equations is known.  Raises Wrong, ReadError, IllTyped, NoValue.

    Of equations that are said to be equivalent each has to be right.
    """
    *others, text = equations_joined(text)
    for other in others:
        mark_equation(part, other, prove)
    right = plain_letters(part.answer)
    defined = dict(part.aliases)
    text = at_its_point(text, part.context) if "\\nabla" in text else text
    text = without_exclusions(right, text)
    found = read_relations(text, (*part.symbols, *(a for a in defined if a.head == "symbol")), part.context)
    found = substitute(found, defined) if defined else found
    letters = _letters(part, right, found)
    if found.sort != "prop":
        raise _no_relation(part, right, found, letters)
    one, two = atoms_of(right), atoms_of(found)
    if any(a.head not in RELATIONS for a in two):
        raise NoValue(f"a statement with {next(a.head for a in two if a.head not in RELATIONS)}")
    known, said = set(symbols_of(right)), set(symbols_of(found))
    strange = [s for s in said if s not in letters_of_question(part, right)]
    if strange and (renamed := _with_its_constants(part, right, found, strange)) is not None:
        found, strange = renamed, []
    if strange:
        _constants_left(part, right, found, strange, letters)
        names = ", ".join(sorted(s.name for s in known))
        raise Wrong(
            "unknown-letter",
            f"The letter {strange[0].name} does not occur in the equation; its letters are {names}.",
        )
    if any(s.name.endswith("'") for s in known) and not any(s.name.endswith("'") for s in said):
        raise Wrong(
            "no-derivative",
            "There is no derivative in your equation; the differential equation was asked for.",
        )
    if all(a.head == "eq" for a in one) and all(a.head == "eq" for a in two):
        plain = [gradients_as_letters(t) for t in (right, found)]
        if not any(t.head == "grad" for p in plain for t in subterms(p)):
            right, found = plain
        return _equal(part, right, found, _letters(part, right, found))
    kinds = {a.head == "eq" for a in one}, {a.head == "eq" for a in two}
    if kinds[0] != kinds[1] and len(one) == len(two) == 1:
        raise Wrong("relation", f"The relation is not the right one: {_words(one[0].head)} was expected.")
    return _same_region(part, right, found, letters)


def _constants_left(
    part: Part, right: Term, found: Term, strange: Sequence[Term], letters: tuple[Term, ...]
) -> None:
    """y = C e^{3x} for y = 2 e^{3x}: the same left side, and a right side with constants."""
    if right.head == found.head == "eq" and right.args[0] is found.args[0] and right.args[0].head == "symbol":
        question = replace(part, kind="expression", answer=right.args[1], given=())
        constant_not_fixed(question, found.args[1], strange, [s for s in letters if s not in strange])


def _with_its_constants(part: Part, right: Term, found: Term, strange: Sequence[Term]) -> Term | None:
    """y = A e^{3x} for y = C e^{3x}, with the C of the right answer."""
    if not right.head == found.head == "eq" or right.args[0] is not found.args[0]:
        return None
    question = replace(part, kind="expression", answer=right.args[1], given=())
    renamed = renamed_constants(question, found.args[1], strange)
    return None if renamed is None else make("eq", (found.args[0], renamed))


def letters_of_question(part: Part, right: Term) -> set[Term]:
    """The letters that an equation may use, derivatives and initial values as letters of their own."""
    declared = {plain_letters(s) for s in part.symbols}
    return declared | set(symbols_of(right))


def _words(head: str) -> str:
    return {"eq": "an equation", "lt": "<", "gt": ">", "le": "<= (less or equal)", "ge": ">= (at least)"}.get(
        head, head
    )


def _letters(part: Part, *terms: Term) -> tuple[Term, ...]:
    found = {**dict.fromkeys(plain_letters(s) for s in part.symbols)}
    for t in terms:
        found.update(dict.fromkeys(symbols_of(t)))
    return tuple(found)


def _residual(atom: Term) -> Term:
    left, right = atom.args
    return add(left, neg(right))


def _probes(part: Part, letters: tuple[Term, ...], count: int = 16) -> tuple[Instance, ...]:
    return instances(letters, tuple(plain_letters(g) for g in part.given), count)


# --- no relation sign ------------------------------------------------------------------------------


def _no_relation(part: Part, right: Term, found: Term, letters: tuple[Term, ...]) -> Wrong:
    """2x + 1 for y = 2x + 1, x + y + z for x + y + z = 0."""
    if right.head in RELATIONS and found.sort == "matrix" and right.args[0].sort == "matrix":
        probes = _probes(part, letters)
        for side, what in (
            (_residual(right), "= 0"),
            (right.args[1], "the other side"),
            (right.args[0], "the other side"),
        ):
            if side.shape != found.shape or not symbols_of(side):
                continue
            try:
                if multiples([p.value(side) for p in probes], [p.value(found) for p in probes]):
                    sign = "an equation has two sides" if right.head == "eq" else "a condition has two sides"
                    return Wrong(
                        "no-right-hand-side", f"This is one side only, and {sign}: {what} is missing."
                    )
            except NoValue:
                continue
    return Wrong("no-equation", "This is an expression; an equation was asked for.")


# --- equations ---------------------------------------------------------------------------------------


def _equal(part: Part, right: Term, found: Term, letters: tuple[Term, ...]) -> str:
    one, two = _factored(right), _factored(found)
    if len(one) == len(two) == 1:
        evidence = _same(part, one[0], two[0], letters)
        if evidence:
            return evidence
        raise _different(part, one[0], two[0], letters)
    return _same_system(part, one, two, letters)


def _factored(prop: Term) -> list[Term]:
    """Residuals of a system; alternatives (x = 2 or x = -2) become one product."""
    if prop.head == "or":
        sides = [_factored(p) for p in prop.args]
        if any(len(s) != 1 or not s[0].is_scalar for s in sides):
            raise NoValue("alternatives of systems")
        return [mul(*(s[0] for s in sides))]
    if prop.head == "and":
        return [r for p in prop.args for r in _factored(p)]
    return [_residual(prop)]


def _same(part: Part, one: Term, two: Term, letters: tuple[Term, ...]) -> str:
    """How the equivalence of two single equations is known, or an empty string."""
    if one.is_scalar and two.is_scalar and all(s.is_scalar for s in letters):
        a, b = zeros_of([one, two])
        if a.same_as(b):
            return "exact"
        if not (a.opaque or b.opaque) and not part.given:
            return ""
        return "zeros" if same_roots(one, two, letters, _probes(part, letters, 4)) else ""
    probes = _probes(part, letters)
    values = [_values(r, probes) for r in (one, two)]
    if one.shape == two.shape and multiples(*values):
        return f"exact on {len(probes)} instances"
    if one.shape == two.shape[::-1] and multiples(values[0], [v.transpose() for v in values[1]]):
        return f"exact on {len(probes)} instances"
    return f"exact on {len(probes)} instances" if _slices([one], [two], letters, probes) else ""


def _values(residual: Term, probes: Sequence[Instance]) -> list[Value]:
    found = []
    for p in probes:
        try:
            found.append(p.value(residual))
        except Undefined as error:
            raise Wrong(
                "undefined", f"For the values shown your equation has no meaning: {error}.", printed(p)
            ) from None
    return found


def _slices(
    one: Sequence[Term], two: Sequence[Term], letters: Sequence[Term], probes: Sequence[Instance]
) -> bool:
    """Whether the systems have the same solutions in every letter in which both are affine, and some do."""
    met = False
    for letter in letters:
        if not all(any(letter in symbols_of(r) for r in side) for side in (one, two)):
            continue
        found = slices_agree(one, two, letter, probes)
        if found is None:
            continue
        if found[1] is not None:
            return False
        met = met or found[0]
    return met


def _same_system(part: Part, one: list[Term], two: list[Term], letters: tuple[Term, ...]) -> str:
    probes = _probes(part, letters)
    joint = _joint(one, two, letters, probes)
    if joint is not None:
        if joint:
            return f"exact on {len(probes)} instances"
        if len(two) < len(one) and _each_has(part, two, one, letters):
            raise Wrong("equation-missing", f"{len(two)} of {len(one)} equations: something is missing.")
        raise Wrong("different", "This system does not have the same solutions.")
    if max(len(one), len(two)) > MOST_PARTS:
        raise NoValue("a long system of equations that are not linear")
    if len(one) == len(two):
        table = [[bool(_same(part, a, b, letters)) for b in two] for a in one]
        if any(all(table[i][j] for i, j in enumerate(order)) for order in permutations(range(len(two)))):
            return "exact"
    if len(two) < len(one) and _each_has(part, two, one, letters):
        raise Wrong("equation-missing", f"{len(two)} of {len(one)} equations: something is missing.")
    right = sum(any(_same(part, a, b, letters) for a in one) for b in two)
    if right and len(two) == len(one):
        raise Wrong("equation-wrong", f"{right} of {len(one)} equations are right.")
    raise Wrong("different", "This system does not have the same solutions.")


def _each_has(part: Part, few: list[Term], many: list[Term], letters: tuple[Term, ...]) -> bool:
    return all(any(_same(part, a, b, letters) for a in many) for b in few)


def _joint(
    one: list[Term], two: list[Term], letters: Sequence[Term], probes: Sequence[Instance]
) -> bool | None:
    """Systems that are affine in all scalar letters at once, by elimination; None for others."""
    from lemmata.kernel.term import symbol
    from lemmata.terms.forms import literal

    scalars = [s for s in letters if s.is_scalar and any(s in symbols_of(r) for r in (*one, *two))]
    if not scalars or any(not r.is_scalar for r in (*one, *two)) or len(scalars) > 9:
        return None
    whole = symbol("all_letters", len(scalars), 1)
    # The vector of all letters as one letter: its entries are picked by unit rows.
    picks = {
        s: mul(literal([[_unit(i == j) for j in range(len(scalars))]]), whole) for i, s in enumerate(scalars)
    }
    first = probes[0]
    start = instances((whole,), (), 2)[0].values[whole]
    probe = Instance(first.dims, {**first.values, whole: start})
    found = slices_agree(
        [substitute(r, picks) for r in one], [substitute(r, picks) for r in two], whole, [probe]
    )
    if found is None:
        return None
    return found[1] is None and found[0]


def _unit(yes: bool) -> Term:
    from lemmata.kernel.term import number

    return number(int(yes))


# --- what is wrong ---------------------------------------------------------------------------------


def _different(part: Part, one: Term, two: Term, letters: tuple[Term, ...]) -> Wrong:
    if one.shape != two.shape and one.shape != two.shape[::-1]:
        rows, cols = one.shape
        return Wrong("wrong-shape", f"Both sides of the equation should be {rows} x {cols}.")
    if one.is_scalar and all(s.is_scalar for s in letters):
        a, b = zeros_of([one, two])
        named = _by_factors(a, b, len(symbols_of(one)))
        if named is not None:
            return named
    for name, why, other in _slips(two):
        try:
            if _same(part, one, other, letters):
                return Wrong(name, why)
        except (NoValue, ShapeError, Wrong):
            continue
    return Wrong(
        "different", "This equation does not have the same solutions.", _witness(part, one, two, letters)
    )


def _by_factors(a: Zeros, b: Zeros, letters: int) -> Wrong | None:
    if a.opaque or b.opaque:
        return None
    if b.trivial:
        return Wrong("tautology", "This holds for all values: it says nothing.")
    if b.factors and b.factors < a.factors:
        if letters > 1:
            # xy = 0 is two lines, and one of them is half of the answer; x = 2 is no equation like x^2 = 4.
            return Wrong("component-only", "This is a part of the solutions only: a factor is lost.")
        return Wrong("solution-lost", "Every solution of your equation is one, but solutions are lost.")
    if a.factors and a.factors < b.factors:
        return Wrong("solution-added", "Your equation has all the solutions, and others as well.")
    if not b.factors and a.factors:
        return Wrong("no-solution", "No real number satisfies your equation.")
    return None


def _slips(residual: Term) -> list[tuple[str, str, Term]]:
    """One summand with its sign turned: the usual slip when sides are swapped."""
    if residual.head != "add":
        return []
    terms: list[Term] = []
    for t in residual.args:
        if t.head == "mul" and t.args[-1].head == "add":  # A^T (A x - b): its summands have A^T in front
            terms += [mul(*t.args[:-1], x) for x in t.args[-1].args]
        else:
            terms += t.args if t.head == "add" else [t]
    if not 2 <= len(terms) <= 6:
        return []
    return [
        ("sign", "A sign is wrong.", add(*(neg(t) if i == k else t for i, t in enumerate(terms))))
        for k in range(len(terms))
    ]


def _witness(part: Part, one: Term, two: Term, letters: tuple[Term, ...]) -> dict[str, Any] | None:
    """An instance on which the difference of the sides is zero for one equation only, where one is met."""
    try:
        for p in _probes(part, letters, 40):
            a, b = p.value(one), p.value(two)
            if agree(a, a * 0) != agree(b, b * 0):
                return counterexample(p, b, a)
    except (NoValue, ShapeError, TooLarge):
        pass
    return None


def _some_of(union: Term) -> list[Term]:
    """The unions of some of its parts, but not of all of them."""
    parts = union.args if len(union.args) <= 4 else union.args[:0]
    kept = [some for n in range(1, len(parts)) for some in combinations(parts, n)]
    return [some[0] if len(some) == 1 else make("or", some) for some in kept]


def _same_region(part: Part, right: Term, found: Term, letters: tuple[Term, ...]) -> str:
    probes = _probes(part, letters, 6)
    relations = [*atoms_of(right), *atoms_of(found)]
    if any(not a.args[0].is_scalar for a in relations):
        raise NoValue("an order of matrices")
    met = difference(right, found, relations, letters, probes)
    if met is None:
        return f"the same at all points of {len(probes)} instances"
    if right.head == "or" and any(
        difference(part_of, found, relations, letters, probes) is None for part_of in _some_of(right)
    ):
        raise Wrong("part-missing", "This is right, but a part of the set is missing.", printed(met[0]))
    point, expected = met
    shown = printed(point)
    strict = {"lt": "le", "le": "lt", "gt": "ge", "ge": "gt"}
    if found.head in strict:
        swapped = relation(strict[found.head], *found.args)
        turned = relation({"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}[found.head], *found.args)
        if difference(right, swapped, relations, letters, probes) is None:
            raise Wrong("end-point", "Only the end is wrong: it belongs to the range or not.", shown)
        if difference(right, turned, relations, letters, probes) is None:
            raise Wrong("relation-turned", "The inequality points the wrong way.", shown)
    what = "should be allowed and is not" if expected else "is allowed and should not be"
    raise Wrong("different", f"The point shown {what}.", shown)
