r"""A number with the unit behind it: 0.75 m, v = 25 m/s, 9.81 \frac{m}{s^2}, 2\sqrt{3}\,\mathrm{cm}, 3 times.

>>> without_unit("v = 25 m/s"), without_unit(r"9{,}81\,\frac{\mathrm{m}}{\mathrm{s}^2}"), without_unit("25 m n")
('v = 25', '9{,}81', '25 m n')

A unit stands behind a number, and nothing stands behind it.  Which unit it is says nothing: the question knows it.
"""

from __future__ import annotations

import re

__all__ = ["without_unit"]

_NAME = r"(?:mm|cm|dm|km|m|ms|min|s|h|kg|mg|g|kN|N|kJ|J|kWh|kW|W|Pa|kHz|Hz|mol|ml|l|L|V|rad|euros?|EUR|€|Ω)(?![A-Za-z])"
_POWER = r"(?:\s*\^\s*(?:\{\s*-?\d\s*\}|\(\s*-?\d\s*\)|-?\d)|\*\*-?\d|⁻?[¹²³])?"
_WRITTEN = (
    rf"\\(?:mathrm|text|textrm|unit|si|rm)\s*\{{\s*{_NAME}{_POWER}(?:\s*/\s*{_NAME}{_POWER})?\s*\}}{_POWER}"
)
_FACTOR = rf"(?:{_WRITTEN}|{_NAME}{_POWER})"
_TIMES = r"\s*(?:\\cdot(?![A-Za-z])|\\,|·|\*)\s*"
_PRODUCT = rf"{_FACTOR}(?:{_TIMES}{_FACTOR}){{0,2}}"
_QUOTIENT = (
    rf"{_PRODUCT}\s*/\s*(?:{_FACTOR}|\({_PRODUCT}\))"
    rf"|(?:\\mathrm\s*\{{\s*)?\\[dt]?frac\s*\{{\s*{_PRODUCT}\s*\}}\s*\{{\s*{_PRODUCT}\s*\}}(?:\s*\}})?"
)
_WORDS = (
    r"(?:(?:square |cubic )?units?|times|degrees?|steps?|pieces?|dimensions?|metres?|meters?|seconds?|Meter"
    r"|Sekunden|mètres|metros"
    r"|[LFV]E)"
)
_BLANK = r"(?:\s|\\[,;: ]|~)"
# Plain letters are units behind a blank; 25m may be 25 times m.
_BEHIND = re.compile(
    rf"(?:{_BLANK}+(?:{_QUOTIENT}|{_PRODUCT}|{_WORDS})|(?:{_QUOTIENT}|{_WRITTEN}))\s*\.?\s*$"
)
_LABEL = re.compile(r"\s*\\?[A-Za-z]+(?:_\{?\w+\}?|_\\\w+)?\s*(?:\([\w,\s]*\))?\s*=\s*")
_COMMAND = re.compile(
    r"\\(?:[dt]?frac|sqrt|pi|left|right|cdot|times|[,;:! ])(?![A-Za-z])|\\[,;:! ]|\bsqrt\b|\bpi\b|π|√"
)
LONGEST = 60  # characters of a unit


def without_unit(text: str) -> str:
    """The number without its unit; a text that has letters beside it stays as it is."""
    start = max(0, len(text) - LONGEST)
    found = _BEHIND.search(text, start)
    if found is None:
        return text
    number = text[: found.start()].rstrip()
    label = _LABEL.match(number)
    bare = _COMMAND.sub(" ", number[label.end() :] if label else number)
    if (
        not re.search(r"(?:[\d})\]π]|\bpi)\s*$", number)
        or re.search(r"[A-Za-z\\=<>]", bare)
        or not re.search(r"\d|π|pi", number)
    ):
        return text
    return number
