r"""The whole space in words, as the span of the unit vectors.

    all of R^2     every vector in \mathbb{R}^3     the whole plane     the column space is all of R^2     tout R^2

>>> whole_space("all of R^2", 2), whole_space("the whole space", 2), whole_space("not all of R^2", 2)
(2, 2, None)

How large the space is says the answer; "the whole space" alone is the one in which the question lies.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["whole_space"]

LONGEST = 200
_TEXT = re.compile(r"\\(?:text|textrm|mathrm|mbox)\s*\{([^{}\\$]{0,60})\}")
_REALS = (
    r"(?:\\mathbb\s*(?:\{\s*R\s*\}|R)|ℝ|\\R|R)\s*"
    r"(?:\^\s*(?:\{\s*(?P<braced>[1-8])\s*\}|(?P<power>[1-8]))|(?P<raised>[²³⁴⁵]))"
)
_PLACE = (
    rf"(?:(?:the |der |die |das |le |la |l['’]|el )?(?:(?:vector |euclidean )?space )?{_REALS}"
    r"|(?P<plane>(?:the |die |der |le |el )?(?:x-?y-? ?plane|plane|Ebene|plan|plano))"
    r"|(?P<solid>(?:the )?(?:3-|three-|3 ?D |three )(?:dimensional )?space)"
    r"|(?P<space>(?:the |der |den |l['’]|el )?(?:(?:ambient|vector) )?(?:space|Raum|Raumes|espace|espacio)))"
)
_ALL = (
    r"(?:all of|all|everything in|(?:the )?(?:whole|entire|full)(?: of)?"
    r"|(?:any|every|each) (?:vector|point)(?: \w)? (?:in|of)"
    r"|(?:the set of )?all (?:the )?(?:vectors|points)(?: \w)? (?:in|of)|all \(\w(?:, ?\w){1,3}\) (?:in|\\in|∈)"
    r"|(?:der |die |das )?(?:ganz|ganze|gesamte)|(?:alle|die) Vektoren (?:in|im|aus|des)|jeder Vektor (?:in|im|aus)"
    r"|tout|tous les vecteurs (?:de|du)|todo|todos los vectores (?:de|en)|toda?)"
)
_ALONE = re.compile(
    r"(?:any|every) vector(?: \w)?|all vectors|everything|jeder Vektor|alle Vektoren", re.IGNORECASE
)
# The column space is ..., Col(A) = ...
_NAMED = re.compile(
    r"^(?:[A-Za-z][A-Za-z ]{0,40} (?:is|are|equals|ist|est|es)"
    r"|(?:\\(?:operatorname|mathrm|text)\s*\{\s*\w{1,12}\s*\}|\\?\w{1,12})?\s*\(?\s*[A-Z]?\s*\)?\s*=)\s+",
    re.IGNORECASE,
)
_WHOLE = re.compile(rf"{_ALL} {_PLACE}(?: itself| tout entier)?[ .!]*", re.IGNORECASE)
_ITSELF = re.compile(
    r"(?:the (?:whole|entire|full) )?" + _PLACE + r"(?: itself| tout entier| entier| entero| selbst)",
    re.IGNORECASE,
)
_SOLID = re.compile(_PLACE, re.IGNORECASE)


def whole_space(text: str, size: int) -> int | None:
    """The number of coordinates of the space that the words name; None for any other text."""
    if len(text) > LONGEST:
        return None
    said = re.sub(r"(?<!\\)\$|\\[,;: ]|~", " ", _TEXT.sub(r" \1 ", unicodedata.normalize("NFC", text)))
    said = " ".join(said.split()).strip(" .!")
    value = _NAMED.sub("", said, count=1)
    if value != said and value.lower().startswith("not "):
        return None
    if _ALONE.fullmatch(value):
        return size
    found = _WHOLE.fullmatch(value) or _ITSELF.fullmatch(value)
    if found is None:
        found = _SOLID.fullmatch(value)
        if found is None or not (
            found["solid"] or (value != said and not (found["plane"] or found["space"]))
        ):
            return None
    if found["plane"]:
        return 2 if size == 2 else None  # which plane of space?
    if found["space"]:
        return size
    if found["solid"]:
        return 3
    return int(found["braced"] or found["power"] or "²³⁴⁵".index(found["raised"]) + 2)
