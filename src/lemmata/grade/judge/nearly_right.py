r"""Expressions that are right but for one convention; each is partly right and is told which.

(A^T A + \lambda)^{-1} A^T b     the identity is left out: a number is added to a matrix
X (W X - Y)^T                    the gradient in W laid out as W^T is
\lambda^2 - 4\lambda + 3 = 0     the equation, where the polynomial was asked for
"""

from __future__ import annotations

import re

from lemmata.grade.evaluate.probe import instances
from lemmata.grade.exercise import Part
from lemmata.grade.marked import Wrong
from lemmata.grade.reading.answer import probes_of, read_answer, scope_of
from lemmata.grade.spelling.pieces import IllTyped, read_term, split
from lemmata.grade.values import NoValue, agree
from lemmata.kernel.term import ShapeError, Term, symbols_of
from lemmata.terms.errors import ReadError

__all__ = ["is_gradient_of", "set_to_zero", "without_identity"]

# NumPy and MATLAB add a number to every entry, which is not what is meant.
_PROGRAM = re.compile(r"@|\.T(?![a-z])|%\*%|(?<![A-Za-z])(?:inv|np|numpy|eye)(?![A-Za-z])")


def is_gradient_of(part: Part) -> str:
    """The letter of the question that the right answer has the shape of, as a gradient has; empty without one."""
    if part.answer.shape[0] == part.answer.shape[1]:
        return ""
    alike = [s.name for s in symbols_of(part.answer) if s.shape == part.answer.shape]
    return alike[0] if alike else ""


def without_identity(part: Part, text: str) -> Wrong | None:
    r"""(A^T A + \lambda)^{-1} A^T b, where \lambda I makes it right; None for any other answer."""
    if part.answer.is_scalar or _PROGRAM.search(text) or len(text) > 1000:
        return None
    names = [re.escape(s.name) for s in symbols_of(part.answer) if s.is_scalar]
    if not names:
        return None
    number = rf"(?:\d+\s*|\\?[a-z]\s*)?\\?(?:{'|'.join(names)})(?:\s*\^\s*(?:\d|\{{\d\}}))?"
    behind = re.compile(rf"(?<=[-+])(\s*{number})\s*(?=(?:\\right\s*)?[)\]]|$)")
    before = re.compile(rf"((?:^|[(\[])\s*{number})\s*(?=[-+])")
    written = before.sub(r"\1 I ", behind.sub(r"\1 I ", text))
    if written == text:
        return None
    try:
        term = read_answer(part, written)
        letters = tuple(dict.fromkeys((*part.symbols, *symbols_of(part.answer))))
        if term.shape != part.answer.shape or set(symbols_of(term)) - set(letters):
            return None
        right = all(agree(i.value(term), i.value(part.answer)) for i in instances(letters, part.given))
    except (ReadError, IllTyped, NoValue, ShapeError, Wrong):
        return None
    said = (
        "A number cannot be added to a matrix: with the identity behind it, as in \\lambda I, this is right."
    )
    return Wrong("identity-missing", said) if right else None


def set_to_zero(part: Part, text: str) -> None:
    """Raises Wrong where the answer is the right expression with "= 0" behind it (or "0 =" before it)."""
    sides = split(text, "=") if part.answer.is_scalar and text.count("=") == 1 else []
    if sides.count("0") != 1 or len(sides) != 2:
        return
    try:
        term: Term = read_term(sides[1 - sides.index("0")], scope_of(part))
        probes, right = probes_of(part, tuple(dict.fromkeys((*part.symbols, *symbols_of(part.answer)))))
        if term.shape != (1, 1) or set(symbols_of(term)) - set(probes[0].values):
            return
        same = all(agree(i.value(term), r) for i, r in zip(probes, right, strict=True))
    except (ReadError, IllTyped, NoValue, ShapeError):
        return
    if same and symbols_of(part.answer):
        raise Wrong("set-to-zero", "This is an equation; its left side is what was asked for.")
