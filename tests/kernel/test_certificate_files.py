"""Certificate files as hostile input: a verdict for each theorem, whatever the file holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lemmata.kernel.__main__ import main, replay
from lemmata.kernel.term import from_json, symbol, to_json

X = to_json(symbol("X", "m", "n"))
CLAIM = ["eq", None, ["mul", None, X, ["pinv", None, X], X], X]
STEP = {"claim": CLAIM, "rule": "spectral", "matrix": X, "uses": [], "cases": {}}
GOOD = {"label": "good", "given": [], "show": CLAIM, "proof": {"steps": [STEP]}}


def claim(left: Any, right: Any) -> dict[str, Any]:
    show = ["eq", None, left, right]
    steps = [{"claim": show, "rule": "ideal", "uses": [], "letters": [], "combinations": [[]]}]
    return {"label": "bad", "given": [], "show": show, "proof": {"steps": steps}}


def number(value: Any) -> list[Any]:
    return ["number", value]


deep = X
for _ in range(100_000):
    deep = ["adjoint", None, deep]
square = ["symbol", ["A", "n", "n", "real", ""]]
other = ["symbol", ["B", "n", "n", "real", ""]]
BAD = {
    "a number as a float": claim(number(0.5), number("1/2")),
    "a number as a truth value": claim(number(True), number("1")),
    "not a number": claim(number("nan"), number("nan")),
    "infinite": claim(number(float("inf")), number(float("inf"))),
    "an exponent that fills the memory": claim(number("1e999999999"), number("1e999999999")),
    "more digits than Python reads": claim(number("9" * 10_000), number("9" * 10_000)),
    "a division by zero": claim(number("1/0"), number("1/0")),
    "digits of another script": claim(number("١"), number("1")),
    "nested 100,000 deep": claim(deep, deep),
    "an expansion of 2^64 terms": claim(["power", None, ["add", None, square, other], number("64")], square),
    "a negative dimension": claim(["literal", [-1, -1], number("1")], ["literal", [-1, -1], number("1")]),
    "a payload where there is none": claim(["adjoint", "x", X], ["adjoint", None, X]),
    "an unknown head": claim(["cross", None, X, X], X),
    "a list as a name": claim(["symbol", [["X"], "m", "n", "real", ""]], X),
    "a symbol without a domain": claim(["symbol", ["X", "m", "n"]], X),
    "no proof": {**GOOD, "label": "bad", "proof": None},
    "steps that are no list": {**GOOD, "label": "bad", "proof": {"steps": 7}},
    "an unhashable rule": {**GOOD, "label": "bad", "proof": {"steps": [{**STEP, "rule": ["spectral"]}]}},
    "a label twice": GOOD,
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_entry_is_refused_and_the_rest_goes_on(name: str) -> None:
    rows = replay({"theorems": [GOOD, BAD[name], {**GOOD, "label": "after"}]})
    assert [row["verdict"] for row in rows] == ["checked", "refused", "checked"]
    assert rows[1]["why"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"theorems": 3}', '{"theorems": [{}]}', "[" * 200_000])
def test_a_file_that_holds_no_certificates(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "certificates.json"
    file.write_text(text)
    assert main([str(file)]) == 2
    assert "cannot read certificates" in capsys.readouterr().err
    assert main([str(tmp_path / "none")]) == 2 and main([]) == 2


def test_what_a_lemma_cites_is_listed_with_what_applies_it() -> None:
    steps = [{"claim": CLAIM, "rule": "cite", "name": "P"}]
    cited = {"label": "L", "given": [], "show": CLAIM, "proof": {"steps": steps}}
    apply = {"claim": CLAIM, "rule": "apply", "lemma": "L", "terms": [], "dims": [], "given": []}
    rows = replay({"theorems": [cited, {**GOOD, "proof": {"steps": [apply]}}]})
    assert [row["cites"] for row in rows] == [["P"], ["P"]]


def test_terms_survive_a_round_trip() -> None:
    assert from_json(json.loads(json.dumps(CLAIM))) is from_json(CLAIM)
