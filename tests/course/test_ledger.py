"""The claims ledger: what is called true must be proved, what is called false refuted, corrections proved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lemmata.course.errors import CourseError
from lemmata.course.ledger import Claim, Source, audit_claim, exit_code, read_sources

SOURCE = Source("batra", "Notes", (), "sources/batra.toml", {})


def decide(text: str) -> list[dict[str, Any]]:
    """Stands in for the prover: the claim text is the list of verdicts."""
    return [{"claim": word, "verdict": word} for word in text.split()]


def look(label: str) -> dict[str, Any] | None:
    return {"label": label, "word": label} if label != "gone" else None


AUDITS = [
    # the ledger says, claim text, settled by, correction    status
    ("true", "proved", (), "", "agrees"),
    ("true", "proved proved", (), "", "agrees"),
    ("true", "proved refuted", (), "", "disagrees"),
    ("true", "rejected", (), "", "disagrees"),
    ("true", "unknown", (), "", "undecided"),
    ("true", "unknown", ("proved",), "", "agrees"),
    ("true", "unknown", ("open",), "", "undecided"),
    ("true", "", ("proved",), "", "agrees"),
    ("true", "", ("cited", "proved"), "", "agrees"),
    ("true", "", ("sampled",), "", "undecided"),
    ("true", "", (), "", "undecided"),
    ("true", "proved", ("gone",), "", "disagrees"),
    ("false", "refuted", (), "", "agrees"),
    ("false", "proved refuted", (), "", "agrees"),
    ("false", "rejected", (), "", "agrees"),
    ("false", "proved", (), "", "disagrees"),
    ("false", "unknown", (), "", "undecided"),
    ("false", "unknown", ("proved",), "", "undecided"),
    ("false", "refuted", (), "proved", "agrees"),
    ("false", "refuted", (), "refuted", "disagrees"),
    ("false", "refuted", (), "unknown", "undecided"),
    ("false", "", (), "", "undecided"),
    ("false", "", (), "proved", "undecided"),
    ("true-with-hypothesis", "refuted", (), "proved", "agrees"),
    ("true-with-hypothesis", "proved", (), "proved", "disagrees"),
    ("true-with-hypothesis", "unknown", (), "proved", "undecided"),
    ("unsound-step", "", ("proved",), "proved", "agrees"),
    ("unsound-step", "", ("open",), "proved", "undecided"),
    ("imprecise", "", (), "proved", "corrected"),
    ("imprecise", "", (), "refuted", "disagrees"),
    ("imprecise", "rejected", ("proved",), "proved", "agrees"),
    ("imprecise", "", (), "", "unsettled"),
    ("not-mathematical", "", (), "", "unsettled"),
]


@pytest.mark.parametrize(("verdict", "text", "settled", "corrected", "status"), AUDITS)
def test_audit(verdict: str, text: str, settled: tuple[str, ...], corrected: str, status: str) -> None:
    claim = Claim("P1", "a claim", verdict, claim=text, settled_by=settled, corrected=corrected)
    entry = audit_claim(SOURCE, claim, decide, look)
    assert entry["status"] == status
    assert status in ("agrees", "corrected", "unsettled") or entry["why"]


@pytest.mark.parametrize(
    ("states", "code"),
    [((), 0), (("agrees", "unsettled"), 0), (("agrees", "undecided"), 3), (("undecided", "disagrees"), 1)],
)
def test_exit_code(states: tuple[str, ...], code: int) -> None:
    assert exit_code([{"status": s} for s in states]) == code
    assert exit_code([{"status": s} for s in states], strict=True) == (1 if code else 0)


GOOD = """
title = "Lecture notes"
[[claim]]
id = "P1"
summary = "the pseudoinverse exists"
verdict = true
settled_by = "penrose-exists"
[[claim]]
id = "P2"
locator = "section 2"
summary = "it reverses products"
claim = "show A = B"
verdict = "false"
"""


def test_a_ledger_is_read(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "batra.toml").write_text(GOOD)
    (source,) = read_sources(tmp_path)
    assert (source.key, source.title, [c.id for c in source.claims]) == (
        "batra",
        "Lecture notes",
        ["P1", "P2"],
    )
    assert (source.claims[0].verdict, source.claims[0].settled_by) == ("true", ("penrose-exists",))
    assert read_sources(tmp_path, ["batra"]) == [source]
    with pytest.raises(CourseError, match="did you mean 'batra'"):
        read_sources(tmp_path, ["bata"])


BAD = [
    ("[[claim", "is not TOML"),
    (GOOD + "settled = 3", "claim P2: unknown key 'settled'\n  did you mean 'settled_by'"),
    (GOOD.replace('"P2"', '"P1"'), "'P1' stands there twice"),
    (GOOD.replace("verdict = true", ""), "claim P1: verdict missing"),
    (GOOD.replace('"false"', '"flase"'), "claim P2: unknown verdict 'flase'\n  did you mean 'false'"),
    ("claim = 3", "a ledger is a list of tables"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_bad_ledger_names_its_file(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "batra.toml").write_text(text)
    with pytest.raises(CourseError, match=message) as caught:
        read_sources(tmp_path)
    assert caught.value.file.endswith("batra.toml")


def test_a_claim_that_shows_nothing_or_cannot_be_read() -> None:
    with pytest.raises(CourseError, match="claim P1 shows nothing"):
        audit_claim(SOURCE, Claim("P1", "", "true", claim=" # nothing"), lambda text: [], look)
