r"""Numbers and arrays as Julia writes them; its displays are read in ``displays``.

    3 - 1im, 2.0 + sqrt(2)*im      3 - 1i, 2.0 + sqrt(2)*i
    Float64[1, 2], Rational{Int64}[1//2, 3//4]     [1, 2], [1/2, 3/4]

>>> julia("3 - 1im", ()), julia("Rational{Int64}[1//2, 3//4]", ())
('3 - 1i', '[1/2, 3/4]')
"""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["julia"]

LONGEST = 4000
_ELEMENTS = r"(?:Complex|Rational)\{\w{1,12}\}|ComplexF(?:64|32)|Float(?:64|32)|Int(?:64|32)?|Any|Number|Real"
_TYPED = re.compile(rf"(?<![\w.\\])(?P<type>{_ELEMENTS})\s?\[")
# Behind a factor; im A and im(A) are the image of A.
_UNIT = re.compile(r"(?:(?<=[\d)*.])|(?<=[*+\-−] )|(?<=[*+\-−]))im(?![A-Za-z_(}\d])(?!\s*[A-Z\\(])")


def julia(text: str, letters: Collection[str]) -> str:
    """The text in the notation of the parser; ``letters`` are those of the question."""
    if len(text) > LONGEST:
        return text
    typed = _TYPED.search(text)
    if typed:
        text = _TYPED.sub("[", text)
        if "Rational" in typed["type"]:
            text = re.sub(r"(?<=\d)//(?=\d)", "/", text)
    return text if {"m", "im"} & set(letters) else _UNIT.sub("i", text)
