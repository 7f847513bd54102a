"""Exercise sheets: a variant as Markdown, for a number or for a student, with or without its solution.

    write_sheets(exercises, out, variants=3, seed=7)                sheet-1.md ... sheet-3.md
    write_sheets(exercises, out, students=["ada"], seed=7, solutions=True)   also sheet-ada-solutions.md

Every variant has passed the check of its own solution before a line is written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from lemmata.grade.exercise import Exercise, Part, Variant
from lemmata.grade.tex import tex
from lemmata.terms.show import show

__all__ = ["answer_tex", "sheet_markdown", "variant_markdown", "write_sheets"]


def answer_tex(part: Part) -> str:
    """The reference answer as LaTeX without dollars; the words of the option for a choice."""
    if part.kind == "choice":
        return rf"\text{{{part.options[int(part.answer.value)]}}}"
    return tex(part.answer)


def variant_markdown(variant: Variant, solutions: bool = False, level: int = 2) -> str:
    """Task and parts, and where asked the answers and the worked solution."""
    mark = "#" * level
    lines = [f"{mark} {variant.title} [{_marks(variant.marks)}]", "", variant.task, ""]
    for part in variant.parts:
        lines += [f"**({part.id})** {part.prompt} *[{_marks(part.marks)}]*", ""]
        if part.kind == "choice":
            lines += [*(f"- {option}" for option in part.options), ""]
    if solutions:
        lines += [f"{mark}# Solution", ""]
        for step in variant.solution:
            lines += [step.text, ""]
            if step.claim is not None:
                lines += [f"$$ {show(step.claim, style='latex')} $$", ""]
        lines += [f"{mark}# Answers", ""]
        for part in variant.parts:
            lines += [f"**({part.id})** ${answer_tex(part)}$", ""]
    return "\n".join(lines)


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
    variants = [e.variant(seed, who) for e in exercises.values()]
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

    ``solutions`` writes the worked solutions next to them, in files of their own.  ``formats`` are "md" and
    "html" (MathML, by pandoc).  Raises WrongSolution, before any file is written, when a solution is wrong.
    """
    chosen = tuple(formats)
    if any(f not in ("md", "html") for f in chosen):
        raise ValueError(f"unknown format among {', '.join(chosen)}: the formats are md and html")
    who: list[int | str] = [*range(1, (variants or 0) + 1), *students]
    if not who:
        raise ValueError("no sheet was asked for: give a number of variants or names of students")
    texts: dict[str, str] = {}
    for w in who:
        stem = f"sheet-{w}" if isinstance(w, int) else f"sheet-{_stem(w)}"
        texts[stem] = sheet_markdown(exercises, seed, w, False, title)
        if solutions:
            texts[f"{stem}-solutions"] = sheet_markdown(exercises, seed, w, True, title)
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for stem, text in texts.items():
        for form in chosen:
            path = folder / f"{stem}.{form}"
            path.write_text(text if form == "md" else _html(text, title), encoding="utf-8")
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
