r"""Chapters: Markdown with Jinja2 calls becomes Markdown that says which block shows which result.

An author writes prose and pulls in every formal thing by label; no statement is typed twice:

    # Minimum norm
    Among all interpolants one is shortest, as {{ ref("min-norm") }} says.

    {{ theorem("min-norm") }}

The calls are ``theorem``, ``proof``, ``why``, ``counterexample``, ``evidence``, ``exercise``, ``figure`` and
``ref``.  A block call stands on a line of its own; ``ref`` stands in a sentence.  What a theorem block does
not show because the chapter says nothing of it (its proof, the reasons for its hypotheses) is added below
the theorem, so that nothing is missing by accident; ``theorem(label, proof=False, why=False)`` leaves out.

Braces: Jinja2 reads ``{{`` and ``{%``.  In LaTeX write ``x^{ {2} }`` for the rare doubled brace, and ``{ %``
for a comment after a brace.  Jinja2's own comments are ``{{# ... #}}`` here, because ``{#name}`` is how
Markdown names a heading.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)

from lemmata.publish.errors import PublishError, closest
from lemmata.publish.model import CourseViews, EvidenceView, TheoremView, WhyView

__all__ = [
    "CALLS",
    "Chapter",
    "Expansion",
    "asset",
    "chapter_files",
    "expand",
    "fill",
    "inline_math",
    "page_environment",
]

V = TypeVar("V")
CALLS = ("theorem", "proof", "why", "counterexample", "evidence", "exercise", "figure", "ref")
LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]*\Z")
PACKAGE = "lemmata.publish"


@dataclass(frozen=True)
class Chapter:
    """One chapter file: its ``stem``, the ``file`` it came from, what was written and what it became."""

    stem: str
    file: str
    source: str
    markdown: str


@dataclass
class Expansion:
    """All chapters expanded: the chapters, where each block was shown, and what was left out.

    ``shown`` maps ("theorem", label) to its place (file, line).
    """

    chapters: tuple[Chapter, ...] = ()
    shown: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def chapter_files(views: CourseViews, chapters_dir: Path) -> list[Path]:
    """The chapter files in reading order; PublishError where a named one is missing or there is none."""
    if not views.chapters:
        files = sorted(chapters_dir.glob("*.md"))
        if not files:
            raise PublishError(
                f"no chapter (*.md) in {chapters_dir}", remedy="write one, for example 1-start.md"
            )
        return files
    known = [path.stem for path in chapters_dir.glob("*.md")]
    for stem in views.chapters:
        if stem not in known:
            raise PublishError(
                f"chapter {stem!r} has no file {stem}.md", str(chapters_dir), remedy=closest(stem, known)
            )
    return [chapters_dir / f"{stem}.md" for stem in views.chapters]


def inline_math(latex: str) -> str:
    """LaTeX between dollars, on one line: Markdown ends mathematics at a blank line or an outer space."""
    return f"${_one_line(latex)}$"


def display_math(latex: str, end: str = "") -> str:
    """LaTeX as a display, with the punctuation of the sentence it stands in."""
    return f"$${_one_line(latex)}{end}$$"


def _one_line(latex: str) -> str:
    return " ".join(latex.split())


def scientific(value: float) -> str:
    r"""A residual as inline mathematics, one significant digit: ``3e-15`` is ``$3 \times 10^{-15}$``."""
    if value == 0:
        return "0"
    digits, exponent = f"{value:.0e}".split("e")
    return rf"${digits} \times 10^{{{int(exponent)}}}$"


def words(text: str) -> str:
    r"""What the machinery says (an oracle fact, a reason) as Markdown: plain text unless it has formulas.

    >>> words("s_1 * s_2 < 1"), words("all $s_1 < 1$")
    ('s\\_1 \\* s\\_2 \\< 1', 'all $s_1 < 1$')
    """
    return text if "$" in text else re.sub(r"([\\`*_{}\[\]<>^~#|])", r"\\\1", text)


def sentence(text: str) -> str:
    """The text with a capital and a full stop, unless it starts with a formula.

    >>> sentence("the norms differ")
    'The norms differ.'
    """
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ".!?" else ".")


def listing(items: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + f" {last} {items[-1]}"


def page_environment(render_dir: Path | None, *, blocks: bool = False, **options: Any) -> Environment:
    """Templates of the course (``render/``) first, the engine's where the course has none.

    ``blocks`` opens the folder of Markdown blocks (theorem.md, ...) instead of the page templates.
    """
    folder = "templates/blocks" if blocks else "templates"
    own = [] if render_dir is None else [FileSystemLoader(render_dir / "blocks" if blocks else render_dir)]
    settings: dict[str, Any] = {
        "loader": ChoiceLoader([*own, PackageLoader(PACKAGE, folder)]),
        "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True,
        "keep_trailing_newline": True,
    }  # fmt: skip
    return Environment(**(settings | options))


def fill(environment: Environment, name: str, **values: Any) -> str:
    """A template filled in; PublishError with the template's own file and line where it cannot be."""
    try:
        return environment.get_template(name).render(**values)
    except TemplateSyntaxError as error:
        raise PublishError(f"template: {error.message}", error.filename or name, error.lineno) from None
    except TemplateError as error:
        frames = traceback.extract_tb(error.__traceback__)
        inner = [f for f in frames if f.filename.endswith((".md", ".html", ".tex", ".typ"))]
        place = (inner[-1].filename, inner[-1].lineno) if inner else (name, None)
        raise PublishError(f"template: {error.message or error}", *place) from None


