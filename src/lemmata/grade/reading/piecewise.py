r"""Functions by cases in a text: their values, and the conditions under which they hold.

    \begin{cases} x & x \ge 0 \\ -x & \text{otherwise} \end{cases}       x where x >= 0, -x where not x >= 0
    \begin{cases} 1, \text{if } x > 0 \\ 0, \text{else if } x > -1 \end{cases}
    Piecewise((x, x >= 0), (-x, True))                                   the first condition that holds counts

A system of equations in the same braces has no conditions, and is left to other readers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lemmata.grade.spelling.libraries import arguments, call
from lemmata.grade.spelling.pieces import read_any, read_term
from lemmata.kernel.term import Term, make
from lemmata.terms.errors import ReadError
from lemmata.terms.scope import Scope

__all__ = ["PIECEWISE", "Cases", "in_cases", "last_cases", "read_cases"]

MOST = 8
LONGEST = 400  # characters of a case
PIECEWISE = r"\\begin\s*\{[dr]?cases\*?\}|\\left\s*\\\{\s*\\begin\s*\{array\}|(?<![A-Za-z\\])Piecewise\s*\("
_BRACES = re.compile(
    r"(?:\\left\s*\\?\{\s*)?\\begin\s*\{(?P<name>[dr]?cases\*?)\}(?P<rows>(?:(?!\\begin|\\end).)*)\\end\s*\{(?P=name)\}"
    r"(?:\s*\\right\s*\.?(?![\w\\(]))?",
    re.DOTALL,
)
_ARRAY = re.compile(
    r"\\left\s*\\\{\s*\\begin\s*\{array\}\s*(?:\{[lcr@{}\s]{0,12}\})?"
    r"(?P<rows>(?:(?!\\begin|\\end).)*)\\end\s*\{array\}"
    r"\s*\\right\s*\.?",
    re.DOTALL,
)
_OTHERWISE = r"otherwise|else|elsewhere|sonst|sinon|en otro caso|True"
_IF = r"(?:else if|elseif|otherwise if|if|for|when|where|falls|wenn|für|fu\u0308r|si|pour|para|cuando)"
_SPACE = r"(?:\s|,|\\[,;: ]|\\q?quad(?![A-Za-z]))*"
_TEXT = re.compile(r"\\(?:text|textrm|mathrm|mbox)\s*\{([^{}]*)\}")
_WORDED = re.compile(rf"^(?P<value>.*?)(?<![A-Za-z\\])(?P<condition>(?:{_IF}|{_OTHERWISE})\b.*)$", re.DOTALL)
_CONDITION = re.compile(rf"{_SPACE}(?:(?P<word>{_IF})(?![A-Za-z]))?(?P<said>.*?){_SPACE}", re.DOTALL)


@dataclass(frozen=True)
class Cases:
    """Where the cases stand in the text, and each value with its condition, as they are written."""

    start: int
    end: int
    rows: tuple[tuple[str, str], ...]


def in_cases(text: str) -> str:
    """An array behind a brace, and the Piecewise of SymPy, as cases of LaTeX; later conditions begin with "else if"."""
    if "array" in text:
        text = _ARRAY.sub(lambda m: rf"\begin{{cases}}{m['rows']}\end{{cases}}", text)
    return call(text, r"(?<![A-Za-z\\])Piecewise\s*\(", _braces) if "Piecewise" in text else text


def _braces(given: list[str]) -> str | None:
    pairs = [arguments(g[1:-1]) if g.startswith("(") and g.endswith(")") else [] for g in given]
    if not all(len(p) == 2 for p in pairs):
        return None
    rows = [
        f"{value} & {'else if ' if n and said != 'True' else ''}{said.replace('&', ' and ').replace('|', ' or ')}"
        for n, (value, said) in enumerate(pairs)
    ]
    return r"\begin{cases}" + r" \\ ".join(rows) + r"\end{cases}"


def last_cases(text: str, limit: int) -> Cases | None:
    """The last function by cases that begins before ``limit``; there is none within it."""
    found = [m for m in _BRACES.finditer(text) if m.start() < limit]
    if not found:
        return None
    rows = [
        row for row in re.split(r"\\\\(?:\[[^\]]*\])?", _TEXT.sub(r" \1 ", found[-1]["rows"])) if row.strip()
    ]
    pairs = tuple(_pair(row) if len(row) <= LONGEST else ("", "") for row in rows[: MOST + 1])
    return Cases(found[-1].start(), found[-1].end(), pairs)


def _pair(row: str) -> tuple[str, str]:
    value, sign, condition = row.partition("&")
    if not sign and (worded := _WORDED.match(row)):
        value, condition = worded["value"], worded["condition"]
    return re.sub(rf"{_SPACE}$", "", value).strip(), condition.strip()


def read_cases(found: Cases, scope: Scope) -> tuple[tuple[Term, Term], ...]:
    """The values with their conditions as terms.  Raises ReadError, IllTyped."""
    if not 1 <= len(found.rows) <= MOST:
        raise ReadError("a function by cases has some cases", "")
    read: list[tuple[Term, Term]] = []
    conditions: list[Term] = []
    for place, (value, condition) in enumerate(found.rows):
        said = _CONDITION.fullmatch(condition)
        plain = said["said"].strip(" .") if said else ""
        last = place == len(found.rows) - 1
        if re.fullmatch(_OTHERWISE, plain) and last and conditions:
            holds = _none_of(conditions)
        elif plain:
            own = read_any(plain.replace("&", " "), scope)
            if own.sort != "prop":
                raise ReadError.at("a condition was expected", plain, 0, "write it as x >= 0")
            after = said is not None and (said["word"] or "").startswith(("else", "otherwise")) and conditions
            holds = make("and", (own, _none_of(conditions))) if after else own
            conditions.append(own)
        else:
            raise ReadError.at("a case without its condition", value, 0, "write x & x >= 0")
        read.append((read_term(value, scope), holds))
    return tuple(read)


def _none_of(conditions: Sequence[Term]) -> Term:
    denied = tuple(make("not", (c,)) for c in conditions)
    return denied[0] if len(denied) == 1 else make("and", denied)
