r"""Habits of writing that the grammar does not know: starred letters, the argument of a loss, long indices.

Where w and w_* are both letters, w^* is the second one and no adjoint; where L abbreviates an expression in
w, L(w) is L and no product, and its gradient is the one in w.  An index may name a space, and braces may
enclose what is minimised.  The length of the text stays the same, so that places in it stay what they are.

>>> from lemmata.terms import read_claims
>>> claims = read_claims("let w : R^n, w_star : R^n\ndefine L = ||w||^2")
>>> spell = Spelling(claims.scope, claims.definitions)
>>> spell(r"w^* - w^{*}"), spell(r"\nabla L(w) = L(w)")
('w_* - w_{*}', '\\nabla_w L  = L   ')
>>> spell(r"P_{\text{Row}(A)}")
'P_{      Row  A }'
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lemmata.kernel.term import Term, symbols_of
from lemmata.terms.lexer import GREEK
from lemmata.terms.scope import Scope

__all__ = ["Spelling"]

_INDEX = re.compile(
    r"_\{\s*(?:"
    r"\\(?:text|mathrm|operatorname)\s*\{[A-Za-z, ]+\}(?:\s*\(\s*[A-Za-z]\s*\))?"  # {\text{Row}(A)}
    r"|[A-Z][a-z]+\s*\(\s*[A-Za-z]\s*\)"  # {Row(A)}
    r"|[a-z]{2,}\s*,\s*[a-z]{2,}"  # {test,over}
    r")\s*\}"
)
_ARROW = re.compile(r"\\vec\s*\{\s*(\\?[A-Za-z]+)\s*\}")
_FONT = re.compile(r"\{\s*\\(?:rm|bf|it|sf)\s+([A-Za-z])\s*\}")
_ARGMIN = re.compile(r"\\arg\s*(?:\\[,!]\s*)?\\min(?![a-zA-Z])|\\argmin|\{\s*arg\s*min\s*\}")
_MINIMISED = re.compile(
    r"(\\(?:arg\s*(?:\\[,!]\s*)?\\)?min(?:\\limits)?\s*_\s*\{\s*(?:\\math(?:bf|rm)\s*\{?)?\s*\\?[A-Za-z]+\s*\}?)"
    r"\s*\\in\s*(?:\\mathbb\s*\{?\s*R\s*\}?|\\R|ℝ)\s*\^\s*(?:\{[^{}]*\}|\w)\s*\}"
)
_STAR = r"(?:\*|\\ast(?![a-zA-Z])|\\star(?![a-zA-Z]))"


def _letter(name: str) -> str:
    """A pattern for a letter as LaTeX writes it."""
    base, _, index = name.partition("_")
    start = rf"\\{base}(?![a-zA-Z])" if base in GREEK else re.escape(base)
    return start + (rf"_(?:{re.escape(index)}|\{{\s*{re.escape(index)}\s*\}})" if index else "")


class Spelling:
    """The rewriting for one scope and its definitions."""

    def __init__(self, scope: Scope, definitions: Sequence[Term]) -> None:
        self.rules: list[re.Pattern[str]] = []
        self.losses: list[tuple[re.Pattern[str], str]] = []
        for name in scope.symbols:
            base = name.removesuffix("_star")
            if base != name and base in scope.symbols:
                pattern = rf"{_letter(base)}\s*\}}?\s*\^(?=\s*(?:{_STAR}|\{{\s*{_STAR}\s*\}}))"
                self.rules.append(re.compile(pattern))
        for definition in definitions:
            left, right = definition.args
            if left.head != "symbol" or left.shape != (1, 1) or left.value[4]:
                continue
            for symbol in symbols_of(right):
                of = symbol.value[4]
                at = rf"(?:\s*\(\s*{re.escape(of)}\s*\)|_\{{?{re.escape(of)}\}}?)?" if of else ""
                argument = rf"(?:\\math(?:bf|rm)\s*)?\{{?\s*{_letter(symbol.name)}\s*\}}?\s*{at}"
                called = rf"(?P<nabla>\\nabla\s*)?(?P<name>{_letter(left.name)})\s*\(\s*{argument}\s*\)"
                latex = f"\\{symbol.name}" if symbol.name in GREEK else symbol.name
                self.losses.append((re.compile(called), latex))

    def __call__(self, text: str) -> str:
        text = _INDEX.sub(_plain_index, text)
        for plain in (_FONT, _ARROW):
            text = plain.sub(lambda m: m[1].rjust(len(m.group()) - 1) + " ", text)
        text = _MINIMISED.sub(lambda m: m[1] + " " * (len(m.group()) - len(m[1]) - 1) + "}", text)
        if _ARGMIN.search(text):
            text = text.replace("\\{", "( ").replace("\\}", ") ")
        for pattern in self.rules:
            text = pattern.sub(lambda m: m.group()[:-1] + "_", text)
        for called, letter in self.losses:
            text = called.sub(lambda m, letter=letter: _without_argument(m, letter), text)  # type: ignore[misc]
        return text


def _plain_index(match: re.Match[str]) -> str:
    """The letters of an index, everything else but its own braces blank."""
    inner = re.sub(r"\\[a-z]+", lambda m: " " * len(m.group()), match.group()[2:-1])
    return "_{" + re.sub(r"[^A-Za-z]", " ", inner) + "}"


def _without_argument(match: re.Match[str], letter: str) -> str:
    said, name = match.group(), match["name"]
    if match["nabla"] is None:
        return name.ljust(len(said))
    short = f"\\nabla_{letter} {name}" if len(letter) == 1 else f"\\nabla_{{{letter}}} {name}"
    return short.ljust(len(said)) if len(short) <= len(said) else said