def asset(render_dir: Path | None, name: str) -> bytes:
    """A static file (style.css, a font): the course's own if it has one, else the engine's."""
    if render_dir is not None and (render_dir / name).is_file():
        return (render_dir / name).read_bytes()
    return resources.files(PACKAGE).joinpath("templates", *name.split("/")).read_bytes()


class _Calls:
    """The functions a chapter may call.  ``plan`` is None in the first run, which only listens."""

    def __init__(self, views: CourseViews, render_dir: Path | None, plan: _Calls | None) -> None:
        self.views, self.plan = views, plan
        self.shown: dict[tuple[str, str], tuple[str, int]] = {}
        self.reasons: set[tuple[str, int]] = set()
        self.blocks = page_environment(render_dir, blocks=True)
        self.blocks.filters.update(
            m=inline_math, display=display_math, sci=scientific, listing=listing, words=words
        )
        self.blocks.filters["thousands"] = lambda number: f"{number:,}"
        self.blocks.globals.update(sentence=sentence, ref=self._soft_ref, evidence_block=self._evidence_block)

    # What chapters call -------------------------------------------------------------------------
    def theorem(self, label: str, *, proof: bool = True, why: bool = True) -> str:
        """The statement with its evidence, and what no other call of the notes shows of it."""
        view = self._find("theorem", self.views.theorems, label)
        self._once("theorem", label)
        parts = [self._block("theorem.md", theorem=view)]
        if self.plan is not None:
            if proof and (view.steps or view.idea) and ("proof", label) not in self.plan.shown:
                parts.append(self._block("proof.md", theorem=view))
            left = [item for i, item in enumerate(view.why) if (label, i) not in self.plan.reasons]
            if why and left:
                parts.append(self._block("why.md", theorem=view, items=left))
        return "".join(parts)

    def proof(self, label: str) -> str:
        """The steps of a proof."""
        view = self._find("theorem", self.views.theorems, label)
        if not (view.steps or view.idea):
            raise self._error(f"{label!r} has no proof to show: its evidence is {view.evidence.word!r}",
                              "take this call out, or prove the result in derivations/")  # fmt: skip
        self._once("proof", label)
        return self._block("proof.md", theorem=view)

    def why(self, label: str, hypothesis: str | int | None = None) -> str:
        """Why the hypotheses (or one of them, by name or by place from 1) are needed."""
        view = self._find("theorem", self.views.theorems, label)
        chosen = self._reasons(view, hypothesis)
        self.reasons.update((label, i) for i, _ in chosen)
        return self._block("why.md", theorem=view, items=[item for _, item in chosen])

    def counterexample(self, label: str, hypothesis: str | int | None = None) -> str:
        """The matrices that refute a refuted result, or a result without one of its hypotheses."""
        view = self._find("theorem", self.views.theorems, label)
        if view.refutation and hypothesis is None:
            return self._block("counterexample.md", theorem=view, matrices=view.refutation, item=None)
        for _, item in self._reasons(view, hypothesis):
            if item.result == "counterexample":
                return self._block("counterexample.md", theorem=view, matrices=item.matrices, item=item)
        raise self._error(f"no counterexample is known for {label!r}", "take this call out")

    def evidence(self, label: str) -> str:
        """The evidence line alone."""
        view = self._find("theorem", self.views.theorems, label)
        return self._evidence_block(view.evidence, len(view.steps), label)

    def exercise(self, label: str) -> str:
        """An exercise; its solution is kept only in the instructor's build."""
        view = self._find("exercise", self.views.exercises, label)
        self._once("exercise", label)
        return self._block("exercise.md", exercise=view)

    def figure(self, name: str) -> str:
        """A figure drawn from computed data."""
        view = self._find("figure", self.views.figures, name)
        self._once("figure", name)
        return self._block("figure.md", figure=view)

    def ref(self, label: str, text: str = "") -> str:
        """A link to a theorem, exercise, figure or named heading; resolved once everything is numbered."""
        file, line = _place()
        self._well_formed(label)
        return f'[{text}]{{.ref label="{label}" place="{file}:{line}"}}'

    # Inside ---------------------------------------------------------------------------------------
    def _soft_ref(self, label: str) -> str:
        view = self.views.theorems.get(label)
        return f'[{view.title if view else label}]{{.ref .soft label="{label}"}}'

    def _evidence_block(self, evidence: EvidenceView, steps: int = 0, label: str = "") -> str:
        return self._block("evidence.md", evidence=evidence, steps=steps, label=label)

    def _block(self, name: str, **values: Any) -> str:
        return "\n\n" + fill(self.blocks, name, **values).strip() + "\n\n"

    def _find(self, kind: str, known: Mapping[str, V], label: str) -> V:
        if label in known:
            return known[label]
        raise self._error(f"no {kind} is labelled {label!r}", closest(label, known))

    def _once(self, kind: str, label: str) -> None:
        self._well_formed(label)
        if (kind, label) in self.shown:
            file, line = self.shown[kind, label]
            raise self._error(f"{kind} {label!r} is shown twice, first at {file}:{line}",
                              f'refer to it: {{{{ ref("{label}") }}}}')  # fmt: skip
        self.shown[kind, label] = _place()

    def _well_formed(self, label: str) -> None:
        if not LABEL.match(label):
            raise self._error(f"{label!r} is not a label", "use letters, digits, '-', '_', '.' and ':'")

    def _reasons(self, view: TheoremView, hypothesis: str | int | None) -> list[tuple[int, WhyView]]:
        items = list(enumerate(view.why))
        if hypothesis is None:
            chosen = items
        elif isinstance(hypothesis, int):
            chosen = items[hypothesis - 1 : hypothesis] if hypothesis > 0 else []
        else:
            chosen = [(i, item) for i, item in items if hypothesis in (item.name, item.hypothesis)]
        if not chosen:
            asked = "" if hypothesis is None else f" for hypothesis {hypothesis!r}"
            names = [item.name or str(i + 1) for i, item in items]
            raise self._error(f"{view.label!r} has no reason{asked}", closest(str(hypothesis), names))
        return chosen

    def _error(self, message: str, remedy: str) -> PublishError:
        return PublishError(message, *_place(), remedy=remedy)


