r"""One derivation as a student hands it in: a chain without declarations, its first wrong step.

>>> found = review_derivation(r"2 + 3 \\ = 5 \cdot 4 \\ = 20")
>>> [(step.text, step.verdict) for step in found.steps], found.first_wrong_step
([('2 + 3 = 5 \\cdot 4', 'refuted'), ('5 \\cdot 4 = 20', 'proved')], 1)

The text is one display or several, a list in Markdown whose items hold formulas between dollars, or the bare
formula, row by row.  Letters that nobody declared are real scalars.  Relations are counted from 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lemmata.review.document import Display, blank, read_document
from lemmata.review.judging import Known
from lemmata.review.report import Remark, Step
from lemmata.review.review import Reviewer
from lemmata.terms.claims import read_claims

__all__ = ["DerivationReport", "review_derivation"]

_INLINE = re.compile(r"(?<![\\$])\$(?!\$)((?:\\.|[^$\\])+)\$|\\\((.+?)\\\)", re.DOTALL)
_DISPLAYED = re.compile(r"\$\$|\\\[|\\begin\s*\{")
_LABELS = re.compile(
    r"^[^\S\n]*(?:(?:step|line|schritt)\s*\d+\s*[:.)]?|\(?\d{1,2}[).:](?=\s)|\([a-z]\)(?=\s)"
    r"|[*•–-](?=\s+\S.*[=<>]))[^\S\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_OPERATION = re.compile(r"\s+\|\s*[:·*/+−-]\s*[^|\n]{1,20}$")  # 2x = 6  | : 2
_WORDS = re.compile(
    r"(?<![A-Za-z\\{])((?:and |so |thus |hence )?(?:first(?:ly)?|second(?:ly)?|then|next|now|hence|thus"
    r"|therefore|finally|lastly|so|and so"
    r"|it follows that|we (?:have|get|obtain|see|find)(?: that)?|this gives|which gives|also|moreover"
    r"|because|since|because of|as required"
    r"|q\.?e\.?d\.?|we compute|compute|note that|and|where|using \w+|by \w+))(?![A-Za-z])(?!\s*=)(?:[,:](?=\s))?",
    re.IGNORECASE,
)
MOST = 20_000


@dataclass(frozen=True)
class DerivationReport:
    """The steps of a derivation in their order.

    ``first_wrong_step`` counts relations from 1, an equivalence being one; ``last`` is the member that the
    chain ends with, ``conclusion`` the statement behind the last arrow, both as they were written, for comparing
    them with the answer that was asked for.
    """

    steps: tuple[Step, ...]
    first_wrong_step: int | None
    last: str = ""
    remarks: tuple[Remark, ...] = ()
    conclusion: str = ""

    def relation(self, index: int) -> int:
        """The number of the relation that step ``index`` (from 0) belongs to, from 1."""
        return max(1, sum(not step.backward for step in self.steps[: index + 1]))

    @property
    def proved(self) -> bool:
        """Whether there are steps and all of them are proved."""
        return bool(self.steps) and all(step.verdict == "proved" for step in self.steps)


def review_derivation(
    text: str, given: str = "", relation: str = "=", *, seconds: float = 2.0
) -> DerivationReport:
    """Review a derivation; ``given`` is claim text (declarations, hypotheses, definitions).

    ``relation`` joins rows that no sign joins: "=" (the rows are expressions) or "implies" (they are
    statements).  ``seconds`` bounds each step.  Raises ReadError where ``given`` cannot be read, ValueError
    for another relation.
    """
    if relation not in ("=", "implies"):
        raise ValueError(f"rows are joined by '=' or 'implies', not by {relation!r}")
    claims = read_claims(given)
    text = text[:MOST]
    text = re.sub(r"(?<![\d.])(\d+(?:\.\d+)?)\s*(?:\\,)?\\%", r"(\1/100)", text)
    if not _DISPLAYED.search(text) and not _INLINE.search(text):
        text = _LABELS.sub("", text)
        text = "\n".join(
            _OPERATION.sub("", line) if line.count("|") % 2 else line for line in text.split("\n")
        )
        text = _WORDS.sub(lambda m: f" \\text{{{m[1].lower()}}} ", text)
        text = re.sub(r"(?<!\\)\n(?=[^\S\n]*\S)", r" \\\\\n", text.strip())  # lines are rows
    document = read_document(text, tex=bool(re.search(r"\\begin\s*\{(?!itemize|enumerate)", text)))
    known = Known(claims.scope.lenient(), claims.given, claims.definitions)
    fill = "=" if relation == "=" else "==>"
    reviewer = Reviewer(document.text, known, seconds, fill)
    if document.displays:
        for display in document.displays:
            reviewer.display(_without_prose(display), document.masked[display.start : display.end])
    else:
        body = _rows(document.masked)
        reviewer.display(Display(1, 0, len(body), 1, "align"), body)
    last = reviewer.last.shown if reviewer.last is not None else ""
    found = DerivationReport(tuple(reviewer.steps), None, last, tuple(reviewer.remarks), reviewer.conclusion)
    wrong = next((n for n, s in enumerate(found.steps) if s.verdict in ("refuted", "rejected")), None)
    return found if wrong is None else replace(found, first_wrong_step=found.relation(wrong))


def _without_prose(display: Display) -> Display:
    """In an answer, words before a display do not make it a hypothesis."""
    return Display(
        display.number, display.start, display.end, display.line, display.environment, "", display.fault
    )


def _rows(text: str) -> str:
    """The formulas of a text as rows, each where it stood; a text without dollars is one formula."""
    found = list(_INLINE.finditer(text))
    out = list(blank(text))
    if not found:
        return text
    end = -1
    for match in found:
        group = 1 if match[1] is not None else 2
        out[match.start(group) : match.end(group)] = match[group]
        if end >= 0:
            out[end : end + 2] = "\\\\"
        end = match.end(group)
    return "".join(out)
