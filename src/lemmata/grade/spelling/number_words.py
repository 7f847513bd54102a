"""Small numbers in words: three, minus two, twenty-five, one half, an eighth, 3 quarters, one and a half.

Also in German, French and Spanish: drei, ein Viertel, deux tiers, tres cuartos.

>>> in_digits("minus two"), in_digits("three quarters"), in_digits("one and a half"), in_digits("third time")
('-2', '3/4', '3/2', None)
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["in_digits"]

_UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "hundredth": 100,
}  # fmt: skip
# Word by word in English; what is the same word there, or another one, is left out.
_IN_ENGLISH: dict[str, str] = dict(
    re.findall(
        r"(\S+)=(\S+)",
        "null=zero eins=one ein=one eine=one zwei=two drei=three vier=four fünf=five fuenf=five sechs=six "
        "sieben=seven acht=eight neun=nine zehn=ten elf=eleven zwölf=twelve zwoelf=twelve hundert=hundred "
        "halb=half halbe=half einhalb=half drittel=third viertel=quarter fünftel=fifth sechstel=sixth "
        "siebtel=seventh achtel=eighth neuntel=ninth zehntel=tenth moins=minus zéro=zero un=one une=one "
        "deux=two trois=three quatre=four cinq=five sept=seven huit=eight neuf=nine dix=ten onze=eleven "
        "douze=twelve demi=half demie=half tiers=third quart=quarter quarts=quarter cinquième=fifth "
        "cinquièmes=fifth sixième=sixth sixièmes=sixth huitième=eighth huitièmes=eighth dixième=tenth "
        "dixièmes=tenth menos=minus cero=zero uno=one una=one dos=two tres=three cuatro=four cinco=five "
        "seis=six siete=seven ocho=eight nueve=nine diez=ten doce=twelve medio=half media=half tercio=third "
        "tercios=third cuarto=quarter cuartos=quarter quinto=fifth quintos=fifth sexto=sixth sextos=sixth "
        "octavo=eighth octavos=eighth décimo=tenth décimos=tenth",
    )
)  # fmt: skip


def in_digits(text: str) -> str | None:
    """The number that the words say, in digits; None for any other text."""
    if len(text) > 40 or not re.search(r"[a-z]{3}", text, re.IGNORECASE):
        return None
    text = unicodedata.normalize("NFC", re.sub(r"^[-−]\s*", "minus ", text.strip(" .!").lower()))
    words = [_IN_ENGLISH.get(w, w) for w in re.split(r"[\s-]+", text)]
    if words == ["half"] and "half" not in text:  # "medio" alone is an adjective, and so is "halb"
        return None
    if not 1 <= len(words) <= 6 or not all(w.isalpha() or re.fullmatch(r"\d{1,4}", w) for w in words):
        return None
    sign = ""
    if words[0] in ("minus", "negative", "plus"):
        sign, words = "" if words[0] == "plus" else "-", words[1:]
    number = _mixed(words)
    return None if number is None else f"{sign}{number}"


def _mixed(words: list[str]) -> str | None:
    """A whole number, a fraction, or both with "and" between them."""
    if "and" not in words:
        return _number(words)
    at = words.index("and")
    written = at == 1 and words[0].isdigit()
    whole, part = int(words[0]) if written else _whole(words[:at]), _number(words[at + 1 :])
    if whole is None or part is None or "/" not in part:
        return None
    above, below = map(int, part.split("/"))
    return f"{whole * below + above}/{below}" if above < below else None


def _number(words: list[str]) -> str | None:
    below = _PARTS.get(words[-1]) or _PARTS.get(words[-1].removesuffix("s")) if words else None
    if below is not None:
        # 3 quarters: of a fraction the number above may be in digits.
        written = len(words) == 2 and words[0].isdigit()
        above = int(words[0]) if written else 1 if words[:-1] in ([], ["a"], ["an"]) else _whole(words[:-1])
        # "third" alone is a place in a row, "half" is a number.
        if above is None or (len(words) == 1 and words != ["half"]):
            return None
        return f"{above}/{below}"
    whole = _whole(words)
    return None if whole is None else str(whole)


def _whole(words: list[str]) -> int | None:
    if len(words) == 1:
        return _UNITS.index(words[0]) if words[0] in _UNITS else _TENS.get(words[0])
    if len(words) == 2 and words[0] in _TENS and words[1] in _UNITS[1:10]:
        return _TENS[words[0]] + _UNITS.index(words[1])
    if len(words) == 2 and words[1] == "hundred" and words[0] in ("a", *_UNITS[1:10]):
        return 100 * (1 if words[0] == "a" else _UNITS.index(words[0]))
    return None
