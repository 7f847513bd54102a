r"""What another system can mark of an exercise, and its text for pages that are not ours.

    number, vector, matrix of numbers    a numerical field for each entry, with a tolerance for decimals
    finite set of integers               a short answer, in every order
    choice                               a choice
    all else (formulas, sets, ranges, directions, derivations)    a text that a person marks, with the answer

Everything that comes from an exercise is data: it is escaped, and its Markdown has no raw HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import permutations
from typing import Any

from lemmata.grade.exercise import Exercise, Part, Variant
from lemmata.grade.sheet import answer_tex
from lemmata.grade.values import NoValue, evaluate, fractions, rational
from lemmata.kernel.term import symbols_of
from lemmata.terms.show import show

__all__ = [
    "HINT", "Field", "answer_markdown", "decimal", "drawn", "fields_of", "is_open", "plain",
    "prompt_markdown", "rendered", "solution_markdown",
]  # fmt: skip

ROUNDING = Fraction(1, 2000)  # for a number that is no integer: decimals to three places
HINT = "Write fractions and roots as decimals, to at least four places."


@dataclass(frozen=True)
class Field:
    """What is filled in for a part: ``kind`` number, words, choice or open, and its share of the marks."""

    kind: str
    marks: Fraction
    value: str = ""
    tolerance: Fraction = Fraction(0)
    accepted: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    right: int = 0


def fields_of(part: Part) -> list[list[Field]]:
    """The rows of fields for a part; a single open one where only a person can mark it."""
    if part.kind == "choice":
        return [[Field("choice", part.marks, options=part.options, right=int(part.answer.value))]]
    if part.kind == "finite" and part.mode != "multiset":
        words = [str(e.value) for e in part.answer.args if e.head == "number" and e.value.denominator == 1]
        if 0 < len(words) == len(part.answer.args) <= 3:
            return [[Field("words", part.marks, accepted=_orders(words))]]
    if (
        part.kind in ("number", "vector", "matrix")
        and part.mode != "direction"
        and not symbols_of(part.answer)
    ):
        try:
            rows = _decimals(part)
        except NoValue:
            return [[Field("open", part.marks)]]
        share = part.marks / (len(rows) * len(rows[0]))
        return [[Field("number", share, value, tolerance) for value, tolerance in row] for row in rows]
    return [[Field("open", part.marks)]]


def _orders(words: list[str]) -> tuple[str, ...]:
    """2, 3 in every order, with and without spaces and braces."""
    lists = [sign.join(order) for order in permutations(words) for sign in (", ", ",")]
    return tuple(dict.fromkeys([*lists, *("{" + x + "}" for x in lists)]))


def _decimals(part: Part) -> list[list[tuple[str, Fraction]]]:
    value = evaluate(part.answer)
    if rational(value):
        loose = part.tolerance or ROUNDING
        exact = fractions(value)
        return [[(decimal(x), Fraction(0) if x.denominator == 1 else loose) for x in row] for row in exact]
    if not all(x.imag.contains(0) for x in value.entries()):
        raise NoValue("a complex number")
    tolerance = max(part.tolerance or ROUNDING, Fraction(1, 10**4))
    return [[(decimal(Fraction(float(x.real.mid()))), tolerance) for x in row] for row in value.tolist()]


def decimal(x: Fraction) -> str:
    """The number with at most ten places."""
    whole = round(x * 10**10)
    digits = f"{abs(whole):011d}"
    text = f"{digits[:-10]}.{digits[-10:]}".rstrip("0").rstrip(".")
    return f"-{text}" if whole < 0 else text


# --- text ------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Without the characters that XML 1.0 forbids and the two that mark places here."""
    return re.sub("[^\t\n\r\u0020-\ud7ff\uf8ff-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


@lru_cache(maxsize=1)
def _markdown() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).disable(["image", "link", "autolink"])


def rendered(text: str, formula: Callable[[str, bool], str]) -> str:
    """Markdown as XHTML, with each formula between dollars written by ``formula(latex, display)``."""
    found: list[str] = []

    def keep(match: re.Match[str]) -> str:
        display = match[1] is not None
        found.append(formula(match[1] if display else match[2], display))
        return f"\ue000{len(found) - 1}\ue001"

    held = re.sub(r"\$\$(.+?)\$\$|\$([^$]+)\$", keep, plain(text), flags=re.DOTALL)
    made = str(_markdown().render(held)).strip()
    # In Moodle {1:NUMERICAL:...} in a text would be a field; those of a question are added afterwards.
    made = re.sub(r"\{(?=\d*:)", "&#123;", made)
    return re.sub("\ue000(\\d+)\ue001", lambda m: found[int(m[1])], made)


def solution_markdown(variant: Variant) -> str:
    lines = []
    for step in variant.solution:
        lines += [step.text, ""] if step.claim is None else [
            step.text, "", f"$$ {show(step.claim, style='latex')} $$", ""]  # fmt: skip
    return "\n".join(lines)


def answer_markdown(part: Part) -> str:
    if part.kind == "choice":
        option = part.options[int(part.answer.value)]
        return f"**({part.id})** " + re.sub(r"([^\w\s])", r"\\\1", option)
    return f"**({part.id})** ${answer_tex(part)}$"


def drawn(exercises: Mapping[str, Exercise], variants: int, seed: int) -> list[tuple[str, int, Variant]]:
    if variants < 1:
        raise ValueError(f"{variants} variants were asked for: ask for at least one")
    return [(label, n, e.variant(seed, n)) for label, e in exercises.items() for n in range(1, variants + 1)]


def is_open(part: Part) -> bool:
    return fields_of(part)[0][0].kind == "open"


def prompt_markdown(part: Part) -> str:
    return f"**({part.id})** {part.prompt}"
