r"""From the rows of a display to its sentences: chains of relations, joined by arrows.

A display says one sentence or several.  A sentence is a row of *clauses* with arrows between them, a clause
has members and relations between them:

    a &= b \\                     one clause with the members a, b, c
      &\le c \\
    \Rightarrow d &= e, f = g     an arrow, and two clauses that stand together

Columns of an alignment are read one by one.  A row goes on with the sentence before it where its first cell
is empty, where it begins with a relation or an arrow, and where the row before ends within brackets or
with a sign.  Words between formulas join or part them: ``CONNECTIVES`` is the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from lemmata.review.remarks import Prepared
from lemmata.review.signs import MARK, Sign, signs

__all__ = ["Clause", "Link", "Sentence", "Span", "sentences"]


@dataclass(frozen=True)
class Span:
    """A part of one column's text: ``text[start:end]``, the offsets being those of the display's body."""

    column: str = field(repr=False)
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.column[self.start : self.end].replace(MARK, " ")

    def trimmed(self) -> Span:
        inner = self.text
        left = len(inner) - len(inner.lstrip())
        return Span(self.column, self.start + left, max(self.start + left, self.start + len(inner.rstrip())))


@dataclass(frozen=True)
class Link:
    """A relation sign and what stands after it."""

    relation: str
    place: int
    member: Span


@dataclass(frozen=True)
class Clause:
    """first r1 m1 r2 m2 …

    ``role`` is claim, condition, reason or where; ``barrier`` holds words that say something we cannot read.
    ``whole``: alternatives (x = 3 or x = -3, x = ±3), one statement that ``first`` spans, without links.
    """

    first: Span | None
    links: tuple[Link, ...]
    role: str = "claim"
    barrier: str = ""
    barrier_at: int = 0
    whole: bool = False


@dataclass(frozen=True)
class Sentence:
    """Groups of clauses with arrows between them (one arrow fewer than groups).

    ``role`` is step, assume, let or define, from the words that it begins with ("" where it has none);
    ``opening`` is the arrow or the relation that it begins with, if any.
    """

    groups: tuple[tuple[Clause, ...], ...]
    arrows: tuple[str, ...]
    role: str = ""
    opening: str = ""
    start: int = 0
    end: int = 0


_ALIGNED = ("align", "aligned", "alignat", "alignedat", "flalign", "split", "eqnarray")
_LAYOUT = re.compile(
    r"\\(begin|end)\s*\{(align|aligned|alignat|alignedat|flalign|split|gather|gathered|multline|multlined|eqnarray"
    r"|equation|cases|dcases|dmath|math)\*?\}(?:\s*\{\d*\}|\s*\[[a-z]\])?"
)
_CONTINUES = ("+", "-", "\\cdot", "\\times")
_MOST_COLUMNS = 40  # what stands further to the right is read as one
_OPERATORS = ("+", "-", "\\cdot", "\\times", "\\pm", "*", "/")

_THEN = re.compile(r"(?:and )?(?:then|hence|thus|therefore|so|consequently|it follows)\b", re.IGNORECASE)
_MEMBER = ("\\in", "∈")
_ALTERNATIVES = re.compile(r"\\(?:lor|vee|pm)(?![a-zA-Z])|[∨±]|(?<![a-zA-Z\\])or(?![a-zA-Z])")

ASSUME = {
    **dict.fromkeys(("assume", "assuming", "suppose", "supposing", "given"), "assume"),
    **{"let": "let", "define": "define", "denote": "define", "where": "where", "with": "where"},
}
CONDITION = re.compile(
    r"(?:and |or )?(?:if|when|whenever|provided|provided that|assuming|for|for all|for any|for every|for each"
    r"|as|as long as|given|whence if|on|under)$"
)
REASON = re.compile(r"(?:since|because|as|by|using|from)$")
ARROW_WORDS = {
    **dict.fromkeys(("implies", "implies that", "which implies", "gives", "then"), "==>"),
    **dict.fromkeys(("if and only if", "iff", "is equivalent to"), "<==>"),
}
CONNECTIVES = re.compile(
    r"(?:and|but|also|so|so that|hence|thus|therefore|then|thereby|consequently|whence|finally|i\.?e\.?"
    r"|that is|namely|moreover|further|furthermore|now|we (?:have|get|obtain|find|see)(?: that)?"
    r"|it follows(?: that)?|in particular|and (?:so|hence|thus|therefore|also|then)|which (?:gives|is|means)"
    r"|or equivalently|equivalently|clearly|similarly|and similarly|indeed)[,:]?$"
)
_BLOCKING = re.compile(
    r"\b(?:not?|isn't|never|false|wrong|is|are|was|has|have|does|do|cannot|unless|except|exists?|some|only|otherwise|else"
    r"|unique|minimi[sz]e|maximi[sz]e|subject to|s\.t\.?|such that|or|with probability|almost)\b",
    re.IGNORECASE,
)
_BEGINS_REASON = re.compile(r"(?:since|because|by|as|using|from|due to|recall|note|here|cf\.?|see)\b")
_LABEL = re.compile(
    r"\(?\s*(?:\d+[a-z]?(?:\.\d+)*|\*+|\\ast|\\star|\\dagger|\\ddagger|[ivx]{1,4}|[a-zA-Z])\s*\)|\(\s*\)"
)


def sentences(prepared: Prepared, environment: str, fill: str = "") -> list[Sentence]:
    """The sentences of a display.  ``fill`` joins rows that no sign joins (graders: "=" or "==>")."""
    text = prepared.text
    inner = {m[2] for m in _LAYOUT.finditer(text) if m[1] == "begin"}
    text = _LAYOUT.sub(lambda m: " " * len(m.group()), text)
    kind = next((e for e in inner if e != "equation"), environment)
    found: list[Sentence] = []
    for column in _columns(text, kind):
        for rows in _joined(column, prepared.words, kind, fill):
            for n, part in enumerate(_concluding(rows)):
                sentence = _sentence(column, part, prepared)
                if sentence is not None:
                    found.append(sentence if n == 0 or sentence.role else replace(sentence, role="step"))
    return sorted(found, key=lambda s: s.start)


def _concluding(row: list[Sign]) -> list[list[Sign]]:
    """Let u in S.  Then A u = 0: what is let or assumed, and what is concluded from it."""
    role, _ = _opening_words(row)
    if role not in ("let", "assume", "define"):
        return [row]
    place = next(
        (n for n, s in enumerate(row) if n and s.kind == "text" and _THEN.match(s.text.strip(" .,"))), None
    )
    return [row] if place is None else [row[:place], row[place:]]


def _columns(text: str, kind: str) -> list[str]:
    """One text of the full length for each equation column; the rest of it is blank."""
    width = 3 if kind == "eqnarray" else 2 if kind in _ALIGNED or kind in ("$$", "\\[", "equation") else 10**6
    spans: dict[int, list[tuple[int, int]]] = {}
    count, start = 0, 0
    for sign in [*signs(text), Sign("row", "", len(text), len(text))]:
        if sign.kind == "column":
            count += 1
            if count % width == 0:
                spans.setdefault(min(count // width - 1, _MOST_COLUMNS), []).append((start, sign.start))
                start = sign.end
        elif sign.kind == "row":
            spans.setdefault(min(count // width, _MOST_COLUMNS), []).append((start, sign.end))
            count, start = 0, sign.end
    out = []
    for _, parts in sorted(spans.items()):
        at, pieces = 0, []
        for a, b in parts:
            pieces += [re.sub(r"[^\n]", " ", text[at:a]), text[a:b]]
            at = b
        out.append("".join(pieces).ljust(len(text)))
    return [column for column in out if column.replace("\\\\", "").replace("&", "").strip()]


def _joined(column: str, words: dict[int, str], kind: str, fill: str) -> list[list[Sign]]:
    """The signs of each sentence: rows put together that belong together."""
    rows: list[list[Sign]] = [[]]
    for sign in signs(column, words):
        if sign.kind == "row":
            rows.append([])
        else:
            rows[-1].append(sign)
    found: list[list[Sign]] = []
    aligned = kind in _ALIGNED
    for row in rows:
        content = [s for s in row if s.kind != "column"]
        if not content:
            continue
        leading = next((s for s in content if s.kind not in ("space", "text")), None)
        first_cell_empty = aligned and row[0].kind == "column"
        before = [s for s in found[-1] if s.kind not in ("column", "space", "text")] if found else []
        goes_on = bool(found) and leading is not None and (
            leading.kind in ("relation", "arrow")
            or (kind.startswith("multline"))
            or leading.text in ("+", "\\cdot", "\\times")
            or (bool(before) and (before[-1].kind in ("relation", "arrow") or before[-1].text in _OPERATORS))
            or (leading.text == "-" and (first_cell_empty or not any(s.kind == "relation" for s in content)))
        )  # fmt: skip
        if leading is None and found:
            goes_on = True  # a remark at the end
        if not goes_on and found and fill:
            # Graders: rows of a chain whose signs have been left out.
            says = any(s.kind in ("relation", "arrow") for s in content)
            if says is (fill != "="):
                at = content[0].start
                found[-1].append(Sign("arrow" if says else "relation", fill, at, at))
                goes_on = True
        if goes_on:
            found[-1].extend(content)
        else:
            found.append(content)
    return found


def _sentence(column: str, row: list[Sign], prepared: Prepared) -> Sentence | None:
    """Cut at arrows, then at commas, spaces and words."""
    last = next((n for n in range(len(row), 0, -1) if row[n - 1].kind not in ("comma", "space")), 0)
    row = row[:last]
    role, row = _opening_words(row)
    if not row:
        return None
    start, end = row[0].start, row[-1].end
    opening = ""
    row = row[next((n for n, s in enumerate(row) if s.kind not in ("space", "comma")), len(row)) :]
    if row and row[0].kind == "arrow":
        opening, row = row[0].text, row[1:]
    groups: list[list[Sign]] = [[]]
    arrows: list[str] = []
    conditional = False
    for sign in row:
        word = sign.text.rstrip(",:").lower() if sign.kind == "text" else ""
        conditional = conditional or (word == "if" and not groups[-1])
        arrow = sign.text if sign.kind == "arrow" else ARROW_WORDS.get(word, "")
        if word == "then" and not conditional:
            arrow = ""
        if arrow and groups[-1]:
            arrows.append("==>" if arrow == "therefore" else arrow)
            groups.append([])
        elif not arrow:
            groups[-1].append(sign)
    if not groups[-1] and arrows:
        groups.pop()
        arrows.pop()
    made = [_clauses(column, group, prepared, conditional and n == 0) for n, group in enumerate(groups)]
    if made and made[0] and made[0][0].first is None and made[0][0].links:
        opening = opening or made[0][0].links[0].relation
    if not any(made):
        return None
    return Sentence(tuple(tuple(g) for g in made), tuple(arrows), role, opening, start, end)


def _opening_words(row: list[Sign]) -> tuple[str, list[Sign]]:
    """assume, let, define: the role that a sentence's first words give it."""
    role = ""
    while row and (row[0].kind in ("space", "comma") or (row[0].kind == "text" and not role)):
        if row[0].kind == "text":
            said = row[0].text.strip().rstrip(":,").lower()
            words = re.findall(r"[a-z']+", said)
            while words and words[0] in ("now", "and", "we", "next", "also", "further", "furthermore"):
                words = words[1:]
            if not words or words[0] not in ASSUME or words[:2] == ["let", "us"]:
                break
            if len(words) > 1 and not re.fullmatch(
                r"(?:that|now|also|again|further|there)*", "".join(words[1:])
            ):
                break
            role = ASSUME[words[0]]
        row = row[1:]
    return role, row


