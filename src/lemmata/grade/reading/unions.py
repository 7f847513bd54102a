r"""Unions of ranges as conditions on one letter, so that they can be compared as inequalities are.

>>> as_condition(r"(-\infty, 0) \cup [1, 2)")
'(((x < 0))) or ((x >= 1) and (x < 2))'
>>> as_condition(r"\mathbb{R} \setminus \{0\}")
'(x != 0)'

A text that is no union (one interval, a list of numbers) is left to other readers: the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lemmata.grade.spelling.pieces import inner, split
from lemmata.terms.errors import ReadError

__all__ = ["as_condition", "is_range", "is_union", "of_letter", "zero_space"]

_CUP = re.compile(r"\\cup(?![A-Za-z])|∪|\bU\b|\bunion\b")
_CAP = re.compile(r"\\cap(?![A-Za-z])|∩")
_MINUS = re.compile(
    r"\\(?:setminus|backslash|smallsetminus)(?![A-Za-z])|∖|(?<=[\]})Rℝ])\s*\\\s*(?=[\[({\\])"
    r"|(?<=[Rℝ}])\s*-\s*(?=\\?\{)"
)
_REALS = re.compile(
    r"\s*(?:\\mathbb\s*\{?\s*R\s*\}?|\\R|ℝ|R|(?:all|every|any) reals?(?: numbers?)?|(?:all )?reals"
    r"|\(\s*-\s*(?:\\infty|oo|∞)\s*,\s*\+?(?:\\infty|oo|∞)\s*\))\s*"
)
_INFINITE = re.compile(r"\s*[-+−]?\s*(?:\\infty|∞|oo|inf|infinity)\s*")
_MEMBER = re.compile(r"^\s*(?P<name>\\?[A-Za-z]+(?:_\w)?)\s*(?:\\in(?![A-Za-z])|∈|\bin\b)\s*")
_OR = re.compile(r"\\lor(?![A-Za-z])|\\vee(?![A-Za-z])|∨|\bor\b|\boder\b")
_RELATION = re.compile(r"[<>≤≥≠]|\\(?:le|ge|lt|gt|ne|leq|geq|neq|leqslant|geqslant)(?![A-Za-z])|!=")
_SIZES = re.compile(
    r"\\(?:left|right|[bB]igg?[lrm]?|q?quad)(?![A-Za-z])|(?<!\\)\\[,;:!]|~"
    # A backslash and a space is a space, or the difference in R \ {1}.
    r"|(?<![\\Rℝ\]})])(?<![Rℝ\]})]\s)\\ |(?<!\\)\\ (?=\s*\\[A-Za-z])"
)
_NOT_IN = re.compile(
    r"^\s*\\?[A-Za-z]+(?:_\w)?\s*(?:\\not\s*\\in(?![A-Za-z])|\\notin(?![A-Za-z])|∉|\bnot in\b)\s*"
)
_REAL_FIRST = re.compile(
    r"^\s*\\?[A-Za-z]+(?:_\w)?\s*(?:\\in(?![A-Za-z])|∈)\s*(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ|R)\s*[,;:]\s*"
)
_STARRED = re.compile(r"(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ)\s*\^\s*\{?\s*(?:\*|\\ast|\\times)\s*\}?")
_NAMED = re.compile(
    r"^\s*(?:[DLMS]|\\mathbb\s*\{?\s*[DL]\s*\}?)(?:_\w)?\s*=\s*(?=\\mathbb|ℝ|R(?![a-z])|[(\[\]]|\\?\{)"
)
_PM = re.compile(r"\\pm(?![A-Za-z])|±|\+/-")
_ALL_BUT = re.compile(
    r"^(?:x\s*(?:\\in|∈|in)\s*)?(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ|R|(?:(?:all|every|any) )?(?:the )?reals?(?: numbers?)?"
    r"|everything|all x)\s*,?\s*(?:except(?: for)?|without|but(?: not)?|apart from|other than)\s+(?:x\s*=\s*)?"
)


def _bare(text: str) -> str:
    """The text without sizes of brackets, spaces of TeX, and a name for the set in front."""
    text = _SIZES.sub(" ", text).replace(" und ", " and ").replace(" oder ", " or ")
    text = _STARRED.sub(r"\\mathbb{R} \\setminus \\{0\\}", text)
    return _NAMED.sub("", text)


def is_union(text: str) -> bool:
    """Whether a text speaks of a union, a difference, or of inequalities joined by "or"."""
    if _STARRED.search(text):
        return True
    return bool(_CUP.search(text) or _MINUS.search(text) or (_OR.search(text) and _RELATION.search(text))
                or _ALL_BUT.match(text)
                or re.search(r"\\ne(?:q)?(?![A-Za-z])|≠|!=|\\notin(?![A-Za-z])|∉|\bnot in\b", text))  # fmt: skip


def is_range(text: str) -> bool:
    """Whether a text is the real line, an interval or a condition with inequalities, alone or in a set-builder."""
    text = _bare(text).strip(" $.")
    member = _MEMBER.match(text)
    body = text[member.end() :] if member and not _REALS.fullmatch(member["name"]) else text
    if _REALS.fullmatch(body):
        return True
    if _RELATION.search(text):
        return True
    try:
        ends = _ends(body)
    except ReadError:
        return False
    # [1, 4] may be a list: only what cannot be one is a range.
    return ends is not None and (
        ends[0] + ends[3] not in ("[]", "()") or any(_INFINITE.fullmatch(e) for e in ends[1:3])
    )


def zero_space(text: str) -> int | None:
    """How many entries the zero vector has in {0}, 0, {(0,0)}, span{(0,0)} (1 where that is open); else None."""
    text = re.sub(
        r"\\operatorname\s*\{span\}|\bspan\b|\\(?:left|right|mathbf|vec|boldsymbol|mathrm)(?![A-Za-z])"
        r"|[\s${}]|\\[{}]",
        "",
        text,
    )
    text = re.sub(r"\\begin[pb]?matrix|\\end[pb]?matrix", "", text).removesuffix("^T").removesuffix("^\\top")
    found = re.fullmatch(r"[(\[]?0((?:(?:,|;|\\\\)0)*)[)\]]?", text)
    return None if found is None else 1 + len(re.findall("0", found[1]))


def of_letter(text: str, known: Collection[str] = ()) -> str:
    r"""The letter that a condition is about: \mu of \mu \in (0, 1) or of 0 < \mu < 1; x where none is named.

    ``known`` are the other letters of the question, such as L in 0 < \mu < 2/L.
    """
    member = _MEMBER.match(_bare(text).strip(" $.{}"))
    if member and not _REALS.fullmatch(member["name"]):
        return member["name"]
    text = re.sub(
        r"\\(?:in|infty|cup|cap|setminus|le|ge|lt|gt|leq|geq|ne|neq|lor|land|vee|wedge|frac|tfrac|dfrac"
        r"|sqrt|mathbb\s*\{?[RN]\}?|text|mid|left|right|leqslant|geqslant|quad|colon|q?quad)(?![A-Za-z])",
        " ",
        text,
    )
    names = [
        n
        for n in re.findall(r"\\?[A-Za-z]+", text)
        if n not in ("or", "and", "in", "oo", "inf", "U", "R", "union", "for", "all", "real")
        and n.lstrip("\\") not in known
    ]
    return names[0] if names and all(n == names[0] for n in names) else "x"


def as_condition(text: str, letter: str = "x") -> str | None:
    """The condition that membership in the set is, in ``letter``; None for a text of another form."""
    text = _bare(text).strip(" $.")
    text = _REAL_FIRST.sub("", text)
    text = _ALL_BUT.sub(lambda _: f"{letter} != ", text)
    member = _MEMBER.match(text)
    if member and not _REALS.fullmatch(member["name"]):
        text = text[member.end() :]
    for opener, closer in (("\\{", "\\}"), ("{", "}")):
        content = _inner(text, opener, closer)
        if content is None:
            continue
        head, *rest = split(content, ":", "|")
        if rest:
            of = _MEMBER.match(head + " ")
            name = of["name"] if of else head.strip()
            found = as_condition(rest[-1], letter) if is_union(rest[-1]) else rest[-1]
            return found and _renamed(found, name, letter)
    try:
        return _condition(text, letter)
    except ReadError:
        return None


def _inner(text: str, opener: str, closer: str) -> str | None:
    try:
        return inner(text, opener, closer)
    except ReadError:
        return None


def _renamed(text: str, old: str, new: str) -> str:
    return (
        text if old == new else re.sub(rf"(?<![A-Za-z\\]){re.escape(old)}(?![A-Za-z])", lambda _: new, text)
    )


def _parts(pattern: re.Pattern[str], text: str) -> list[str]:
    return [p.strip() for p in pattern.split(text)]


def _condition(text: str, letter: str) -> str | None:
    excluded = _NOT_IN.match(text)
    for pattern, word in ((_OR, "or"), (_CUP, "or"), (_CAP, "and")):
        parts = _parts(pattern, text)
        if len(parts) > 1 and pattern is _CUP and excluded:
            # Not in a union: in none of its parts.
            outside = [_outside(p, letter) for p in _parts(_CUP, text[excluded.end() :])]
            return " and ".join(str(c) for c in outside) if all(outside) else None
        if len(parts) > 1:
            found = [_condition(p, letter) for p in parts]
            return f" {word} ".join(f"({f})" for f in found) if all(found) else None
    parts = _parts(_MINUS, text)
    if len(parts) > 1:
        whole = [] if _REALS.fullmatch(parts[0]) else [_condition(parts[0], letter)]
        conditions = whole + [_outside(p, letter) for p in parts[1:]]
        return " and ".join(f"{c}" for c in conditions if c) if all(conditions) else None
    if excluded:
        return _outside(text[excluded.end() :], letter)
    member = _MEMBER.match(text)
    text = text[member.end() :] if member else text
    if _REALS.fullmatch(text):
        return f"({letter} < 0) or ({letter} >= 0)"
    ends = _ends(text)
    if ends is not None:
        return _within(*ends, letter)
    listed = _listed(text)
    if listed is not None:
        return " or ".join(f"({letter} = {p})" for p in listed) or f"({letter} != {letter})"
    if _RELATION.search(text):
        unequal = re.fullmatch(r"(.*?)(?:\\neq?(?![A-Za-z])|≠|!=)(.*)", text)
        if unequal and not _RELATION.search(unequal[2]):
            # x ≠ ±1 and x ≠ 1, -1 exclude both.
            pieces = re.split(r",|\band\b|\bund\b|\\land(?![a-z])|∧", unequal[2])
            values = [v for p in pieces for v in _signed(p.strip()) if v]
            return " and ".join(f"({unequal[1]} != {v})" for v in values)
        return f"({text})" if "," not in text else " and ".join(f"({p.strip()})" for p in text.split(","))
    solved = re.fullmatch(r"\s*\\?[A-Za-z]+\s*=\s*[^=]+", text)
    return f"({text})" if solved else None


def _ends(text: str) -> tuple[str, str, str, str] | None:
    text = text.strip()
    if len(text) < 5 or text[0] not in "([]" or text[-1] not in ")][":
        return None
    parts = split(text[1:-1], ",", ";")
    if len(parts) != 2 or not all(parts) or re.search(r"(?<![\\A-Za-z])\)[^(]*\(", text[1:-1]):
        return None
    return text[0], parts[0], parts[1], text[-1]


def _within(opener: str, low: str, high: str, closer: str, letter: str) -> str | None:
    found = []
    if not _INFINITE.fullmatch(low):
        found.append(f"({letter} {'>=' if opener == '[' else '>'} {low})")
    if not _INFINITE.fullmatch(high):
        found.append(f"({letter} {'<=' if closer == ']' else '<'} {high})")
    if not found:
        return f"({letter} < 0) or ({letter} >= 0)"
    return " and ".join(found) if len(found) > 1 else f"({found[0]})"


def _outside(text: str, letter: str) -> str | None:
    """The complement of an interval or of finitely many numbers."""
    ends = _ends(text)
    if ends is not None:
        opener, low, high, closer = ends
        found = []
        if not _INFINITE.fullmatch(low):
            found.append(f"({letter} {'<' if opener == '[' else '<='} {low})")
        if not _INFINITE.fullmatch(high):
            found.append(f"({letter} {'>' if closer == ']' else '>='} {high})")
        return "(" + " or ".join(found) + ")" if found else None
    listed = _listed(text)
    return " and ".join(f"({letter} != {p})" for p in listed) if listed else None


def _listed(text: str) -> list[str] | None:
    for opener, closer in (("\\{", "\\}"), ("{", "}")):
        content = _inner(text, opener, closer)
        if content is not None:
            return [v for p in split(content, ",", ";") if p for v in _signed(p)]
    return None


def _signed(text: str) -> list[str]:
    """±1 as 1 and -1."""
    return [f"({_PM.sub(sign, text)})" for sign in ("+", "-")] if _PM.search(text) else [text]
