"""Hostile answers: no code runs, none takes long, none ends in a traceback; too much is ended."""

from __future__ import annotations

import ast
import html
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lemmata.grade.classroom import follow as follow_module
from lemmata.grade.classroom import report as report_module
from lemmata.grade.classroom.limits import Killed, Limits, run_limited
from lemmata.grade.classroom.marking import mark_all
from lemmata.grade.classroom.report import feedback_page
from lemmata.grade.classroom.submissions import Submission
from lemmata.grade.compare import compare_record
from lemmata.grade.exercise import Exercise
from lemmata.grade.mark import mark
from lemmata.grade.marked import VERDICTS

GRADE = Path(report_module.__file__).parent.parent

CODE = [
    '__import__("os").system("touch CANARY")', "exec(\"open('CANARY','w')\")", "eval(\"open('CANARY','w')\")",
    "f\"{open('CANARY','w')}\"", "S(\"open('CANARY','w')\")", "sqrt(\"open('CANARY','w')\")",
    '1 if open("CANARY","w") else 2', 'x\n__import__("os").system("touch CANARY")', r"\input{/etc/passwd}",
    r"\csname x\endcsname \catcode`\@=11", '\\text{__import__("os").system("touch CANARY")}',
    "％ｅｖａｌ(\"open('CANARY','w')\")", "<script>alert(1)</script>", "().__class__.__bases__[0]",
]  # fmt: skip
COSTLY = [
    "9**9**9**9", "9^{9^{9^{9}}}", "10**(10**9)", "2**(2**33)", "((((9!)!)!)!)", "fibonacci(10**9)",
    "(x+1)**100000", "0.1**(10**10)", r"\sqrt[1000000]{2}^{10^{12}}", "1e1000000000",
    "sum(1/k for k in range(10**12))",
    "sin(" * 30 + "x" + ")" * 30 + "**200", "sqrt(" * 40 + "2+sqrt(3)" + ")+sqrt(3)" * 40, "range(10**12)",
    r"\begin{pmatrix}1&1\\1&0\end{pmatrix}^{1000000000}", "(" * 5000 + "1" + ")" * 5000, "-" * 20000 + "1",
    "+".join(["1"] * 50000), "2^" * 3000 + "2", "|" * 61 + "x" + "|" * 62, "{" * 900,
    r"\frac" * 3000, "[" * 3000,
    r"\newcommand{\x}{\x\x}\x", r"\loop x\repeat", "7^{7777}" * 200, "(1,2)" * 900, "t(" * 1000,
    "0.(" + "3" * 5000 + ")", r"0.\overline{" + "3" * 5000 + "}", "minus " + "(" * 190 + "x", "x to the " * 22 + "x",
    "first row " + "1 " * 190, "one and a " * 500, "x^2 = 4 " + "=> " * 320 + "x",
    "tr(I_{99999})", "0_{99999 x 99999}", "0_0" + "1" * 30, "det(I_{20000})",
]  # fmt: skip
ODD = [
    "x\u200b+1", "1\u0338=2", "x²³⁴⁵⁶⁷⁸⁹", "\0x", "oo-oo", "zoo", "True", "nan", "answer", "a==a",
    "=", ",", ";", "^",
    r"\boxed{1}\boxed{2}", "\ud800", "\u202e1", "1" * 5000, "{}", "()", "[]", r"\{\}", "||", ":",
    "in", "1 in R",
    "{x:", "(0,", "<", "0<", "0<x<", "x_1=", "=1,=2", r"\begin{pmatrix}\end{pmatrix}", "&", r"\\", "$$", "%",
    "span", "span{}",
]  # fmt: skip


@pytest.fixture(scope="module")
def parts(exercises: dict[str, Exercise]) -> list[Any]:
    return [part for e in exercises.values() for part in e.variant(1, 0).parts]


