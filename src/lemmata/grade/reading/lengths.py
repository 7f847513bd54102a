r"""The length of a vector as a remark beside it: x^+ = (1,1,1)^T, \|x^+\| = \sqrt 3.

>>> without_length(r"x = (3,4), |x| = 5")
('x = (3,4)', '5')

The remark has to be true; a length without its vector is no remark.
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.pieces import split
from lemmata.terms.errors import ReadError

__all__ = ["without_length"]

LONGEST = 1000
_LETTER = (
    r"\\?[A-Za-z]+(?:_(?:\{[^{}]{1,9}\}|\w))?(?:\^(?:\{[^{}]{1,9}\}|[+*]|\\\w+))?|\\vec\s*(?:\{\w\}|\w)"
    r"|\\hat\s*(?:\{\w\}|\w)"
)
_BAR = r"(?:\\[|]|\\[lr]?[vV]ert(?![A-Za-z])|\|\||\||‖)"
_LENGTH = re.compile(
    rf"(?:(?:with|and|mit|und|where|whose)\s+)?(?:(?:\\left)?{_BAR}\s*(?:{_LETTER})\s*(?:\\right)?{_BAR}"
    rf"(?:_\{{?2\}}?)?\s*=|(?:its |the )?(?:norm|length|Norm|Länge)\s*(?:is|=|:)?)\s*"
    r"(?P<value>[^=<>]+)"
)
_BETWEEN = re.compile(
    r"\\text\s*\{\s*(?:and|und|with|mit|,)\s*\}|\b(?:and|und|with|mit)\b(?=\s*(?:\\\||\||\\[lr]?[vV]ert|‖|norm|length|Norm))"
)


def without_length(text: str) -> tuple[str, str]:
    """The vector and the length that is claimed of it; an empty one where none is."""
    if len(text) > LONGEST or not re.search(r"\||vert|Vert|‖|norm|length|Norm|L[äa]", text):
        return text, ""
    try:
        pieces = [
            p.strip()
            for p in split(
                _BETWEEN.sub(", ", re.sub(r"(?<!\\)\\[ ,;:!]|\\q?quad(?![A-Za-z])", " ", text)), ",", ";"
            )
        ]
    except ReadError:
        return text, ""
    found = [(p, m) for p in pieces if (m := _LENGTH.fullmatch(p)) is not None]
    left = [p for p in pieces if p and p not in [q for q, _ in found]]
    if len(found) != 1 or not left:
        return text, ""
    return ", ".join(left), found[0][1]["value"].strip()
