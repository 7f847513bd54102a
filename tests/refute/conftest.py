"""Claim text as statements, for the tables of these tests: items are set apart by semicolons."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lemmata.kernel.judgement import Statement
from lemmata.terms.claims import read_claims


def _claim(text: str) -> Statement:
    claims = read_claims(text, semicolons=True)
    (shown,) = claims.shows
    return Statement((*claims.definitions, *claims.given), shown.prop)


@pytest.fixture
def claim() -> Callable[[str], Statement]:
    """Reads the one claim of a text."""
    return _claim
