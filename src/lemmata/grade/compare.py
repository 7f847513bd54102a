"""A pair of texts, reference and submission, marked without an exercise around them.

>>> compare_record({"kind": "matrix", "reference": "[1 2; 3 4]", "submission": "[1 3; 2 4]"})["diagnosis"]
'transposed'

A record names a ``kind`` (number, vector, matrix, expression, limit, set) and may have ``mode`` (form,
direction, span, affine), ``tolerance`` and ``given`` (declarations and hypotheses as claim text).  A kind
that is not known here has the verdict "unsupported"; a reference that cannot be read is an error in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from lemmata.grade.exercise import Part
from lemmata.grade.judge.families import read_families, speaks_of_integers
from lemmata.grade.judge.finite import elements, improper
from lemmata.grade.judge.special_cases import explained
from lemmata.grade.mark import Marked, mark
from lemmata.grade.marked import Wrong
from lemmata.grade.reading.affine import SIZES, read_affine
from lemmata.grade.reading.conditions import read_condition
from lemmata.grade.reading.operators import has_operators, lifted
from lemmata.grade.reading.relations import read_relations
from lemmata.grade.reading.unions import as_condition, is_range, is_union, of_letter, zero_space
from lemmata.grade.spelling.asked_quantity import asked_quantity
from lemmata.grade.spelling.domain_words import domain_in_signs
from lemmata.grade.spelling.habits import spelled
from lemmata.grade.spelling.latex_packages import without_packages
from lemmata.grade.spelling.libraries import finite_sums
from lemmata.grade.spelling.named_order import in_named_order
from lemmata.grade.spelling.numerals import decimal_points, has_degrees, in_radians
from lemmata.grade.spelling.one_notation import in_one_notation
from lemmata.grade.spelling.other_names import in_usual_names
from lemmata.grade.spelling.pieces import IllTyped, clean, read_any, unlabel
from lemmata.grade.spelling.printed_sets import has_interval, printed_sets
from lemmata.grade.spelling.wording import every_number
from lemmata.grade.values import NoValue, as_term, value_of_rows
from lemmata.kernel.term import Shape, Term, make, substitute
from lemmata.terms.claims import read_claims
from lemmata.terms.errors import ReadError
from lemmata.terms.scope import Scope

__all__ = ["compare_record", "part_of_record"]


def compare_record(record: Mapping[str, Any], prove: bool = False) -> dict[str, Any]:
    """verdict, diagnosis, feedback, counterexample, evidence for one record; never raises on its texts."""
    rows = record.get("kind") == "derivation"
    record = {**record, "submission": in_one_notation(str(record.get("submission", "")), rows)}
    try:
        part = part_of_record(record)
    except (ReadError, IllTyped, NoValue, Wrong, KeyError) as error:
        return {"verdict": "unsupported", "why": f"the reference cannot be read: {error}"}
    if part is None:
        return {
            "verdict": "unsupported",
            "why": f"answers of kind {record.get('kind')!r} are not compared here",
        }
    text = str(record.get("submission", ""))
    text = printed_sets(domain_in_signs(text), part.kind != "finite") if record["kind"] == "set" else text
    if part.kind == "vector":
        text = in_named_order(text, str(record.get("question") or ""))
    if part.kind in ("number", "finite"):
        text = asked_quantity(text, str(record.get("question") or ""))
    bare = part.kind == "number" and re.fullmatch(r"[-+−]?\d+(?:[.,]\d+)?", text.strip())
    if bare and has_degrees(str(record["reference"])):
        text += "°"
    if part.kind == "affine" and part.mode == "span" and len(part.answer.args) == 1:
        text = _zero_of_size(text, part.answer.args[0].shape[0])
    marked: Marked = explained(part, text, mark(part, text, prove))
    if part.kind == "finite" and marked.verdict == "malformed" and _has_ranges(text):
        said = "This is a range of numbers; the right answer is a finite set."
        marked = Marked("incorrect", Fraction(0), part.marks, said, "different")
    found = marked.to_json()
    del found["marks"], found["out_of"]
    return found


def _has_ranges(text: str) -> bool:
    """Whether the text is a range, all numbers, or a union with an interval in it; what breaks off is none."""
    if _BREAKS_OFF.search(text) or text.count("{") != text.count("}"):
        return False
    if is_range(text) or every_number(text) or has_interval(text):
        return True
    left_out = re.match(r"\s*(?:\\mathbb\s*\{?\s*R|ℝ)", text)
    return is_union(text) and ("<" in (as_condition(text, "x") or "") or left_out is not None)


# x >, {x : x < }
_BREAKS_OFF = re.compile(
    r"(?:[<>=≤≥≠∈|:]|\\(?:[lg][et]q?|neq?|in|mid|cup|cap|setminus)(?![A-Za-z]))[\s$]*(?:\\?\}[\s$]*)?$"
)


def _zero_of_size(text: str, size: object) -> str:
    """{0} as the set of the zero vector with that many entries."""
    return "{(" + ", ".join("0" * int(str(size))) + ")}" if zero_space(text) == 1 else text


def part_of_record(record: Mapping[str, Any]) -> Part | None:
    """The part whose answer is the reference; None for a kind that is not known here."""
    kind, submission = str(record["kind"]), without_packages(str(record.get("submission", ""))[:2000])
    submission = printed_sets(domain_in_signs(submission)) if kind == "set" else submission
    # Only these look at the answer to know how the reference is meant.
    looked_at = kind == "equation" or (
        kind == "set" and (is_union(submission) or zero_space(submission) is not None)
    )
    context = submission if looked_at else ""
    texts = (record.get(k) for k in ("mode", "given", "tolerance", "relation"))
    return _part(
        kind,
        without_packages(in_one_notation(str(record["reference"]), kind == "derivation")),
        context,
        *("" if t is None else str(t) for t in texts),
    )


@lru_cache(maxsize=512)
def _part(
    kind: str, reference: str, submission: str, mode: str, declared: str, tolerance: str, joined: str
) -> Part | None:
    """Cached: a class gives many answers to one question."""
    if kind == "derivation":
        return Part(
            "",
            "",
            "derivation",
            make("empty"),
            mode=mode,
            context=declared,
            relation=joined,
            reference=reference,
        )
    scope, given, defined = _given(declared)
    part = _plain_part(kind, reference, submission, mode, tolerance, scope, given)
    if part is None or not defined:
        return part
    return replace(
        part,
        answer=substitute(part.answer, defined),
        symbols=tuple(s for s in part.symbols if s not in defined),
        aliases=tuple(defined.items()),
    )


def _plain_part(
    kind: str,
    reference: str,
    submission: str,
    mode: str,
    tolerance: str,
    scope: Scope,
    given: tuple[Term, ...],
) -> Part | None:
    """The part as it is written, the letters that are defined still in it."""
    options: dict[str, Any] = {
        "symbols": tuple(scope.symbols.values()), "given": given,
        "tolerance": Fraction(tolerance) if tolerance else None,
    }  # fmt: skip
    reference = in_usual_names(reference, scope.symbols)
    if kind == "equation":
        answer = read_relations(reference, options["symbols"], submission)
        return Part("", "", "equation", answer, context=reference, **options)
    if kind == "set":
        return _set_part(reference, mode, options, submission)
    names = {
        "number": "number",
        "vector": "vector",
        "matrix": "matrix",
        "expression": "expression",
        "limit": "expression",
    }
    if kind not in names:
        return None
    if kind == "limit" and (special := improper(reference)) is not None:
        return Part("", "", "expression", special, reference="limit", **options)
    points = decimal_points(in_radians(reference, None, kind), "number" if kind == "number" else kind)
    text = clean(finite_sums(spelled(points, kind)))
    if kind in ("number", "expression", "limit") and has_operators(text):
        text, options["operators"] = lifted(text, scope.lenient(), matrices=True, cases=True)
        scope = scope.having(*(o.letter for o in options["operators"] if not o.letter.is_scalar))
    try:
        answer = read_any(text, scope.lenient(), _only_square(options["symbols"]))
    except (ReadError, IllTyped):
        if "=" not in text:
            raise
        answer = read_any(unlabel(text)[0], scope.lenient())
    if answer.sort == "prop" and "=" in text:  # x = 3 for the number 3
        answer = read_any(unlabel(text)[0], scope.lenient())
    if answer.sort != "matrix":
        return None
    return Part("", "", names[kind], answer, mode="" if mode == "matrix_expr" else mode,
                reference="limit" if kind == "limit" else "", **options)  # fmt: skip


def _only_square(symbols: Sequence[Term]) -> Shape | None:
    """The shape that an I alone has: that of the declared square matrices, where they have one."""
    shapes = {s.shape for s in symbols if not s.is_scalar and s.shape[0] == s.shape[1]}
    return shapes.pop() if len(shapes) == 1 else None


def _given(text: str) -> tuple[Scope, tuple[Term, ...], dict[Term, Term]]:
    """Scope and hypotheses of a claim text, and the letters that it defines with their values."""
    if not text:
        return Scope(student=True), (), {}
    claims = read_claims(text)
    defined: dict[Term, Term] = {}
    for definition in claims.definitions:
        letter, value = definition.args
        # A function or a sequence stays a letter: its values at points are other letters.
        if not letter.value[4]:
            defined[letter] = substitute(value, defined)
    return claims.scope, tuple(substitute(g, defined) for g in claims.given), defined


def _set_part(reference: str, mode: str, options: dict[str, Any], submission: str) -> Part | None:
    if mode == "" and speaks_of_integers(reference):
        try:
            read_families(reference)
            return Part("", "", "finite", make("empty"), context=reference, reference="family", **options)
        except (ReadError, IllTyped, Wrong):
            pass
    if mode in ("span", "affine"):
        text = spelled(reference, "affine", mode)
        if mode == "span" and (size := zero_space(text)) is not None:
            # {0} says nothing about its vectors: it is the answer's word how many entries they have.
            size = size if size > 1 else zero_space(submission) or 1
            origin = make("affine", (as_term(value_of_rows([[Fraction(0)]] * size)),))
            return Part("", "", "affine", origin, mode=mode, **options)
        for n in _sizes(text):
            try:
                found = read_affine(text, n)
            except IllTyped:
                continue
            if found is not None:
                terms = tuple(as_term(v) for v in (found.point, *found.directions))
                return Part("", "", "affine", make("affine", terms), mode=mode, **options)
        return None
    term = None if mode == "multiset" else _condition(reference, options)
    ranged = term is None and is_range(reference)
    if mode == "" and (ranged or is_union(reference) or (term is not None and is_union(submission))):
        condition = as_condition(reference, of_letter(reference, {s.name for s in options["symbols"]}))
        if condition is not None:
            answer = read_relations(reference, options["symbols"], f"set: {condition}")
            return Part("", "", "equation", answer, context=f"set: {condition}", **options)
    if term is not None:
        return Part("", "", "interval", term, **options)
    written = spelled(in_radians(reference, None, "finite"), "finite")
    listed = elements(written, Scope(student=True).having(*options["symbols"]))
    if any(isinstance(e, list) for e in listed):
        return Part("", "", "finite", make("empty"), mode=mode, context=written, **options)
    return Part("", "", "finite", make("set", tuple(listed)), mode=mode, **options)


def _sizes(text: str) -> Sequence[int]:
    r"""How many coordinates a set may have: {(x, y, z) : x + y = 1} has three, and x + y + z = 1 not one."""
    body = SIZES.sub("", text)
    name = r"[A-Za-z](?:_\{?\d\}?)?\s*"
    head = re.match(
        rf"\s*(?:[A-Z]\s*=\s*)?\\?\{{\s*\(\s*({name}(?:,\s*{name})*)\)[^=]*?(?::|\||\\mid|\\colon)", body
    )
    if head:
        return (head[1].count(",") + 1,)
    if "=" not in body:
        return range(1, 9)
    letters = set(re.findall(r"(?<![A-Za-z\\_])[xyz](?![A-Za-z_\d])", body))
    indices = [int(i) for i in re.findall(r"(?<![A-Za-z\\])x_?\{?(\d)", body)]
    return range(max([1, *indices, *(" xyz".index(c) for c in letters)]), 9)


def _condition(reference: str, options: dict[str, Any]) -> Term | None:
    # {(2, 3)} has one element, the pair.
    if re.fullmatch(r"\s*\$*\s*(?:\\left\s*)?\\?\{[^:|<>≤≥]*\}[\s$]*", reference) and not re.search(
        r"\\(?:mid|colon|in|[lg][et]q?)(?![A-Za-z])", reference
    ):
        return None
    try:
        term = read_condition(reference, options["symbols"]).term
    except (ReadError, IllTyped):
        return None
    return term if term.head == "interval" else None
