r"""Sets of real numbers in words: all numbers but some, all numbers of a sign, all that satisfy a condition.

    all real x except x = 2, every real number other than 2 and 3       \mathbb{R} \setminus \{2, 3\}
    all real numbers greater than 2, all real x such that x > 2         x > 2
    all numbers at least -3 and less than 3                             x >= -3 and x < 3
    all real numbers between -3 and 3, inclusive                        [-3, 3]
    all positive x, x must be positive, every nonzero real number       (0, \infty), \mathbb{R} \setminus \{0\}
    x cannot be 2, the domain is all x except 2, defined for x other than 2           \mathbb{R} \setminus \{2\}

>>> domain_in_signs("all real x except x = 2"), domain_in_signs("every real number greater than or equal to 1/2")
('\\mathbb{R} \\setminus \\{2\\}', 'x >= 1/2')

Without a word about its ends, "between -3 and 3" has two readings and stays as it is; so does any text with a word
that is not known here.
"""

from __future__ import annotations

import re
import unicodedata

from lemmata.grade.spelling.number_words import in_digits

__all__ = ["domain_in_signs"]

LONGEST = 200
_LETTER = r"(?:[a-z](?![A-Za-z])|\\(?!mathbb|in\b)[a-z]{2,7}(?![A-Za-z]))"
_ALL = r"(?:all(?: of)?|any|every|each|alle|jede[rs]?|tous les|todos los)"
_SIGN = r"(?:(?:strictly )?(?:positiven?|negativen?)|non-?(?:positive|negative|zero))"
_REALS = (
    r"(?:real numbers?|reals?|numbers?|(?:real )?values?(?: (?:of|for))?|reellen?(?: zahl(?:en)?)?|zahl(?:en)?"
    r"|everything|anything|(?:nombres? )?réels|(?:números )?reales|\\mathbb\s*\{?R\}?|ℝ|r)(?![A-Za-z])"
)
_HEAD = re.compile(
    rf"(?:(?:the )?set of )?(?:(?P<subject>{_LETTER}) (?P<verb>(?:is|are|can be|may be|must be|has to be|ist|muss) )?)?"
    rf"(?:(?P<all>{_ALL})(?: the)? )?(?:(?P<sign>{_SIGN}) ?)?(?P<what>{_REALS})?"
    rf"(?: ?(?P<letter>{_LETTER}))?(?: sein)?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"(?:(?:the )?(?:natural |maximal |largest )?(?:domain|solution set|interval)(?: of (?:definition"
    r"|[a-z](?:\([a-z]\))?))?"
    r"\s*(?:(?:is|=|:)\s*|(?=[(\[\]]))|[DLS](?:_\{?[a-z]\}?)?(?:\([a-z]\))? ?= ?"
    r"|(?:(?:it|[a-z]|[a-z]\([a-z]\)|the (?:function|expression|term)) is )?(?:well-)?defined (?:for|on) )",
    re.IGNORECASE,
)
_CANNOT = re.compile(
    rf"(?P<letter>{_LETTER}) (?:(?:cannot|can not|can['’]t|must not|may not|should not"
    rf"|is not allowed to) (?:be(?: equal to)?|equal)"
    r"|(?:does not|doesn['’]t) equal|darf nicht)\s*(?P<values>.+?)(?: sein)?",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r",?\s*(?:except(?:ing)?(?: (?:for|at|when))?|other than|apart from|without|but(?: not)?|besides|excluding|save for"
    r"|(?:that are |which are )?(?:with the exception of|different from|not equal to|unequal to)"
    r"|außer|ausser|ohne(?: die)?|bis auf|sauf|excepto|salvo|menos)(?![a-z])\s*(?:the )?(?:numbers? "
    r"|values? |points? )?"
    r"(?P<values>.+)",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(
    r"(?:,?\s*(?:with|where|such that|so that|for which|satisfying|that satisfy|satisfies|which satisfy"
    r"|that are|which are"
    r"|that is|which is|für die|mit|die|:|\|)(?![a-z])|,)\s*",
    re.IGNORECASE,
)
# The first that fits is taken: longer phrases stand first.
_PHRASES = tuple(
    (re.compile(rf"\b(?:{said})(?![A-Za-z])", re.IGNORECASE), sign)
    for said, sign in (
        (r"(?:greater|larger|bigger|more) than or equal to|größer(?: oder)? gleich|at least|(?:no"
        r"|not) less than|mindestens", ">="),
        (r"(?:less|smaller) than or equal to|kleiner(?: oder)? gleich|at most|(?:no|not) (?:more|greater"
        r"|larger) than|höchstens", "<="),
        (r"(?:strictly )?(?:greater|larger|bigger|more) than|größer(?: als)?", ">"),
        (r"(?:strictly )?(?:less|smaller) than|kleiner(?: als)?", "<"),
        (r"(?:is |are )?(?:different from|not equal to|unequal to|ungleich)|(?:is|are) not", "!="),
        (r"(?:is|are) positive", "> 0"), (r"(?:is|are) negative", "< 0"),
        (r"(?:is|are) non-?negative", ">= 0"), (r"(?:is|are) non-?positive", "<= 0"),
        (r"(?:is|are) non-?zero", "!= 0"),
    )
)  # fmt: skip
_RELATION = r"(?:[<>]=?|!=|[≤≥≠]|\\(?:[lg][et]q?|[lg]eqslant|neq?)(?![A-Za-z]))"
_CLAUSE = re.compile(
    rf"(?P<letter>{_LETTER})?\s*(?:is|are|be)?\s*(?P<sign>{_RELATION})\s*(?P<value>[^<>=≤≥≠]+)"
)
_BETWEEN = re.compile(
    r"(?:(?P<letter>[a-z]) (?:is )?)?(?P<strict>strictly )?between (?P<low>.{1,30}?) and (?P<high>.{1,30}?)"
    r"(?:\s*,?\s*\(?(?P<ends>(?:both )?(?:inclusive|inclusively|included|exclusive|exclusively|not included"
    r"|excluded))\)?)?",
    re.IGNORECASE,
)
_IN = re.compile(r"(?:in|of|∈|\\in(?![A-Za-z]))\s*(?P<set>[(\[\]\\{].*)")
_AND, _OR = re.compile(r"\s*(?:,|\b(?:and|but|und|et|y)\b)\s*"), re.compile(r"\s*\b(?:or|oder|ou)\b\s*")
_BETWEEN_VALUES = re.compile(r"\s*(?:,|;|\b(?:and|or|und|oder|et|ou|y)\b)\s*")
_WORD = re.compile(r"(?<![\\A-Za-z])(?!(?:sqrt|pi|ln|log|exp)(?![A-Za-z]))[A-Za-z]{2,}")
_TEXT = re.compile(r"\\(?:text|textrm|mathrm|mbox)\s*\{([^{}\\$]*)\}")
_OF_SIGN = {"positive": (">", "0"), "negative": ("<", "0"), "nonnegative": (">=", "0"), "nonpositive": ("<=", "0"),
            "nonzero": ("!=", "0")}  # fmt: skip


def domain_in_signs(text: str) -> str:
    """The set in signs; any other text as it is."""
    if len(text) > LONGEST or not re.search(r"[A-Za-z]{3}", text):
        return text
    said = unicodedata.normalize("NFC", _TEXT.sub(r" \1 ", text))
    said = re.sub(r"(?<!\\)\$|(?<!\\)\\[()]|\\[,;: ]|\\q?quad(?![A-Za-z])|~", " ", said)
    whole = " ".join(said.split()).strip(" .!")
    said = _PREFIX.sub("", whole, count=1)
    if said != whole and re.match(r"[(\[\]]", said) and not _WORD.search(said):
        return said
    if cannot := _CANNOT.fullmatch(said):
        values = _values(cannot["values"], cannot["letter"])
        return _whole(None, values) if values else text
    head = _HEAD.fullmatch(said)
    if head is None or not (head["all"] or head["what"] or head["verb"]):
        return text
    letter = head["letter"] or head["subject"] or "x"
    return _written(head, letter) or text


def _written(head: re.Match[str], letter: str) -> str | None:
    """The set with this head; None where something behind it is not understood."""
    sign, rest = (head["sign"] or "").lower().removeprefix("strictly ").replace("-", ""), head["rest"]
    relation = _OF_SIGN[re.sub(r"(?<=ive)n$", "", sign)] if sign else None
    excluded = _EXCEPT.fullmatch(rest)
    if excluded is not None:
        values = _values(excluded["values"], letter)
        return _whole(relation, values) if values else None
    if not rest:
        return _whole(relation, []) if relation or head["all"] else None
    condition = _condition(_CONNECTIVE.sub("", rest, count=1) if _CONNECTIVE.match(rest) else rest, letter)
    if condition is None or relation is None:
        return condition
    return (
        None if " or " in condition or "[" in condition else f"{letter} {' '.join(relation)} and {condition}"
    )


def _whole(relation: tuple[str, str] | None, without: list[str]) -> str:
    """The real numbers, or those of one sign, without some of them."""
    if relation and relation[0] == "!=":
        relation, without = None, ["0", *without]
    written = {
        "": r"\mathbb{R}",
        ">": r"(0, \infty)", "<": r"(-\infty, 0)", ">=": r"[0, \infty)", "<=": r"(-\infty, 0]",
    }[relation[0] if relation else ""]  # fmt: skip
    return rf"{written} \setminus \{{{', '.join(without)}\}}" if without else written


def _values(text: str, letter: str) -> list[str]:
    """The numbers that are listed: 2 and 3; x = 2, x = 3; {2, 3}; none where one cannot be read."""
    braced = re.fullmatch(r"\\?\{(.*?)\\?\}", text.strip())
    found = []
    for piece in _BETWEEN_VALUES.split(braced[1] if braced else text):
        value = re.sub(
            rf"^(?:(?:when |at )?{re.escape(letter)}\s*=\s*|the number |the |die )", "", piece.strip()
        )
        value = in_digits(value) or value
        if not value or _WORD.search(value) or re.search(r"[<>=≤≥]", value):
            return []
        found.append(value)
    return found


def _condition(text: str, letter: str) -> str | None:
    """The condition behind "all x", with signs; None where it has a word that is not known, or two readings."""
    between = _BETWEEN.fullmatch(text)
    if between is not None:
        return _interval(between)
    member = _IN.fullmatch(text)
    if member is not None:
        return None if _WORD.search(member["set"]) else member["set"]
    for pattern, sign in _PHRASES:
        text = pattern.sub(f" {sign} ", text)
    parts = [_AND.split(p) for p in _OR.split(text.strip())]
    if len(parts) > 1 and any(len(p) > 1 for p in parts):
        return None
    found = []
    for clause in (c for p in parts for c in p):
        written = _clause(clause.strip(), letter)
        if written is None:
            return None
        found.append(written)
    return (" or " if len(parts) > 1 else " and ").join(found)


def _clause(text: str, letter: str) -> str | None:
    """x > 2, > 2, greater than 2; |x| > 1 and -3 <= x <= 3 as they are."""
    said = _CLAUSE.fullmatch(text)
    if said is not None:
        value = in_digits(said["value"].strip()) or said["value"].strip()
        return None if _WORD.search(value) else f"{said['letter'] or letter} {said['sign']} {value}"
    signed = re.search(_RELATION, text) and letter in text and not _WORD.search(text)
    return text if signed and not re.search(r"(?<![<>!])=", text) else None


def _interval(said: re.Match[str]) -> str | None:
    """Between two numbers, where the words say whether these belong to it."""
    ends = (said["ends"] or "").lower()
    opened = said["strict"] or ends.startswith("ex") or "not" in ends or "excl" in ends
    if not opened and not ends:
        return None
    low, high = (in_digits(said[n].strip()) or said[n].strip() for n in ("low", "high"))
    if _WORD.search(low + " " + high):
        return None
    return f"({low}, {high})" if opened else f"[{low}, {high}]"