def _clauses(column: str, group: list[Sign], prepared: Prepared, conditional: bool) -> list[Clause]:
    """The clauses of one group, each with its role."""
    pieces: list[tuple[str, str, int, list[Sign]]] = []  # role, barrier, its place, signs
    role, barrier, barrier_at = "claim", "", 0
    piece: list[Sign] = []

    def close() -> None:
        nonlocal piece
        if any(s.kind not in ("space", "comma") for s in piece) or barrier:
            pieces.append((role, barrier, barrier_at, piece))
        piece = []

    for index, sign in enumerate(group):
        if sign.text in ("\\forall", "∀"):
            close()
            role = "condition"
        elif sign.kind == "comma":
            close()
            barrier = ""
            if sign.text == ".":
                role = "claim"
        elif sign.kind == "space":
            after = next((s for s in group[index + 1 :] if s.kind != "space"), None)
            ended = bool(piece) and (piece[-1].kind == "relation" or piece[-1].text in _OPERATORS)
            goes_on = after is not None and (after.kind == "relation" or after.text in _CONTINUES)
            if piece and not ended and not goes_on:
                close()
        elif sign.kind == "text":
            said = sign.text.strip().rstrip(":,").lower()
            new = _role_of(said, bool(piece or pieces), conditional)
            if new:
                close()
                role, barrier = new, ""
            elif (
                re.fullmatch(r"\(.*\)|\[.*\]", said)
                or _BEGINS_REASON.match(said)
                or not _BLOCKING.search(said)
            ):
                pass  # a remark
            elif not barrier:
                barrier, barrier_at = sign.text, sign.start
        elif sign.text == ":" and role == "condition" and any(s.text in _MEMBER for s in piece):
            close()
            role = "claim"  # for all v in S: what follows is claimed
        else:
            piece.append(sign)
    close()
    built = _built(column, pieces, prepared)
    if len(built) > 1 and all(c.role == "condition" for c in built):
        first, last = built[0].links, built[-1].links
        if first and last and first[0].relation in _MEMBER and last[0].relation not in _MEMBER:
            built[-1] = replace(built[-1], role="claim")  # for all v in S, a = b
    return built


