"""The review as a page: formulas in MathML, a mark on every step, the counterexample under the wrong one.

The page opens from a file, without a network and without scripts.  Everything that comes from the document
is escaped by Jinja2, except formulas that math-core has turned into MathML; what it cannot turn stands there
as it was written.

>>> print(formula("<script> &"), formula("a < b"))
<code>&lt;script&gt; &amp;</code> <math display="block"><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from lemmata.review.report import VERDICTS, Report, Step

__all__ = ["MARKS", "formula", "page", "rows_of"]

MARKS = {"proved": "\u2713", "refuted": "\u2717", "rejected": "\u2298", "unknown": "?", "unread": "\u2205"}
_TAGS = frozenset(
    {"math", "mrow", "mi", "mo", "mn", "ms", "mtext", "mspace", "msup", "msub", "msubsup", "mfrac", "msqrt"}
    | {"mroot", "mover", "munder", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom"}
    | {"mmultiscripts", "mprescripts", "menclose", "semantics", "annotation", "none"}
)
_MOST, _DEEPEST = 3000, 60


def formula(latex: str) -> Any:
    """MathML for a formula as Markup, or its source in ``<code>``."""
    from markupsafe import Markup

    plain = Markup("<code>{}</code>").format(printable(latex))
    if len(latex) > _MOST or _depth(latex) > _DEEPEST:
        return plain
    try:
        made = _converter().convert_with_local_state(latex, displaystyle=True)
    except Exception:  # whatever a hostile formula does to the converter, the source is shown
        return plain
    tags = re.findall(r"<\s*/?\s*([^\s/>]+)", made)
    return Markup(made) if set(tags) <= _TAGS else plain


@lru_cache(maxsize=1)
def _converter() -> Any:
    from math_core import LatexToMathML

    return LatexToMathML(allow_unreliable_rendering=False)


def _depth(latex: str) -> int:
    deepest = depth = 0
    for c in re.findall(r"\\begin|\\end|[{}()\[\]]", latex):
        depth += 1 if c in ("{", "(", "[", "\\begin") else -1
        deepest = max(deepest, depth)
    # A command takes the next command as its argument: \frac\frac\frac… nests without a brace.
    return deepest + max((len(run) // 2 for run in re.findall(r"(?:\\[a-zA-Z]+\s*){60,}", latex)), default=0)


def printable(text: str) -> str:
    """A text without control characters, which could write over what a terminal or a page shows."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def rows_of(report: Report) -> list[tuple[int, list[tuple[str, Any]]]]:
    """For each display, in order: its steps, hypotheses and remarks as they stand in it."""
    found: dict[int, list[tuple[int, str, Any]]] = {}
    for kind, entries in (
        ("hypothesis", report.hypotheses),
        ("step", report.steps),
        ("remark", report.remarks),
    ):
        for entry in entries:
            found.setdefault(entry.display, []).append((entry.offset, kind, entry))
    return [
        (number, [(kind, entry) for _, kind, entry in sorted(rows, key=lambda row: row[0])])
        for number, rows in sorted(found.items())
    ]


def assignment(values: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """A counterexample as names and rows: [("A", "[1 0; 0 1]")]."""
    found = []
    for name, rows in (values or {}).items():
        if isinstance(rows, list) and all(isinstance(row, list) for row in rows):
            text = "[" + "; ".join(" ".join(str(entry) for entry in row) for row in rows) + "]"
        else:
            text = str(rows)
        found.append((str(name), text))
    return found


def sides(step: Step) -> str:
    """What the two sides are at the counterexample."""
    values = [dict(assignment({"": step.evidence.get(side)})).get("") for side in ("lhs", "rhs")]
    if step.verdict != "refuted" or step.evidence.get("lhs") is None or step.evidence.get("rhs") is None:
        return ""
    return f"left side {values[0]}, right side {values[1]}"


def known_by(step: Step) -> str:
    """How a verdict is known: "exact on 200 instances; rests on 1.1"."""
    evidence = step.evidence
    parts = []
    word = evidence.get("word")
    if word and word not in ("refuted", "open") and step.verdict in ("proved", "unknown"):
        instances = evidence.get("instances")
        parts.append(f"{word}, {instances} instances" if instances and not evidence.get("why") else str(word))
    parts += [str(w) for w in evidence.get("warnings") or ()]
    if evidence.get("cites"):
        parts.append("cites " + ", ".join(str(c) for c in evidence["cites"]))
    if evidence.get("rests_on"):
        parts.append("rests on " + ", ".join(str(s) for s in evidence["rests_on"]))
    return "; ".join(parts)


def page(reports: Sequence[Report]) -> str:
    """One page for one review or several."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("lemmata.review", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals |= {
        "formula": formula, "mark": MARKS, "rows_of": rows_of, "assignment": assignment, "sides": sides,
        "known_by": known_by, "verdicts": VERDICTS, "printable": printable,
    }  # fmt: skip
    return environment.get_template("review.html").render(reports=list(reports))
