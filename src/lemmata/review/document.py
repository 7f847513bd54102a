r"""Documents: where the displayed formulas of a Markdown or LaTeX text stand.

>>> document = read_document("We have\n\n$$ a = b $$\n")
>>> [(display.line, document.text[display.start:display.end]) for display in document.displays]
[(3, ' a = b ')]

A display is what stands between ``$$`` and ``$$``, between ``\[`` and ``\]``, in one of the environments
of ``ENVIRONMENTS`` (starred or not) or in a fenced block of the kind ``math``.  Code, comments and verbatim
text hold none.  What is taken out is replaced by blanks, so that every offset is one into the text itself
and an error can point at its place.  A display that is never closed is a display all the same, with a
``fault``: it is reported and not skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["ENVIRONMENTS", "Display", "Document", "blank", "read_document"]

ENVIRONMENTS = (
    "equation", "align", "alignat", "flalign", "gather", "multline", "eqnarray", "displaymath", "dmath",
)  # fmt: skip


@dataclass(frozen=True)
class Display:
    """One display: its number from 1, its place in the text, its environment, the prose before it."""

    number: int
    start: int  # of the formula, without its fences
    end: int
    line: int
    environment: str
    lead: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Document:
    """A text, the text without code and comments (same length), its displays, where the body begins."""

    text: str
    masked: str
    displays: tuple[Display, ...]
    body: int = 0

    def line(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return self.text.count("\n", 0, offset) + 1


def blank(text: str) -> str:
    """As long as the text, with its line ends, and empty."""
    return re.sub(r"[^\n]", " ", text)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda m: blank(m.group()), text)


_FRONT = re.compile(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_HTML = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_INLINE_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_VERBATIM = re.compile(r"\\begin\{(verbatim\*?|lstlisting|minted|comment)\}.*?(?:\\end\{\1\}|\Z)", re.DOTALL)
_BEGIN = re.compile(r"\A.*?\\begin\{document\}", re.DOTALL)
_END = re.compile(r"\\end\{document\}.*", re.DOTALL)
_OPENERS = re.compile(
    rf"(?P<escaped>\\[\\$])|(?P<dollars>\$\$)|(?P<dollar>\$)|(?P<bracket>\\\[)"
    rf"|\\begin\{{(?P<env>{'|'.join(ENVIRONMENTS)})(?P<star>\*?)\}}"
)


def read_document(text: str, tex: bool | None = None) -> Document:
    """The displays of a text; ``tex`` says whether it is LaTeX, None that the text itself shows it."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x01", "\ufffd")
    if tex is None:
        tex = bool(re.search(r"^\s*\\documentclass|\\begin\{document\}|\A\s*%", text, re.MULTILINE))
    front = _FRONT.match(text)
    body = front.end() if front else 0
    masked = blank(text[:body]) + text[body:]
    fences: list[tuple[int, int]] = []
    if tex:
        masked = _blanked(_VERBATIM, masked)
        masked = _COMMENT.sub(lambda m: m[1] + blank(m.group()[len(m[1]) :]), masked)
        start = _BEGIN.match(masked)
        if start:
            masked = blank(start.group()) + masked[start.end() :]
        masked = _blanked(_END, masked)
    else:
        masked, fences = _without_code(_blanked(_HTML, masked))
        masked = _blanked(_INLINE_CODE, masked)
    return Document(text, masked, tuple(_displays(masked, fences)), body)


def _without_code(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without fenced code, and the places of the fenced blocks that are mathematics."""
    out, at, found = [], 0, []
    fence, start, kind = "", 0, ""
    for line in text.split("\n"):
        mark = re.match(r"\s{0,3}(`{3,}|~{3,})\s*([^\s`]*)", line)
        if not fence and mark:
            fence, kind, start = mark[1], mark[2], at + len(line) + 1
            out.append(blank(line))
        elif fence and mark and mark[1].startswith(fence) and not mark[2]:
            if kind == "math":
                found.append((start, at))
            fence = ""
            out.append(blank(line))
        else:
            out.append(blank(line) if fence and kind != "math" else line)
        at += len(line) + 1
    if fence and kind == "math":
        found.append((start, len(text)))
    return "\n".join(out), found


def _displays(masked: str, fences: list[tuple[int, int]]) -> list[Display]:
    found: list[Display] = []
    at, line, counted, prose = 0, 1, 0, 0
    closed: dict[str, int] = {}  # where an end mark was last found: no text is searched twice in vain
    blocks = list(fences)

    def search(mark: str, start: int) -> int:
        if closed.get(mark, 0) == -1:
            return -1
        closed[mark] = masked.find(mark, start)
        return closed[mark]

    def add(start: int, end: int, opener: int, environment: str, fault: str = "") -> None:
        nonlocal line, counted
        line += masked.count("\n", counted, opener)
        counted = opener
        lead = _prose(masked[max(prose, opener - 2000) : opener])
        found.append(Display(len(found) + 1, start, end, line, environment, lead, fault))

    while True:
        match = _OPENERS.search(masked, at)
        here = match.start() if match else len(masked)
        if blocks and blocks[0][0] <= here:
            start, end = blocks.pop(0)
            add(start, end, start, "$$")
            at = prose = end
            continue
        if match is None:
            return found
        if match["escaped"]:
            at = match.end()
            continue
        if match["dollar"]:
            at = _inline_end(masked, match.end())
            continue
        mark = (
            "$$"
            if match["dollars"]
            else "\\]"
            if match["bracket"]
            else f"\\end{{{match['env']}{match['star']}}}"
        )
        environment = match["env"] or ("$$" if match["dollars"] else "\\[")
        end = search(mark, match.end())
        opened = match.group()
        if end >= 0 and match["dollars"] and not _alone(masked, here):
            gap = re.compile(r"\n[ \t]*\n").search(masked, match.end(), end)
            if gap is not None:
                add(
                    match.end(),
                    gap.start(),
                    here,
                    environment,
                    f"this {opened} is not closed in its paragraph",
                )
                at = prose = gap.end()
                continue
        if end < 0:
            gap = re.compile(r"\n[ \t]*\n|\Z").search(masked, match.end())
            stop = gap.start() if gap else len(masked)
            add(match.end(), stop, here, environment, f"this {opened} is never closed")
            at = prose = max(stop, match.end())
            continue
        add(match.end(), end, here, environment)
        at = prose = end + len(mark)


def _alone(text: str, at: int) -> bool:
    """Whether nothing else stands on the line of ``$$``."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return not text[start:at].strip() and not text[at + 2 : end if end >= 0 else len(text)].strip()


def _inline_end(text: str, at: int) -> int:
    """The end of the inline formula that a single $ at ``at - 1`` opens, or ``at`` for a bare sign.

    As in Pandoc: no white space after the first $ nor before the second, no digit after it.
    """
    if text[at : at + 1].isspace() or at >= len(text):
        return at
    close = re.compile(r"\n[ \t]*\n|(?<!\\)\$").search(text, at, at + 4000)
    if close is None or close.group() != "$" or text[close.start() - 1].isspace():
        return at
    return at if text[close.end() : close.end() + 1].isdigit() else close.end()


def _prose(before: str) -> str:
    """The last sentence before a display, in one line; empty where a heading stands in between."""
    paragraphs = [p for p in re.split(r"\n[ \t]*\n", before) if p.strip()]
    if not paragraphs or re.match(r"\s*(#|\\(?:sub)*section|\\paragraph)", paragraphs[-1].split("\n")[-1]):
        return ""
    return " ".join(paragraphs[-1].split())
