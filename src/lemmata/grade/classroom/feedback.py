r"""A student's feedback for paper: as Typst, from which the PDF is made, and as LaTeX.

    feedback_typst(student, graded, out_of)       every text is a string literal: #"a_1 <script>"
    feedback_latex(student, graded, out_of)       every character that means something is spelled: a\_1

Nothing that a student wrote is markup, a command or a formula in either; characters that a font may lack are
named in LaTeX, [U+2211].
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from lemmata.grade.classroom.report import WORDS, decimal, known_marks, visible
from lemmata.grade.classroom.stack import Graded

__all__ = ["feedback_latex", "feedback_pdf", "feedback_typst", "latex_text"]


def _summary(graded: Sequence[Graded], out_of: Fraction) -> str:
    waiting = sum(g.marked.flagged for g in graded)
    later = f"; {waiting} answer{'s' * (waiting != 1)} will be read by a person" if waiting else ""
    return f"Marks so far: {decimal(known_marks(graded))} of {decimal(out_of)}{later}."


def _heading(g: Graded) -> str:
    m = g.marked
    words = "no answer" if m.diagnosis == "no-answer" else WORDS[m.verdict]
    return f"Part {g.submission.part}: {words}, {decimal(m.marks)} of {decimal(m.out_of)}"


def _examples(g: Graded) -> Iterator[str]:
    for name, value in (g.marked.counterexample or {}).items():
        yield visible(
            f"{name} = {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        )


def _common(c: str) -> bool:
    """Whether every font has it: ASCII, and the letters of the west that the T1 encoding has too."""
    return " " <= c <= "~" or ("\u00c0" <= c <= "\u00ff" and c not in "×÷")


# --- Typst -----------------------------------------------------------------------------------------


def _quoted(text: str) -> str:
    """A Typst string: nothing in it is markup or code."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def feedback_typst(student: str, graded: Sequence[Graded], out_of: Fraction, plain: bool = False) -> str:
    """The page as Typst; ``plain`` names the characters beyond Latin, for fonts that lack them."""

    def text(words: str) -> str:
        shown = visible(words)
        if plain:
            shown = "".join(c if _common(c) or c == "\n" else f"[U+{ord(c):04X}]" for c in shown)
        return _quoted(shown)

    title = text(f"Feedback for {student}")
    lines = [f"#set document(title: {title})", '#set text(lang: "en", size: 10.5pt)', f"= #{title}",
             f"#{text(_summary(graded, out_of))}"]  # fmt: skip
    exercise = ""
    for g in graded:
        if g.submission.exercise != exercise:
            exercise = g.submission.exercise
            lines.append(f"== #{text(exercise)}")
        lines.append(f"=== #{text(_heading(g))}")
        if g.submission.answer.strip():
            lines.append(f"#raw(block: true, {text(g.submission.answer)})")
        lines.append(f"#{text(g.marked.feedback)}")
        lines += [f"- #{text(example)}" for example in _examples(g)]
    return "\n\n".join(lines) + "\n"


def feedback_pdf(student: str, graded: Sequence[Graded], out_of: Fraction) -> bytes:
    """The page as an accessible PDF.  Raises PublishError."""
    from lemmata.publish.errors import PublishError

    try:
        return _pdf(feedback_typst(student, graded, out_of))
    except PublishError:
        # An accessible PDF has no missing glyphs: a text in another script is spelled.
        return _pdf(feedback_typst(student, graded, out_of, plain=True))


def _pdf(source: str) -> bytes:
    from lemmata.publish.typst import compile_typst

    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "feedback.typ"
        path.write_text(source, encoding="utf-8", errors="replace")
        return compile_typst(path)[0]


# --- LaTeX -----------------------------------------------------------------------------------------

_SPELLED = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "'": r"\textquotesingle{}", "`": r"\textasciigrave{}",
    "-": r"{-}",
}  # fmt: skip


def latex_text(text: str) -> str:
    r"""The text as LaTeX in which no character means anything, for every engine.

    >>> latex_text("50% of $x_1^2$")
    '50\\% of \\$x\\_1\\textasciicircum{}2\\$'
    """
    lines = visible(text).split("\n")
    # A line that begins with [ or * would be an argument of the line break.
    return "\\\\{}\n".join("".join(map(_spelled, line)) or r"\mbox{}" for line in lines)


def _spelled(c: str) -> str:
    if c in _SPELLED:
        return _SPELLED[c]
    # Letters of the west that the T1 encoding has; all else by its number.
    return c if " " <= c <= "~" or ("\u00c0" <= c <= "\u00ff" and c not in "×÷") else f"[U+{ord(c):04X}]"


def feedback_latex(student: str, graded: Sequence[Graded], out_of: Fraction) -> str:
    lines = [
        r"\documentclass[11pt]{article}", r"\usepackage[utf8]{inputenc}", r"\usepackage[T1]{fontenc}",
        r"\usepackage{textcomp}", r"\setlength{\parindent}{0pt}\setlength{\emergencystretch}{3em}",
        r"\begin{document}", rf"\section*{{Feedback for {latex_text(student)}}}", latex_text(_summary(graded, out_of)),
    ]  # fmt: skip
    exercise = ""
    for g in graded:
        if g.submission.exercise != exercise:
            exercise = g.submission.exercise
            lines.append(rf"\subsection*{{{latex_text(exercise)}}}")
        lines.append(rf"\subsubsection*{{{latex_text(_heading(g))}}}")
        if g.submission.answer.strip():
            lines.append(rf"{{\ttfamily\sloppy {latex_text(g.submission.answer)}}}" + "\n")
        lines.append(latex_text(g.marked.feedback) + "\n")
        lines += [
            rf"For example: {{\ttfamily\sloppy {latex_text(example)}}}" + "\n" for example in _examples(g)
        ]
    return "\n".join([*lines, r"\end{document}", ""])
