r"""Constants and the prompt of Maxima: (%o3) 2*%pi + %i is 2*pi + i.

>>> maxima("(%o3) %e^(-2) + 3*%i")
'e^(-2) + 3*i'

Behind a digit or a bracket the sign is per cent.
"""

from __future__ import annotations

import re

__all__ = ["maxima"]

_PROMPT = re.compile(r"\s*\(%o\d{1,4}\)\s*")
_CONSTANT = re.compile(r"(?<![\d\\)%])%(pi|e|i)(?![A-Za-z\d_])")


def maxima(text: str) -> str:
    """The text without the prompt, the constants by their usual names."""
    if "%" not in text:
        return text
    prompt = _PROMPT.match(text)
    return _CONSTANT.sub(r"\1", text[prompt.end() if prompt else 0 :])
