r"""Formulas and conditions as they are spoken, written with signs.

    x squared plus 2x plus 1        3 times the square root of 2      e to the minus 2       6 choose 2
    2x over 3                       one half x squared                y equals 2x plus 1     12.5 percent
    x is greater than 2 and at most 5                                 x is less than -1 or greater than 3

>>> spoken("one half x squared"), spoken("x is greater than 2 and at most 5"), spoken("x plus 1 over 2")
('(1/2) x^{2}', 'x > 2 and x <= 5', None)

    text      = clause (("and" | "or" | ",") clause)*
    clause    = sum (relation sum)*  |  relation sum, about the letter that was spoken of before
    sum       = product (("plus" | "minus") product)*  |  sum "all" ("squared" | "over" product)
    product   = factor+ ("times" product | "over" product)?
    factor    = root | function | atom ("squared" | "to the" exponent | "choose" atom | ...)*

It is tried only where an answer cannot be read otherwise, and every word has to be known.  What has two readings for
the ear has none here: "x plus 1 over 2", "the square root of x plus 1", "e to the x plus 1".
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lemmata.grade.spelling.number_words import in_digits
from lemmata.terms.letters import GREEK

__all__ = ["spoken"]

LONGEST = 200
DEEPEST = 8  # brackets within brackets, which nobody speaks
_THAN = {"(?:greater|larger|bigger|more)": ">", "(?:less|smaller|fewer)": "<"}
_OPPOSITE = {">": "<=", "<": ">="}
# The first that fits is taken: longer phrases stand first.
_PHRASES = [
    *((rf"(?:is )?{word} than or equal to", f"{sign}=") for word, sign in _THAN.items()),
    *((rf"(?:is )?(?:not|no) {word} than", _OPPOSITE[sign]) for word, sign in _THAN.items()),
    *((rf"(?:is )?(?:strictly )?{word} than", sign) for word, sign in _THAN.items()),
    (r"is positive", "> 0"), (r"is non-?negative", ">= 0"), (r"is negative", "< 0"), (r"is non-?positive", "<= 0"),
    (r"(?:is )?at least", ">="), (r"(?:is )?at most", "<="), (r"is(?: equal to)?|equals", "="),
    (r"(?:the )?square root(?: of)?(?! of)", "root of"), (r"(?:the )?cube root(?: of)?(?! of)", "cuberoot of"),
    (r"multiplied by", "times"), (r"divided by", "over"), (r"per cent", "percent"), (r"negative", "minus"),
    (r"raised to|to the power of|to the power", "to the"), (r"(?:the )?natural log(?:arithm)?", "ln"),
    (r"(?:the )?sine", "sin"), (r"(?:the )?cosine", "cos"), (r"(?:the )?tangent", "tan"),
]  # fmt: skip
_PHRASE = re.compile("|".join(rf"\b(?P<p{n}>{said})(?=\W|$)" for n, (said, _) in enumerate(_PHRASES)))
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<word>[A-Za-z]+)|(?P<sign>\*\*|[<>]=|[-+*/^()=<>,]))"
)
_RELATIONS = frozenset(("=", "<", ">", "<=", ">="))
_POWERS = {"squared": "2", "cubed": "3"}
_ORDINALS = {
    "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9",
}  # fmt: skip
_FUNCTIONS = frozenset(("sin", "cos", "tan", "ln", "exp"))
_ROOTS = {"root": r"\sqrt{%s}", "cuberoot": r"\sqrt[3]{%s}"}
_JOINED = {"and": " and ", "but": " and ", "or": " or ", ",": ", "}
_WORDS = frozenset(
    ("plus", "minus", "times", "over", "to", "the", "choose", "factorial", "percent", "all", "of", "root",
     "cuberoot", "power", *_POWERS, *_ORDINALS, *_FUNCTIONS, *_JOINED)
)  # fmt: skip
# Words that are spoken alone: a text without any of them is no speech.
_SPEECH = _WORDS - _FUNCTIONS - {"the", "of", "and", "or", "but", ","}


def spoken(text: str, letters: Collection[str] = ()) -> str | None:
    """The text with signs; None where it is not spoken, or has two readings.  ``letters``: of the question."""
    text = text.strip(" .$\n")
    if (
        not text
        or len(text) > LONGEST
        or text.count("(") > DEEPEST
        or not text.isascii()
        or not re.search(r"[a-z]{3}", text)
    ):
        return None
    said = re.findall(r"[A-Za-z]+", text)
    text = text[0].lower() + text[1:] if len(said[0]) > 1 else text
    plain = _PHRASE.sub(lambda m: f" {_PHRASES[int((m.lastgroup or 'p0')[1:])][1]} ", " ".join(text.split()))
    try:
        tokens = _tokens(plain)
        used = {w for w in re.findall(r"[A-Za-z]+", plain) if w in _WORDS}
        if used & set(letters) or (
            plain.split() == text.split() and not used & _SPEECH and not _numbers(said)
        ):
            return None
        return _Speech(tokens, letters).text()
    except _NotSpokenError:
        return None


class _NotSpokenError(ValueError):
    """The words are not those of this grammar, or have two readings."""


def _tokens(text: str) -> list[str]:
    found, at = list[str](), 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            if text[at:].strip():
                raise _NotSpokenError
            break
        found.append(match[0].strip())
        at = match.end()
    return found


def _numbers(words: list[str]) -> bool:
    return any(in_digits(w) is not None for w in words)


class _Speech:
    """One text on its way from words to signs.  Every method takes what it names, and returns it written."""

    def __init__(self, tokens: list[str], letters: Collection[str]) -> None:
        self.tokens, self.letters, self.at = tokens, letters, 0

    @property
    def next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *words: str) -> str:
        """The next word, where it is one of these; otherwise nothing."""
        found = self.next if self.next in words else ""
        self.at += bool(found)
        return found

    def needs_end(self) -> None:
        """Refuses what might belong to the operand before it or to all that was said."""
        if self.next and self.next not in (")", *_RELATIONS, *_JOINED):
            raise _NotSpokenError

    def text(self) -> str:
        subject, found = "", ""
        joints = set[str]()
        while True:
            about = self.next in _RELATIONS and subject
            first = subject if about else self.sum()
            subject = first
            clause = first
            while sign := self.take(*_RELATIONS):
                clause += f" {sign} {self.sum()}"
            found += clause
            if not self.next:
                return found
            joint = self.take(*_JOINED)
            if not joint:
                raise _NotSpokenError
            joints.add(_JOINED[joint])
            if len(joints) > 1:  # "a and b or c"
                raise _NotSpokenError
            found += _JOINED[joint]

    def sum(self) -> str:
        found, quotients, parts = "", 0, 0
        while True:
            sign = {"plus": "+", "minus": "-"}.get(self.next, self.next)
            if sign in ("+", "-"):
                self.at += 1
                found += f" {sign} " if found else sign
            elif parts:
                break
            if (
                sign == "-"
                and self.next.isdigit()
                and set(self.tokens[self.at + 1 : self.at + 2]) & {*_POWERS, "to"}
            ):
                raise _NotSpokenError  # minus 2 squared
            written, quotient = self.product()
            found, quotients, parts = found + written, quotients + quotient, parts + 1
        if quotients and parts > 1:
            raise _NotSpokenError
        return self.all(found)

    def all(self, found: str) -> str:
        """x plus 1 all over 2, x plus 1 all squared."""
        if not self.take("all"):
            return found
        if power := self.take(*_POWERS):
            written = f"({found})^{{{_POWERS[power]}}}"
        elif self.take("over"):
            written = f"({found})/({self.side_by_side()})"
        else:
            raise _NotSpokenError
        self.needs_end()
        return written

    def product(self) -> tuple[str, bool]:
        """The product, and whether it has a quotient whose reach the ear cannot tell beside a sum."""
        found = self.side_by_side()
        while True:
            if sign := self.take("*", "/", "times"):
                found += {"*": "*", "/": "/", "times": r" \cdot "}[sign] + self.side_by_side()
            elif self.take("over"):
                found = f"({found})/({self.side_by_side()})"
                if self.next in ("over", "times", "*", "/"):
                    raise _NotSpokenError
                return found, True
            else:
                return found, False

    def side_by_side(self) -> str:
        found = [self.factor()]
        while self.next and (self._starts_atom() or self.next in (*_ROOTS, *_FUNCTIONS)):
            if self.next[0].isdigit() and found[-1][-1:].isdigit():
                raise _NotSpokenError  # 2 3 is no product
            found.append(self.factor())
        return " ".join(found)

    def factor(self) -> str:
        if name := self.take(*_ROOTS):
            return _ROOTS[name] % self.operand()
        if name := self.take(*_FUNCTIONS):
            power = self.take(*_POWERS)
            operand = self.operand()
            return rf"(\{name}({operand}))^{{{_POWERS[power]}}}" if power else rf"\{name}({operand})"
        found = self.atom()
        while True:
            if power := self.take(*_POWERS):
                found += f"^{{{_POWERS[power]}}}"
            elif self.take("^", "**"):
                sign = self.take("-")
                found += f"^{{{sign}{self.atom()}}}"
            elif self.take("to"):
                found += f"^{{{self.exponent()}}}"
            elif self.take("choose"):
                found = rf"\binom{{{found}}}{{{self.atom()}}}"
            elif self.take("factorial"):
                found += "!"
            elif self.take("percent"):
                found = f"({found}/100)"
            else:
                return found

    def operand(self) -> str:
        """What stands behind "of" has to be all that follows; without this word it is one factor."""
        wide = bool(self.take("of"))
        sign = "-" if self.take("minus", "-") else ""
        found = sign + (self.side_by_side() if wide else self.atom())
        if wide:
            self.needs_end()
        return found

    def exponent(self) -> str:
        """The fourth, the fourth power, the minus 2, the 2x: but for whole numbers, all that follows."""
        if not self.take("the"):
            raise _NotSpokenError
        if ordinal := self.take(*_ORDINALS):
            self.take("power")
            return _ORDINALS[ordinal]
        sign = "-" if self.take("minus", "-") else ""
        found = self.side_by_side()
        if sign or not found.isdigit():
            self.needs_end()
        return sign + found

    def _starts_atom(self) -> bool:
        token = self.next
        return token == "(" or token[0].isdigit() or self._is_letter(token) or bool(self._number_words())

    def _is_letter(self, token: str) -> bool:
        known = token in self.letters or token in GREEK or len(token) == 1
        return token.isalpha() and known and token not in _WORDS

    def _number_words(self) -> int:
        """How many of the next words are one number: three, one half, one and a half."""
        for count in (4, 3, 2, 1):
            words = self.tokens[self.at : self.at + count]
            if (
                len(words) == count
                and words[0].isalpha()
                and words[0] not in ("minus", "plus", "negative")
                and in_digits(" ".join(words))
            ):
                return count
        return 0

    def atom(self) -> str:
        token = self.next
        if self.take("("):
            inside = self.sum()
            if not self.take(")"):
                raise _NotSpokenError
            return f"({inside})"
        if count := self._number_words():
            number = in_digits(" ".join(self.tokens[self.at : self.at + count])) or ""
            self.at += count
            if "/" in number:
                self.take("of")  # half of x
                return f"({number})"
            return number
        if token and (token[0].isdigit() or self._is_letter(token)):
            self.at += 1
            return token
        raise _NotSpokenError
