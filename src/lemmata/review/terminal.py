"""The review on a terminal: each display with its lines, a mark on each step, what is wrong under it."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from lemmata.review.page import MARKS, assignment, known_by, printable, rows_of, sides
from lemmata.review.report import Report, Step

__all__ = ["print_report"]

_STYLES = {
    "proved": "green",
    "refuted": "bold red",
    "rejected": "bold red",
    "unknown": "yellow",
    "unread": "yellow",
}
_INDENT = " " * 17


def print_report(report: Report, console: Console) -> None:
    """Print a report; text of the document is never taken for markup."""
    marks = MARKS if (console.encoding or "").lower().startswith("utf") else dict.fromkeys(MARKS, "*")

    def line(*parts: str | tuple[str, str]) -> None:
        text = Text()
        for part in parts:
            said, style = (part, "") if isinstance(part, str) else part
            text.append(printable(said), style)
        console.print(text, soft_wrap=True, highlight=False)

    line((report.file or "document", "bold"))
    for number, rows in rows_of(report):
        line((f"  display {number}, line {rows[0][1].line}", "dim"))
        for kind, row in rows:
            if kind == "step":
                style = _STYLES[row.verdict]
                line((f"  {marks[row.verdict]} {row.verdict:<9}", style), f"{row.id:<5}{row.text}")
                for under in _under(row):
                    line(_INDENT, under)
            else:
                said = row.kind if kind == "hypothesis" else "no claim"
                line((f"  - {said:<9}", "dim"), f"{'':<5}{row.text}")
    counts = ", ".join(f"{count} {verdict}" for verdict, count in report.counts.items())
    first = f"; first error: step {report.first_error}" if report.first_error else ""
    line(f"{counts or 'no steps'}{first}")


def _under(step: Step) -> list[str]:
    found: list[str] = []
    if step.verdict != "proved":
        found += step.why.splitlines()
    if step.counterexample:
        found += [f"{name} = {value}" for name, value in assignment(step.counterexample)]
    if sides(step) and "lhs" not in (step.counterexample or {}):
        found.append(sides(step))
    if known_by(step) not in ("", "proved"):
        found.append(known_by(step))
    return found
