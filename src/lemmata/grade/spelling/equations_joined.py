r"""Several forms of one equation, and an equation with what was concluded from it.

    y = 2x + 1 \iff 2x - y = -1     both, of which each has to be right
    2x = 6, so x = 3                the conclusion alone, as with the solutions behind an equation

>>> equations_joined(r"y = 2x \iff 2x - y = 0"), equations_joined("2x = 6, so x = 3")
(['y = 2x', '2x - y = 0'], ['x = 3'])
"""

from __future__ import annotations

import re

__all__ = ["equations_joined"]

LONGEST = 2_000
_EQUIVALENT = re.compile(
    r"\\(?:iff|Leftrightarrow|Longleftrightarrow)(?![A-Za-z])|⇔|⟺|<=+>"
    r"|[,;] (?:or )?(?:equivalently|which is equivalent to|also written as)\b,?"
)
_CONCLUDED = re.compile(
    r"\\(?:Rightarrow|implies|therefore)(?![A-Za-z])|⇒|⟹|∴"
    r"|[,;.] (?:and )?(?:so|hence|thus|therefore|also|somit|donc|luego)\b[ ,]"
)


def equations_joined(text: str) -> list[str]:
    """The equations that are to be judged, at least one."""
    if len(text) > LONGEST:
        return [text]
    last = _CONCLUDED.split(text)[-1]
    concluded = last if "=" in last or "<" in last or ">" in last else text
    pieces = [piece.strip(" ,;") for piece in _EQUIVALENT.split(concluded)]
    return [piece for piece in pieces if piece] or [text]
