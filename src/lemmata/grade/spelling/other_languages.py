r"""German, French and Spanish words around an answer, in the English ones that are known further on.

    keine Lösung, pas de solution, no hay solución       no solution
    die Lösung ist (1, 2), la solution est 3              the answer is (1, 2), the answer is 3
    x = 1 oder x = 3, x=1 ou x=3, 1 et 3, 1 y 3           x = 1 or x = 3, 1 and 3 (sets and vectors only)
    alle Vielfachen von v, tous les multiples de v        all multiples of v

>>> in_english("La solución es 3", "number"), in_english("x = 1 ou x = 3", "finite")
('the answer is 3', 'x = 1 or x = 3')

Words that deny anything but the solution stay, so that the parser refuses them.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["in_english"]

_SOLUTION = r"(?:l(?:ö|oe)sung(?:en|smenge)?|solutions?|soluci(?:ó|o)n(?:es)?)"
_NONE = re.compile(
    r"\s*(?:(?:es gibt|es existiert|hat|das (?:gleichungs)?system hat|il n['’]y a|le syst(?:è|e)me n['’]a"
    r"|el sistema)\s+)?"
    rf"(?:keine (?:reelle )?|pas de |aucune |no hay |no tiene |no existe |sin ){_SOLUTION}\s*[.!]?\s*"
    r"|\s*(?:(?:das (?:gleichungs)?system|die gleichung|es) ist )?(?:unl(?:ö|oe)sbar|nicht l(?:ö|oe)sbar)\s*[.!]?\s*"
    r"|\s*(?:die |l['’]|el )?(?:leere menge|ensemble vide|conjunto vac(?:í|i)o)\s*[.!]?\s*",
    re.IGNORECASE,
)
_NAME = (
    r"antwort|ergebnis|wert|grenzwert|r(?:é|e)ponse|r(?:é|e)sultat|valeur|limite|respuesta|resultado|valor"
)
_SAID = re.compile(
    r"^\s*(?:(?:also|somit|daher|donc|por (?:lo )?tanto|luego)[, ]+)?"
    rf"(?:(?:die|der|das|la|le|les|las|el|los|eine?|une?)\s+)?(?:{_SOLUTION}|{_NAME})"
    r"\s*(?:(?:ist|sind|lautet|lauten|est|sont|vaut|es|son|vale)\b\s*:?|:(?!=))\s*(?=\S)",
    re.IGNORECASE,
)
_MULTIPLES = re.compile(
    r"^\s*(?:(?:alle|jedes|tous les|toutes les|todos los)\s+)?(?:vielfachen?|multiples|m(?:ú|u)ltiplos)\s+"
    r"(?:von|de|du vecteur|del vector)\s+",
    re.IGNORECASE,
)
_OR = ("oder", "ou", "o")
# Such a word stands between values, as in  1 et 3  and  x = 1 y z = 2; a single letter may also be a factor.
_BETWEEN = re.compile(
    r"(?P<before>[\d})\]])\s+(?:(?P<word>oder|ou|sowie|und|et)\s+(?=[-−\d\\({\[]|[a-z](?:_\{?\d\}?)?\s*=)"
    r"|(?P<letter>[oy])\s+(?=[a-z](?:_\{?\d\}?)?\s*=))"
)
_NUMBERS = re.compile(r"(?P<before>\d)\s+(?P<letter>[oy])\s+(?=[-−]?\d)")


def in_english(text: str, kind: str) -> str:
    """The answer with these words in English; mathematics stays as it is."""
    if len(text) > 2000:
        return text
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    if _NONE.fullmatch(composed.strip("$ ")):
        return "no solution"
    said = _MULTIPLES.sub("all multiples of ", _SAID.sub("the answer is ", composed))
    if kind in ("finite", "vector"):
        said = _BETWEEN.sub(_joined, said)
    if kind == "finite":
        said = _NUMBERS.sub(_joined, said)
    return text if said == composed else said


def _joined(match: re.Match[str]) -> str:
    word = match.groupdict().get("word") or match["letter"]
    return f"{match['before']} {'or' if word in _OR else 'and'} "
