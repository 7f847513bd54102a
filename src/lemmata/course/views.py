r"""What publishing needs to know of a checked course: results become views.

The results of ``check`` are JSON; here they meet the statements and derivations again and are written as
LaTeX and Markdown, one :class:`~lemmata.publish.model.TheoremView` a theorem.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from lemmata.course.check import Report, Result
from lemmata.course.ledger import read_sources
from lemmata.course.load import Course
from lemmata.course.script import ProofStep, Script
from lemmata.course.theorem import Theorem
from lemmata.kernel.judgement import Statement
from lemmata.kernel.spectral import SIGMA
from lemmata.kernel.term import Term, number, substitute, subterms, symbols_of
from lemmata.kernel.term import symbol as make_symbol
from lemmata.publish.model import (
    CourseViews,
    EvidenceView,
    ExerciseView,
    FigureView,
    HypothesisView,
    StepView,
    TheoremView,
    WhyView,
)
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import at, norm
from lemmata.terms.parse import parse_term
from lemmata.terms.scope import Scope
from lemmata.terms.show import show

__all__ = ["course_views", "declarations", "theorem_view"]

DOMAINS = {
    "positive": r"{} > 0",
    "nonnegative": r"{} \ge 0",
    "time": r"{} \ge 0",
    "natural": r"{} \in \mathbb{{N}}",
    "real": r"{} \in \mathbb{{R}}",
    "complex": r"{} \in \mathbb{{C}}",
}


def course_views(
    course: Course, report: Report, exercises: Mapping[str, ExerciseView], figures: Mapping[str, FigureView]
) -> CourseViews:
    """The whole course; a theorem that was not checked does not enter."""
    results = {result["label"]: result for result in report.results}
    places = _places(course)
    theorems = {
        label: theorem_view(course, theorem, results[label], places)
        for label, theorem in course.theorems.items()
        if label in results
    }
    chapters = tuple(chapter.name for chapter in course.chapters)
    return CourseViews(
        course.title, theorems, exercises, figures, chapters=() if not chapters else _stems(course, chapters),
        subtitle=str(course.settings.get("subtitle", "")), author=str(course.settings.get("author", "")),
        abstract=str(course.settings.get("abstract", "")),
    )  # fmt: skip


def _stems(course: Course, names: Iterable[str]) -> tuple[str, ...]:
    """The chapter files in the order of the settings, where a file is named after its chapter."""
    folder = course.root / "render" / "chapters"
    found = sorted(path.stem for path in folder.glob("*.md"))
    wanted = list(names)

    def place(stem: str) -> int:
        return next((i for i, name in enumerate(wanted) if stem.endswith(name)), len(wanted))

    return tuple(sorted(found, key=place))


def _places(course: Course) -> dict[str, str]:
    """For every entry of a ledger: whose document it is, and where it stands there."""
    found = {}
    for source in read_sources(course.root):
        author = str(source.about.get("author", source.title)).split(",")[0].split()[-1]
        year = f" ({source.about['year']})" if "year" in source.about else ""
        for claim in source.claims:
            found[claim.id] = f"{author}{year}, {claim.locator} (ledger entry {claim.id})"
    return found


def theorem_view(
    course: Course, theorem: Theorem, result: Result, places: Mapping[str, str] | None = None
) -> TheoremView:
    """One theorem with its evidence, steps and cross-examination."""
    script = course.scripts.get(theorem.label)
    props = [*theorem.hypotheses, *theorem.shows]
    return TheoremView(
        theorem.label, theorem.title, theorem.kind, file=course.relative(theorem.file), line=theorem.line,
        declarations=declarations(props),
        hypotheses=tuple(HypothesisView(_latex(prop), name=name) for name, prop in theorem.given),
        statements=tuple(_latex(prop) for prop in theorem.shows),
        evidence=_evidence(result), steps=_steps(theorem, script, result), idea=script.idea if script else "",
        why=tuple(_why(theorem, row) for row in result.get("hypotheses", ())),
        remarks=(" ".join(theorem.notes.split()),) if theorem.notes else (),
        refutation=_matrices((result.get("counterexample") or {}).get("values", {})),
        source=(places or {}).get(theorem.source, theorem.source),
    )  # fmt: skip


def declarations(props: Iterable[Term]) -> tuple[str, ...]:
    r"""``X \in \mathbb{R}^{m \times n}`` for every letter that the propositions use."""
    letters = list(dict.fromkeys(s for prop in props for s in symbols_of(prop)))
    letters.sort(key=lambda s: (s.shape == (1, 1), s.shape[1] == 1))
    bound = {t.args[1] for prop in props for t in _limits(prop)}
    return tuple(_declaration(s) for s in letters if s not in bound or s.value[3] != "time")


PROPERTIES = {
    "symmetric": "is symmetric",
    "psd": "is positive semidefinite",
    "spd": "is symmetric positive definite",
    "invertible": "is invertible",
    "orthogonal": "is orthogonal",
    "projection": "is an orthogonal projection",
    "diagonal": "is diagonal",
    "idempotent": "is idempotent",
}


def _latex(prop: Term) -> str:
    """The proposition as a reader expects it: properties in words, all else as ``show`` writes it."""
    if prop.head == "is":
        return rf"{show(prop.args[0], 'latex')} \text{{ {PROPERTIES[prop.value]}}}"
    return show(prop, "latex")


def _limits(prop: Term) -> Iterable[Term]:
    return (t for t in subterms(prop) if t.head == "limit")


def _declaration(symbol: Term) -> str:
    _, rows, cols, domain, variable = symbol.value
    shown = show(symbol, "latex") if not variable else f"{show(symbol, 'latex')}({variable})"
    if (rows, cols) == (1, 1):
        return DOMAINS[domain].format(shown)
    field = r"\mathbb{C}" if domain == "complex" else r"\mathbb{R}"
    size = f"{rows}" if cols == 1 else rf"{rows} \times {cols}"
    return rf"{shown} \in {field}^{{{size}}}"


def _fact(text: str) -> str:
    """An oracle fact as Markdown; the letters that the checker introduced get the names of a blackboard."""
    fact = Statement.from_json(json.loads(text))
    letters = sorted({s for p in (*fact.given, fact.show) for s in symbols_of(p)}, key=lambda s: s.name)
    names = {s: _on_blackboard(s) for s in letters}
    ranges = ", ".join(f"${DOMAINS[s.value[3]].format(show(new, 'latex'))}$" for s, new in names.items())
    shown, *given = (f"${show(substitute(p, names), 'latex')}$" for p in (fact.show, *fact.given))
    return f"{shown} for all {ranges}" + (f" with {', '.join(given)}" if given else "")


def _on_blackboard(s: Term) -> Term:
    """sigma for a singular value, w(0) for the number of that name, the norm of A for ‖A‖."""
    if s.name == SIGMA:
        return make_symbol("sigma", domain=s.value[3])
    if s.name.endswith("(0)"):
        return at(make_symbol(s.name[:-3], of="t"), number(0))
    if s.name.startswith("‖") and s.name[1:-1].isalpha():
        return norm(make_symbol(s.name[1:-1], "m", "n"))
    return s


def _evidence(result: Result) -> EvidenceView:
    evidence = result["evidence"]
    return EvidenceView(
        result["word"], instances=dict(evidence.get("by_system", {})),
        oracles=tuple(map(_fact, evidence.get("facts", ()))), cites=tuple(evidence.get("cites", ())),
        seed=evidence.get("seed"), worst_residual=evidence.get("worst_residual"),
        warnings=tuple(result.get("warnings", ())),
        tried=tuple(str(w) for w in result.get("why", ())) if result["word"] != "proved" else (),
    )  # fmt: skip


def _steps(theorem: Theorem, script: Script | None, result: Result) -> tuple[StepView, ...]:
    """The lines of the derivation; closing a chain and repeating a claim are no lines for a reader."""
    if script is None:
        return ()
    report = {row["index"]: row for row in result.get("steps", ())}
    views: list[StepView] = []
    shown: set[Term] = set()
    note = ""
    for index, step in enumerate(script.steps):
        if step.claim is None:
            note = " ".join(step.text.split())
            continue
        if step.kind == "chain" or step.claim in shown:
            continue
        shown.add(step.claim)
        row = report.get(index, {})
        status = "open" if not row.get("established") else "cited" if step.kind == "cite" else "proved"
        rule = row.get("rule", "")
        views.append(StepView(_latex(step.claim), _reason(step), note, rule, status, _labels(step)))
        note = ""
    return tuple(views)


def _reason(step: ProofStep) -> str:
    """The author's words; labels of results are shown as references by ``uses``."""
    labels = set(_labels(step))
    return ", ".join(word for word in step.reason.split(", ") if word and word not in labels)


