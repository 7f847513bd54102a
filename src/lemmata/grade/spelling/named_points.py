r"""Points with names, and what kind of stationary point they are: the points alone.

    P(1|2), Q(-2|-1)      A = (1,2), B = (3,4)               (1,2), (-2,-1)
    (0,0) is a saddle point, (1,1) is a local minimum        (0,0), (1,1)
    maximum at x = -1 and minimum at x = 2                   x = -1 and x = 2

>>> points_alone("P(1|2), Q(-2|-1)", set(), 2), points_alone("(0,0) is a saddle point", set(), 2)
('(1|2), (-2|-1)', '(0,0)')

A name is one capital letter that the question does not have.  Where more points are classified than there are
elements of the right answer, only some of them may be meant: then nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["points_alone"]

LONGEST = 1000
_SPACE = r"(?:\s|\\[,;: !]|\\q?quad(?![A-Za-z])|~)*"
_NAMED = re.compile(
    rf"(?:(?<=^)|(?<=[,;{{\s]))(?:\\(?:mathrm|text)\s*\{{\s*)?(?P<name>[A-Z])(?:\s*\}})?(?:_(?:\{{\w{{1,3}}\}}|\w)|\d|[₀-₉])?'?"
    rf"{_SPACE}(?:=|:)?{_SPACE}(?=(?:\\left\s*)?\((?P<inside>[^()]{{1,120}})\))"
)
_ADJECTIVE = (
    r"(?:a|an|the|strict|strictly|local|global|relative|absolute|isolated|degenerate|only|ein|eine|das|der|lokale[rs]?|globale[rs]?"
    r"|relative[rs]?|absolute[rs]?|strenge[rs]?|un|une|local)"
)
_KIND = (
    r"(?:saddle(?:[ -]?points?)?|minim(?:um|a|izers?)|maxim(?:um|a|izers?)|min|max|extrem(?:um|a)"
    r"|inflection(?: points?)?"
    r"|points? of inflection|turning points?|(?:stationary|critical) points?|(?:Sattel|Hoch|Tief|Wende)punkte?"
    r"|Minim(?:um|alstelle)|Maxim(?:um|alstelle)|col|point selle)"
)
_SAID = rf"(?:{_ADJECTIVE}\s+){{0,3}}{_KIND}(?:\s+points?)?(?![A-Za-z])"
_BEHIND = re.compile(
    rf"\s*(?:[:,–—]\s*|\b(?:is|are|ist|sind|est)\s+|\(\s*|\s)\s*{_SAID}\s*\)?(?=\s*(?:$|[,;.]|and\b|und\b|or\b"
    rf"|\\[,; q]))"
)
_IN_FRONT = re.compile(
    rf"(?:^|(?<=[,;])|(?<=\band)|(?<=\bund)|(?<=\}}))\s*{_SAID}\s*(?:(?:at|in|bei|en|is|:|=)(?![A-Za-z]))?\s*(?=[(\dxP\\-])"
)
# \left(3\,|\,1\right) as (3|1)
_SIZES = re.compile(r"\\(?:left|right)(?=\s*[()])|\\,(?=\s*\|)|(?<=\|)\\,")
_TEXT = re.compile(r"\\(?:text|mathrm|textrm)\s*\{([^{}\\$]*)\}")


def points_alone(text: str, letters: Collection[str], most: int) -> str:
    """The points without names and kinds; ``most`` is the number of elements of the right answer."""
    if len(text) > LONGEST:
        return text
    if re.search(_KIND, text):
        plain = _TEXT.sub(r" \1 ", text)
        without, behind = _BEHIND.subn("", plain)
        without, front = _IN_FRONT.subn(" ", without)
        text = without.strip() if 0 < behind + front <= most else text
    text = _SIZES.sub("", text) if "|" in text else text
    return _NAMED.sub(
        lambda m: m[0] if m["name"] in letters or not re.search(r"[,;|]|\\mid", m["inside"]) else "", text
    )
