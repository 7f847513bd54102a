r"""Neutral notation never changes a verdict.

A rewriting is neutral where both spellings are set alike, or say the same to every reader: \left( for (, \dfrac for
\frac, \leqslant for \le, a blank more.  Every case with a known verdict is rewritten, and the verdict has to stay.

Not neutral, and therefore not here:
    1\,000 and 1 000         a blank between digits groups them;  2\,\tfrac12 is a mixed number, 2\tfrac12 has two readings
    [1 2] and [1, 2]         blanks within plain brackets part entries, and so do line ends
    x (t) and x(t)           in plain text a blank in front of a bracket may be a product
    A \ b and A\ b           in plain text a backslash may be a division, or the difference of sets
    a full stop behind 2     in a list that a program printed, it belongs to the number
    \vec i, \mathbf{i}       i, j, k may be letters or unit vectors
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

import pytest

from lemmata.grade.compare import compare_record

FOLDER = Path(__file__).parent / "cases"
ANSWERS = ("expected", "first_wrong_step", "counterexample", "note", "policy")
EVERY = 16  # one product of a case and a rewriting in so many is checked

Rewriting = Callable[[str], str]


def replacing(pattern: str, new: str) -> Rewriting:
    return lambda text: re.sub(pattern, lambda m: m.expand(new), text)


# Nothing is put between digits, behind a backslash, or into a word.
_NOT_DIGITS = r"(?<![\d\\\s])\s*{0}\s*(?![\d\s])"
_COMMA = r"(?<![\\{])(?<!\d),(?!\})(?=\s*[^\s,])|(?<![\\{]),(?= *[^\d\s,])(?!\})"
_RELATION = r"(?<![:<>=!\\&])(\s?)=(?![=>])"
_BINARY = r"(?<=[\w)}\]])\s?([+-])(?=\s?[\\\w({])"
_OPENER = r"(?<![\\A-Za-z\d\]_^&\s(\[{*])(?<!\\left)\s?([(\[])(?!\s*\\)"


def around(pattern: str, space: str) -> Rewriting:
    return lambda text: re.sub(pattern, lambda m: f"{space}{m[0].strip()}{space}", text)


def behind(pattern: str, space: str) -> Rewriting:
    return lambda text: re.sub(pattern, lambda m: f"{m[0]}{space}", text)


def brackets(opening: str, closing: str) -> Rewriting:
    r"""Every pair of brackets with \left and \right, \bigl and \bigr; not across & and \\, where TeX has no pair."""

    def sized(text: str) -> str:
        stack: list[re.Match[str]] = []
        places: list[tuple[int, str]] = []
        for sign in re.finditer(r"\\\\|\\[a-zA-Z]+|\\[{}]|[(\[{}\])]", text):
            here = sign[0]
            if here in ("(", "[", "\\{", "{"):
                stack.append(sign)
            elif here in (")", "]", "\\}", "}") and stack:
                opener = stack.pop()
                if here == "}" or opener[0] == "{":
                    if (opener[0], here) != ("{", "}"):
                        return text
                    continue
                before, within = text[: opener.start()], text[opener.end() : sign.start()]
                if re.search(r"\\(?:left|right|[bB]igg?[lrm]?|sqrt|end\{\w+\}|begin\{\w+\}|\\)\s*$", before):
                    continue
                rows = re.sub(r"\\begin.*\\end", "", within, flags=re.DOTALL)
                if not re.search(r"&|\\\\|\\right|\\left|\n", rows):
                    places += [(opener.start(), opening), (sign.start(), closing)]
        if stack:
            return text
        for at, size in sorted(places, reverse=True):
            text = text[:at] + size + text[at:]
        return text

    return sized


def whole(before: str, after: str) -> Rewriting:
    """Delimiters around an answer that has none."""
    return lambda text: text if re.search(r"\n|\$|\\[\[\](]|\n\n|\\begin\{(?:align|equation|gather)", text) else before + text + after


_WORD = r"(?<![A-Za-z\\])"
_NO_LETTER = r"(?![A-Za-z])"
_TRANSPOSE = r"\^\s*(?:T(?![A-Za-z(_])|\\top(?![A-Za-z])|\{\s*(?:T|\\top)\s*\})"

# What is written between formulas, or by hand on a keyboard: for every answer.
EVERYWHERE: dict[str, Rewriting] = {
    "a line end behind": lambda text: text + "\n",
    "blanks around": lambda text: "  " + text + " ",
    "a tab for a blank": lambda text: text if "\n" in text else re.sub(r"(?<!\\) ", "\t", text),
    "doubled blanks": lambda text: text if "\n" in text else text.replace(" ", "  "),
    "non-breaking blanks": replacing(r"(?<![\d\\]) (?!\d)", "\u00a0"),
    "thin blanks": replacing(r"(?<![\d\\]) (?!\d)", "\u2009"),
    "narrow blanks": replacing(r"(?<![\d\\]) (?!\d)", "\u202f"),
    "a blank of no width": lambda text: "\ufeff" + text + "\u200b",
    "the sign minus": replacing(r"(?<![-<])(?<![A-Za-z])-(?![->])|(?<=[A-Za-z])-(?![->A-Za-z])", "\u2212"),
}

# What LaTeX has several spellings for: for answers that are formulas in LaTeX.
LATEX: dict[str, Rewriting] = {
    **{
        f"{space.strip() or 'blank'} behind commas": behind(_COMMA, space)
        for space in (r"\,", r"\;", r"\:", r"\!", r"\ ", "~", r"\quad ", r"\mspace{6mu}", r"\hspace{1em}")
    },
    **{f"{space} around =": around(_RELATION, space) for space in (r"\,", r"\;", r"\:", r"\ ", "~", r"\mspace{5mu}")},
    **{f"{space} around + and -": around(_BINARY, space) for space in (r"\,", r"\;", r"\!", r"\ ", "~")},
    **{f"{space} in front of brackets": replacing(_OPENER, re.escape(space) + r"\1") for space in (r"\,", r"\!")},
    r"\left and \right": brackets(r"\left", r"\right"),
    r"\left and \right with blanks": brackets(r"\left ", r"\right "),
    r"\bigl and \bigr": brackets(r"\bigl", r"\bigr"),
    r"\Bigl and \Bigr": brackets(r"\Bigl", r"\Bigr"),
    r"\big": brackets(r"\big", r"\big"),
    r"no \left and \right": lambda text: text if re.search(r"\\(?:left|right)\s*[.|]", text) else re.sub(r"\\(?:left|right)(?![A-Za-z])\s?", "", text),
    r"\dfrac": replacing(r"\\t?frac" + _NO_LETTER, r"\\dfrac"),
    r"\tfrac": replacing(r"\\d?frac" + _NO_LETTER, r"\\tfrac"),
    r"\frac": replacing(r"\\[dt]frac" + _NO_LETTER, r"\\frac"),
    "$ around": whole("$", "$"),
    "$$ around": whole("$$", "$$"),
    r"\( around": whole(r"\(", r"\)"),
    r"\[ around": whole("\\[", "\\]"),
    r"\[ around, on lines of its own": whole("\\[\n", "\n\\]"),
    "$ around and a full stop": whole("$", "$."),
    r"\displaystyle": lambda text: r"\displaystyle " + text,
    r"\textstyle": lambda text: r"\textstyle " + text,
    r"$\displaystyle": whole(r"$\displaystyle ", "$"),
    "a full stop": lambda text: text if text.rstrip()[-1:] in ".;,!" else text + ".",
    r"\lbrace": lambda text: text.replace(r"\{", r"\lbrace ").replace(r"\}", r"\rbrace "),
    r"\mathrm{e}": replacing(r"(?<![A-Za-z\\{])e(?=\s*\^)", r"\\mathrm{e}"),
    r"\mathrm e": replacing(r"(?<![A-Za-z\\{])e(?=\s*\^)", r"\\mathrm e"),
    r"{\rm e}": replacing(r"(?<![A-Za-z\\{])e(?=\s*\^)", r"{\\rm e}"),
    r"\text{e}": replacing(r"(?<![A-Za-z\\{])e(?=\s*\^)", r"\\text{e}"),
    r"\operatorname{e}": replacing(r"(?<![A-Za-z\\{])e(?=\s*\^)", r"\\operatorname{e}"),
    "pmatrix for bmatrix": lambda text: text.replace("{bmatrix}", "{pmatrix}"),
    "bmatrix for pmatrix": lambda text: text.replace("{pmatrix}", "{bmatrix}"),
    r"\left(\begin{array}": lambda text: _arrays(text, r"\left(", r"\right)"),
    r"\left[\begin{array}": lambda text: _arrays(text, r"\left[", r"\right]"),
    r"\bigl(\begin{smallmatrix}": replacing(
        r"\\begin\{[pb]matrix\}(.*?)\\end\{[pb]matrix\}", r"\\bigl(\\begin{smallmatrix}\1\\end{smallmatrix}\\bigr)"
    ),
    r"\left(\begin{matrix}": replacing(
        r"\\begin\{[pb]matrix\}(.*?)\\end\{[pb]matrix\}", r"\\left(\\begin{matrix}\1\\end{matrix}\\right)"
    ),
    "psmallmatrix": lambda text: text.replace("{pmatrix}", "{psmallmatrix}"),
    "rows with more room": replacing(r"\\\\(?!\s*\[)", r"\\\\[2pt]"),
    "aligned": whole("\\begin{aligned}", "\\end{aligned}"),
    "aligned, in dollars": whole("$$\n\\begin{aligned}\n", "\n\\end{aligned}\n$$"),
    "equation*": whole("\\begin{equation*}\n", "\n\\end{equation*}"),
    r"^\top": replacing(_TRANSPOSE, r"^\\top "),
    r"^T": replacing(r"\^\s*(?:\\top(?![A-Za-z])|\{\s*\\top\s*\})", r"^T "),
    r"^{\top}": replacing(_TRANSPOSE, r"^{\\top}"),
    r"^{\mathsf T}": replacing(_TRANSPOSE, r"^{\\mathsf T}"),
    r"^{\mathsf{T}}": replacing(_TRANSPOSE, r"^{\\mathsf{T}}"),
    r"^\mathrm{T}": replacing(_TRANSPOSE, r"^\\mathrm{T}"),
    r"^{\intercal}": replacing(_TRANSPOSE, r"^{\\intercal}"),
    r"\leq, \geq": replacing(r"\\([lg])e" + _NO_LETTER, r"\\\1eq"),
    r"\leqslant, \geqslant": replacing(r"\\([lg])eq?" + _NO_LETTER, r"\\\1eqslant"),
    r"\le, \ge": replacing(r"\\([lg])eq(?:slant)?" + _NO_LETTER, r"\\\1e"),
    "≤": replacing(r"\\le(?:q(?:slant)?)?" + _NO_LETTER, "≤"),
    "≥": replacing(r"\\ge(?:q(?:slant)?)?" + _NO_LETTER, "≥"),
    "<=": replacing(r"\\le(?:q(?:slant)?)?" + _NO_LETTER, "<="),
    r"\lt, \gt": lambda text: text.replace("<", r"\lt ").replace(">", r"\gt "),
    r"\neq": replacing(r"\\ne" + _NO_LETTER, r"\\neq"),
    r"\rightarrow": replacing(r"\\to" + _NO_LETTER, r"\\rightarrow"),
    r"\to": replacing(r"\\(?:long)?rightarrow" + _NO_LETTER, r"\\to"),
    r"\longrightarrow": replacing(r"\\to" + _NO_LETTER, r"\\longrightarrow"),
    "· for \\cdot": replacing(r"\\cdot" + _NO_LETTER, "·"),
    "⋅ for \\cdot": replacing(r"\\cdot" + _NO_LETTER, "⋅"),
    "× for \\times": replacing(r"\\times" + _NO_LETTER, "×"),
    r"\lVert": lambda text: _in_turn(text, r"\\\|", "\\lVert ", "\\rVert "),
    r"\left\|": lambda text: _in_turn(text, r"\\\|", "\\left\\|", "\\right\\|"),
    r"\mathbf on letters": replacing(_WORD + r"([b-df-hl-z])(?![A-Za-z(_^'])", r"\\mathbf{\1}"),
    r"\operatorname*": replacing(r"\\operatorname" + _NO_LETTER, r"\\operatorname*"),
    r"\mathrm for \operatorname": replacing(r"\\operatorname\{", r"\\mathrm{"),
    r"\varnothing": replacing(r"\\emptyset" + _NO_LETTER, r"\\varnothing"),
    r"\colon for :": replacing(r"(?<=\S )(?::|\\mid)(?= )", r"\\colon"),
}


def _arrays(text: str, before: str, after: str) -> str:
    def array(match: re.Match[str]) -> str:
        columns = "c" * (match[1].split("\\\\")[0].count("&") + 1)
        return rf"{before}\begin{{array}}{{{columns}}}{match[1]}\end{{array}}{after}"

    return re.sub(r"\\begin\{[pb]matrix\}(.*?)\\end\{[pb]matrix\}", array, text, flags=re.DOTALL)


def _in_turn(text: str, sign: str, first: str, second: str) -> str:
    """A sign that opens and closes, by two that do so; for two of them, which cannot be nested."""
    places = list(re.finditer(rf"(?<!left)(?<!right){sign}", text))
    if len(places) != 2:
        return text
    a, b = places
    return text[: a.start()] + first + text[a.end() : b.start()] + second + text[b.end() :]


_PROSE = re.compile(r"[A-Za-z]{4,}|\\text(?!style)|`|\n\n")


def is_formula(text: str) -> bool:
    """Whether an answer is LaTeX with no words around it."""
    return bool(re.search(r"\\[A-Za-z]{2}|\\\{", text)) and not _PROSE.search(
        re.sub(r"\\(?:begin|end|operatorname|mathrm)\s*\{[^{}]*\}|\\[A-Za-z]+|\b(?:arc|diag|span|rank)\w*", "", text)
    )


def bold_is_neutral(case: dict[str, object]) -> bool:
    """Letters in bold are the letters of the question where it declares vectors."""
    return "R^" in str(case.get("given", "")) and "unit vector" not in str(case.get("note", ""))


def rewritings(case: dict[str, object]) -> Iterator[tuple[str, str]]:
    """The neutral rewritings of an answer, by their names; only those that change it."""
    text = str(case["submission"])
    for name, rewriting in (EVERYWHERE | LATEX if is_formula(text) else EVERYWHERE).items():
        if name == r"\mathbf on letters" and not bold_is_neutral(case):
            continue
        new = rewriting(text)
        if new != text and text.strip():
            yield name, new
