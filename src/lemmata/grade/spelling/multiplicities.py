r"""How often an element occurs, said in words: the element as often as that.

    5 (twice), 5 (double root), 5 with multiplicity 2                       5, 5
    eigenvalue 0 with multiplicity two and eigenvalue 3 (simple)            0, 0, 3
    double eigenvalue 0, 3 is a simple root, 0 mit Vielfachheit 2           the same, the word in front or behind

>>> repeated("double eigenvalue 0 and eigenvalue 3 with multiplicity 1")
'0, 0, 3'

Where an element has more than one reading, the text stays as it is and the parser refuses the words in it.
"""

from __future__ import annotations

import re

__all__ = ["repeated"]

LONGEST = 400
MOST = 8
_TIMES = {
    "once": 1, "simple": 1, "single": 1, "einfach": 1, "einfache": 1, "einfacher": 1, "one": 1, "eins": 1,
    "twice": 2, "double": 2, "zweifach": 2, "doppelt": 2, "doppelte": 2, "doppelter": 2, "two": 2, "zwei": 2,
    "triple": 3, "thrice": 3, "three times": 3, "dreifach": 3, "dreifache": 3, "dreifacher": 3, "three": 3, "drei": 3,
}  # fmt: skip
# Words that count times alone; "one" and "two" only behind the word multiplicity.
_WORDS = "|".join(w for w in _TIMES if w not in ("one", "two", "three", "eins", "zwei", "drei"))
_ANY_WORD = "|".join(sorted(_TIMES, key=len, reverse=True))
_ELEMENT = (
    r"(?:eigenvalues?|roots?|zeros?|values?|solutions?|eigenwerte?|nullstellen?"
    r"|l(?:ö|oe|\\ddot\{o\})sung(?:en)?)"
)
_MULTIPLICITY = r"(?:algebraic\s+|algebraischer\s+|alg\.?\s*)?(?:multiplicity|mult\.?|vielfachheit)"
# What is said of the eigenspace beside it changes nothing.
_GEOMETRIC = (
    r"(?:\s*(?:,|;|\band\b)\s*(?:geometric|geometrischer|geom?\.?)\s*(?:multiplicity|mult\.?|vielfachheit)"
    r"\s*(?:of\s+)?=?\s*\d)?"
)
_NAMED = re.compile(
    rf"(?:^|(?<=[,;{{]))\s*(?:(?:the|der|die|das)\s+)?{_ELEMENT}\s+(?=[-−+\d\\(√])", re.IGNORECASE
)
_IN_FRONT = re.compile(
    rf"(?:^|(?<=[,;]))\s*(?:(?:the|a|der|die|das)\s+)?(?P<word>{_WORDS})\s+(?:{_ELEMENT})\s*:?\s*"
    r"(?P<value>[^,;{}()A-Za-z]+?)\s*(?=$|[,;])",
    re.IGNORECASE,
)
_IS = re.compile(
    rf"(?P<value>[^,;{{}}()A-Za-z]+?)\s+(?:is|ist)\s+(?:an?|eine?)\s+(?P<word>{_WORDS})\s+(?:{_ELEMENT})\s*(?=$|[,;])"
    rf"|(?P<other>[^,;{{}}()A-Za-z]+?)\s+(?:occurs|appears)\s+(?P<often>{_WORDS})\s*(?=$|[,;])",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"(?P<value>[^,;{{}}()]+?|[^,;()]*\\[dt]?frac\{{[^{{}}]*\}}\{{[^{{}}]*\}})\s*(?:\(|,?\s*\b(?:with|mit)\s+"
    rf"|\bof\s+|,\s*(?=(?:algebraic\s+)?(?:multiplicity|mult|vielfachheit)))\s*(?:with\s+|of\s+|mit\s+)?"
    rf"(?:(?P<word>{_WORDS})(?:\s+{_ELEMENT})?|{_MULTIPLICITY}\s*(?:of\s+)?=?\s*(?:(?P<number>\d)|(?P<said>{_ANY_WORD}))"
    rf"{_GEOMETRIC}"
    rf"|(?P<times>\d)\s*(?:x|×|times)|(?:x|×|\\times)\s*(?P<factor>\d))\s*\)?(?=\s*(?:$|[,;}}\\]|and\b))",
    re.IGNORECASE,
)


def repeated(text: str) -> str:
    """The text with every element as often as it is said to occur."""
    if len(text) > LONGEST or not re.search(rf"\(|mult|vielfach|{_WORDS}|{_ELEMENT}", text, re.IGNORECASE):
        return text
    listed = re.sub(r"(?:\s*,)?\s+(?:and|und)\s+", ", ", text)
    listed = _NAMED.sub(lambda m: " " if m.start() else "", listed)
    listed = _IS.sub(lambda m: _times(m, m["word"] or m["often"], m["value"] or m["other"]), listed)
    listed = _IN_FRONT.sub(lambda m: _times(m, m["word"], m["value"]), listed)
    return _BEHIND.sub(
        lambda m: _times(m, m["word"] or m["said"] or m["number"] or m["times"] or m["factor"], m["value"]),
        listed,
    )


def _times(found: re.Match[str], often: str, value: str) -> str:
    times = int(often) if often.isdigit() else _TIMES[often.lower()]
    # In "0,3" the comma would be decimal: behind one that parts elements there is a space.
    space = " " if found.start() else ""
    return space + ", ".join([value.strip()] * times) if 1 <= times <= MOST else found[0]
