r"""Signs of a display: relations, arrows, separators and words, with their depth of nesting.

>>> [(s.kind, s.text) for s in signs(r"a = b \Rightarrow f(c, d)\,e, g") if s.kind != "other"][:2]
[('relation', '='), ('arrow', '==>')]

Only what stands outside of all brackets is told apart here.  Words have been taken out before (``remarks``):
a mark stands where they stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["MARK", "RELATIONS", "Sign", "signs"]


@dataclass(frozen=True)
class Sign:
    """kind: relation, arrow, comma, space, row, column, text, begin, end, open, close or other."""

    kind: str
    text: str
    start: int
    end: int


_SPELLED = {
    "relation": r"""= < > \le \leq \leqslant \ge \geq \geqslant \ne \neq \lt \gt \preceq \preccurlyeq
        \succeq \succcurlyeq \prec \succ \in \ni \notin \subset \subseteq \supset \supseteq \perp := \coloneqq
        \triangleq <= >= != == ≤ ≥ ≠ ⪯ ⪰ ≼ ≽ ∈ ∉ ⊆ ⊂ ≔ ⩽ ⩾ ≺ ≻ ⟂ \to \rightarrow \longrightarrow \xrightarrow
        → -> \downarrow \approx \sim \simeq \propto \equiv \cong \ll \gg \mapsto \ngeq \nleq ≈ ∼ ∝ ≡ ≪ ≫
        \lesssim \gtrsim \doteq \nsubseteq""",
    "arrow": r"""\Rightarrow \implies \Longrightarrow ==> => ⇒ ⟹ \iff \Leftrightarrow \Longleftrightarrow
        <==> <=> ⇔ ⟺ \Leftarrow \impliedby \Longleftarrow <== ⇐ ⟸ \therefore ∴""",
    "comma": ", ;",
    "space": r"\quad \qquad",
}
_KINDS = {spelling: kind for kind, all_ in _SPELLED.items() for spelling in all_.split()}
RELATIONS = frozenset(spelling for spelling, kind in _KINDS.items() if kind == "relation")
_ARROWS = {
    **dict.fromkeys(["\\Rightarrow", "\\implies", "\\Longrightarrow", "==>", "=>", "⇒", "⟹"], "==>"),
    **dict.fromkeys(["\\iff", "\\Leftrightarrow", "\\Longleftrightarrow", "<==>", "<=>", "⇔", "⟺"], "<==>"),
    **dict.fromkeys(["\\Leftarrow", "\\impliedby", "\\Longleftarrow", "<==", "⇐", "⟸"], "<=="),
    **dict.fromkeys([r"\therefore", "∴"], "therefore"),
}
_TOKEN = re.compile(
    r"""\\(?:begin|end)\s*\{[^{}]*\}|\\\\\*?(?:[ \t]*\[[^\]\n]{0,20}\])?|\\[a-zA-Z]+|\\.
    |<==>|<=>|==>|<==|=>(?!\d)|<=|>=|!=|==|:=|->|.""",
    re.VERBOSE | re.DOTALL,
)
_OPEN = frozenset("([{") | {"\\{", "\\langle", "\\lbrace", "\\lbrack", "\\lfloor", "\\lceil"}
_CLOSE = frozenset(")]}") | {"\\}", "\\rangle", "\\rbrace", "\\rbrack", "\\rfloor", "\\rceil"}
_SPACING = frozenset(["\\,", "\\;", "\\:", "\\!", "\\ ", "~"])
MARK = "\x01"  # stands for a remark in words that has been taken out


def signs(text: str, words: dict[int, str] | None = None) -> Iterator[Sign]:
    """The signs of a display body, in order.  Inside of brackets and matrices everything is ``other``."""
    depth = 0
    for match in _TOKEN.finditer(text):
        word, (start, end) = match.group(), match.span()
        if word.isspace() or word in _SPACING:
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
        elif word in _KINDS and not text[max(0, start - 8) : start].rstrip().endswith(("^", "_")):
            kind = _KINDS[word]
            yield Sign(kind, _ARROWS.get(word, word) if kind == "arrow" else word, start, end)
        elif word == "." and not text[end : end + 1].isdigit() and text[start - 1 : start] != ".":
            yield Sign("comma", ".", start, end)
        else:
            yield Sign("other", word, start, end)
