r"""The remainder behind a Taylor polynomial: 1 + x + \frac{x^2}{2} + O(x^3), x - \frac{x^3}{6} + o(x^3).

>>> without_remainder("1 + x + x^2 + O(x^3)", {"x"}), without_remainder("1 + x^2 + O(x^2)", {"x"})
('1 + x + x^2', '1 + x^2 + O(x^2)')

It goes where it is smaller than every power that is written; O and o are no letters of the question then.
"""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["without_remainder"]

LONGEST = 2000
_REMAINDER = re.compile(
    r"\s*\+\s*(?P<sign>\\mathcal\s*\{?\s*O\s*\}?|[Oo])\s*(?:\\left)?\(\s*(?P<letter>[a-z])\s*(?:(?:\^|\*\*)\s*\{?\s*(?P<order>\d)\s*\}?|(?P<power>[²³⁴⁵]))?\s*(?:\\right)?\)\s*$"
)


def without_remainder(text: str, letters: Collection[str]) -> str:
    """The polynomial alone."""
    found = _REMAINDER.search(text[-80:]) if len(text) < LONGEST and {"O", "o"}.isdisjoint(letters) else None
    if found is None or found["letter"] not in letters:
        return text
    body = text[: len(text) - (len(found[0]))]
    order = int(found["order"] or "²³⁴⁵".find(found["power"] or "-") + 2)
    orders = [int(n) for n in re.findall(rf"{found['letter']}\s*(?:\^|\*\*)\s*\{{?\s*(\d+)", body)]
    highest = max(orders, default=1)
    return body if highest < order or (found["sign"] == "o" and highest == order) else text
