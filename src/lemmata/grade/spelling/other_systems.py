r"""Answers that were copied from other systems, in the notation of the parser.

    2×2 Matrix{Int64}:\n 1  2\n 3  4      [1, 2; 3, 4]        {{x -> -1}, {x -> 3}}      x = -1 or x = 3
    matrix(c(1,2,3,4), nrow=2)            [1, 3; 2, 4]        =SQRT(2)/2                 sqrt(2)/2

This comes before everything that looks for words: a display has words in it.  Each system has a module of its own.
"""

from __future__ import annotations

import re

from lemmata.grade.exercise import Part
from lemmata.grade.spelling.printed_solutions import printed_solutions
from lemmata.grade.spelling.systems.displays import displayed
from lemmata.grade.spelling.systems.julia import julia
from lemmata.grade.spelling.systems.maple import angle_arrays, sized_arrays
from lemmata.grade.spelling.systems.mathematica import (
    dotted_products,
    function_calls,
    letter_constants,
    nested_lists,
    usual_signs,
    without_form,
)
from lemmata.grade.spelling.systems.maxima import maxima
from lemmata.grade.spelling.systems.r_calls import r_calls
from lemmata.grade.spelling.systems.solutions import solutions
from lemmata.grade.spelling.systems.spreadsheets import spreadsheet
from lemmata.kernel.term import symbols_of

__all__ = ["from_other_systems"]

LONGEST = 4000
_NAMED = r"[A-Za-zα-ω][\w₀-₉]{0,12}\s*=[^=<>,;]{1,200}"
_SOLVED = re.compile(rf"{_NAMED}(?:[,;]\s*{_NAMED})*[,;.]?")


def from_other_systems(part: Part, text: str) -> str:
    """The answer as it would be written by hand; what no system writes stays as it is."""
    if part.kind in ("derivation", "choice", "equation", "interval") or len(text) > LONGEST:
        return text
    kind, letters = _kind(part), {s.name for s in (*part.symbols, *symbols_of(part.answer))}
    text = maxima(without_form(text))
    if part.reference == "limit":
        text = usual_signs(text)
    if kind == "finite":
        text = _on_lines(usual_signs(text))
    if kind in ("number", "vector", "finite"):
        solved = solutions(text)
        read = printed_solutions(solved, kind)
        text = text if read == solved else read
    text = spreadsheet(displayed(text, kind), kind)
    text = sized_arrays(angle_arrays(text, kind))
    if part.mode != "direction":
        text = r_calls(text, kind, letters)
    text = dotted_products(nested_lists(function_calls(text), kind), letters)
    if kind in ("number", "vector", "finite"):
        text = letter_constants(text, letters)
    return text if kind in ("affine", "span") else julia(text, letters)


def _on_lines(text: str) -> str:
    """Solutions on a line each, x = 1 and below it x = 3."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or "\\" in text or not all(_SOLVED.fullmatch(line) for line in lines):
        return text
    return " or ".join(lines)


def _kind(part: Part) -> str:
    """The kind of the answer; an expression with a number of rows and columns is a vector or a matrix."""
    if part.kind == "affine":
        return "span" if part.mode == "span" else "affine"
    shape = part.answer.shape if part.kind == "expression" and part.answer.sort == "matrix" else (1, 1)
    if shape == (1, 1) or not all(isinstance(size, int) for size in shape):
        return part.kind
    return "vector" if shape[1] == 1 else "matrix"
