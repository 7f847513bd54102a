"""What a table of mistakes asks of the parser: a place, a reason and what to write instead."""

from __future__ import annotations

import pytest

from lemmata.terms import ReadError, Scope, parse_term


def assert_mistake(text: str, scope: Scope, column: int, message: str, hint: str) -> None:
    """The text, one line, is refused at this column with these words."""
    with pytest.raises(ReadError) as caught:
        parse_term(text, scope)
    error = caught.value
    assert (error.line, error.column) == (1, column)
    assert message in error.message and hint in error.suggestion
