"""A pair of texts, reference and submission, marked without an exercise around them.

>>> compare_record({"kind": "matrix", "reference": "[1 2; 3 4]", "submission": "[1 3; 2 4]"})["diagnosis"]
'transposed'

A record names a ``kind`` (number, vector, matrix, expression, limit, set) and may have ``mode`` (form,
direction, span, affine), ``tolerance`` and ``given`` (declarations and hypotheses as claim text).  A kind
that is not known here has the verdict "unsupported"; a reference that cannot be read is an error in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from lemmata.grade.answers import read_affine
from lemmata.grade.conditions import read_condition
from lemmata.grade.exercise import Part
from lemmata.grade.finite import elements, improper
from lemmata.grade.mark import Marked, mark
from lemmata.grade.pieces import IllTyped, clean, read_any
from lemmata.grade.relations import read_relations
from lemmata.grade.values import NoValue, as_term
from lemmata.kernel.term import Term, make
from lemmata.terms.claims import read_claims
from lemmata.terms.errors import ReadError
from lemmata.terms.scope import Scope

__all__ = ["compare_record", "part_of_record"]


def compare_record(record: Mapping[str, Any], prove: bool = False) -> dict[str, Any]:
    """verdict, diagnosis, feedback, counterexample, evidence for one record; never raises on its texts."""
    try:
        part = part_of_record(record)
    except (ReadError, IllTyped, NoValue, KeyError) as error:
        return {"verdict": "unsupported", "why": f"the reference cannot be read: {error}"}
    if part is None:
        return {
            "verdict": "unsupported",
            "why": f"answers of kind {record.get('kind')!r} are not compared here",
        }
    marked: Marked = mark(part, str(record.get("submission", "")), prove)
    found = marked.to_json()
    del found["marks"], found["out_of"]
    return found


def part_of_record(record: Mapping[str, Any]) -> Part | None:
    """The part whose answer is the reference; None for a kind that is not known here."""
    kind, mode, reference = record["kind"], record.get("mode", ""), str(record["reference"])
    if kind == "derivation":
        return Part("", "", "derivation", make("empty"), context=str(record.get("given", "")),
                    relation=str(record.get("relation") or ""), reference=reference)  # fmt: skip
    scope, given = _given(str(record.get("given", "")))
    tolerance = record.get("tolerance")
    options: dict[str, Any] = {
        "symbols": tuple(scope.symbols.values()), "given": given,
        "tolerance": None if tolerance is None else Fraction(str(tolerance)),
    }  # fmt: skip
    if kind == "equation":
        answer = read_relations(reference, options["symbols"], str(record.get("submission", ""))[:2000])
        return Part("", "", "equation", answer, context=reference, **options)
    if kind == "set":
        return _set_part(reference, mode, options)
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
    answer = read_any(clean(reference), scope.lenient())
    if answer.sort != "matrix":
        return None
    return Part("", "", names[kind], answer, mode="" if mode == "matrix_expr" else mode,
                reference="limit" if kind == "limit" else "", **options)  # fmt: skip


def _given(text: str) -> tuple[Scope, tuple[Term, ...]]:
    if not text:
        return Scope(student=True), ()
    claims = read_claims(text)
    return claims.scope, tuple(claims.given)


def _set_part(reference: str, mode: str, options: dict[str, Any]) -> Part | None:
    if mode in ("span", "affine"):
        for n in range(1, 9):
            try:
                found = read_affine(reference, n)
            except IllTyped:
                continue
            if found is not None:
                terms = tuple(as_term(v) for v in (found.point, *found.directions))
                return Part("", "", "affine", make("affine", terms), mode=mode, **options)
        return None
    term = None if mode == "multiset" else _condition(reference, options)
    if term is not None:
        return Part("", "", "interval", term, **options)
    listed = make("set", tuple(elements(reference, Scope(student=True))))
    return Part("", "", "finite", listed, mode=mode, **options)


def _condition(reference: str, options: dict[str, Any]) -> Term | None:
    try:
        term = read_condition(reference, options["symbols"]).term
    except (ReadError, IllTyped):
        return None
    return term if term.head == "interval" else None
