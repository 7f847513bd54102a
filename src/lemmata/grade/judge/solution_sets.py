r"""Affine sets, ranges, finite sets, and one option of several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lemmata.grade.evaluate.probe import Instance, instances, printed
from lemmata.grade.evaluate.sets import affine_set, relate_affine, relate_ranges
from lemmata.grade.exercise import Part
from lemmata.grade.judge.families import mark_families, read_families, speaks_of_integers
from lemmata.grade.judge.finite import as_pairs, elements, relate_finite
from lemmata.grade.judge.regions import difference
from lemmata.grade.judge.rounded_sets import relate_rounded
from lemmata.grade.marked import Wrong
from lemmata.grade.reading.affine import read_affine
from lemmata.grade.reading.answer import scope_of
from lemmata.grade.reading.conditions import Condition, read_condition
from lemmata.grade.spelling.pieces import IllTyped
from lemmata.grade.spelling.spoken_flats import THROUGH, points_listed
from lemmata.grade.values import NoValue
from lemmata.kernel.term import Term, make, substitute, subterms, symbols_of
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import infinity, relation

__all__ = ["mark_affine", "mark_choice", "mark_finite", "mark_interval"]


def mark_affine(part: Part, text: str, prove: bool) -> str:
    right = affine_set(part.answer)
    described, _, points = text.partition(THROUGH)
    found = read_affine(described, right.dimension, part.mode == "span")
    if found is None:
        raise Wrong("empty", "No point satisfies this.")
    for point in points_listed(points, right.dimension):
        given = read_affine(point, right.dimension)
        if given is None or relate_affine(replace(found, point=given.point), found)[0] != "same":
            raise Wrong("point-outside", f"The point {point} does not satisfy your equation.")
    name, feedback = relate_affine(found, right)
    if name != "same" and part.tolerance is not None and found.dimension == right.dimension:
        name, feedback = relate_rounded(found, right, part.tolerance) or (name, feedback)
        if name == "same":
            return "within tolerance"
    if name != "same":
        raise Wrong(name, feedback)
    return "exact"


def mark_interval(part: Part, text: str, prove: bool) -> str:
    letters = tuple(dict.fromkeys((*part.symbols, *symbols_of(part.answer))))
    defined = dict(part.aliases)
    known = (*letters, *(a for a in defined if a.head == "symbol"))
    try:
        condition = read_condition(text, known, (*symbols_of(part.answer), *defined))
    except ReadError:
        _no_range(part, text)
        raise
    condition = Condition(substitute(condition.term, defined), condition.variable) if defined else condition
    right = Condition(part.answer)
    unknown = [s for s in condition.letters() if s not in letters]
    if unknown:
        raise Wrong("unknown-letter", f"The letter {unknown[0].name} does not belong to the answer.")
    probes = instances(letters, part.given, 8)
    names = []
    for i in probes:
        try:
            name, feedback = relate_ranges(condition.solve(i.values), right.solve(i.values))
        except NoValue:
            _not_this_range(condition, part.answer, probes)
            raise
        names.append((name, feedback))
    wrong = next((n for n in names if n[0] != "same"), None)
    if wrong is None:
        return "exact" if not letters else f"exact on {len(probes)} instances"
    if any(n[0] != wrong[0] for n in names):
        raise Wrong("wrong-range", "The range is not the right one.")
    raise Wrong(*wrong)


def _not_this_range(condition: Condition, right: Term, probes: Sequence[Instance]) -> None:
    """Raises Wrong where a condition that is solved by no formula, |x| > 2 or x^2 > 4, fails at some point.

    Points refute it; that it holds at all of them would be no proof, and the caller says so.
    """
    letter = condition.variable
    if letter is None or not all(s.is_scalar for s in (*symbols_of(condition.term), *symbols_of(right))):
        return
    # sqrt(x) >= 0 says by its root that x is not negative.
    if not all(map(_everywhere, subterms(condition.term))):
        return
    ends = [
        relation("le" if closed else "lt", *sides)
        for end, closed, sides in (
            (right.args[0], right.value[0] == "[", (right.args[0], letter)),
            (right.args[1], right.value[1] == "]", (letter, right.args[1])),
        )
        if infinity() not in (end, *end.args)
    ]
    if not ends or letter in symbols_of(right):
        return
    region = ends[0] if len(ends) == 1 else make("and", tuple(ends))
    relations = [t for t in subterms(condition.term) if t.head in ("lt", "le", "gt", "ge")]
    found = difference(condition.term, region, [*relations, *ends], [letter], probes)
    if found is None:
        return
    point, inside = found
    value = printed(Instance(point.dims, {letter: point.values[letter]}))
    where = "belongs to your set and not to the right one" if inside else "is missing in your set"
    raise Wrong("wrong-range", f"The range is not the right one: {value} {where}.")


def _everywhere(term: Term) -> bool:
    """Whether this is no function but |.|, and no power but whole ones, so that it has real values at all points."""
    if term.head == "power":
        return term.args[1].head == "number" and bool(term.args[1].value.denominator == 1)
    return term.head != "call" or bool(term.value == "abs")


_ALL = re.compile(r"(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ|\\R)(?:\s*\^\s*\{?1\}?)?")


def _no_range(part: Part, text: str) -> None:
    """Raises Wrong where the answer is a set of another kind: \\{0, 1\\} for [0, 1], no number, all numbers."""
    if _ALL.fullmatch(text.strip()):
        raise Wrong("everything", "These are all numbers; a smaller range was expected.")
    if not re.search(r"\\?\{.*\}\s*$|\\emptyset|\\varnothing|∅", text, re.DOTALL):
        return
    try:
        found = elements(text, scope_of(part))
    except (ReadError, IllTyped):
        return
    known = (*part.symbols, *symbols_of(part.answer))
    if any(isinstance(e, list) or not e.is_scalar or set(symbols_of(e)) - set(known) for e in found):
        return
    if not found:
        raise Wrong("empty", "No number is in this set; a range was expected.")
    said = "This is a finite set of numbers; a range was expected."
    if set(found) == set(part.answer.args):
        said = "These are only the end points; the range has all numbers between them, too."
    raise Wrong("different", said)


def mark_finite(part: Part, text: str, prove: bool) -> str:
    if part.reference == "family":
        return mark_families(part, text)
    # Sets of sets are no terms: they are kept as they are written.
    right = elements(part.context, scope_of(part)) if part.context else part.answer.args
    sizes = {e.shape for e in right if isinstance(e, Term)}
    try:
        found = elements(as_pairs(text, sizes), scope_of(part))
    except ReadError as error:
        if "not solved" in error.message:
            raise Wrong("not-solved", "This is an equation; its solutions were asked for.") from None
        if speaks_of_integers(text) and _is_family(text):
            raise Wrong("different", "These are infinitely many numbers; the right set is finite.") from None
        raise
    letters = tuple(dict.fromkeys((*part.symbols, *(s for e in part.answer.args for s in symbols_of(e)))))
    if not any(symbols_of(e) for e in part.answer.args):
        letters = ()
    said = [s for e in found if isinstance(e, Term) for s in symbols_of(e)]
    if letters and (unknown := [s for s in said if s not in letters]):
        raise Wrong("unknown-letter", f"The letter {unknown[0].name} does not belong to the answer.")
    probes = instances(letters, part.given, 12) if letters else (Instance({}, {}),)
    for at in probes:
        name, feedback = relate_finite(found, right, part.mode == "multiset", part.tolerance, at)
        if name != "same":
            raise Wrong(name, feedback)
    return f"exact on {len(probes)} instances" if letters else "exact"


def _is_family(text: str) -> bool:
    try:
        return bool(read_families(text))
    except (ReadError, IllTyped, Wrong):
        return False


def mark_choice(part: Part, text: str, prove: bool) -> str:
    said = text.strip().strip("$*_. ").lower()
    right = int(part.answer.value)
    for n, option in enumerate(part.options):
        if said in (option.lower(), str(n + 1), f"({n + 1})"):
            chosen = n
            break
    else:
        starts = [n for n, o in enumerate(part.options) if re.match(rf"{re.escape(o.lower())}\b", said)]
        others = "|".join(re.escape(o.lower()) for n, o in enumerate(part.options) if n not in starts)
        torn = len(starts) == 1 and re.match(
            rf"{re.escape(part.options[starts[0]].lower())}\s*(?:and|or|/|,)\s*(?:{others})\b", said
        )
        if len(starts) != 1 or torn:
            raise ReadError(
                "none of the options, or more than one", text, suggestion=" or ".join(part.options)
            )
        chosen = starts[0]
    if chosen != right:
        raise Wrong("wrong-option", f"Not {part.options[chosen]!r}.")
    return "exact"
