r"""Neutral notation never changes a verdict.

A rewriting is neutral where both spellings are set alike, or say the same to every reader: \left( for (, \dfrac for
\frac, \leqslant for \le, a blank more.  Every case with a known verdict is rewritten, and the verdict has to stay.

Not neutral, and therefore not here:
    1\,000 and 1 000         a blank between digits groups them;  2\,\tfrac12 is a mixed number
    [1 2] and [1, 2]         blanks within plain brackets part entries, and so do line ends
    x (t) and x(t)           in plain text a blank in front of a bracket may be a product
    A \ b and A\ b           in plain text a backslash may be a division, or the difference of sets
    0, \overline{3}          a comma between a digit and a digit that is repeated is decimal
    \boldsymbol{x}_i         a letter in bold with an index is one of several vectors, x_i an entry of one
    \mathbf{i}               i, j, k may be letters or unit vectors: only letters that are declared are set in bold
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import pytest

from lemmata.grade.compare import compare_record
from lemmata.grade.spelling.one_notation import in_one_notation
from lemmata.kernel.term import Term
from lemmata.terms.claims import read_claims

FOLDER = Path(__file__).parent / "cases"
ANSWERS = ("expected", "first_wrong_step", "counterexample", "note", "policy")
CLAIMS = Path(__file__).parents[1] / "catalogue" / "true"
EVERY, EVERY_DERIVATION = 16, 64  # one product of a case and a rewriting in so many is checked

Rewriting = Callable[[str], str]


def replacing(pattern: str, new: str) -> Rewriting:
    return lambda text: re.sub(pattern, lambda m: m.expand(new), text)


# Nothing is put between digits, behind a backslash, or into a word.
_COMMA = r"(?<![\\{])(?<!\d),(?!\})(?=\s*[^\s,])(?!\\overline)|(?<![\\{]),(?= *[^\d\s,])(?!\}|\\overline)"
_RELATION = r"(?<![:<>=!\\&])(\s?)=(?![=>])"
_BINARY = r"(?<=[\w)}\]])(?:[+-]| [+-](?= ))(?=\s?[\\\w({])"
_OPENER = r"(?<![\\A-Za-z\d\]_^&\s(\[{*])(?<!\\left)(?<!\*\})\s?([(\[])(?!\s*\\)"


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
    return lambda text: (
        text
        if re.search(r"\n|\$|\\[\[\](]|\n\n|\\begin\{(?:align|equation|gather)", text)
        else before + text + after
    )


def of_one_row(rewriting: Rewriting) -> Rewriting:
    """For formulas whose rows, if any, are those of their matrices."""
    within = re.compile(r"\\begin\{(\w+)\}.*?\\end\{\1\}", re.DOTALL)
    return lambda text: text if re.search(r"&|\\\\", within.sub("", text)) else rewriting(text)


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
    **{
        f"{space} around =": around(_RELATION, space)
        for space in (r"\,", r"\;", r"\:", r"\ ", "~", r"\mspace{5mu}")
    },
    **{f"{space} around + and -": around(_BINARY, space) for space in (r"\,", r"\;", r"\!", r"\ ", "~")},
    **{
        f"{space} in front of brackets": replacing(_OPENER, re.escape(space) + r"\1")
        for space in (r"\,", r"\!")
    },
    r"\left and \right": brackets(r"\left", r"\right"),
    r"\left and \right with blanks": brackets(r"\left ", r"\right "),
    r"\bigl and \bigr": brackets(r"\bigl", r"\bigr"),
    r"\Bigl and \Bigr": brackets(r"\Bigl", r"\Bigr"),
    r"\big": brackets(r"\big", r"\big"),
    r"no \left and \right": lambda text: (
        text
        if re.search(r"\\(?:left|right)\s*[.|]", text)
        else re.sub(r"\\(?:left|right)(?![A-Za-z])\s?", "", text)
    ),
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
        r"\\begin\{[pb]matrix\}(.*?)\\end\{[pb]matrix\}",
        r"\\bigl(\\begin{smallmatrix}\1\\end{smallmatrix}\\bigr)",
    ),
    r"\left(\begin{matrix}": replacing(
        r"\\begin\{[pb]matrix\}(.*?)\\end\{[pb]matrix\}", r"\\left(\\begin{matrix}\1\\end{matrix}\\right)"
    ),
    r"\left|\begin{array}": replacing(
        r"\\begin\{vmatrix\}(.*?)\\end\{vmatrix\}", r"\\left|\\begin{matrix}\1\\end{matrix}\\right|"
    ),
    r"\left\langle": lambda text: _in_turn(
        text, r"\\[lr]angle(?![A-Za-z])", "\\left\\langle ", "\\right\\rangle "
    ),
    "psmallmatrix": lambda text: text.replace("{pmatrix}", "{psmallmatrix}"),
    "rows with more room": replacing(r"\\\\(?!\s*\[)", r"\\\\[2pt]"),
    "aligned": of_one_row(whole("\\begin{aligned}", "\\end{aligned}")),
    "aligned, in dollars": of_one_row(whole("$$\n\\begin{aligned}\n", "\n\\end{aligned}\n$$")),
    "equation*": of_one_row(whole("\\begin{equation*}\n", "\n\\end{equation*}")),
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
    r"\lt, \gt": lambda text: re.sub(r"(?<![<=-])>(?![>=])", r"\\gt ", re.sub(r"<(?![<=-])", r"\\lt ", text)),
    r"\neq": replacing(r"\\ne" + _NO_LETTER, r"\\neq"),
    r"\rightarrow": replacing(r"\\to" + _NO_LETTER, r"\\rightarrow"),
    r"\to": replacing(r"\\(?:long)?rightarrow" + _NO_LETTER, r"\\to"),
    r"\longrightarrow": replacing(r"\\to" + _NO_LETTER, r"\\longrightarrow"),
    "· for \\cdot": replacing(r"\\cdot" + _NO_LETTER, "·"),
    "⋅ for \\cdot": replacing(r"\\cdot" + _NO_LETTER, "⋅"),
    "× for \\times": replacing(r"\\times" + _NO_LETTER, "×"),
    r"\lVert": lambda text: _in_turn(text, r"\\\|", "\\lVert ", "\\rVert "),
    r"\left\|": lambda text: _in_turn(text, r"\\\|", "\\left\\|", "\\right\\|"),
    r"\operatorname*": replacing(r"\\operatorname" + _NO_LETTER, r"\\operatorname*"),
    r"\mathrm for \operatorname": replacing(r"\\operatorname\{", r"\\mathrm{"),
    r"\varnothing": replacing(r"\\emptyset" + _NO_LETTER, r"\\varnothing"),
    r"\colon for :": replacing(r"(?<=\S )(?::|\\mid)(?= )", r"\\colon"),
}


# Letters that the question declares as vectors or matrices, in the fonts that print such letters.
FONTS: dict[str, str] = {
    r"\mathbf{x}": r"\mathbf{%s}", r"\mathbf x": r"\mathbf %s", r"\boldsymbol{x}": r"\boldsymbol{%s}",
    r"\bm{x}": r"\bm{%s}", r"\vec x": r"\vec %s", r"\vec{x}": r"\vec{%s}", r"\underline{x}": r"\underline{%s}",
    r"\mathsf{x}": r"\mathsf{%s}",
}  # fmt: skip


def in_font(text: str, letters: str, font: str) -> str:
    return re.sub(rf"(?<![A-Za-z\\_^])(?<!hat )[{letters}](?![A-Za-z_])", lambda m: font % m[0], text)


def declared_vectors(case: dict[str, object]) -> str:
    """The letters of columns, as `let x : R^n` declares them."""
    lists = re.findall(
        r"(?<!\w)((?:[a-z],\s*)*[a-z])\s*:\s*R\^(?:[a-z\d](?![\w(])|\{[a-z\d]\})", str(case.get("given", ""))
    )
    return "".join(sorted(set(re.findall("[a-z]", "".join(lists)))))


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
        re.sub(
            r"\\(?:begin|end|operatorname|mathrm)\s*\{[^{}]*\}|\\[A-Za-z]+|\b(?:arc|diag|span|rank)\w*",
            "",
            text,
        )
    )


def rewritings(case: dict[str, object]) -> Iterator[tuple[str, str]]:
    """The neutral rewritings of an answer, by their names; only those that change it."""
    text = str(case["submission"])
    products = [(name, rewriting(text)) for name, rewriting in EVERYWHERE.items()]
    if is_formula(text):
        products += [(name, rewriting(text)) for name, rewriting in LATEX.items()]
        if letters := declared_vectors(case):
            products += [(name, in_font(text, letters, font)) for name, font in FONTS.items()]
    for name, new in products:
        if new != text and text.strip():
            yield name, new


def cases() -> list[dict[str, object]]:
    """Cases with a verdict; what cannot be read stays out: other brackets may make it readable."""
    lines = (line for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    return [case for case in map(json.loads, lines) if case["expected"] != "malformed"]


def products() -> dict[str, list[tuple[dict[str, object], str]]]:
    """For each rewriting, the cases drawn for it with their new answers; always the same ones."""
    found: dict[str, list[tuple[dict[str, object], str]]] = {n: [] for n in (*EVERYWHERE, *LATEX, *FONTS)}
    for case in cases():
        every = EVERY_DERIVATION if case["kind"] == "derivation" else EVERY
        for name, new in rewritings(case):
            # Rewritings that apply to few cases are tried on all of them.
            if name in SELDOM or crc32(f"{case['id']} {name}".encode()) % every == 0:
                found[name].append((case, new))
    return found


# fmt: off
SELDOM = (
    "≥", "<=", r"\le, \ge", r"\neq", r"\to", "× for \\times", r"\lVert", r"\left\|", r"\left\langle",
    r"\left|\begin{array}", r"\colon for :",
)
# fmt: on
PRODUCTS = products()


@pytest.mark.parametrize("name", PRODUCTS)
def test_the_verdict_stays(name: str) -> None:
    changed = []
    for case, new in PRODUCTS[name]:
        record = {key: value for key, value in case.items() if key not in ANSWERS}
        found = compare_record(record | {"submission": new})
        if found["verdict"] != case["expected"]:
            changed.append(f"{case['id']}: {new!r} is {found['verdict']}, not {case['expected']}")
    assert not changed, "\n".join(changed[:10])


def test_every_rewriting_is_tried() -> None:
    assert [name for name, drawn in PRODUCTS.items() if not drawn] == []


def test_one_notation_is_reached_at_once() -> None:
    for case in cases():
        text, rows = str(case["submission"]), case["kind"] == "derivation"
        once = in_one_notation(text, rows)
        assert in_one_notation(once, rows) == once, text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\operatorname{diag}\left(e^{-t},\,e^{-2t}\right)", r"\operatorname{diag}(e^{-t}, e^{-2t})"),
        (r"x\in\left\{3,\,-\dfrac12\right\}.", r"x\in\{3, -\frac12\}"),
        (r"\[ \bigl\lVert x\bigr\rVert \leqslant 2 \]", r"\|x\|\le 2"),
        (r"A^{\mathsf{T}}\!A", r"A^\top A"),
        (r"\left[\begin{array}{cc}1&2\\[2pt]3&4\end{array}\right]", r"\begin{bmatrix}1&2\\3&4\end{bmatrix}"),
        # What says something stays.
        (r"1\,024", r"1\,024"),
        (r"2\,\tfrac12", r"2\,\frac12"),
        (r"\left.x^2\right|_0^1", r"\left.x^2\right|_0^1"),
        (r"x^2\Big|_0^1", r"x^2\Big|_0^1"),
        (r"A \ b", r"A \ b"),
        (r"R \ \{0\}", r"R \ \{0\}"),
        ("x =\n\n     1\n    -2\n", "x =\n\n     1\n    -2"),
        ("$a$ or $b$", "$a$ or $b$"),
        ("0.333...", "0.333..."),
    ],
)
def test_one_notation(written: str, read: str) -> None:
    assert in_one_notation(written) == read


def claims() -> list[str]:
    """Claims that the repository states in LaTeX."""
    texts = (path.read_text("utf-8") for path in sorted(CLAIMS.glob("*.claims")))
    return [
        claim.split("\n", 1)[1]
        for text in texts
        for claim in re.split(r"^## ", text, flags=re.M)[1:]
        if "\\" in claim
    ]


CLAIMS_IN_LATEX = claims()


@lru_cache(maxsize=1000)
def shown(claim: str) -> list[Term]:
    return [s.prop for s in read_claims(claim).shows]


@pytest.mark.parametrize("name", sorted(set(LATEX) - {"a full stop", r"\lt, \gt"}))  # <x, y> is no relation
def test_claims_are_read_alike(name: str) -> None:
    for claim in CLAIMS_IN_LATEX:
        new = re.sub(r"(?<=^show )(.*\\.*)$", lambda m: LATEX[name](m[0]), claim, flags=re.M)
        if new != claim and new.count("\n") == claim.count("\n"):
            assert shown(new) == shown(claim), new
