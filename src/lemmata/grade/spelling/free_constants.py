r"""What is said of the free constants of a general solution: that they are arbitrary.

    A \cos t + B \sin t, A, B \in \mathbb{R}          \frac{x^2}{2} + c with an arbitrary constant c
    A e^t, where A is any real number                 c_1 e^t + c_2 e^{-t}, c_1, c_2 beliebig

>>> without_quantifiers(r"A\cos t, A \in \mathbb{R}", {"t"}), without_quantifiers("2t, t > 1", {"t"})
('A\\cos t', '2t, t > 1')

Whether constants of these names are right is not decided here; of letters of the question nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["without_quantifiers"]

LONGEST = 120
MOST = 8
_SPACE = r"(?:[\s~$]|\\[,;: !]|\\q?quad(?![A-Za-z]))"
_NAME = r"\\?[A-Za-z]+(?:_(?:\{\w{1,3}\}|\w))?"
_AND = rf"{_SPACE}*(?:,|\b(?:and|und|et|y)\b){_SPACE}*"
_NAMES = rf"(?P<%s>{_NAME}(?:{_AND}{_NAME}){{0,5}})"
_FIELD = r"(?:\\mathbb\s*\{?\s*[RC]\s*\}?|[ℝℂ]|\\R(?![A-Za-z])|R(?![A-Za-z]))"
_CONSTANTS = r"(?:(?:integration )?constants?(?: of integration)?|numbers?|scalars?|parameters?|Konstanten?)"
_ADJECTIVE = r"(?:arbitrary|any|all|free|real|beliebige?[nrs]?|reelle?[nrs]?|constant|konstant|quelconques?)"
_WORD = r"(?:for|with|where|and|mit|wobei|für|pour|avec|con)"
_BEHIND = re.compile(
    rf"(?:{_SPACE}*[,;:(\[]|{_SPACE}){_SPACE}*(?:{_WORD}{_SPACE}+)?(?:"
    rf"(?:all{_SPACE}+|any{_SPACE}+|every{_SPACE}+)?{_NAMES % 'first'}{_SPACE}*(?:(?:\\in(?![A-Za-z])|∈"
    rf"|\bin\b){_SPACE}*{_FIELD}"
    rf"|(?:(?:is|are|being){_SPACE}+)?(?:an?{_SPACE}+)?(?:{_ADJECTIVE}{_SPACE}*){{1,2}}(?:{_SPACE}*{_CONSTANTS})?"
    rf"|(?:is|are){_SPACE}+(?:(?:an?|the){_SPACE}+)?{_CONSTANTS})"
    rf"|(?:an?{_SPACE}+)?(?:{_ADJECTIVE}{_SPACE}+){{0,2}}{_CONSTANTS}{_SPACE}+{_NAMES % 'last'}"
    rf"){_SPACE}*[)\]]?{_SPACE}*\.?$"
)
_LESS, _MORE = r"(?:<=?|≤|\\(?:leq?|lt)(?![A-Za-z]))", r"(?:>=?|≥|\\(?:geq?|gt)(?![A-Za-z]))"
_RANGE = re.compile(
    rf"{_SPACE}*[,;(]{_SPACE}*(?:{_WORD}{_SPACE}+)?(?:(?P<amplitude>{_NAME}){_SPACE}*{_MORE}{_SPACE}*0"
    rf"|0{_SPACE}*{_LESS}{_SPACE}*(?P<phase>{_NAME}){_SPACE}*{_LESS}{_SPACE}*2{_SPACE}*\\?(?:pi|π)"
    rf"|(?P<other>{_NAME}){_SPACE}*(?:\\in(?![A-Za-z])|∈|\bin\b){_SPACE}*(?:\\left)?[\[(]{_SPACE}*0{_SPACE}*,{_SPACE}*2{_SPACE}*\\?(?:pi|π){_SPACE}*(?:\\right)?[\])\[]"
    rf"){_SPACE}*\)?{_SPACE}*\.?$"
)
# R \cos(2t - \varphi): one wave with a letter added to its argument.
_WAVE = re.compile(
    rf"(?:cos|sin){_SPACE}*(?:\\left)?[({{\[][^()]{{0,40}}?[-+−]{_SPACE}*(?P<phase>{_NAME}){_SPACE}*(?:\\right)?[)}}\]]"
)
_TEXT = re.compile(r"\\(?:text|mathrm|textrm)\s*\{([A-Za-zäöüßé ,]*)\}")
_UNFINISHED = re.compile(
    r"(?:[-+*/=^_(]|\\(?:cdot|times|pm))\s*$"
)  # what is said of c in x + c begins behind the c
_NO_NAMES = frozenset(("e", "i", "and", "und", "et", "y"))


def without_quantifiers(text: str, letters: Collection[str]) -> str:
    """The formula without the words about its constants; ``letters`` are those of the question."""
    for _ in range(MOST):
        shorter = _without_last(_without_range(text, letters), letters)
        if shorter == text:
            break
        text = shorter
    return text


def _without_range(text: str, letters: Collection[str]) -> str:
    r"""Amplitude and phase without their usual ranges, R \ge 0 and 0 \le \varphi < 2\pi; other ranges restrict."""
    found = _RANGE.search(text, max(0, len(text) - LONGEST))
    if found is None:
        return text
    body = text[: found.start()]
    waves = [m for m in _WAVE.finditer(body) if m["phase"].lstrip("\\") not in letters]
    if len(waves) != 1 or len(re.findall(r"(?:cos|sin)(?![A-Za-z])", body)) != 1:
        return text
    phase, name = waves[0]["phase"], found["phase"] or found["other"] or found["amplitude"]
    amplitude = found["amplitude"] is not None and re.match(rf"\s*{re.escape(name)}(?![A-Za-z])", body)
    own = name.lstrip("\\") not in letters and (amplitude or (found["amplitude"] is None and name == phase))
    return body.rstrip(" ,;$") if own else text


def _without_last(text: str, letters: Collection[str]) -> str:
    plain = _TEXT.sub(r" \1 ", text)
    start = max(0, len(plain) - LONGEST)
    for _ in range(MOST):
        found = _BEHIND.search(plain, start)
        if found is None:
            return text
        unfinished = _UNFINISHED.search(plain[: found.start()][-20:])
        if found.start() and not unfinished and _are_constants(found, plain[: found.start()], letters):
            return plain[: found.start()].rstrip(" ,;$")
        start = found.start() + 1  # of \cos t, A \in R the t belongs to the formula
    return text


def _are_constants(found: re.Match[str], body: str, letters: Collection[str]) -> bool:
    """Whether all that is named occurs in the formula, and nothing of it is a letter of the question."""
    said = re.sub(r"\b(?:and|und|et)\b|\\q?quad", " ", found["first"] or found["last"])
    constants = [n for n in re.findall(_NAME, said) if n not in _NO_NAMES]
    known = {name.replace("{", "").replace("}", "") for name in letters}
    own = all(
        re.sub(r"[{}\\]", "", n) not in known and len(n.partition("_")[0].lstrip("\\")) < 7 for n in constants
    )
    used = all(re.search(rf"{re.escape(n)}(?![_\d])", body) for n in constants)
    return bool(constants) and own and used
