r"""What stands in a display and is no formula: labels, frames, braces with a caption, words.

``prepare`` takes it out and keeps the length of the text, so that offsets stay what they are.  Words are
kept beside the text, by their place, because they can join or part formulas:

>>> found = prepare(r"A = B \tag{1} \text{ if } C = D", lambda word: False)
>>> found.text.replace(MARK, "#").split(), found.words
(['A', '=', 'B', '#', 'C', '=', 'D'], {14: 'if'})

Words that are names of mathematics (``known``) and words in a subscript stay where they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lemmata.review.signs import MARK, RELATIONS

__all__ = ["Prepared", "prepare"]


@dataclass(frozen=True)
class Prepared:
    """A body without remarks, of the same length; the words by their place; the places of ``=`` under def."""

    text: str
    words: dict[int, str]
    definitions: frozenset[int]


_ERASED = re.compile(
    r"\\(?:nonumber|notag|displaystyle|textstyle|qedhere|qed|square|blacksquare|Box|hfill|hfil"
    r"|allowdisplaybreaks|mathstrut|strut|centering|smallskip|medskip|bigskip|noindent|relax|mathrel|mathbin"
    r"|mathop|ensuremath)(?![a-zA-Z])"
)
_WORDS = (
    *("text", "textrm", "textit", "textbf", "textnormal", "mbox", "textsf", "emph", "mathrm", "operatorname"),
    *("intertext", "shortintertext"),
)
_SILENT = (
    *("label", "tag", "eqref", "ref", "hspace", "vspace", "phantom", "hphantom", "vphantom", "color"),
    *("textcolor", "footnote", "cite"),
)
_RULED = ("stackrel", "overset", "underset", "underbrace", "overbrace", "boxed", "fbox")
_WITH_GROUP = re.compile(rf"\\(?P<name>{'|'.join((*_WORDS, *_SILENT, *_RULED))})\*?\s*\{{")
_GROUP = re.compile(r"\\.|[{}]", re.DOTALL)
_CONDITION = re.compile(r"\s*(?:and |or )?(?:if|for|when|whenever|provided|as)\b", re.IGNORECASE)
_SPLIT = re.compile(r"\$([^$]*)\$")


def prepare(text: str, known: Callable[[str], bool]) -> Prepared:
    """Take out labels, tags, frames and words; linear in the length of the text."""
    work = _Work(text, known)
    for match in _ERASED.finditer(text):
        work.erase(*match.span())
    ends = _group_ends(text)
    done = 0
    for match in _WITH_GROUP.finditer(text):
        opener = match.end() - 1
        if match.start() < done or opener not in ends:
            continue
        name, end = match["name"], ends[opener]
        if name in _WORDS:
            done = work.words_at(name, match.start(), opener, end)
        elif name in _SILENT:
            work.erase(match.start(), end)
            done = end
        elif name in ("boxed", "fbox"):
            # What is framed is read; its braces would hide the relations in it.
            work.erase(match.start(), opener + 1)
            work.erase(end - 1, end)
        elif name in ("underbrace", "overbrace"):
            work.erase(match.start(), opener)
            caption = re.compile(r"\s*[_^]\s*(?=\{)").match(text, end)
            if caption:
                work.erase(end, ends.get(caption.end(), end))
        else:
            done = work.stacked(match.start(), opener, end, ends)
    return Prepared("".join(work.out), work.said, frozenset(work.definitions))


def _group_ends(text: str) -> dict[int, int]:
    """The place after the } of every { that is closed."""
    ends: dict[int, int] = {}
    stack: list[int] = []
    for match in _GROUP.finditer(text):
        if match.group() == "{":
            stack.append(match.start())
        elif match.group() == "}" and stack:
            ends[stack.pop()] = match.end()
    return ends


class _Work:
    def __init__(self, text: str, known: Callable[[str], bool]) -> None:
        self.text = text
        self.known = known
        self.out = list(text)
        self.said: dict[int, str] = {}
        self.definitions: set[int] = set()

    def erase(self, start: int, end: int) -> None:
        self.out[start:end] = [c if c == "\n" else " " for c in self.text[start:end]]

    def say(self, place: int, words: str) -> None:
        self.out[place] = MARK
        self.said[place] = " ".join(words.split())

    def words_at(self, name: str, start: int, opener: int, end: int) -> int:
        r"""\text{…}: taken out, unless it is a name; the formula in \text{for $k > 0$} stays."""
        content = self.text[opener + 1 : end - 1]
        said = " ".join(content.split())
        operator = name in ("mathrm", "operatorname") and not re.search(r"\s", said)
        if (
            operator
            or self.known(said)
            or self.text[max(0, start - 8) : start].rstrip()[-1:] in ("_", "^", "{")
        ):
            return end
        self.erase(start, end)
        formula = _SPLIT.search(content)
        if formula is None or not _CONDITION.match(content):
            self.say(start, said)
            return end
        self.say(start, content[: formula.start()])
        inner = slice(opener + 1 + formula.start(1), opener + 1 + formula.end(1))
        self.out[inner] = self.text[inner]
        rest = content[formula.end() :]
        if rest.strip():
            self.say(end - 1, re.sub(r"[$]", "", rest))
        return end

    def stacked(self, start: int, opener: int, end: int, ends: dict[int, int]) -> int:
        r"""\stackrel{(a)}{\le} is a \le; with "def" above, an equation defines."""
        after = re.compile(r"\s*\{").match(self.text, end)
        if after is None or after.end() - 1 not in ends:
            return end
        close = ends[after.end() - 1]
        inner = self.text[after.end() : close - 1].strip()
        if inner not in RELATIONS:
            return end
        place = self.text.index(inner, after.end() - 1)
        self.erase(start, close)
        self.out[place : place + len(inner)] = inner
        if inner == "=" and re.search(r"def|:|triangle", self.text[opener:end], re.IGNORECASE):
            self.definitions.add(place)
        return close
