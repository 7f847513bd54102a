r"""A vector in angle brackets, as a tuple: \langle 2x + y, x \rangle, v = <1, 2>, w = \left\langle y, x \right\rangle.

>>> vector_in_angles(r"\nabla f = \langle 2x + y, x \rangle")
'\\nabla f = (2x + y, x)'

This is for answers that are vectors: elsewhere such brackets are inner products and spans.
"""

from __future__ import annotations

import re

__all__ = ["vector_in_angles"]

LONGEST = 2000
_OPENER = r"(?:(?:\\left\s*)?(?:\\langle(?![A-Za-z])|⟨)|<)"
_CLOSER = r"(?:(?:\\right\s*)?(?:\\rangle(?![A-Za-z])|⟩)|>)"
_WHOLE = re.compile(rf"{_OPENER}((?:(?!\\langle|\\rangle)[^<>⟨⟩=])+){_CLOSER}")


def vector_in_angles(text: str) -> str:
    """The text with the bracket that is all of its last side as a tuple; any other text as it is."""
    if len(text) > LONGEST:
        return text
    label, sign, body = text.rpartition("=")
    found = _WHOLE.fullmatch(body.strip(" $."))
    if found is None or "," not in found[1]:
        return text
    inside = re.sub(r"\\right\s*$", "", found[1]).strip()
    return f"{label}{sign}{' ' if sign else ''}({inside})"