@pytest.mark.parametrize("text", CODE + COSTLY + ODD, ids=lambda t: ascii(t)[:30])
def test_a_hostile_answer_has_a_verdict(
    text: str, parts: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for part in parts:
        start = time.process_time()
        marked = mark(part, text)
        assert time.process_time() - start < 2
        assert marked.verdict in VERDICTS and marked.verdict != "correct"
        assert (marked.marks is None) == (marked.verdict == "malformed" and marked.diagnosis != "no-answer")
        assert len(marked.feedback) < 2000
    assert not list(tmp_path.iterdir()), "something was executed"


PIECES = r"""
0 1 2 1/2 0,5 1e5 . , ; : ( ) [ ] { } | ' ! ^ _ + - * / = < > & \\ x y t A λ n \ ** <= === ½ √ ² ᵀ ∞ ∈ true or in so
\frac \sqrt \begin{pmatrix} \end{pmatrix} \left \right \cdot \in \infty \text{ \mathbb{R} \sum \lim_{n\to\infty} \pm
\vec
""".split()  # noqa: SIM905
RECORDS = [
    ("number", "1/2", ""), ("vector", "(1, 2)", ""), ("vector", "(1, 2)", "direction"), ("matrix", "[1 2; 3 4]", ""),
    ("expression", "x^2 + 1", ""), ("set", r"\{1, 2\}", ""), ("set", "(0, 2/5)", ""), ("set", "span{(1,2)}", "span"),
    ("set", "(4,0) + t (-2,1)", "affine"), ("equation", "y = 2x", ""), ("limit", "e", ""),
]  # fmt: skip


@given(record=st.sampled_from(RECORDS), pieces=st.lists(st.sampled_from(PIECES), max_size=14))
@example(record=("limit", "e", ""), pieces=["1/2", "1/2", "1/2", "===", "λ", "n", "0"])
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_has_a_verdict(record: tuple[str, str, str], pieces: list[str]) -> None:
    kind, reference, mode = record
    said = {"kind": kind, "reference": reference, "mode": mode, "submission": "".join(pieces)}
    assert compare_record(said)["verdict"] in VERDICTS


def test_the_source_calls_nothing_that_executes_text() -> None:
    forbidden = {
        "eval",
        "exec",
        "compile",
        "sympify",
        "parse_expr",
        "__import__",
        "loads_pickle",
        "input",
        "system",
        "popen",
    }
    for path in GRADE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                # re.compile compiles a pattern, and no code.
                harmless = (
                    name == "compile"
                    and isinstance(node.func, ast.Attribute)
                    and ast.unparse(node.func) == "re.compile"
                )
                assert harmless or name not in forbidden, f"{path.name}:{node.lineno} calls {name}"
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names = {a.name for a in node.names} | {getattr(node, "module", "") or ""}
                roots = {n.split(".")[0] for n in names}
                assert not roots & {"pickle", "marshal", "shelve", "subprocess", "sympy", "dill"}, (
                    f"{path.name}:{node.lineno}"
                )


# --- limits -------------------------------------------------------------------------------------------


def _work(task: str) -> Any:
    if task == "loop":
        while True:
            pass
    if task == "sleep":
        time.sleep(60)
    if task == "memory":
        return len(bytearray(2**31))
    if task == "deep":
        return _work(task)
    if task == "die":
        import os

        os._exit(3)
    if task == "pid":
        import os

        return os.getpid()
    return task.upper()


@pytest.mark.parametrize(("task", "why"), [
    ("loop", "time"),
    ("sleep", "time"),
    ("memory", "memory"),
    ("deep", "crash: RecursionError"),
    ("die", "crash"),
])  # fmt: skip
def test_a_task_beyond_its_limits_is_ended_and_the_others_are_not(task: str, why: str) -> None:
    start = time.monotonic()
    found = dict(run_limited(_work, ["a", task, "b"], 1, Limits(seconds=0.5)))
    assert found == {0: "A", 1: Killed(why), 2: "B"}
    assert time.monotonic() - start < 5


def test_workers_are_reused_and_shared() -> None:
    assert len({pid for _, pid in run_limited(_work, ["pid"] * 40, 1)}) == 1
    found = dict(run_limited(_work, [str(n) for n in range(100)] + ["abc"], 2))
    assert len(found) == 101 and found[100] == "ABC"
    assert list(run_limited(_work, [], 3)) == []


def test_an_answer_that_takes_too_long_waits_for_a_person(
    exercises: dict[str, Exercise], monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(part: Any, text: str, prove: bool) -> Any:
        while text == "slow":
            pass
        return mark(part, text, prove)

    monkeypatch.setattr(follow_module, "mark", slow)
    rows = [Submission("ada", "min-norm-line", "b", "slow"), Submission("ada", "min-norm-line", "c", "(0,0)")]
    graded, _, _ = mark_all(rows, exercises, 1, 1, limits=Limits(seconds=0.4))
    by_part = {g.submission.part: g.marked for g in graded}
    assert (by_part["b"].diagnosis, by_part["b"].marks) == ("time", None)
    assert by_part["c"].diagnosis == "zero"


def test_nothing_reaches_a_page_unescaped(exercises: dict[str, Exercise]) -> None:
    nasty = "<script>alert(1)</script>"
    rows = [
        Submission(nasty, "min-norm-line", p, text)
        for p, text in (
            ("a", nasty),
            ("b", "</pre><img src=x onerror=alert(1)>"),
            ("d", "\u202e{{ 7*7 }} \x1b[31m"),
        )
    ]
    graded, problems, columns = mark_all(rows, exercises, 1, 1)
    page = feedback_page(report_module.Report(tuple(graded), tuple(problems), columns, 1), nasty)
    assert "<script" not in page and "<img" not in page and "\u202e" not in page and "\x1b" not in page
    assert html.escape(nasty) in page and "49" not in page.replace("&#34;", "")
    assert json.dumps(report_module.Report(tuple(graded), (), columns, 1).to_json())
