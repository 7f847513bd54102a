"""Hostile documents: none takes long, ends in a traceback or writes markup into what is shown."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lemmata.review.derivation import review_derivation
from lemmata.review.page import formula, page
from lemmata.review.review import review_document

LONG = {
    "parentheses": "$$ " + "(" * 5000 + " = 1 $$",
    "a long sum": "$$ " + "1+" * 20000 + "1 = 1 $$",
    "many unclosed": "$$ 1 = " * 1001,
    "environments that never end": "\\begin{align}" * 20000,
    "brackets that never end": "\\[" * 20000,
    "fractions": "$$ a " + "\\frac" * 3000 + " = 1 $$",
    "texts in texts": "$$ " + "\\text{" * 4000 + "$$",
    "frames in frames": "$$ " + "\\boxed{" * 3000 + "1 = 1" + "}" * 3000 + " $$",
    "underbraces": "$$ " + "\\underbrace{" * 2000 + "1 = 1" + "}_{a}" * 2000 + " $$",
    "dollars": "$" * 20001,
    "rows": "$$ " + "1 \\\\ " * 20000 + " $$",
    "columns": "\\begin{align} " + "& " * 20000 + "\\end{align}",
    "commas": "$$ " + ", " * 20000 + " $$",
    "backticks": "`" * 20001,
    "comments": "<!--" * 10000,
    "arrows": "$$ " + "1 = 1 \\Rightarrow " * 300 + "1 = 1 $$",
    "powers": "$$ 9^{9^{9^{9}}} = 2^{2^{33}} $$",
    "a power of a matrix": r"$$ \begin{pmatrix} 1 & 1 \\ 1 & 0 \end{pmatrix}^{1000000000} = 0 $$",
    "macros": r"$$ \newcommand{\x}{\x\x}\x = 1 $$",
    "control characters": "$$ 1 = \x00\x01\x1b[31m 1 $$",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_long_and_deep(text: str) -> None:
    start = time.process_time()
    report = review_document(text, seconds=1)
    page([report])
    assert time.process_time() - start < 8
    assert all(len(step.text) <= 2000 for step in report.steps)


INJECTED = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '{{ "x" * 9 }}',
    "{% for x in y %}",
    "\"><svg onload='alert(1)'>",
    "&lt;b&gt; & <b>",
    r"\href{javascript:alert(1)}{x}",
    r"\text{<script>}",
    r"\style{background:url(//x)}{x}",
]


@pytest.mark.parametrize("text", INJECTED)
def test_nothing_of_the_document_is_markup(text: str) -> None:
    document = f"---\ntitle: x\n---\n{text}\n\n$$ {text} = 1 $$ $$ x {text} $$ $$ \\text{{{text}}} 1 = 2 $$\n"
    report = review_document(document, file=text)
    shown = page([report])
    tags = set(re.findall(r"<\s*/?\s*([a-zA-Z]+)", shown))
    assert not tags & {"script", "img", "svg", "b", "a"} - ({"a"} if report.first_error else set())
    assert "x" * 9 not in shown
    assert "javascript:" not in re.sub(r"<(code|pre|title|h1)>.*?</\1>", "", shown, flags=re.DOTALL)


def test_a_formula_that_no_converter_takes_is_shown_as_it_is() -> None:
    assert str(formula(r"\foo{<b>}")) == r"<code>\foo{&lt;b&gt;}</code>"
    assert "<math" in str(formula(r"X^\top \le \frac{1}{2}"))
    for deep in ("{" * 1000 + "}" * 1000, "\\frac" * 1000, "\\sqrt" * 1000 + "x"):
        assert str(formula(deep)).startswith("<code>")


def test_escapes_do_not_reach_the_terminal(review: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("$$ 1 = 2 \\text{ok \x1b[2J} $$ $$ \x1b]0;x\x07 = 1 $$ [red]\n")
    done = review("a.md")
    assert "\x1b" not in done.out and "\x07" not in done.out


PIECES = st.sampled_from(
    [
        *(
            "$$",
            "\\[",
            "\\]",
            "\\begin{align}",
            "\\end{align}",
            "&",
            "\\\\",
            "=",
            "\\le",
            "\\Rightarrow",
            "\\iff",
        ),
        *(
            "A",
            "x",
            "^T",
            "^{-1}",
            "\\text{if }",
            "\\text{Assume }",
            "(",
            ")",
            "{",
            "}",
            ",",
            ".",
            "\\quad",
            "1",
            "+",
        ),
        *(
            "\n\n",
            "Let ",
            ":=",
            "\\to",
            "\\begin{pmatrix}",
            "\\end{pmatrix}",
            "\\underbrace{",
            "_{",
            "$",
            "%",
            "`",
        ),
        *("\\boxed{", "I", "0"),
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=40))
def test_no_text_breaks_the_review(pieces: list[str]) -> None:
    text = "$$ " + " ".join(pieces) + " $$"
    report = review_document(text, "let A : R^{n x n}, x : R^n", seconds=0.05)
    assert {step.verdict for step in report.steps} <= {"proved", "refuted", "rejected", "unknown", "unread"}
    assert len({step.id for step in report.steps}) == len(report.steps)
    page([report])
    review_derivation(text, "let A : R^{n x n}, x : R^n", seconds=0.05)
