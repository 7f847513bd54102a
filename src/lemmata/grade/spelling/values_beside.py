r"""A number and, in brackets behind it, the same number in another form, in words or per cent.

    one quarter (25 %)     0.25 (a quarter)     P = \frac14 (25\%)     three (3)

>>> value_beside("one quarter (25 %)"), value_beside("0.25 (one fifth)"), value_beside("2 (3)")
('1/4', '1/5 = 0.25', '2 (3)')

Words and per cent in such a bracket are no factor.  Where the two forms are not equal, they are written as a chain,
which has to hold.  A fraction behind a decimal fraction may be a factor: it is none where the number is the answer.
"""

from __future__ import annotations

import re
from fractions import Fraction

from lemmata.grade.spelling.number_words import in_digits
from lemmata.grade.values import NoValue, evaluate, fractions, rational
from lemmata.kernel.term import Term

__all__ = ["value_beside"]

LONGEST = 120
_BESIDE = re.compile(
    r"(?P<name>[^=()]{1,40}=)?\s*(?P<value>[^=()]{1,50}?)(?:\s|\\[,;: ]|~)+\((?P<other>[^=()]{1,40})\)[\s.]*"
)
# six (= 3!): a chain already
_WORDS_IN_FRONT = re.compile(r"^[A-Za-zÀ-ÿ -]{3,40}(?=\s\(=)")
_ROUNDED = re.compile(
    r"(?:about|approximately|approx\.?|roughly|circa|ca\.?|rund|etwa|environ|≈|\\approx)\s*"
)
_PERCENT = re.compile(r"(?:\s|\\[,;: ]|~)*(?:\\?%|per ?cent|Prozent|pour ?cent|por ciento)$", re.IGNORECASE)
_DECIMAL = r"\d{1,12}(?:[.,]\d{1,12})?"
_FRACTION = re.compile(
    r"(?P<sign>[-+−]?)\s*(?:\\[dt]?frac\s*(?:\{\s*(\d{1,9})\s*\}\s*\{\s*(\d{1,9})\s*\}|(\d)\s*(\d))"
    r"|(\d{1,9})\s*/\s*(\d{1,9}))"
)


def value_beside(text: str, answer: Term | None = None) -> str:
    """The number alone where both forms agree, a chain where they do not; any other text as it is."""
    text = _WORDS_IN_FRONT.sub(_digits, text) if len(text) < LONGEST else text
    if "=" in text and "(" not in text and len(text) < LONGEST:
        return "=".join(in_digits(side.strip()) or side for side in text.split("="))
    found = _BESIDE.fullmatch(text.strip(" $")) if len(text) < LONGEST and "(" in text else None
    if found is None:
        return text
    name, other = (found["name"] or "").strip(), found["other"].strip(" $")
    rounded = _ROUNDED.match(other)
    forms = [_form(t) for t in (found["value"].strip(" $"), other[rounded.end() :] if rounded else other)]
    if any(form is None for form in forms):
        return text
    (first, written, plain), (second, beside, bare) = (form for form in forms if form is not None)
    if plain and bare:
        decimal = [re.search(r"\d[.,]\d", t) is not None for t in (found["value"], other)]
        return (
            f"{name} {written}".strip() if _is(answer, first) and first == second and any(decimal) else text
        )
    if first == second:
        return f"{name} {written}".strip()
    # Words and per cent are what a decimal fraction is compared with, so that they stand in front.
    chain = (
        f"{beside} = {written}" if plain and not rounded else f"{written} {'≈' if rounded else '='} {beside}"
    )
    return f"{name} {chain}".strip()


def _digits(words: re.Match[str]) -> str:
    return in_digits(words[0].strip()) or words[0]


def _form(text: str) -> tuple[Fraction, str, bool] | None:
    """The number, how it is written with signs, and whether these are its own: no words, no per cent."""
    digits = in_digits(text)
    if digits is not None and not re.fullmatch(r"[-+−]?\d+", text):
        return Fraction(digits), digits, False
    bare = _PERCENT.sub("", text)
    number = _number(bare)
    if number is None:
        return None
    return (number / 100, f"{number}/100", False) if bare != text else (number, text, True)


def _number(text: str) -> Fraction | None:
    """A whole number, a decimal or a common fraction."""
    if found := _FRACTION.fullmatch(text):
        above, below = (int(g) for g in found.groups()[1:] if g)
        value = Fraction(above, below) if below else None
        return -value if value is not None and found["sign"] in ("-", "−") else value
    if not re.fullmatch(rf"[-+−]?\s?{_DECIMAL}", text):
        return None
    return Fraction(text.replace("−", "-").replace(",", ".").replace(" ", ""))


def _is(answer: Term | None, value: Fraction) -> bool:
    """Whether this number is the right answer."""
    try:
        right = None if answer is None else evaluate(answer)
    except (NoValue, ArithmeticError):
        return False
    return right is not None and rational(right) and fractions(right) == [[value]]
