"""No regular expression that students' texts meet takes exponential time: each is tried on what repeats itself.

A pattern such as ``([a-z]+,?)+!`` needs a time that doubles with each letter.  The patterns are read from the
sources, those that are put together when a module is loaded from the modules.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import pkgutil
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import lemmata.grade
import lemmata.terms

UNITS = (
    "in", "a", "ab", "1", "1,", "1 ", "x=", "{", "(", "\\ ", "\\,", " ,", "and ", "x,", "a_1", " ", "-", ".", "$",
    "\\text{a}", "if ", "0.1", '"', "|", "[1,", "x_{1}", "\n", "the ", "=", "+", "1/2 ", "\\frac{1}{2}", "e", "x^2 ",
    "\\begin{a}", "&", "\\\\", "or ", "a b ", "1 2;", "one ", "is ", "'", "^", "for all ",
)  # fmt: skip
FRONTS = ("", "[0,5sin(y", "x = ", "\\{", " (", "the ")
TIMES = 22
SECONDS = 0.2
"""Of processor time for one text of some hundred characters: what is linear takes a millionth of it."""
FUNCTIONS = ("compile", "sub", "subn", "match", "fullmatch", "search", "split", "findall", "finditer")


def modules() -> Iterator[str]:
    for package in (lemmata.grade, lemmata.terms):
        yield from (m.name for m in pkgutil.walk_packages(package.__path__, package.__name__ + "."))


def of_sources(name: str) -> Iterator[str]:
    """The patterns that are written out as one string where they are used."""
    found = importlib.util.find_spec(name)
    assert found is not None
    assert found.origin is not None
    for node in ast.walk(ast.parse(Path(found.origin).read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
            continue
        called = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        pattern = node.args[0]
        if called and node.func.attr in FUNCTIONS and isinstance(pattern, ast.Constant):
            yield pattern.value


def of_modules(name: str) -> Iterator[re.Pattern[str]]:
    todo, depth = list(vars(importlib.import_module(name)).values()), 3
    for _ in range(depth):
        yield from (x for x in todo if isinstance(x, re.Pattern))
        within = [x for x in todo if isinstance(x, list | tuple | dict | frozenset | set)]
        todo = [y for x in within for y in ([*x, *x.values()] if isinstance(x, dict) else x)]


def patterns(name: str) -> set[re.Pattern[str]]:
    read = {re.compile(p) for p in of_sources(name) if isinstance(p, str)}
    return {p for p in (*read, *of_modules(name)) if isinstance(p.pattern, str)}


def slowest(pattern: re.Pattern[str], units: Sequence[str] = UNITS) -> tuple[float, str]:
    """The processor time of the slowest text; the first above the bound ends the search."""
    worst = (0.0, "")
    for unit in units:
        for front in FRONTS:
            text = front + unit * TIMES + "!"
            start = time.process_time()
            pattern.search(text)
            pattern.fullmatch(text)
            worst = max(worst, (time.process_time() - start, text))
            if worst[0] > SECONDS:
                return worst
    return worst


@pytest.mark.parametrize("name", sorted(modules()))
def test_no_pattern_takes_exponential_time(name: str) -> None:
    for pattern in patterns(name):
        seconds, text = slowest(pattern)
        assert seconds <= SECONDS, f"{name}: {seconds:.1f} s for {text!r}\n{pattern.pattern}"


@pytest.mark.parametrize(("pattern", "unit"), [(r"(?:a+)+!!", "a"), (r"\((?:[a-z]{3,}[ ,]*)+\)$", "in")])
def test_what_takes_exponential_time_is_found(pattern: str, unit: str) -> None:
    seconds, _ = slowest(re.compile(pattern), [unit])
    assert seconds > SECONDS
