"""Exercise sheets: a variant as Markdown, for a number or for a student, with or without its solution.

    write_sheets(exercises, out, variants=3, seed=7)                sheet-1.md ... sheet-3.md
    write_sheets(exercises, out, students=["ada"], seed=7, solutions=True)   also sheet-ada-solutions.md

    write_sheets(exercises, out, variants=20, formats=["moodle"])   moodle.xml, with 20 variants of each

Every variant has passed the check of its own solution before a line is written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from lemmata.grade.exercise import Exercise, Part, Variant
from lemmata.grade.tex import tex
from lemmata.terms.show import show

__all__ = ["FORMATS", "answer_tex", "sheet_markdown", "solution_markdown", "variant_markdown", "write_sheets"]

FORMATS = ("md", "html", "moodle", "qti")


def answer_tex(part: Part) -> str:
    """The reference answer as LaTeX without dollars; the words of the option for a choice."""
    if part.kind == "choice":
        return rf"\text{{{_text_mode(part.options[int(part.answer.value)])}}}"
    return tex(part.answer)


def _text_mode(words: str) -> str:
    r"""Words for \text: formulas between dollars stay, in the rest no character means anything."""
    named = {"\\": r"\backslash", "^": r"\wedge", "~": r"\sim"}
    pieces = re.split(r"(\$[^$]+\$)", words)
    return "".join(
        piece if n % 2 else re.sub(
            r"[\\^~&%#_{}$]", lambda m: f"${named[m[0]]}$" if m[0] in named else f"\\{m[0]}", piece)
        for n, piece in enumerate(pieces)
    )  # fmt: skip


def variant_markdown(variant: Variant, solutions: bool = False, level: int = 2) -> str:
    """Task and parts, and where asked the answers and the worked solution."""
    mark = "#" * level
    lines = [f"{mark} {variant.title} [{_marks(variant.marks)}]", "", variant.task, ""]
    for part in variant.parts:
        lines += [f"**({part.id})** {part.prompt} *[{_marks(part.marks)}]*", ""]
        if part.kind == "choice":
            lines += [*(f"- {option}" for option in part.options), ""]
    if solutions:
        lines += [f"{mark}# Solution", "", solution_markdown(variant), ""]
        lines += [f"{mark}# Answers", ""]
        for part in variant.parts:
            lines += [f"**({part.id})** ${answer_tex(part)}$", ""]
    return "\n".join(lines)


def solution_markdown(variant: Variant) -> str:
    """The worked solution, each step with the claim that was checked for it."""
    lines = []
    for step in variant.solution:
        lines.append(step.text)
        if step.claim is not None:
            lines.append(f"$$ {show(step.claim, style='latex')} $$")
    return "\n\n".join(lines)


def _marks(marks: object) -> str:
    return f"{marks} mark" if str(marks) == "1" else f"{marks} marks"


def sheet_markdown(
    exercises: Mapping[str, Exercise],
    seed: int,
    who: int | str,
    solutions: bool = False,
    title: str = "Exercises",
) -> str:
    """A whole sheet.  Raises WrongSolution before anything is written."""
    return _sheet([e.variant(seed, who) for e in exercises.values()], who, solutions, title)


def _sheet(variants: Sequence[Variant], who: int | str, solutions: bool, title: str) -> str:
    name = f"for {_plain(who)}" if isinstance(who, str) else f"variant {who}"
    head = [f"# {title}, {name}", ""]
    return "\n".join(head + [variant_markdown(v, solutions) for v in variants])


def _plain(text: str) -> str:
    r"""A student's identifier as Markdown text: whatever could be markup is escaped."""
    return re.sub(r"([^\w\s])", r"\\\1", " ".join(text.split()))[:200]


def write_sheets(
    exercises: Mapping[str, Exercise],
    out: Path | str,
    variants: int | None = None,
    students: Iterable[str] = (),
    seed: int = 0,
    solutions: bool = False,
    formats: Iterable[str] = ("md",),
    title: str = "Exercises",
) -> list[Path]:
    """Write a sheet for each of the variants 1 to ``variants`` and for each student; return the paths.

    ``solutions`` writes the worked solutions next to them, in files of their own.  ``formats`` are "md", "html"
    (MathML, by pandoc), and for the numbered variants together "moodle" (moodle.xml, a question bank) and "qti"
    (qti.zip, a content package); these two always have the solutions in them, for teachers and as feedback.
    Raises WrongSolution, before any file is written, when a solution is wrong.
    """
    chosen = tuple(formats)
    if any(f not in FORMATS for f in chosen):
        raise ValueError(f"unknown format among {', '.join(chosen)}: the formats are {', '.join(FORMATS)}")
    exported = [f for f in chosen if f in ("moodle", "qti")]
    if exported and not variants:
        raise ValueError(f"{exported[0]} exports numbered variants: give their number")
    who: list[int | str] = [*range(1, (variants or 0) + 1), *students]
    if not who:
        raise ValueError("no sheet was asked for: give a number of variants or names of students")
    texts: dict[str, str] = {}
    for w in who:
        stem = f"sheet-{w}" if isinstance(w, int) else f"sheet-{_stem(w)}"
        drawn = [e.variant(seed, w) for e in exercises.values()]
        texts[stem] = _sheet(drawn, w, False, title)
        if solutions:
            texts[f"{stem}-solutions"] = _sheet(drawn, w, True, title)
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for stem, text in texts.items():
        for form in (f for f in chosen if f not in exported):
            path = folder / f"{stem}.{form}"
            path.write_text(text if form == "md" else _html(text, title), encoding="utf-8")
            written.append(path)
    if exported:
        from lemmata.grade.export.banks import moodle_xml, qti_package

        for form in exported:
            if form == "moodle":
                path = folder / "moodle.xml"
                path.write_text(moodle_xml(exercises, variants or 1, seed), encoding="utf-8")
            else:
                path = qti_package(exercises, variants or 1, seed, folder / "qti.zip")
            written.append(path)
    return written


def _stem(student: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9_-]", "_", student)[:60]
    return plain if plain == student else f"{plain}-{hashlib.sha256(student.encode()).hexdigest()[:8]}"


def _html(markdown: str, title: str) -> str:
    import pypandoc

    arguments = ["--mathml", "--standalone", "--metadata", f"pagetitle={title}", "--sandbox"]
    return str(
        pypandoc.convert_text(markdown, "html5", format="markdown-raw_html-raw_tex", extra_args=arguments)
    )
