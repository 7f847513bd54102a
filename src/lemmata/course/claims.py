"""Claim text decided, claim by claim: the answers of ``lemmata ask`` and of the ledgers.

A claim whose shapes do not fit is no statement: it is *rejected*, and the other claims of the text are
decided all the same.  Text that cannot be read at all raises ReadError.
"""

from __future__ import annotations

import re
from typing import Any

from lemmata.prove.answer import answer
from lemmata.terms.claims import read_claims
from lemmata.terms.errors import IllTyped, Inexpressible, ReadError

__all__ = ["decide_text"]


def decide_text(text: str, seconds: float = 8.0, seed: int = 1) -> list[dict[str, Any]]:
    """One answer for each claim, in the order of the text, with the keys of ``ask --json``.

    ``seconds`` bounds each claim.  Raises ReadError for text that cannot be read.
    """
    lines = text.split("\n")
    answers: list[tuple[int, dict[str, Any]]] = []
    while True:
        try:
            claims = read_claims("\n".join(lines))
            break
        except ReadError as error:
            shown = re.match(r"\s*show:?\s+(.*)", lines[error.line - 1])
            if shown is None or not isinstance(error, IllTyped):
                raise
            answers.append((error.line, _no_claim(shown[1], error, seed)))
            # Blanked, not removed: the lines that follow keep their numbers.
            lines[error.line - 1] = ""
    decided = answer(claims, seconds, seed=seed)
    answers += [(shown.line, entry) for shown, entry in zip(claims.shows, decided, strict=True)]
    return [entry for _, entry in sorted(answers, key=lambda pair: pair[0])]


def _no_claim(claim: str, error: ReadError, seed: int) -> dict[str, Any]:
    why = error.message + (f"; try {error.suggestion}" if error.suggestion else "")
    evidence = {"word": "open", "instances": 0, "oracles": [], "cites": [], "seed": seed}
    return {
        "claim": claim.split("#")[0].strip(),
        "verdict": "unknown" if isinstance(error, Inexpressible) else "rejected",
        "evidence": evidence,
        "counterexample": None,
        "why": why,
        "seconds": 0.0,
    }
