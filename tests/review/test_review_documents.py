r"""Documents and their verdicts: each table is a small document, display by display.

A verdict is written p (proved), f (refuted), r (rejected), k (unknown) or u (unread), one letter a step.
"""

from __future__ import annotations

import pytest

from lemmata.review.judging import Fact, Known, judge
from lemmata.review.report import Report
from lemmata.review.review import review_document
from lemmata.terms import Scope, parse_prop

LETTERS = {"proved": "p", "refuted": "f", "rejected": "r", "unknown": "k", "unread": "u"}
MATRICES = """---
let:
  A: R^{m x n}
  X: R^{m x n}
  S: R^{n x n}
  B: R^{n x n}
  x: R^n
  y: R^m
  b: R^m
assume:
  - rank(X) = m
  - invertible(S)
---
"""
FLOW = r"""---
let: {A: "R^{m x n}", b: R^m, w: "R^n(t)", x: "R^n(k)", mu: positive, u: "R^m(t)"}
assume:
  - \dot w = -A^T (A w - b)
  - w(0) = 0
  - x_{k+1} = x_k - mu A^T (A x_k - b)
---
"""


def said(report: Report) -> str:
    return "".join(LETTERS[step.verdict] for step in report.steps)


CHAINS = [
    ("equality", r"$$ X X^+ X = X $$", "p"),
    ("a chain is one step for each relation", r"$$ X^+ y = X^\top (X X^\top)^{-1} y = X^T y $$", "pf"),
    (
        "rows that begin with the relation",
        r"\begin{align} X X^+ &= I \\ &= X X^T (X X^T)^{-1} \end{align}",
        "pp",
    ),
    (
        "two columns",
        r"\begin{align*} X X^+ &= I & S^{-1} S &= I \\ &= X^+ X & &= S S^{-1} \end{align*}",
        "pfpp",
    ),
    ("gather", r"\begin{gather} A A^+ A = A \\ A A^+ = I \end{gather}", "pf"),
    ("multline", "\\begin{multline*} (S + B)^2 = S^2 + S B \\\\ + B S + B^2 \\end{multline*}", "p"),
    ("eqnarray", r"\begin{eqnarray} (S + B) x &=& S x \\ && + B x \end{eqnarray}", "p"),
    ("aligned inside", r"\[ \begin{aligned} (AS)^T &= S^T A^T \\ &= A^T S^T \end{aligned} \]", "pr"),
    ("punctuation, tags, labels", r"$$ S S^{-1} = I \,. \tag{3} \label{eq:s} \nonumber $$", "p"),
    ("a remark", r"$$ X X^+ = I \quad\text{(full row rank)} $$", "p"),
    ("frames and captions", r"$$ \boxed{ X X^+ = \underbrace{X X^T (X X^T)^{-1}}_{= I} } $$", "p"),
    ("a label on the relation", r"$$ X X^+ \stackrel{(a)}{=} I \overset{!}{=} X^+ X $$", "pf"),
    ("inequality", r"$$ \|A x\|^2 \ge 0, \quad \|x\|^2 < 0 $$", "pf"),
    ("Loewner order", r"$$ A^T A \succeq 0 \qquad A^T A \succeq I $$", "pf"),
    ("subspaces", r"$$ \text{Row}(A) = \operatorname{Null}(A)^\perp $$", "p"),
    ("membership", r"$$ A x \in Col(A), \quad y \in Col(A) $$", "pf"),
    ("two statements with and", r"$$ S^{-1} S = I \text{ and } S S^{-1} = I $$", "pp"),
    ("ill-typed", r"$$ A x = y, \quad A y = x $$", "fr"),
    ("an inverse that need not exist", r"$$ B^{-1} B = I $$", "r"),
    ("unicode", "$$ X X⁺ = I $$", "p"),
    ("fenced mathematics", "```math\nX X^+ = I\n```", "p"),
]


@pytest.mark.parametrize(("name", "body", "verdicts"), CHAINS, ids=[case[0] for case in CHAINS])
def test_chains(name: str, body: str, verdicts: str) -> None:
    assert said(review_document(MATRICES + body, seconds=3 if "u" in verdicts else 20)) == verdicts


