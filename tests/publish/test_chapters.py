"""Chapters: what a call writes, and what an author is told when a call cannot be run."""

from __future__ import annotations

from pathlib import Path

import pytest

from lemmata.publish.build import compose
from lemmata.publish.chapters import expand, listing, scientific
from lemmata.publish.errors import PublishError, closest
from lemmata.publish.model import CourseViews, EvidenceView, TheoremView, WhyView

PAGE = "# A chapter\n\n"

# what stands on line 3 of the chapter, what the message says, what the remedy says
MISTAKES = [
    ('{{ theorem("min-nrm") }}', "no theorem is labelled 'min-nrm'", "did you mean 'min-norm'?"),
    ('{{ exercise("by-hnd") }}', "no exercise is labelled 'by-hnd'", "did you mean 'by-hand'?"),
    ('{{ figure("geometry") }}', "no figure is labelled 'geometry'", "'flow-geometry'"),
    ('{{ ref("min-nrm") }}', "nothing in these notes is labelled 'min-nrm'", 'theorem("min-nrm")'),
    (
        '{{ ref("min-norm") }}',
        "nothing in these notes is labelled 'min-norm'",
        'show it somewhere: {{ theorem("min-norm")',
    ),
    ('{{ proof("wrong-limit") }}', "'wrong-limit' has no proof to show", "derivations/"),
    ('{{ why("min-norm", "full-rank") }}', "no reason for hypothesis 'full-rank'", "'full-row-rank'"),
    ('{{ why("min-norm", 3) }}', "no reason for hypothesis 3", ""),
    ('{{ counterexample("flow-limit") }}', "no counterexample is known for 'flow-limit'", ""),
    ('{{ theorm("min-norm") }}', "'theorm' is undefined", "did you mean 'theorem'?"),
    ('{{ theorem("min-norm" }}', "unexpected '}'", "between the braces"),
    (r"$\mathbb{R}^{{n}}$", "'n' is undefined", "a chapter may call"),
    ("{{ theorem() }}", "missing 1 required positional argument", ""),
    ('{{ theorem("min-norm") }}\n{{ theorem("min-norm") }}', "is shown twice, first at", 'ref("min-norm")'),
    ('```\n{{ theorem("min-norm") }}\n```', "does not stand by itself", "line of its own"),
    ('{{ ref("a b") }}', "'a b' is not a label", "letters, digits"),
    ("\\begin{tikzpicture}\\end{tikzpicture}", "raw tex", "write it in Markdown"),
    ("[there](#nowhere)", "the link [there](#nowhere) leads nowhere", ""),
    ("<b>bold</b>", "raw html", "write it in Markdown"),
]


@pytest.mark.parametrize(("written", "message", "remedy"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_named_with_its_line(
    course: CourseViews, tmp_path: Path, written: str, message: str, remedy: str
) -> None:
    (tmp_path / "one.md").write_text(PAGE + written + "\n", encoding="utf-8")
    with pytest.raises(PublishError) as caught:
        compose(CourseViews(course.title, course.theorems, course.exercises, course.figures), tmp_path)
    assert message in caught.value.message
    assert remedy in caught.value.remedy
    assert caught.value.file == str(tmp_path / "one.md")
    assert caught.value.line == 3 + written.startswith("```") + written.count("}}\n{{")


def test_a_chapter_without_a_title_and_a_course_without_chapters(course: CourseViews, tmp_path: Path) -> None:
    views = CourseViews("Notes")
    with pytest.raises(PublishError, match="no chapter"):
        compose(views, tmp_path)
    (tmp_path / "one.md").write_text("Words only.\n", encoding="utf-8")
    with pytest.raises(PublishError, match="begins with its title"):
        compose(views, tmp_path)
    with pytest.raises(PublishError, match=r"chapter 'tow' has no file") as caught:
        compose(CourseViews("Notes", chapters=("tow",)), tmp_path)
    assert "one" in caught.value.remedy


def test_what_a_chapter_does_not_show_itself_is_added(course: CourseViews, tmp_path: Path) -> None:
    page = tmp_path / "one.md"
    shows = {
        '{{ theorem("min-norm") }}': (1, 1),
        '{{ theorem("min-norm", proof=False, why=False) }}': (0, 0),
        '{{ theorem("min-norm") }}\n\n{{ proof("min-norm") }}': (1, 1),
        '{{ theorem("min-norm") }}\n\n{{ why("min-norm", 1) }}': (1, 2),
    }
    for text, (proofs, whys) in shows.items():
        page.write_text(PAGE + text, encoding="utf-8")
        markdown = expand(course, [page]).chapters[0].markdown
        assert (markdown.count("::: {.proof"), markdown.count("::: {.why")) == (proofs, whys), text


def test_results_that_no_chapter_shows_are_reported(course: CourseViews, tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(PAGE + '{{ theorem("min-norm") }}\n', encoding="utf-8")
    warnings = expand(course, [tmp_path / "one.md"]).warnings
    assert "theorem 'flow-limit' is in the course but in no chapter" in warnings
    assert not any("min-norm" in warning for warning in warnings)


EVIDENCE = [
    (EvidenceView("proved"), 12, "[proved]{.word .proved} · 12 steps · rests on: nothing beyond the kernel"),
    (EvidenceView("proved", {"exact": 240, "sampled": 760}, seed=20251, worst_residual=3e-15), 1,
     "[proved]{.word .proved} · 1 step · 1,000 instances (240 exact, 760 in floating point, worst residual"
     r" $3 \times 10^{-15}$) · seed 20251 · rests on: nothing beyond the kernel"),
    (EvidenceView("proved", oracles=("a", "b"), cites=("Picard–Lindelöf",)), 0,
     "[proved]{.word .proved} · rests on: 2 oracle facts; cites Picard–Lindelöf"),
    (EvidenceView("sampled", {"sampled": 1}, worst_residual=0.0), 0,
     "[sampled]{.word .sampled} · 1 instance in floating point (worst residual 0)"),
    (EvidenceView("cited", cites=("Penrose 1955",)), 0, "[cited]{.word .cited} · cites Penrose 1955"),
    (EvidenceView("open", warnings=("vacuous",)), 0, "[open]{.word .open} · [warning: vacuous]{.warning}"),
]  # fmt: skip


@pytest.mark.parametrize(("evidence", "steps", "line"), EVIDENCE)
def test_the_evidence_line(tmp_path: Path, evidence: EvidenceView, steps: int, line: str) -> None:
    from lemmata.publish.model import StepView

    view = TheoremView("a", "A", statements=("x = x",), evidence=evidence, steps=(StepView("x = x"),) * steps)
    (tmp_path / "one.md").write_text('# A\n\n{{ theorem("a", proof=False) }}\n', encoding="utf-8")
    markdown = expand(CourseViews("A", {"a": view}), [tmp_path / "one.md"]).chapters[0].markdown
    assert line in markdown.splitlines()


def test_small_words() -> None:
    assert [listing(list("abc"[:n])) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert (scientific(0), scientific(3.2e-15)) == ("0", r"$3 \times 10^{-15}$")
    assert closest("xyz", ["a", "b"]) == "known labels: a, b"


def test_views_refuse_what_is_not_in_the_vocabulary() -> None:
    with pytest.raises(ValueError, match="'verified' is not one of proved"):
        EvidenceView("verified")
    with pytest.raises(ValueError, match="kind 'claim'"):
        TheoremView("a", "A", kind="claim")
    with pytest.raises(ValueError, match="shows no matrix"):
        WhyView("X v = 0", "counterexample")
