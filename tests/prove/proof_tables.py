"""What a table of statements asks of the search: a proof of each by the rule named, or none and the reason."""

from __future__ import annotations

from lemmata.kernel.check import check
from lemmata.kernel.judgement import Statement
from lemmata.prove.search import prove
from lemmata.terms.claims import read_claims


def statement(text: str) -> Statement:
    """The first statement of a text in the language of claims, its parts separated by semicolons."""
    claims = read_claims(text, semicolons=True)
    return Statement((*claims.definitions, *claims.given), claims.shows[0].prop)


def assert_proved(text: str, rule: str) -> None:
    """It is proved by a last step of this rule ("a or b": either); the certificate is accepted without the search."""
    claim = statement(text)
    outcome = prove(claim, seconds=20)
    assert outcome.proof is not None, outcome.tried
    last = outcome.proof["steps"][-1]["rule"]
    assert last in rule.split(" or "), f"proved by {last}"
    assert check("again", claim, outcome.proof, {}).statement == claim


def assert_proved_without_oracle(text: str) -> None:
    """It is proved, and no scalar fact is left to an oracle."""
    outcome = prove(statement(text))
    assert outcome.theorem is not None, outcome.tried
    assert not outcome.theorem.oracles


def assert_not_proved(text: str) -> None:
    """No proof, but what was tried or what is missing for one."""
    outcome = prove(statement(text), seconds=3)
    assert outcome.theorem is None, "proved"
    assert outcome.tried or outcome.missing, "no reason is given"
