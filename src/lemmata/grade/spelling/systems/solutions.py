r"""Solutions of equations as computer algebra systems return them, as the dictionaries of SymPy.

    {{x -> -1}, {x -> 3}}                  [{x: -1}, {x: 3}]                   Mathematica
    {x -> 1, y -> 2}                       {x: 1, y: 2}
    [[x = 1, y = 2], [x = 2, y = 1]]       [{x: 1, y: 2}, {x: 2, y: 1}]        Maxima, Sage
    {x = 1, y = 2}, {x = 2, y = 1}         the same                            Maple

>>> solutions("{{x -> -1}, {x -> 3}}"), solutions("[x = 1, y = 2]")
('[{x: -1}, {x: 3}]', '{x: 1, y: 2}')

What the dictionaries mean is said in ``printed_solutions``.
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.libraries import arguments, closing

__all__ = ["solutions"]

LONGEST = 4000
_ARROW = re.compile(r"\s*(?:->|→|⟶|\uf522)\s*")
_EQUALS = re.compile(r"\s*==?\s*")
_NAME = re.compile(r"\s*[A-Za-z]\w{0,12}\s*")
_VALUE = re.compile(r"[^<>=→:\uf522]+")
_BRACKETS = {"{": "}", "[": "]"}


def solutions(text: str) -> str:
    """The solutions as dictionaries; any other text as it is."""
    if len(text) > LONGEST or not (_ARROW.search(text) or "=" in text):
        return text
    body = text.strip()
    listed = _inside(body)
    nested = listed is not None and listed.lstrip()[:1] in _BRACKETS
    pieces = arguments(listed if listed is not None and nested else body)
    found = [_solution(piece) for piece in pieces] if pieces[0][:1] in _BRACKETS else [_solution(body)]
    read = [solution for solution in found if solution]
    if len(read) < len(found):
        return text
    return read[0] if len(read) == 1 else f"[{', '.join(read)}]"


def _solution(text: str) -> str | None:
    """{x -> 1, y -> 2} and [x = 1, y = 2] as {x: 1, y: 2}; rules need no brackets around them."""
    inside = _inside(text.strip())
    sign = _ARROW if _ARROW.search(text) else _EQUALS
    if inside is None and sign is _EQUALS:
        return None
    pairs = [sign.split(pair) for pair in arguments(text if inside is None else inside)]
    if not all(len(p) == 2 and _NAME.fullmatch(p[0]) and _VALUE.fullmatch(p[1]) for p in pairs):
        return None
    if any(re.search(r"\([^()]*,", value) for _, value in pairs):  # x -> (1, 2) is no value of an unknown
        return None
    return "{" + ", ".join(f"{name.strip()}: {value.strip()}" for name, value in pairs) + "}"


def _inside(text: str) -> str | None:
    """What a pair of brackets around all of the text encloses."""
    closer = _BRACKETS.get(text[:1])
    return text[1:-1] if closer and closing(text, 1, text[0], closer) == len(text) - 1 else None