def _labels(step: ProofStep) -> tuple[str, ...]:
    return tuple(str(name) for kind, name in step.uses if kind == "theorem")


def _why(theorem: Theorem, row: Mapping[str, Any]) -> WhyView:
    latex = next(_latex(prop) for name, prop in theorem.given if name == row["name"])
    found = row.get("counterexample")
    if row["status"] == "needed" and found:
        matrices = _matrices(found["values"])
        if matrices:
            return WhyView(latex, "counterexample", matrices, _because(theorem, found["reason"]), row["name"])
    result = "superfluous" if row["status"] == "superfluous" else "undecided"
    return WhyView(latex, result, name=row["name"])


def _because(theorem: Theorem, reason: str) -> str:
    """The reason with its terms set as mathematics: "X X^T is not invertible"."""
    match = _REASON.fullmatch(reason)
    if match is None:
        return reason
    scope = Scope.of([s for prop in (*theorem.hypotheses, *theorem.shows) for s in symbols_of(prop)])
    try:
        words = [
            text if i == 1 else f"${_term(text, scope)}$" for i, text in enumerate(match.groups("")) if text
        ]
    except ReadError:
        return reason
    return " ".join(words)


_REASON = re.compile(
    r"(.+?) (is not invertible|does not lie in|is not contained in|is not [a-z ]+)(?: (.+))?"
)


def _term(text: str, scope: Scope) -> str:
    space = re.fullmatch(r"(Row|Col|Null)\((.+)\)", text)
    if space is not None:
        return rf"\operatorname{{{space[1]}}}({show(parse_term(space[2], scope), 'latex')})"
    return show(parse_term(text, scope), "latex")


def _matrices(values: Mapping[str, Any]) -> tuple[str, ...]:
    r"""``X = \begin{pmatrix} ... \end{pmatrix}`` from exact strings."""
    return tuple(rf"{_name(name)} = {_value(value)}" for name, value in values.items())


def _name(name: str) -> str:
    return show(make_symbol(name), "latex") if name.isidentifier() else name


def _value(value: Any) -> str:
    if isinstance(value, list):
        rows = [[_entry(x) for x in row] for row in value]
        if len(rows) == len(rows[0]) == 1:
            return rows[0][0]
        return r"\begin{pmatrix} " + r" \\ ".join(" & ".join(row) for row in rows) + r" \end{pmatrix}"
    return _entry(value)


def _entry(value: Any) -> str:
    text = str(value)
    top, slash, bottom = text.partition("/")
    if not slash:
        return text
    sign, top = ("-", top[1:]) if top.startswith("-") else ("", top)
    return rf"{sign}\frac{{{top}}}{{{bottom}}}"
