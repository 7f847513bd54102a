r"""Signs of a display: relations, arrows, separators and words, with their depth of nesting.

>>> [(s.kind, s.text) for s in signs(r"a = b \Rightarrow {c = d}, \text{if } e") if s.kind != "other"]
[('relation', '='), ('arrow', '==>'), ('comma', ','), ('text', 'if')]

Only what stands outside of all brackets is told apart here.  ``prepare`` first blanks what says nothing
(labels, tags, spacing), keeping the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

__all__ = ["MARK", "Prepared", "Sign", "prepare", "signs"]


@dataclass(frozen=True)
class Sign:
    """kind: relation, arrow, comma, space, row, column, text, begin, end, open, close or other."""

    kind: str
    text: str
    start: int
    end: int


_SPELLED = {
    "relation": r"""= < > \le \leq \leqslant \ge \geq \geqslant \ne \neq \lt \gt \preceq \preccurlyeq \succeq
        \succcurlyeq \prec \succ \in \ni \notin \subset \subseteq \supset \supseteq \perp := \coloneqq \triangleq
        <= >= != == ≤ ≥ ≠ ⪯ ⪰ ≼ ≽ ∈ ∉ ⊆ ⊂ ≔ ⩽ ⩾ ≺ ≻ ⟂ \to \rightarrow \longrightarrow \xrightarrow → -> \downarrow
        \approx \sim \simeq \propto \equiv \cong \ll \gg \mapsto \ngeq \nleq ≈ ∼ ∝ ≡ ≪ ≫ \lesssim \gtrsim \doteq
        \nsubseteq""",
    "arrow": r"""\Rightarrow \implies \Longrightarrow ==> => ⇒ ⟹ \iff \Leftrightarrow \Longleftrightarrow <==> <=> ⇔ ⟺
        \Leftarrow \impliedby \Longleftarrow <== ⇐ ⟸ \therefore ∴""",
    "comma": r", ; \; \,",
    "space": r"\quad \qquad",
}  # fmt: skip
_KINDS = {spelling: kind for kind, all_ in _SPELLED.items() for spelling in all_.split()}
del _KINDS["\\;"], _KINDS["\\,"]
_ARROWS = {
    **dict.fromkeys(r"\Rightarrow \implies \Longrightarrow ==> => ⇒ ⟹".split(), "==>"),
    **dict.fromkeys(r"\iff \Leftrightarrow \Longleftrightarrow <==> <=> ⇔ ⟺".split(), "<==>"),
    **dict.fromkeys(r"\Leftarrow \impliedby \Longleftarrow <== ⇐ ⟸".split(), "<=="),
    **dict.fromkeys([r"\therefore", "∴"], "therefore"),
}
_TOKEN = re.compile(
    r"""\\(?:begin|end)\s*\{[^{}]*\}|\\\\\*?(?:[ \t]*\[[^\]\n]{0,20}\])?|\\[a-zA-Z]+|\\.
    |<==>|<=>|==>|<==|=>(?!\d)|<=|>=|!=|==|:=|->|.""",
    re.VERBOSE | re.DOTALL,
)
_OPEN = frozenset("([{") | {"\\{", "\\langle", "\\lbrace", "\\lbrack", "\\lfloor", "\\lceil"}
_CLOSE = frozenset(")]}") | {"\\}", "\\rangle", "\\rbrace", "\\rbrack", "\\rfloor", "\\rceil"}
MARK = "\x01"  # stands for a remark in words that has been taken out


def signs(text: str, words: dict[int, str] | None = None) -> Iterator[Sign]:
    """The signs of a display body, in order.  Inside of brackets and matrices everything is ``other``."""
    depth = 0
    for match in _TOKEN.finditer(text):
        word, (start, end) = match.group(), match.span()
        if word.isspace():
            continue
        bare = re.sub(r"\s", "", word)
        if bare.startswith(("\\begin{", "\\end{")) or word in _OPEN or word in _CLOSE:
            opens = bare.startswith("\\begin") or word in _OPEN
            depth = depth + 1 if opens else max(0, depth - 1)
            yield Sign("open" if opens else "close", word, start, end)
        elif word == MARK:
            known = words is not None and start in words and not depth
            yield Sign("text" if known else "other", words[start] if known and words else "", start, end)
        elif word.startswith("\\\\"):
            # A row that ends within brackets goes on; one within a matrix belongs to it.
            yield Sign("row" if not depth else "other", "\\\\", start, end)
        elif depth:
            yield Sign("other", word, start, end)
        elif word == "&":
            yield Sign("column", word, start, end)
        elif word in _KINDS:
            kind = _KINDS[word]
            yield Sign(kind, _ARROWS.get(word, word) if kind == "arrow" else word, start, end)
        elif word == "." and not text[end : end + 1].isdigit() and not text[start - 1 : start] == ".":
            yield Sign("comma", ".", start, end)
        else:
            yield Sign("other", word, start, end)


@dataclass(frozen=True)
class Prepared:
    """A body without what says nothing, of the same length; words by their place; places of ``def =``."""

    text: str
    words: dict[int, str]
    definitions: frozenset[int]


_GROUP = r"\s*\{"
_ERASED = re.compile(
    r"\\(?:nonumber|notag|displaystyle|textstyle|qedhere|qed|square|blacksquare|Box|hfill|hfil|allowdisplaybreaks"
    r"|mathstrut|strut|centering|smallskip|medskip|bigskip|noindent|relax|mathrel|mathbin|mathop|ensuremath)(?![a-zA-Z])"
)
_WITH_GROUP = re.compile(
    r"\\(?P<name>label|tag|eqref|ref|hspace|vspace|phantom|hphantom|vphantom|color|textcolor|stackrel|overset"
    r"|underset|underbrace|overbrace|boxed|fbox|intertext|shortintertext|footnote|cite|cancel|xrightarrow"
    r"|text|textrm|textit|textbf|textnormal|mbox|textsf|emph|mathrm|operatorname)\*?(?=\s*[\[{])"
)
_DEFINES = re.compile(r"def|:", re.IGNORECASE)


def _group_end(text: str, opener: int) -> int:
    """The place after the } that closes the { at ``opener``; the end of the text where none does."""
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, opener):
        depth += (match.group() == "{") - (match.group() == "}")
        if depth == 0:
            return match.end()
    return len(text)


def prepare(text: str, known: Callable[[str], bool]) -> Prepared:
    """Take out labels, tags, frames and words; ``known`` tells the words that are names of mathematics."""
    out = list(text)
    words: dict[int, str] = {}
    definitions: set[int] = set()
    budget = 20 * len(text) + 1000  # characters looked at within groups: nested ones are read more than once

    def erase(start: int, end: int) -> None:
        out[start:end] = [c if c == "\n" else " " for c in text[start:end]]

    for match in _ERASED.finditer(text):
        erase(*match.span())
    done = 0
    for match in _WITH_GROUP.finditer(text):
        if match.start() < done or budget < 0:
            continue
        name, (start, at) = match["name"], match.span()
        while at < len(text) and text[at].isspace():
            at += 1
        if text[at] == "[" and name != "xrightarrow":
            continue
        first = _group_end(text, at) if text[at] == "{" else at
        budget -= first - at
        content = text[at + 1 : first - 1]
        if name in ("text", "textrm", "textit", "textbf", "textnormal", "mbox", "textsf", "emph", "mathrm", "operatorname"):
            before = text[:start].rstrip()[-1:] if start else ""
            said = " ".join(content.split())
            name_like = known(said) or (name in ("mathrm", "operatorname") and not re.search(r"\s", said))
            if before in ("_", "^", "{") or name_like:
                continue
            for place, word in _said(content, at + 1, said):
                words[place] = word
            erase(start, first)
            if len(words) and not (place == start):
                pass
            done = first
        elif name in ("intertext", "shortintertext"):
            erase(start, first)
            words[start] = " ".join(content.split())
            out[start] = MARK
            done = first
        elif name in ("stackrel", "overset", "underset"):
            second = text.find("{", first)
            if second < 0 or text[first:second].strip():
                continue
            end = _group_end(text, second)
            inner = text[second + 1 : end - 1].strip()
            if inner not in _KINDS:
                continue
            place = text.find(inner, second)
            erase(start, end)
            out[place : place + len(inner)] = inner
            if inner == "=" and _DEFINES.search(content):
                definitions.add(place)
            done = end
        elif name in ("underbrace", "overbrace"):
            erase(start, at)
            after = re.compile(r"\s*[_^]\s*(?=\{)").match(text, first)
            if after:
                end = _group_end(text, after.end())
                erase(first, end)
        elif name in ("boxed", "fbox"):
            # What is framed is read; its braces would hide the relations in it.
            erase(start, at + 1)
            if first > at and text[first - 1 : first] == "}":
                erase(first - 1, first)
        elif name == "xrightarrow":
            continue
        elif name == "textcolor":
            erase(start, first)
        elif name != "cancel":
            erase(start, first)
            done = first
    return Prepared("".join(out), words, frozenset(definitions))
