r"""Derivations as answers: every step judged by ``lemmata.review``, and whether the end is reached.

    (A+B)^2 = A^2 + AB + BA + B^2 = A^2 + 2AB + B^2      wrong at step 2, unless AB = BA is given

Correct is a derivation whose steps are all established and whose last line is the one asked for; one that is
sound and stops elsewhere is partly right.  Marks are earned for each established step before the first wrong
one.  A step counts as established when it is proved or, where no proof was found, when it holds exactly or
within enclosures on instances of the hypotheses; the evidence says which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from lemmata.grade.evaluate.arithmetic import NoValue
from lemmata.grade.evaluate.canonical import same_form
from lemmata.grade.evaluate.probe import instances
from lemmata.grade.exercise import Part
from lemmata.grade.judge.derivation_end import bare, end_of, form_of_end
from lemmata.grade.judge.operator_steps import judged
from lemmata.grade.judge.second_look import Second, second_look
from lemmata.grade.marked import Marked
from lemmata.grade.reading.operators import has_operators, lifted, restored, taken
from lemmata.grade.spelling.general_functions import with_quadratics
from lemmata.grade.spelling.pieces import IllTyped, clean, read_any, split
from lemmata.kernel.term import ShapeError, make, number, substitute, subterms, symbols_of
from lemmata.terms.claims import Claims, read_claims
from lemmata.terms.errors import ReadError
from lemmata.terms.show import show

__all__ = ["mark_derivation"]

ENOUGH = 20  # instances that a step without a proof must hold on
LONGEST = 6_000  # characters
SECONDS = 0.6  # for each step, less where there are many
TOGETHER = 1.3
_RELATION = re.compile(r"[=<>≤≥⇒]|\\(?:le|ge|leq|geq|Rightarrow|iff|implies)(?![A-Za-z])")


def mark_derivation(part: Part, text: str) -> Marked:
    """The verdict on a derivation.  ``part.reference`` is its last line, empty where any sound one will do."""
    from lemmata.review.derivation import review_derivation

    if len(text) > LONGEST:
        feedback = f"A derivation of {len(text)} characters; more than {LONGEST} are not read."
        return Marked("malformed", None, part.marks, feedback, "too-long")
    context, text, functions = with_quadratics(part.context, text)
    _, reference, _ = with_quadratics(part.context, part.reference)
    claims = read_claims(context)
    scope = claims.scope.lenient()
    text, operators = lifted(text, scope, indefinite=True) if has_operators(text) else (text, ())
    reference, asked = (
        lifted(reference, scope, taken(operators)) if has_operators(reference) else (reference, ())
    )
    relation = "implies" if part.relation in ("implies", "iff", "==>", "=>") else "="
    relations = len(_RELATION.findall(text)) or 1
    seconds = max(0.1, min(SECONDS, TOGETHER / relations))
    report = review_derivation(text, context, relation, seconds=seconds)
    if any(s.verdict == "rejected" for s in report.steps):
        domain = _where_defined(report.steps, claims)
        if domain:
            report = review_derivation(text, f"{context}\n{domain}", relation, seconds=seconds)
    report = _looked_at_again(judged(report, operators, claims), claims)
    steps = report.steps
    unread = next((n for n, s in enumerate(steps) if s.verdict == "unread"), None)
    wrong = next((n for n, s in enumerate(steps) if s.verdict in ("refuted", "rejected")), None)
    if wrong is not None and (unread is None or wrong < unread):
        return _wrong_step(part, steps, wrong, report.relation(wrong))
    if unread is not None:
        feedback = f"Step {report.relation(unread)} cannot be read: {steps[unread].why}"
        return Marked("malformed", None, part.marks, feedback, "unreadable")
    if not steps:
        return _no_steps(part, text, claims)
    fault = _empty_or_begun_elsewhere(part, steps, claims)
    if fault is not None:
        return fault
    open_step = next((n for n, s in enumerate(steps) if not _established(s)), None)
    end = end_of(reference, report, claims, (*operators, *asked))
    if end == "finished":
        end = "reached" if part.mode != "form" else "equal"
    last = restored(str(report.last or ""), operators)
    if open_step is not None:
        feedback = (
            f"Step {report.relation(open_step)} could be neither established nor refuted; a person will look "
            f"at it. In your line  {steps[open_step].text}"
        )
        verdict = "partial" if end != "other" else "incorrect"
        marked = Marked(verdict, None, part.marks, feedback, "step-undecided")
        return marked
    unproved = [n for n, s in enumerate(steps) if s.verdict != "proved"]
    said = _unproved(report, unproved)
    if end == "reached":
        evidence = f"{len(steps) - len(unproved)} of {len(steps)} steps proved"
        if unproved:
            evidence += ", the others hold on instances"
        if functions:
            evidence += f", for {functions[0]} quadratic"
        return Marked("correct", part.marks, part.marks, f"Correct.{said}", "correct", evidence=evidence)
    share = Fraction(len(steps), len(steps) + 1)
    what = "an equal expression, but not the form asked for" if end == "equal" else "not what was asked for"
    feedback = f"Every step is right, but the end is {what}: your last line is  {last}{said}"
    return Marked("partial", part.marks * share, part.marks, feedback, "end-not-reached")


def _sides(step: Any) -> list[str]:
    try:
        return split(str(step.text), "=", "<=", ">=", "<", ">", "==>", "<==>")
    except ReadError:
        return []


def _empty_or_begun_elsewhere(part: Part, steps: Sequence[Any], claims: Claims) -> Marked | None:
    """a = a shows nothing; and a chain that was to begin with one side of the claim has to."""
    sides = [_sides(step) for step in steps]
    if all(len(s) == 2 and bare(s[0]) == bare(s[1]) for s in sides):
        return Marked(
            "incorrect", Fraction(0), part.marks, "Nothing is shown: both sides are the same.", "no-step"
        )
    if part.answer.head != "eq" or not sides[0]:
        return None
    try:
        begun = read_any(clean(sides[0][0]), claims.scope.lenient())
    except (ReadError, IllTyped):
        return None
    # Both sides of a true claim are equal, so it is the form that tells where the chain begins.
    start = part.answer.args[0]
    if begun.sort == start.sort == "matrix" and not same_form(begun, start):
        feedback = (
            f"The steps are right, but the chain does not begin with what is to be shown: {sides[0][0]}"
        )
        return Marked("partial", part.marks / 4, part.marks, feedback, "begun-elsewhere")
    return None


def _established(step: Any) -> bool:
    if step.verdict == "proved":
        return True
    evidence = step.evidence or {}
    if step.verdict != "unknown" or evidence.get("word") not in ("exact", "enclosed", "sampled"):
        return False
    # Without letters there is one instance, and that is all.
    return bool(evidence.get("closed")) or int(evidence.get("instances") or 0) >= ENOUGH


def _looked_at_again(report: Any, claims: Claims) -> Any:
    """Steps without a proof, tried far from where the search looked: decided, refuted, or with more evidence."""
    if all(s.verdict != "unknown" for s in report.steps):
        return report
    values = {d.args[0]: d.args[1] for d in claims.definitions}
    given = tuple(substitute(g, values) for g in claims.given)
    steps = []
    for step in report.steps:
        by_values = "closed" in (step.evidence or {})
        if step.verdict == "unknown" and step.prop is not None and not by_values:
            premises = tuple(substitute(p, values) for p in step.premises)
            try:
                found = second_look(substitute(step.prop, values), (*given, *premises))
            except (NoValue, ShapeError):
                found = Second("open")
            step = _with_second(step, found)
        steps.append(step)
    return replace(report, steps=tuple(steps))


def _with_second(step: Any, found: Second) -> Any:
    evidence = dict(step.evidence or {})
    if found.word == "identical":
        why = "both sides are the same rational function"
        return replace(step, verdict="proved", evidence={**evidence, "word": "exact"}, why=why)
    if found.word == "fails":
        evidence |= {"word": "refuted", "instances": 1}
        why = "it fails for the values shown"
        return replace(
            step, verdict="refuted", evidence=evidence, why=why, counterexample=found.counterexample
        )
    if found.word == "holds":
        evidence["instances"] = int(evidence.get("instances") or 0) + found.instances
        if evidence.get("word") not in ("exact", "enclosed", "sampled"):
            evidence["word"] = "enclosed"
    return replace(step, evidence=evidence)


def _unproved(report: Any, unproved: Sequence[int]) -> str:
    """A sentence on the steps that rest on instances and not on a proof."""
    if not unproved:
        return ""
    shown = []
    for n in unproved:
        evidence = report.steps[n].evidence or {}
        where = "" if evidence.get("closed") else f" on {evidence.get('instances')} instances"
        shown.append(f"{report.relation(n)} ({evidence.get('word')}{where})")
    which = "Step" if len(shown) == 1 else "Steps"
    return f" {which} {', '.join(shown)}: no counterexample, but no proof either."


def _where_defined(steps: Sequence[Any], claims: Claims) -> str:
    """The expression that a derivation begins with is there to be transformed: its denominators are not zero.

    Claim text with that hypothesis; empty where there is no denominator, or where the hypotheses make it zero.
    Denominators that come in later are not excused: who divides by x has to know that x is not zero.
    """
    sides = _sides(steps[0]) if steps else []
    if not sides:
        return ""
    try:
        first = read_any(clean(sides[0]), claims.scope.lenient())
    except (ReadError, IllTyped):
        return ""
    if first.sort != "matrix":
        return ""
    below = [t.args[0] for t in subterms(first) if t.head == "inverse" and t.args[0].is_scalar]
    below = [t for t in dict.fromkeys(below) if symbols_of(t)]
    if not below:
        return ""
    nonzero = tuple(make("ne", (t, number(0))) for t in below)
    letters = tuple(dict.fromkeys(s for t in (*below, *claims.given) for s in symbols_of(t)))
    try:
        instances(letters, (*claims.given, *nonzero), 4)
    except (NoValue, ShapeError):
        return ""
    new = [s for s in letters if s.name not in claims.scope.symbols]
    declared = "".join(f"let {s.name} : real\n" for s in new if s.is_scalar)
    return declared + "\n".join(f"assume {show(t)} != 0" for t in below)


def _wrong_step(part: Part, steps: Sequence[Any], index: int, wrong: int) -> Marked:
    """Marks for the steps before; the feedback says what fails and where.  ``wrong`` is the relation's number."""
    step = steps[index]
    right = sum(_established(s) for s in steps[:index])
    marks = part.marks * Fraction(right, len(steps) + 1)
    name = "step-ill-posed" if step.verdict == "rejected" else "step-wrong"
    before = f"{_count(wrong - 1)} right. " if wrong > 1 else ""
    feedback = f"{before}Step {wrong} is not right: {step.text}. {step.why}".strip()
    example = dict(step.counterexample) if step.counterexample else {}
    for side in ("lhs", "rhs"):
        if side in (step.evidence or {}):
            example.setdefault(side, step.evidence[side])
    return Marked("incorrect", marks, part.marks, feedback, name, example or None, first_wrong_step=wrong)


def _count(n: int) -> str:
    return "The first step is" if n == 1 else f"The first {n} steps are"


def _no_steps(part: Part, text: str, claims: Claims) -> Marked:
    """A last line without a way to it."""
    if part.reference and form_of_end(part.reference, text, claims) in ("reached", "equal"):
        feedback = "The result is right, but there is no derivation: show the steps."
        return Marked("partial", part.marks / 4, part.marks, feedback, "no-derivation")
    feedback = "There is no step here: a derivation has at least one relation, as in  a = b."
    return Marked("malformed", None, part.marks, feedback, "no-derivation")