def _place() -> tuple[str, int]:
    """File and line of the call in the chapter that is being expanded (Jinja2 keeps the map of lines)."""
    frame: Any = sys._getframe(1)
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return str(template.filename), int(template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back
    return "", 0


def expand(views: CourseViews, files: Sequence[Path], render_dir: Path | None = None) -> Expansion:
    """Run the calls of every chapter; PublishError names file and line of whatever cannot be shown."""
    plan = _Calls(views, render_dir, None)
    for path in files:
        _run(plan, path)
    calls = _Calls(views, render_dir, plan)
    chapters = tuple(
        Chapter(path.stem, str(path), path.read_text(encoding="utf-8"), _run(calls, path)) for path in files
    )
    return Expansion(chapters, calls.shown, tuple(_left_out(views, calls)))


def _left_out(views: CourseViews, calls: _Calls) -> Iterator[str]:
    for label in views.theorems:
        if ("theorem", label) not in calls.shown:
            yield f"theorem {label!r} is in the course but in no chapter"
    # Exercises are for sheets too: that some are not in the notes is worth one line and no more.
    sheets = [label for label in views.exercises if ("exercise", label) not in calls.shown]
    if sheets:
        names = ", ".join(sheets[:3]) + (", ..." if len(sheets) > 3 else "")
        yield f"{len(sheets)} of {len(views.exercises)} exercises are in no chapter ({names}); sheets have them"


def _run(calls: _Calls, path: Path) -> str:
    environment = Environment(
        loader=FileSystemLoader(path.parent), undefined=StrictUndefined, keep_trailing_newline=True,
        comment_start_string="{{#", comment_end_string="#}}",
    )  # fmt: skip
    functions: dict[str, Callable[..., str]] = {name: getattr(calls, name) for name in CALLS}
    environment.globals.update(functions)
    try:
        return environment.get_template(path.name).render()
    except TemplateSyntaxError as error:
        remedy = "{{ and {% belong to Jinja2: in mathematics put a space between the braces"
        raise PublishError(error.message or "unreadable call", str(path), error.lineno, remedy) from None
    except TemplateNotFound as error:
        raise PublishError(f"no file {error.name!r} to include", str(path), _line(path, error)) from None
    except UndefinedError as error:
        name = (re.findall(r"'([^']*)'", error.message or "") or [""])[-1]
        remedy = closest(name, CALLS, "a chapter may call " + ", ".join(CALLS))
        raise PublishError(str(error.message), str(path), _line(path, error), remedy) from None
    except (TypeError, TemplateError) as error:
        raise PublishError(f"this call cannot be run: {error}", str(path), _line(path, error)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise PublishError(
            f"cannot read this chapter: {error}", str(path), remedy="save it as UTF-8"
        ) from None


def _line(path: Path, error: BaseException) -> int | None:
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
    return lines[-1] if lines else None