DYNAMICS = [
    (r"$$ \frac{d}{dt} \tfrac12 \|A w - b\|^2 = -\|A^T (A w - b)\|^2 \le 0 $$", "pp"),
    (r"$$ \frac{d}{dt} \tfrac12 \|A w - b\|^2 = \|A^T (A w - b)\|^2 $$", "f"),
    (r"$$ \lim_{t \to \infty} w(t) = A^+ b $$", "p"),
    (r"$$ w(t) \to A^+ b \quad (t \to \infty) $$", "p"),
    (r"$$ w(t) \to A^+ b + w(t) \text{ as } t \to \infty $$", "f"),
    (r"$$ w(t) \xrightarrow{t \to \infty} A^+ b $$", "p"),
    (r"$$ w(t) \to A^+ b $$", "u"),
    (r"$$ x_{k+1} = (I - \mu A^T A) x_k + \mu A^T b, \quad k = 0, 1, 2, \dots $$", "p"),
    (r"$$ x_{k+1} = (I + \mu A^T A) x_k + \mu A^T b, \quad k \ge 0 $$", "f"),
]


@pytest.mark.parametrize(("body", "verdicts"), DYNAMICS)
def test_derivatives_limits_and_recursions(body: str, verdicts: str) -> None:
    assert said(review_document(FLOW + body, seconds=4 if "u" in verdicts else 20)) == verdicts


ARROWS = [
    (r"$$ S x = y_0 $$", "u"),
    (r"$$ S x = 0 \Rightarrow S^{-1} S x = 0 $$", "p"),
    (r"$$ A x = 0 \Rightarrow x = 0 $$", "f"),
    (r"$$ S x = B x \iff x = S^{-1} B x $$", "pp"),
    (r"$$ x = 0 \iff A x = 0 $$", "pf"),
    (
        "\\begin{align} S x &= B x \\\\ \\Rightarrow x &= S^{-1} B x \\\\ \\Rightarrow x &= B S^{-1} x"
        " \\end{align}",
        "pf",
    ),
    (r"$$ B S x = 0 \Leftarrow S x = 0 $$", "p"),
    (r"$$ \text{if } B S = I \text{ then } B = S^{-1} $$", "p"),
    (r"$$ B = S^{-1} \text{ if } B S = I $$", "p"),
    (r"$$ B = S^{-1} \text{ since } B S = I $$", "ff"),
]


@pytest.mark.parametrize(("body", "verdicts"), ARROWS)
def test_arrows_suppose_what_stands_before_them(body: str, verdicts: str) -> None:
    assert said(review_document(MATRICES + body, seconds=3 if "u" in verdicts else 20)) == verdicts


GIVEN = [
    ("assume before", "Assume that\n$$ A x = b. $$\nThen\n$$ A A^+ b = b $$", "p", ["assume"]),
    ("assume inside", r"$$ \text{Suppose } A x = b $$ $$ A A^+ b = b $$", "p", ["assume"]),
    ("without it", "We have\n$$ A A^+ b = b $$", "f", []),
    ("let", "Let\n$$ v \\in Null(A) $$\n$$ A v = 0 $$ $$ x^T v = 0 $$", "pf", ["let"]),
    ("let again", "Let\n$$ v \\in Null(A) $$\nLet\n$$ v \\in R^n $$\n$$ A v = 0 $$", "f", ["let", "let"]),
    ("define", "$$ P := A^+ A $$ $$ P^2 = P = P^T $$ $$ P = I $$", "ppf", ["define"]),
    ("define and go on", "$$ P := X^T (X X^T)^{-1} X = X^+ X $$", "p", ["define"]),
    ("def above", r"$$ P \stackrel{\text{def}}{=} A^+ A $$ $$ A P = A $$", "p", ["define"]),
    ("a singular inverse", "$$ P := A^T (A A^T)^{-1} A $$", "r", ["define"]),
    ("a loss and its gradient",
     r"Define $$ L(x) := \tfrac12 \|A x - b\|^2 $$ $$ \nabla L(x) = A^T (A x - b) $$",
     "p", ["define"]),
    ("a starred letter", "$$ x^* := A^+ b $$ $$ A^T A x^* = A^T b $$", "p", ["define"]),
    ("hence is a claim", "Assume nothing. Hence\n$$ A A^+ b = b $$", "f", []),
    ("let us is a claim", "Let us see that\n$$ A A^+ b = b $$", "f", []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "verdicts", "kinds"), GIVEN, ids=[case[0] for case in GIVEN])
