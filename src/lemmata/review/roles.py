r"""Prose before a display: does it assume, name or claim?

Only the last sentence before the display counts, and in it the last word that decides.  A claim taken for a
hypothesis would let an error pass, a hypothesis taken for a claim is reported and seen; so what is not clear
is a claim.

>>> [role(lead) for lead in ("Assume that", "Let $X$ be given. Then", "Hence, for every $k$,", "Define")]
['assume', 'step', 'step', 'define']
"""

from __future__ import annotations

import re

__all__ = ["role"]

_ROLES = {
    "assume": "assume", "assuming": "assume", "suppose": "assume", "supposing": "assume",
    "let": "let", "define": "define", "denote": "define", "defining": "define",
}  # fmt: skip
_CLAIMS = (
    "then|hence|thus|therefore|so|consequently|we have|we get|obtain|find|follows?|shows?|shown|prove|proves"
    "|proof|gives?|yields?|implies|imply|because|since|conclude|claim|means|becomes|that is|i\\.e\\."
    "|compute|check|verify|is equal|equals|satisf(?:y|ies)|know|note|recall|see|indeed"
)
_WORD = re.compile(
    rf"\b(?P<role>{'|'.join(_ROLES)})\b(?P<us>\s+(?:us|me)\b|'s\b)?|\b(?P<claim>{_CLAIMS})\b", re.IGNORECASE
)
_FORMULA = re.compile(r"\$[^$]*\$|\\\(.*?\\\)")
_UNLESS = re.compile(r"(?:not|without|nowhere|never|to|can|could|may|if we|by)\s*$", re.IGNORECASE)
_STATEMENT = re.compile(r"(?:=|\\in|\\le|\\ge|\\neq|<|>|:|=)")
_MOST_WORDS = 12


def role(lead: str) -> str:
    """assume, let, define or step: what a display does after these words."""
    sentence = _last_sentence(lead)
    plain = _FORMULA.sub(lambda m: "\u25a1" * len(m.group()), sentence)
    deciding = None
    for match in _WORD.finditer(plain):
        deciding = match
    if deciding is None or deciding["role"] is None or deciding["us"]:
        return "step"
    if _UNLESS.search(plain[: deciding.start()]):
        return "step"
    rest = sentence[deciding.end() :]
    if len(rest.split()) > _MOST_WORDS:
        return "step"
    said = _FORMULA.search(rest)
    if said is not None and _STATEMENT.search(said.group()) and rest.rstrip().endswith(","):
        # "Let $u = w - v$, $$X u = 0$$": what is let has been said, the display follows from it.
        return "step"
    return _ROLES[deciding["role"].lower()]


def _last_sentence(lead: str) -> str:
    text = lead.rstrip().rstrip(":,").rstrip()
    formulas = [m.span() for m in _FORMULA.finditer(text)]
    end = 0
    for match in re.finditer(r"[.;!?:](?=\s)|[.;!?]$", text):
        inside = any(a <= match.start() < b for a, b in formulas)
        if not inside and not re.search(
            r"\b(?:i\.e|e\.g|cf|resp|w\.r\.t|s\.t|Eq|Fig)$", text[: match.start()]
        ):
            end = match.end()
    return text[end:] + ("," if lead.rstrip().endswith(",") else "")
