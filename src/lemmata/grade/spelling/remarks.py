r"""A remark behind a finished formula, in words alone: the formula.

    \begin{pmatrix} 2 & 2 \\ 2 & 5 \end{pmatrix}, symmetric as expected       (1, 2), checked by substitution
    The product is $...$. This is symmetric.                                  6, a nonzero number

>>> without_remark("(1, 2), checked by substitution"), without_remark("(1, 2), up to a factor")
('(1, 2)', '(1, 2), up to a factor')

Words that restrict the formula, change it, or stand for mathematics themselves are no remark.
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.pieces import is_outside
from lemmata.terms.letters import GREEK

__all__ = ["without_remark"]

LONGEST = 120
_WORDS = re.compile(
    r"(?:(?<=[\d)\]}$])|(?<=(?<![A-Za-z])[A-Za-z]))\s*(?:[,;.]|\s[–—-])\s+"
    r"(?P<words>[A-Za-z][A-Za-z'’-]*(?:,? [A-Za-z][A-Za-z'’-]*){0,14})[\s.!]*$"
)
_NO_REMARK = frozenset(
    re.findall(
        r"\S+",
        "not no nor never none neither if iff or unless except up modulo mod plus minus times about roughly approx"
        " approximately nearly possibly maybe probably perhaps guess guessing any every all each some arbitrary"
        " negative positive undefined infinite infinity wrong false where when for while with without"
        " multiple multiples scalar scalars factor factors percent units unit degrees radians half third quarter zero"
        " one two three four five six seven eight nine ten hundred thousand million billion transposed transpose"
        " inverse inverted squared cubed conjugate conjugated reversed row column but however only than opposite"
        " otherwise instead twice double triple simple multiplicity swapped rounded real complex integer integers"
        " respectively free parameter constant constants sin cos tan exp ln log sqrt det rank trace over assuming"
        " provided else also wenn falls oder nicht sonst und et ou o y si sauf pero mais aber where given"
        " divided multiplied added subtracted less more scaled shifted rotated reflected normalised normalized averaged"
        " sum difference product power root reciprocal mean absolute evaluated at base depends depending"
        " bound lower upper doubled halved sign yes unknown both either span spanned basis"
        " diverges divergent oscillates exist exists limit",
    )
) | frozenset(GREEK)
_ONLY_ONE = re.compile(r"(?:the|its) (?:only|unique) (?:solution|answer|one|root|value)")
# Behind a list of elements a word may belong to the last one of them.
_OF_THE_LIST = frozenset(("checked", "verified", "both", "as", "by", "using", "after", "found"))
_PROPERTY = re.compile(
    r"[a-z]*(?:metric|ible|gonal|ique|definite|rect)|[a-z]+i[sz]ed|simplified|reduced|checked|verified|done"
)
# "nonzero", "real" and "positive" may be said of a number, and change nothing, behind an article.
_OF_A_KIND = re.compile(
    r"an? (?:(?:nonzero|non-zero|real|positive|negative|symmetric|diagonal|orthogonal|square|invertible|unit) ){1,2}"
    r"(?:number|value|matrix|vector|integer)"
)


def without_remark(text: str, listed: bool = False) -> str:
    """The text without the remark at its end; any other text as it is.  ``listed``: the elements of a set."""
    found = _WORDS.search(text, max(0, len(text) - LONGEST))
    if found is None or not is_outside(text[: found.start()]) or not text[: found.start()].strip(" $"):
        return text
    said = re.sub(r"\b(?:positive|negative)[ -](?:semi-?)?definite\b", "definite", found["words"].lower())
    words = re.findall(r"[a-z'’-]+", said)
    if listed and words[0] not in _OF_THE_LIST:
        return text
    if _ONLY_ONE.fullmatch(said):
        return text[: found.start()].rstrip()
    words = words[1:] if listed and words[0] == "both" else words
    if _OF_A_KIND.fullmatch(said) and not re.search(r"negative|positive", said):
        return text[: found.start()].rstrip()
    speaks = any(len(w) > 3 for w in words) and (listed or len(words) > 1 or _is_property(words[0]))
    if not speaks or words[0] == "and" or _NO_REMARK & set(words):
        return text
    return text[: found.start()].rstrip()


def _is_property(word: str) -> bool:
    """Whether one word alone is said of a matrix or a number: symmetric, invertible, unique."""
    return bool(_PROPERTY.fullmatch(word))