def test_what_is_taken_for_granted(name: str, body: str, verdicts: str, kinds: list[str]) -> None:
    report = review_document(MATRICES + body, seconds=20)
    assert (said(report), [h.kind for h in report.hypotheses]) == (verdicts, kinds)


WRONG = [
    (r"$$ X^+ X = I $$", {"X": [["1", "0"]]}),
    (r"$$ A A^+ = I $$", {"A": [["0"]]}),
    (r"$$ (A S)^+ = S^{-1} A^+ $$", None),
    (r"$$ 2 + 3 = 5 \cdot 4 $$", {"lhs": [["5"]], "rhs": [["20"]]}),
    (r"$$ \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \begin{pmatrix} 1 \\ 1 \end{pmatrix} ="
     r" \begin{pmatrix} 3 \\ 8 \end{pmatrix} $$", {"lhs": [["3"], ["7"]], "rhs": [["3"], ["8"]]}),
    (r"$$ B^{-1} B = I $$", {"B": [["0"]]}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "counterexample"), WRONG)
def test_wrong_steps_come_with_the_smallest_counterexample(body: str, counterexample: object) -> None:
    (step,) = review_document(MATRICES + body, seconds=20).steps
    assert step.verdict in ("refuted", "rejected")
    if counterexample is None:
        assert step.counterexample
    else:
        given = {k: v for k, v in (step.counterexample or {}).items() if k in dict(counterexample)}  # type: ignore[call-overload]
        assert given == counterexample


def test_the_sides_at_the_counterexample_are_told() -> None:
    (step,) = review_document(MATRICES + "$$ X^+ X = I $$").steps
    assert (step.evidence["lhs"], step.evidence["rhs"]) == (
        [["1", "0"], ["0", "0"]],
        [["1", "0"], ["0", "1"]],
    )


def test_an_exact_evaluation_says_so_and_does_not_call_itself_a_certificate() -> None:
    (step,) = review_document("$$ 2 + 3 = 5 $$").steps
    assert (step.verdict, step.evidence["word"]) == ("proved", "exact")
    assert step.evidence["why"] == "evaluated exactly, no variables"


def test_an_established_step_is_used_and_named() -> None:
    scope = Scope().declare("A", "n", "n").declare("B", "n", "n")
    product, other = (
        parse_prop(text, scope) for text in (r"\det(2 A) = 2^n \det(A)", r"2^n \det(A) = \det(2 A)")
    )
    alone = judge(Known(scope), (), other, "", 1.0)
    found = judge(Known(scope, facts=(Fact(product, "4.2"),)), (), other, "", 2.0)
    assert (alone.verdict, found.verdict, found.rests_on) == ("unknown", "proved", ("4.2",))


def test_a_refuted_step_is_not_used() -> None:
    # From "B = 0" everything about B would follow.
    report = review_document(MATRICES + "$$ B = 0 $$ $$ B x = 0 $$", seconds=2)
    assert (said(report), report.first_error) == ("ff", "1.1")


PROOF = r"""---
let: {X: "R^{m x n}", y: R^m, w: R^n}
assume: [rank(X) = m, X w = y]
---
Define $$ w^* := X^+ y = X^\top (X X^\top)^{-1} y. $$
Then
\begin{align}
X w^* &= X X^\top (X X^\top)^{-1} y \label{a} \\
      &= y. \tag{2}
\end{align}
Let $$ u := w - w^*. $$
Then $$ X u = X w - X w^* = y - y = 0, $$
and $$ w^{*\top} u = 0. $$
Hence
$$ \|w\|^2 = \|w^* + u\|^2 = \|w^*\|^2 + \|u\|^2 \ge \|w^*\|^2. $$
"""
MUTATIONS = [
    (r"X u = X w - X w^*", r"X u = X w + X w^*", "4.1"),
    (r"= y. \tag{2}", r"= -y. \tag{2}", "2.2"),
    (r"\|w^*\|^2 + \|u\|^2", r"\|w^*\|^2 - \|u\|^2", "6.2"),
    (r"\ge \|w^*\|^2", r"\le \|w^*\|^2", "6.3"),
    (r"(X X^\top)^{-1} y \label", r"(X^\top X)^{-1} y \label", "2.1"),
    (r"X^+ y = X^\top", r"X^+ y = X", "1.1"),
]


