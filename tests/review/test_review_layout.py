r"""From rows to chains: what stands where, without any mathematics."""

from __future__ import annotations

import pytest

from lemmata.review.document import read_document
from lemmata.review.layout import sentences
from lemmata.review.remarks import prepare
from lemmata.review.roles import role


def shape(body: str, environment: str = "$$", fill: str = "") -> list[str]:
    """Each sentence as text: clauses joined by commas, groups by arrows."""
    out = []
    for sentence in sentences(prepare(body, lambda word: word == "Row"), environment, fill):
        groups = []
        for group in sentence.groups:
            clauses = []
            for clause in group:
                parts = ["" if clause.first is None else clause.first.text]
                parts += [f"{link.relation} {link.member.text}" for link in clause.links]
                mark = {"claim": "", "condition": "if ", "reason": "since ", "where": "where "}[clause.role]
                clauses.append(
                    mark + " ".join(" ".join(parts).replace("\\\\", " ").replace("&", " ").split())
                )
            groups.append(", ".join(clauses))
        text = groups[0]
        for arrow, group_text in zip(sentence.arrows, groups[1:], strict=True):
            text += f" {arrow} {group_text}"
        out.append(f"{sentence.role}: {text}" if sentence.role else text)
    return out


TABLE = [
    (r"a = b \le c.", "$$", ["a = b \\le c"]),
    (r"a &= b \\ &= c", "align", ["a = b = c"]),
    (r"a &= b \\ c &= d", "align", ["a = b", "c = d"]),
    (r"a &= b & c &= d \\ &= e & &= f", "align", ["a = b = e", "c = d = f"]),
    (r"a &=& b \\ &=& c", "eqnarray", ["a = b = c"]),
    (r"a = b \\ + c", "multline", ["a = b + c"]),
    (r"a &= b \\ &\quad + c", "align", ["a = b \\quad + c"]),
    (r"a &= \left( b \\ &\quad + c \right)", "align", ["a = \\left( b \\quad + c \\right)"]),
    (r"a = b \\ c = d", "gather", ["a = b", "c = d"]),
    (r"a = b, c = d; e = f", "$$", ["a = b, c = d, e = f"]),
    (r"a = b \quad c = d", "$$", ["a = b, c = d"]),
    (r"a = f(b, c)", "$$", ["a = f(b, c)"]),
    (r"u, v \in S", "$$", ["u \\in S, v \\in S"]),
    (r"a = b \Rightarrow c = d \iff e", "$$", ["a = b ==> c = d <==> e"]),
    (r"\text{Assume } a = b", "$$", ["assume: a = b"]),
    (r"\text{let us see that } a = b", "$$", ["a = b"]),
    (r"a = b \text{ for all $k \ge 0$}", "$$", ["a = b, if k \\ge 0"]),
    (r"a = b \text{ since } c = d", "$$", ["a = b, since c = d"]),
    (r"a = b, \text{ where } c = d", "$$", ["a = b, where c = d"]),
    (r"\text{Row}(A) = b", "$$", ["\\text{Row}(A) = b"]),
    (r"x_{\text{row}} = b", "$$", ["x_{\\text{row}} = b"]),
    (
        r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} = A",
        "$$",
        ["\\begin{pmatrix} 1 2 3 4 \\end{pmatrix} = A"],
    ),
    (r"S^\perp = T", "$$", ["S^\\perp = T"]),
    (r"a = 0.5", "$$", ["a = 0.5"]),
    (r"\{ x : A x = 0 \} = N", "$$", ["\\{ x : A x = 0 \\} = N"]),
    ("", "$$", []),
]


@pytest.mark.parametrize(("body", "environment", "expected"), TABLE)
def test_sentences(body: str, environment: str, expected: list[str]) -> None:
    assert shape(body, environment) == expected


def test_rows_without_a_sign_are_joined_for_graders() -> None:
    assert shape(r"a \\ b \\ c", "align", "=") == ["a = b = c"]
    assert shape(r"a = b \\ c = d", "align", "==>") == ["a = b ==> c = d"]


ROLES = [
    ("Assume that", "assume"), ("Now suppose", "assume"), ("we assume $X$ has full rank and", "assume"),
    ("Let", "let"), ("Define the matrix", "define"),
    ("", "step"), ("Hence", "step"), ("Let us compute", "step"), ("Let's see:", "step"),
    ("Let $X$ have full rank. Then", "step"), ("Let $X$ have full rank.", "step"),
    ("Assume $X$ is square; then", "step"), ("Suppose $A x = b$. It follows that", "step"),
    ("We do not assume", "step"), ("Let $u = w - v$,", "step"), ("Since we assume this, we have", "step"),
    ("By what we assume, it is clear to everybody who has read this far into the present text that", "step"),
]  # fmt: skip


@pytest.mark.parametrize(("lead", "expected"), ROLES)
def test_roles(lead: str, expected: str) -> None:
    assert role(lead) == expected


DISPLAYS = [
    ("$$a$$ and $$b$$", ["a", "b"]),
    ("$a$ costs $5 and $$b$$", ["b"]),
    ("\\$$$b$$", ["b"]),
    ("\\[a\\] \\begin{align*}b\\end{align*}", ["a", "b"]),
    ("\\\\[2pt] not one", []),
    ("$$\na\n\nb\n$$", ["\na\n\nb\n"]),
    ("~~~\n$$a$$\n~~~\n$$b$$", ["b"]),
]


@pytest.mark.parametrize(("text", "bodies"), DISPLAYS)
def test_displays(text: str, bodies: list[str]) -> None:
    found = read_document(text, tex=False)
    assert [found.text[d.start : d.end] for d in found.displays if not d.fault] == bodies