def _role_of(said: str, begun: bool, conditional: bool) -> str:
    if CONDITION.match(said) and not (said == "as" and not begun):
        return "condition" if begun or not conditional else "claim"
    if REASON.match(said):
        return "reason"
    if said in ("where", "with"):
        return "where"
    if CONNECTIVES.match(said) or said in ("", "if"):
        return "claim"
    return ""


def _built(column: str, pieces: list[tuple[str, str, int, list[Sign]]], prepared: Prepared) -> list[Clause]:
    """Members and relations; subjects before a comma share what follows:  u, v \\in S."""
    found: list[Clause] = []
    waiting: list[Clause] = []
    for role, barrier, at, row in pieces:
        places = [i for i, s in enumerate(row) if s.kind == "relation"]
        if not row:
            found += [*waiting, Clause(None, (), role, barrier, at)]
            waiting = []
            continue
        bounds = [-1, *places, len(row)]
        members = []
        for a, b in pairwise(bounds):
            inside = row[a + 1 : b]
            if inside:
                members.append(Span(column, inside[0].start, inside[-1].end))
            else:
                edge = row[a].end if a >= 0 else row[0].start
                members.append(Span(column, edge, edge))
        links = tuple(
            Link(":=" if row[p].start in prepared.definitions else row[p].text, row[p].start, m.trimmed())
            for p, m in zip(places, members[1:], strict=True)
        )
        first = members[0].trimmed() if members[0].end > members[0].start else None
        clause = Clause(first, links, role, barrier, at)
        span = Span(column, row[0].start, row[-1].end).trimmed()
        if links and _ALTERNATIVES.search(span.text):
            found += [*waiting, Clause(span, (), role, barrier, at, True)]
            waiting = []
            continue
        if not links and not barrier:
            if first is not None and _LABEL.fullmatch(first.text.strip()) and (found or waiting):
                continue
            waiting.append(clause)
            continue
        if waiting and links and links[0].relation not in ("=",) and all(w.role == role for w in waiting):
            found += [replace(clause, first=w.first) for w in waiting]
        else:
            found += waiting
        waiting = []
        found.append(clause)
    return [*found, *waiting]