def test_a_whole_proof() -> None:
    report = review_document(PROOF.replace(r"w^{*\top} u", r"w^* \cdot u"))
    assert (said(report), report.first_error) == ("p" * 10, None)


@pytest.mark.parametrize(("right", "wrong", "step"), MUTATIONS)
def test_a_mutation_is_found_at_its_step(right: str, wrong: str, step: str) -> None:
    proof = PROOF.replace(r"w^{*\top} u", r"w^* \cdot u")
    assert right in proof
    report = review_document(proof.replace(right, wrong, 1))
    assert report.first_error == step


LATEX = r"""%% let X : R^{m x n}
%% assume rank(X) = n
%% a banner that means nothing
\documentclass{article}
% $$ X = 0 $$
\begin{document}
It costs \$5. $X = 0$ is inline.
\begin{equation*}\label{e} X^+ = (X^T X)^{-1} X^T \end{equation*}
\begin{verbatim}
$$ X = 0 $$
\end{verbatim}
\[ X X^+ = I \]
\end{document}
$$ X = 0 $$
"""


@pytest.mark.parametrize("tex", [True, None])
def test_a_latex_document(tex: bool | None) -> None:
    report = review_document(LATEX, tex=tex)
    assert [(s.line, s.verdict) for s in report.steps] == [(8, "proved"), (12, "refuted")]
    assert report.steps[1].counterexample == {"X": [["1"], ["0"]]}


def test_latex_declarations_as_yaml() -> None:
    text = "%% let:\n%%   X: R^{m x n}\n%% assume:\n%%   - rank(X) = m\n\\[ X X^+ = I \\]\n"
    assert said(review_document(text, tex=True)) == "p"


def test_code_and_comments_hold_no_displays() -> None:
    text = "`$$ 1 = 2 $$` <!-- $$ 1 = 2 $$ -->\n\n```\n$$ 1 = 2 $$\n```\n\n$$ 1 = 1 $$\n"
    assert [s.line for s in review_document(text).steps] == [7]


UNREAD = [
    (r"$$ \foo{A} = A $$", "the command \\foo is not known here"),
    ("$$ A = ", "never closed"),
    ("$$ A =\n\nnew paragraph $$ A = A $$", "not closed in its paragraph"),
    (r"$$ A + = A $$", "cannot stand here"),
    (r"$$ A \approx A $$", "no relation that can be decided"),
    (r"$$ A = A \text{ is false in general} $$", "words say something"),
    (r"$$ |x| = \begin{cases} x & x > 0 \\ -x & x < 0 \end{cases} $$", "by cases"),
    (r"$$ Z = A $$", "unknown name 'Z'"),
    (r"$$ = A $$", "begins with its relation"),
]


@pytest.mark.parametrize(("body", "why"), UNREAD)
def test_what_cannot_be_read_is_a_step_with_a_caret(body: str, why: str) -> None:
    step = review_document(MATRICES + body).steps[0]
    assert step.verdict == "unread"
    assert why in step.why
    assert "\n" in step.why and "^" in step.why.splitlines()[2]
    assert step.line == MATRICES.count("\n") + 1


def test_an_unreadable_member_does_not_hide_the_others() -> None:
    assert said(review_document(MATRICES + r"$$ A A^+ A = A = \foo = A = A + A $$")) == "puuf"


def test_an_expression_claims_nothing_and_is_reported() -> None:
    report = review_document(MATRICES + "$$ A^+ y $$ $$ $$")
    assert (report.steps, [r.why for r in report.remarks]) == (
        (), ["an expression: nothing is claimed", "an empty display"],
    )  # fmt: skip


def test_declarations_that_begin_at_a_line() -> None:
    given = "let u : R^n\nassume u = 0\n#: from line 3\nlet u : R^m\n"
    report = review_document("$$ u = 0 $$\n\n$$ u = 0 $$\n", given)
    assert said(report) == "pf"
