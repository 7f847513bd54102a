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
# What stands right before a formula that is a reason.
_REASON = re.compile(
    r"(?<![A-Za-z])(?:because(?: of)?|since|as|by|using|from|due to|weil|da|denn|wegen|car|puisque|comme|parce que"
    r"|porque|ya que|como)\s*$",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"\s*(?:&\s*)?(?:[=<>≤≥⇒⇔]|\\(?:leq?|geq?|Rightarrow|Leftrightarrow|iff|implies|equiv)(?![A-Za-z]))"
)
# Start: (I - P)^2, and hence = I - P.  Words that say what is supposed stay.
_TITLE = re.compile(
    r"^[^\S\n]*(?:(?!(?:assume|suppose|given|let|define|where|with|note|if|not|false|wrong)\b)"
    r"[A-Za-z]{3,}(?: [A-Za-z]{2,}){0,4}:[^\S\n]+(?=\S)"
    r"|(?:and )?(?:hence|thus|therefore|finally|so|then|daher|somit|also|donc|luego)[,:]?[^\S\n]+(?==))",
    re.IGNORECASE | re.MULTILINE,
)
# = I - 2P + P^2 (multiply out), (add and subtract $k$); a condition in parentheses stays.
_ASIDE = re.compile(
    r"[^\S\n]+\((?!(?:not|assuming|provided|when|where|for|only|unless|except)\b)"
    r"(?:[a-z]{3,} [a-z]{2,}(?:[a-z ,-]|\$[^$=<>()]{1,30}\$){0,60}|[a-z]{6,})\)(?=\s*$)",
    re.MULTILINE,
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
    if not _DISPLAYED.search(text):
        text = _ASIDE.sub("", text)
    if not _DISPLAYED.search(text) and not _INLINE.search(text):
        text = _ASIDE.sub("", _TITLE.sub("", _LABELS.sub("", text)))
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
        for body, reason in _bodies(document.masked):
            reached = reviewer.last
            reviewer.display(Display(1, 0, len(body), 1, "align"), body)
            if reason:  # the chain goes on from where it was
                reviewer.last = reached
    last = reviewer.last.shown if reviewer.last is not None else ""
    found = DerivationReport(tuple(reviewer.steps), None, last, tuple(reviewer.remarks), reviewer.conclusion)
    wrong = next((n for n, s in enumerate(found.steps) if s.verdict in ("refuted", "rejected")), None)
    return found if wrong is None else replace(found, first_wrong_step=found.relation(wrong))


def _without_prose(display: Display) -> Display:
    """In an answer, words before a display do not make it a hypothesis."""
    return Display(
        display.number, display.start, display.end, display.line, display.environment, "", display.fault
    )


def _bodies(text: str) -> list[tuple[str, bool]]:
    """The formulas of a text as rows, each where it stood, and apart from them the reasons ("since $P^2 = P$").

    A text without dollars is one formula.
    """
    found = list(_INLINE.finditer(text))
    if not found:
        return [(text, False)]
    reasons = [n for n in range(len(found)) if _is_reason(text, found, n)]
    chain = [found[n] for n in range(len(found)) if n not in reasons]
    # A reason alone shows nothing: there is a step beside it.
    if not reasons or not any(_SIGN.search(_formula(m)) for m in chain):
        return [(_rows(text, found), False)]
    bodies: list[tuple[str, bool]] = []
    start = 0
    for n in (*reasons, len(found)):
        if n > start:
            bodies.append((_rows(text, found[start:n]), False))
        if n < len(found):
            bodies.append((_rows(text, [found[n]]), True))
        start = n + 1
    return bodies


def _is_reason(text: str, found: list[re.Match[str]], n: int) -> bool:
    """Whether a formula says why: behind since, by, ..., and the chain goes on behind it with a relation."""
    line = text[text.rfind("\n", 0, found[n].start()) + 1 : found[n].start()]
    said = _formula(found[n])
    if not _REASON.search(line) or not _SIGN.search(said) or _SIGN.match(said):
        return False
    goes_on = n + 1 < len(found) and bool(_SIGN.match(_formula(found[n + 1])))
    return not goes_on if n == 0 else goes_on or n + 1 == len(found)


def _formula(match: re.Match[str]) -> str:
    return match[1] if match[1] is not None else match[2]


def _rows(text: str, found: list[re.Match[str]]) -> str:
    """These formulas as rows, each where it stood."""
    out = list(blank(text))
    end = -1
    for match in found:
        group = 1 if match[1] is not None else 2
        out[match.start(group) : match.end(group)] = match[group]
        if end >= 0:
            out[end : end + 2] = "\\\\"
        end = match.end(group)
    return "".join(out)
