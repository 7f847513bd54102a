r"""German, French, Spanish and Italian words around an answer, in the English ones that are known further on.

    keine Lösung, pas de solution, no hay solución       no solution
    die Lösung ist (1, 2), la solution est 3              the answer is (1, 2), the answer is 3
    die Länge des Vektors beträgt 2, la longueur vaut 2   the answer is 2, the answer is 2
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

_SOLUTION = r"(?:l(?:ö|oe)sung(?:en|smenge)?|solutions?|soluci(?:ó|o)n(?:es)?|soluzione)"
_NONE = re.compile(
    r"\s*(?:(?:es gibt|es existiert|hat|das (?:gleichungs)?system hat|il n['’]y a|le syst(?:è|e)me n['’]a"
    r"|el sistema)\s+)?"
    rf"(?:keine (?:reelle )?|nessuna |pas de |aucune |no hay |no tiene |no existe |sin ){_SOLUTION}\s*[.!]?\s*"
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
# A word ends in a blank or an apostrophe, so that there is one way only to part a text into words.
_WORD = r"[^\W\d_]{1,30}(?:['’]|,?\s+)"
# A sentence whose subject may be anything: at most seven words, the verb, and the value.
_ARTICLE = r"(?:der|die|das|le|la|les|el|los|las|il|lo|gli|l['’])"
_DENIED = (
    r"(?:nicht|kein\w*|nie|weder|au(?:ß|ss)er|ohne|wenn|falls|mindestens|h(?:ö|oe)chstens|oder|und|als|ne|pas|aucune?"
    r"|sans|moins|plus|ou|et|no|sin|menos|m(?:á|a)s|non|senza|meno|pi(?:ù|u)|ist|sind|est|sont|es|son|sono)"
)
_FORMULA = (
    r"(?:[-−+\d\\({\[√½π$]|[^\W\d_](?![^\W\d_])|[A-Za-z](?:[A-Za-z]|_)?\s*(?:\^|=)"
    r"|(?:sqrt|exp|sin|cos|tan|ln|log)\b)"
)
_SUBJECT = re.compile(
    rf"^\s*(?:(?:also|somit|daher|damit|donc|luego|quindi),?\s+)?{_ARTICLE}\s*"
    rf"(?:(?!{_DENIED}\b){_WORD}){{1,7}}?"
    r"(?:betr(?:ä|ae)gt|ergibt|liefert|lautet|ist(?: gleich)?|sind|vaut|valent|mesure|donne|est(?: (?:égale? à|de))?"
    r"|sont|mide|vale|valen|da|es(?: igual a)?|son|è|misura)\s*:?\s+"
    rf"(?={_FORMULA})",
    re.IGNORECASE,
)
# Mit der Kettenregel erhält man ..., on obtient ...: what leads to the value, and who gets it.
_OBTAINED = re.compile(
    rf"^\s*(?:(?:mit|nach|durch|aus|avec|par|d['’]apr(?:è|e)s|por|con|also|somit|daher|damit|donc|luego)\s+"
    rf"(?:(?!{_DENIED}\b){_WORD}){{0,7}}?)?"
    r"(?:(?:man|wir) (?:erh(?:ä|ae)lt|erhalten|findet|finden|bekommt|bekommen)"
    r"|(?:erh(?:ä|ae)lt|findet) man"
    r"|erhalten wir|ergibt sich|folgt|es gilt|gilt|on (?:a|obtient|trouve)|nous (?:avons|obtenons|trouvons)"
    r"|se (?:obtiene|tiene)"
    rf"|tenemos|obtenemos)\s*[:,]?\s+(?={_FORMULA})",
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
    said = _SAID.sub("the answer is ", composed)
    said = _OBTAINED.sub("", _SUBJECT.sub("the answer is ", said)) if said == composed else said
    said = _MULTIPLES.sub("all multiples of ", said)
    if kind in ("finite", "vector"):
        said = _BETWEEN.sub(_joined, said)
    if kind == "finite":
        said = _NUMBERS.sub(_joined, said)
    return text if said == composed else said


def _joined(match: re.Match[str]) -> str:
    word = match.groupdict().get("word") or match["letter"]
    return f"{match['before']} {'or' if word in _OR else 'and'} "
