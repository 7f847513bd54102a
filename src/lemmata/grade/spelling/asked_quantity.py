r"""Several quantities of one matrix, each with its name: the value of the one that the question asks for.

    dim Col(A) = 3, dim Null(A) = 2                  where the dimension of the column space is asked for     3
    rank = 3, so the nullity is 2                    where the nullity is asked for                           2
    eigenvalues of A^T A: 9, 4; singular values: 3, 2          where the singular values are asked for        3, 2

>>> asked_quantity("det A = -6, tr A = 1", "trace of A"), asked_quantity("det A = -6, tr A = 1", "two numbers")
('1', 'det A = -6, tr A = 1')

The further quantities are not judged.  Where the question names none of them, or more than one, the text stays.
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.pieces import is_outside

__all__ = ["asked_quantity"]

LONGEST = 400
_DIMENSION = r"dim(?:ension)?(?: of)?(?: the)? ?\(? ?"
# A name that is found under an earlier line is not looked for under a later one.
_NAMES = {
    "algebraic multiplicity": r"alg(?:ebraic|\.)? mult(?:iplicity|\.)?",
    "geometric multiplicity": r"geo(?:metric|m?\.)? mult(?:iplicity|\.)?",
    "condition number": r"condition number|cond|κ|\\kappa",
    "singular values": r"singular values?|singul(?:ä|ae)rwerte?",
    "eigenvalues": r"eigenvalues?|eigenwerte?",
    "nullity": rf"nullity|corank|defect|{_DIMENSION}(?:null?(?:[ -]?space)?|ker(?:nel)?|kern|N(?![a-z]))",
    "rank": rf"(?:column |row )?rank|rk|rang|{_DIMENSION}(?:col(?:umn)?(?:[ -]?space)?|row(?:[ -]?space)?"
    r"|im(?:age)?|range|bild|C(?![a-z]))",
    "determinant": r"determinante?|det",
    "trace": r"trace|tr|spur",
}  # fmt: skip
_PLACES = {name: f"q{n}" for n, name in enumerate(_NAMES)}
_ANY_NAME = "|".join(rf"(?P<{_PLACES[name]}>{said})" for name, said in _NAMES.items())
_MATRIX = r"[A-Z](?:\^\{?(?:T|\\top)\}?)?(?: ?[A-Z](?![A-Za-z]))?"
_OF = rf"(?: ?\(? ?(?:of )?(?:the )?(?:matrix )?{_MATRIX} ?\)?(?: ?\))?)?"
_NAMED = re.compile(
    rf"(?<![A-Za-z\\])(?:the )?(?:{_ANY_NAME})(?![A-Za-z]){_OF} ?(?:=|:|\bis\b|\bare\b|(?=[-−]?\d))",
    re.IGNORECASE,
)
_ASKED = re.compile(rf"(?<![A-Za-z])(?:{_ANY_NAME})(?![A-Za-z])", re.IGNORECASE)
_JOINT = r"(?:[ ,;.]|\b(?:and|so|hence|thus|therefore|with|while|then|und|also|et|donc)\b|\\(?:Rightarrow|implies)|⇒)*"
_BEFORE, _BEHIND = re.compile(_JOINT), re.compile(rf"{_JOINT}$")
_COMMAND = re.compile(
    r"\\(?:operatorname|text|mathrm|textrm)\s*\{\s*([^{}\\$]*?)\s*\}|\\(dim|det|ker|tr)(?![A-Za-z])"
)
_WORD = re.compile(r"(?<![\\A-Za-z])(?!(?:sqrt|pi|and|or|oo)(?![A-Za-z]))[A-Za-z]{2,}")


def asked_quantity(text: str, question: str) -> str:
    """The value that was asked for; any other text as it is."""
    if not question or max(len(text), len(question)) > LONGEST:
        return text
    said = _plain(text)
    found = list(_NAMED.finditer(said))
    if len(found) < 2 or not _BEFORE.fullmatch(said[: found[0].start()]):
        return text
    ends = [m.start() for m in found[1:]] + [len(said)]
    values = {
        _quantity(m): _BEHIND.sub("", said[m.end() : end]).strip() for m, end in zip(found, ends, strict=True)
    }
    if len(values) < len(found) or not all(map(_is_value, values.values())):
        return text
    asked = {_quantity(m) for m in _ASKED.finditer(_plain(question))}
    wanted = asked & set(values)
    return values[wanted.pop()] if len(asked) == len(wanted) == 1 else text


def _is_value(text: str) -> bool:
    """Whether this has no words in it, and all its brackets."""
    return bool(text) and not _WORD.search(text) and is_outside(text)


def _plain(text: str) -> str:
    """Words without the commands around them, blanks for the spaces and dollars of TeX."""
    text = _COMMAND.sub(lambda m: f" {m[1] or m[2]} ", text)
    text = re.sub(
        r"(?<!\\)\$|(?<!\\)\\[()]|\\[,;: ]|\\q?quad(?![A-Za-z])|\\(?:left|right)(?=\s*[()])|~", " ", text
    )
    return " ".join(text.split()).strip(" .")


def _quantity(found: re.Match[str]) -> str:
    return next(name for name, place in _PLACES.items() if found[place])
