r"""One answer as one term: labels dropped, chains checked, the letters of the question known.

x = A^+ b = (1, 2)     the value is (1, 2); the sides before it must agree with it
2 pivots               the number 2
0,5                    one half
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from lemmata.grade.evaluate.operator_values import counted_instances
from lemmata.grade.evaluate.probe import Instance, instances, printed
from lemmata.grade.evaluate.sets import compare_ends
from lemmata.grade.exercise import Part
from lemmata.grade.marked import Wrong
from lemmata.grade.reading.affine import SIZES, WITHOUT_ZERO, components
from lemmata.grade.reading.lengths import without_length
from lemmata.grade.reading.operators import Operator, operands
from lemmata.grade.reading.relations import transposes
from lemmata.grade.spelling.arrays import array_products
from lemmata.grade.spelling.pieces import (
    IllTyped,
    clean,
    inner,
    read_any,
    read_term,
    split,
    top_level,
    unlabel,
)
from lemmata.grade.values import NoValue, Undefined, Value, agree, close, evaluate, scalar
from lemmata.kernel.term import Term, substitute, subterms, symbols_of
from lemmata.terms.blocks import selected
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import norm
from lemmata.terms.scope import Scope

__all__ = ["counterexample", "foreseen", "free_letters", "letters_in", "probes_of", "read_answer", "scope_of"]


def scope_of(part: Part) -> Scope:
    return Scope(student=True).having(
        *part.symbols,
        *symbols_of(part.answer),
        *(s for pair in part.aliases for a in pair for s in symbols_of(a)),
    )


def read_answer(part: Part, text: str) -> Term:
    """The answer as one term; labels in front of it are dropped, chains and remarks on lengths must be true."""
    vector, length = without_length(text) if part.kind == "vector" and not part.mode else (text, "")
    if not length:
        return _read(part, text)
    term = _read(part, vector)
    said = read_term(length, scope_of(part))
    if said.is_scalar and not symbols_of(said) and not symbols_of(term):
        _same_or_wrong(part, norm(term), said)
    return term


def _read(part: Part, text: str) -> Term:
    scope = scope_of(part)
    if part.kind == "number":
        text = _number_text(text)
    if part.mode == "direction":
        text = _generic(text)
    text = transposes(clean(text), (*part.symbols, *symbols_of(part.answer)))
    text = array_products(_initial_values(text, part), scope)
    if part.kind == "vector":
        found = components(text, scope)
        if found is not None:
            return found
    if part.mode == "direction":
        text = _without_conditions(text)
        spanned = re.fullmatch(
            r"(?:\\(?:operatorname|mathrm)\s*\{span\}|span)\s*(?:\\?\{|\()(.*?)(?:\\?\}|\))", text, re.DOTALL
        )
        text = spanned[1] if spanned else text
    text = _beside_zero(text, scope) if part.kind == "number" else text
    value, labels = _named_behind(*unlabel(text), part, scope)
    aliases = dict(part.aliases)
    term = substitute(_member(read_any(value, scope, part.answer.shape), part), aliases)
    known = {*part.symbols, *symbols_of(part.answer), *symbols_of(term), *letters_in(part)}
    for place, label in enumerate(labels):
        try:
            side = substitute(read_term(label, scope), aliases)
        except (ReadError, IllTyped):
            continue
        # \kappa = \frac{\lambda_{\max}}{\lambda_{\min}} = \frac{18}{2} = 9: names that have no value anywhere.
        only_names = bool(symbols_of(side)) and not known & set(symbols_of(side))
        if side.shape == term.shape and not only_names and (place > 0 or not symbols_of(side)):
            _same_or_wrong(part, side, term)
    return term


_OF_SIGN = {"!=": (-1, 1), "<": (-1,), ">": (1,), "<=": (-1, 0), ">=": (0, 1)}


def _beside_zero(text: str, scope: Scope) -> str:
    r"""\det A = -6 \ne 0: a number that is compared with 0 is the answer, and what is said about it has to be true."""
    if not re.search(r"0\s*$", text):
        return text
    value, *zeros = split(text, *_OF_SIGN)
    if len(zeros) != 1 or zeros[0] != "0":
        return text
    sign = next(
        t.text for t, depth in top_level(text) if depth == 0 and t.kind == "op" and t.text in _OF_SIGN
    )
    term = read_any(unlabel(value)[0], scope)
    if term.sort != "matrix" or not term.is_scalar or symbols_of(term):
        return text
    if compare_ends(evaluate(term), scalar(0)) not in _OF_SIGN[sign]:
        raise Wrong("chain-broken", f"This number is not {sign} 0.")
    return value


def letters_in(part: Part, *more: Term) -> tuple[Term, ...]:
    """These letters and those of the right answer, also those within its sums and integrals."""
    standing = {o.letter for o in part.operators}
    own = [s for s in symbols_of(part.answer) if s not in standing]
    return tuple(dict.fromkeys((*more, *own, *operands(part.operators))))


def probes_of(
    part: Part, letters: tuple[Term, ...], operators: tuple[Operator, ...] = ()
) -> tuple[list[Instance], list[Value]]:
    """Instances on which the right answer has a value, and that value.  Raises NoValue without any."""
    pairs = []
    for i in _drawn(letters, part.given, (*part.operators, *operators)):
        try:
            pairs.append((i, i.value(part.answer)))
        except Undefined:
            continue
    if not pairs:
        raise NoValue("the right answer has no value on any instance")
    return [i for i, _ in pairs], [v for _, v in pairs]


def _drawn(
    letters: tuple[Term, ...], given: tuple[Term, ...], operators: tuple[Operator, ...]
) -> Sequence[Instance]:
    return counted_instances(letters, given, operators) if operators else instances(letters, given)


def free_letters(term: Term) -> list[Term]:
    """The letters of a term that are not the variable of a limit."""
    bound = {t.args[1] for t in subterms(term) if t.head == "limit"}
    return [s for s in symbols_of(term) if s not in bound and selected(s) is None]


# \\lambda_{\\max}(A): a name that only people can read.
_CALLED = re.compile(r"\s*\\?[A-Za-z]+_?(?:\{\s*\\?[A-Za-z]+\s*\})?\s*\(\s*\\?[A-Za-z]\s*\)\s*")


def _named_behind(value: str, labels: list[str], part: Part, scope: Scope) -> tuple[str, list[str]]:
    r"""6 = \operatorname{tr} A: the name stands behind the value.  6 = 2x names nothing: it is an equation."""
    if (
        len(labels) != 1
        or symbols_of(part.answer)
        or not re.match(r"\s*(?:[-−(\[\d]|\\[tdf]*rac|\\beg)", labels[0])
    ):
        return value, labels
    try:
        first, last = (read_any(t, scope, part.answer.shape) for t in (labels[0], value))
    except (ReadError, IllTyped):
        return (labels[0], []) if _CALLED.fullmatch(value) else (value, labels)
    factors = last.args if last.head == "mul" else (last,)
    named = all(t.head in ("symbol", "trace", "det", "rank", "norm", "at") for t in factors) and symbols_of(
        last
    )
    return (labels[0], []) if named and not symbols_of(first) else (value, labels)


def _member(term: Term, part: Part) -> Term:
    if term.head == "set" and len(term.args) == 1:
        term = term.args[0]
    if term.sort != "matrix":
        raise ReadError(f"a {term.sort}, where a {part.kind} was expected")
    return term


def _same_or_wrong(part: Part, side: Term, term: Term) -> None:
    letters = tuple({**dict.fromkeys(symbols_of(side)), **dict.fromkeys(symbols_of(term))})
    try:
        pairs = [(i.value(side), i.value(term)) for i in instances(letters, part.given, 8)]
    except NoValue:
        return
    # \\sqrt{30} = 5.4772: where the answer may be rounded, its sides may be.
    near = part.tolerance
    if not all(agree(a, b) or (near is not None and close(a, b, near)) for a, b in pairs):
        raise Wrong("chain-broken", "The two sides of your equals sign are not equal.")


def _initial_values(text: str, part: Part) -> str:
    """x(0) for x_0, where the answer has an x_0 and no x, and x is no function."""
    names = {s.name for s in (*part.symbols, *symbols_of(part.answer))}
    used = {s.name for s in symbols_of(part.answer)} | {s.name for s in part.symbols if s.value[4]}
    known = "|".join(re.escape(n[:-2]) for n in names if n.endswith("_0") and n[:-2] not in used)
    return re.sub(rf"(?<![a-z\\])({known})\s*\(\s*0\s*\)", r"\1_0", text) if known else text


def _number_text(text: str) -> str:
    """Decimal comma, and a word behind the number ("2 pivots")."""
    text = text.strip().strip("$").strip()
    if re.match(r"\s*(?:±|\\pm(?![A-Za-z])|\+/-|\+-)", text) or re.fullmatch(
        r"[-−]?\d+(?:\.\d+)?\s*,\s+[-−]?[\d.]+", text
    ):
        raise Wrong("several-values", "One number was asked for, and these are two.")
    if re.fullmatch(r"[-+−]?\d+\s+(?:\d+\s*/\s*\d+|\\[td]?frac.*)", text):
        raise ReadError.at(
            "a whole number beside a fraction: their sum or their product?",
            text,
            0,
            "write a single fraction",
        )
    if re.fullmatch(r"[-+−]?\d+,\d+", text):
        return text.replace(",", ".")
    unit = re.fullmatch(r"(?P<number>[-+−]?[\d./]+)\s+(?!(?:sqrt|and|or)\b)[A-Za-z]{3,}", text)
    return unit["number"] if unit else text


def _generic(text: str) -> str:
    r"""\{\alpha v : \alpha \in \mathbb{C} \setminus \{0\}\} as \alpha v."""
    text = WITHOUT_ZERO.sub("", SIZES.sub("", text))
    for opener, closer in (("\\{", "\\}"), ("{", "}")):
        content = inner(text, opener, closer)
        if content is not None and len(pieces := split(content, ":", "|")) > 1:
            return pieces[0]
    return text


def _without_conditions(text: str) -> str:
    """t(1,-1), t != 0: what is said about the parameter goes."""
    pieces = [p for p in split(text, ",", ";") if p]
    if len(pieces) > 1 and all(len(split(p, "!=", "in", ">", "<")) > 1 for p in pieces[1:]):
        return pieces[0]
    return text


def foreseen(part: Part, student: list[Value], probes: Sequence[Instance]) -> Wrong | None:
    for mistake in part.mistakes:
        if mistake.answer.shape != part.answer.shape:
            continue
        if all(agree(s, i.value(mistake.answer)) for s, i in zip(student, probes, strict=True)):
            wrong = Wrong(mistake.diagnosis, mistake.feedback)
            wrong.marks = Fraction(mistake.marks)
            return wrong
    return None


def counterexample(instance: Instance, student: Value, right: Value) -> dict[str, Any]:
    return {**printed(instance), "yours": _shown(student), "expected": _shown(right)}


def _shown(value: Value) -> list[list[str]]:
    return [
        [str(x) if not hasattr(x, "real") else x.str(8, radius=False) for x in row] for row in value.tolist()
    ]
