r"""Spellings that can only be read beside the question: its letters, their shapes, the kind of its answer.

    eye(n)  in a question with a dimension n          2i - j + 5k  where the answer is a column of three entries
    0,5x    where no list is possible                 60^\circ     where the answer is not a number of degrees

This comes before ``habits``, which needs the kind of the answer alone.
"""

from __future__ import annotations

import re

from lemmata.grade.exercise import Part
from lemmata.grade.spelling.abbreviations import with_names_replaced
from lemmata.grade.spelling.angle_brackets import vector_in_angles
from lemmata.grade.spelling.arrays import program_calls
from lemmata.grade.spelling.broadcast import in_every_entry, ones_of_shape
from lemmata.grade.spelling.domains import without_domain
from lemmata.grade.spelling.entry_sums import entry_sums
from lemmata.grade.spelling.explained_functions import with_functions_replaced
from lemmata.grade.spelling.filled_arrays import filled_arrays
from lemmata.grade.spelling.free_constants import without_quantifiers
from lemmata.grade.spelling.given_names import conclusion_first, without_given_names
from lemmata.grade.spelling.libraries import column_binomials
from lemmata.grade.spelling.named_points import points_alone
from lemmata.grade.spelling.numerals import (
    commas_as_entries,
    decimal_points,
    in_radians,
    mixed_number,
    semicolons,
    without_groups,
    without_powers_before_j,
    without_thin_spaces,
)
from lemmata.grade.spelling.other_names import in_usual_names
from lemmata.grade.spelling.printed_columns import printed_columns
from lemmata.grade.spelling.printed_solutions import printed_solutions
from lemmata.grade.spelling.remainders import without_remainder
from lemmata.grade.spelling.second_derivatives import by_second_derivatives
from lemmata.grade.spelling.spoken_arrays import matrix_in_words, subspace_in_words, vector_in_words
from lemmata.grade.spelling.spoken_flats import flat_in_words
from lemmata.grade.spelling.unit_vectors import by_partial_derivatives, by_unit_vectors
from lemmata.grade.spelling.vectorised import vectorised
from lemmata.kernel.term import subterms, symbols_of

__all__ = ["beside_the_question"]

_COMPUTED = ("number", "vector", "matrix", "expression")
# 3 x 10^8, where x is no letter of the question.
# Names that constants of integration have in right answers.
_CONSTANT = re.compile(r"[A-DKackd]|[cC]_?\d")
_TIMES_TEN = re.compile(r"(?<=\d)\s*[xX]\s*(?=10\s*(?:\^|\*\*))")
_PRINTED_I = re.compile(r"(?<=\*)\s*I(?![A-Za-z_(\[])|(?<![A-Za-z\\_])I(?=\s*\*)")


def beside_the_question(part: Part, text: str, points: bool = True) -> str:
    """The answer with what depends on the question rewritten; ``points``: decimal commas as points, too."""
    if len(text) > 10_000 or part.kind in ("derivation", "choice"):
        return text
    symbols = (*part.symbols, *symbols_of(part.answer), *(s for a, _ in part.aliases for s in symbols_of(a)))
    symbols = tuple(dict.fromkeys(symbols))
    names = {s.name for s in symbols}
    # x(t) = y(t), y(t) = t^2 are two components, and no vector with an explanation.
    listed = part.kind == "vector" and text.count("=") > 1
    text = without_powers_before_j(without_thin_spaces(text))
    if "(" in text and part.kind in _COMPUTED and not listed:
        text = with_functions_replaced(text, names)
    if (
        part.kind in ("number", "finite") and "I" not in names
    ):  # SymPy's i; a number has no use for an identity
        text = _PRINTED_I.sub("i", text)
    if part.kind == "finite" and part.reference != "family":
        text = points_alone(text, names, len(part.answer.args))
    elif part.kind == "vector":
        text = points_alone(text, names, 1)
    if part.kind == "vector" and "t" not in names:
        text = re.sub(r"\)\s*\^\s*(?:t(?![A-Za-z])|\{\s*t\s*\})", ")^T", text)
    if part.kind == "expression":
        text = without_remainder(text, names)
    if part.kind in ("expression", "vector"):
        text = without_quantifiers(text, names - {s for s in names if _CONSTANT.fullmatch(s)})
    text = without_given_names(in_usual_names(text, names), part.kind, names)
    text = printed_columns(printed_solutions(text, part.kind, part.mode == "multiset"), part.kind)
    if part.kind in ("affine", "finite"):
        text = semicolons(text)
    if part.kind == "affine":
        size = int(part.answer.args[0].shape[0])
        return subspace_in_words(flat_in_words(text, size), size)
    if part.answer.sort == "matrix" and not part.answer.is_scalar:
        text = vector_in_words(text, part.answer.shape[0]) if part.answer.shape[1] == 1 else text
        text = matrix_in_words(text, part.answer.shape) if part.kind == "matrix" else text
        text = by_second_derivatives(text, part.answer.shape)
    if part.kind == "number":
        text = mixed_number(without_groups(text, part.answer), part.answer)
    scalar = part.kind == "number" or part.answer.sort != "matrix" or part.answer.shape == (1, 1)
    kind = "vector" if part.kind == "expression" and not scalar else part.kind
    if not scalar and not all(isinstance(d, int) for d in part.answer.shape):  # n entries cannot be listed
        kind = "expression"
    kind = "set" if part.context.startswith("set: ") else kind
    one_value = part.kind == "equation" and part.answer.head == "eq" and part.answer.args[1].head != "add"
    if one_value and not symbols_of(part.answer.args[1]):  # x = 0,5 is no list where x has one value
        kind = "expression" if part.answer.args[0].head == "symbol" else kind
    if "," in text and "begin" in text and part.kind in (*_COMPUTED, "equation"):
        sizes = (0, 0) if scalar else part.answer.shape
        text = commas_as_entries(text, *(d if isinstance(d, int) else -1 for d in sizes))
    text = decimal_points(text, kind) if points else text
    if part.kind == "finite" and part.reference != "family":
        text = in_radians(text, part.answer, part.kind)
    if part.kind in _COMPUTED and "x" not in names:
        text = _TIMES_TEN.sub(r"\\cdot ", text)
    if part.kind not in (*_COMPUTED, "equation"):
        return text
    letters_of_answer = symbols_of(part.answer)
    text = in_radians(text, part.answer, part.kind)
    if part.kind in _COMPUTED and "=" in text:
        text = conclusion_first(text, part.kind, names)
    if "angle" in text and "," in text and scalar and all(s.is_scalar for s in symbols):
        text = _ANGLES_BY_ANGLES.sub(r"(\1)\\cdot (\2)", text)
    if "^" in text and "," in text and scalar:
        text = _ROW_BY_COLUMN.sub(r"\\langle \1,\2\\rangle ", text)
    if "binom" in text and part.kind == "expression" and not scalar:
        text = column_binomials(text)
    matrices = [s.name for s in symbols if not s.is_scalar and s.shape[0] == s.shape[1]]
    if "\\sqrt" in text and matrices:  # np.sqrt takes the roots of the entries, \sqrt that of the matrix
        named = "|".join(map(re.escape, matrices))
        text = re.sub(rf"\\sqrt\s*(?:\{{\s*({named})\s*\}}|({named})(?![A-Za-z_]))", r"(\1\2)^{1/2}", text)
    if symbols and not {"v", "vec"} & {s.name for s in symbols}:
        text = vectorised(text)
    if "\\sum" in text:
        text = entry_sums(text, symbols)
    if "rangle" in text or "⟩" in text:
        text = re.sub(r"(\\rangle|⟩)\s*_\s*\{?\s*F\s*\}?", r"\1", text)
    if symbols:
        text = program_calls(text, symbols)
    if part.kind == "expression" and not scalar and all(isinstance(d, int) for d in part.answer.shape):
        text = filled_arrays(text, part.answer.shape[1] == 1)
    if part.kind == "matrix" and "(" in text:
        rows, cols = part.answer.shape
        if isinstance(rows, int) and isinstance(cols, int):
            text = in_every_entry(ones_of_shape(text, (rows, cols)), (rows, cols))
    if part.kind in ("vector", "expression") and not scalar and part.answer.shape[1] == 1:
        letters = {s.name.partition("_")[0] for s in symbols}
        text = vector_in_angles(text) if part.kind == "expression" else text
        text = by_partial_derivatives(text, part.answer.shape[0], {s.name for s in letters_of_answer})
        text = by_unit_vectors(text, part.answer.shape[0], letters)
    numbers_alone = part.kind == "matrix" and not letters_of_answer
    if not scalar and (numbers_alone or any(t.head == "identity" for t in subterms(part.answer))):
        text = _unit_matrix(text, names, r"(?=_)" if numbers_alone else "")
    if part.kind == "expression":
        text = _extreme_values(without_domain(text, {*names, "t", "x"}), names)
    if part.kind == "expression" and "=" in text and len(text) < 1000:
        text = _with_values(with_names_replaced(text))
    if "partial_" in text and part.kind == "expression":
        text = re.sub(r"\\partial_\{?([a-su-z])\}?\s*(?=[\\(])", r"\\frac{d}{d \1} ", text)
    if part.kind == "expression" and scalar and len(symbols) == len(letters_of_answer) == 1:
        # Among numbers, a prime behind a bracket is a derivative.
        text = re.sub(
            r"^\s*\(([^()]*)\)\s*['’′]\s*$", rf"\\frac{{d}}{{d {letters_of_answer[0].name}}}(\1)", text
        )
    return _without_tasks(text) if "=" in text else text


# Where a number is meant, a tuple with ^T in front of another one is a row.
_ROW_BY_COLUMN = re.compile(
    r"(\([^()]*,[^()]*\))\s*\^\s*(?:T|\\top|\{\s*(?:T|\\top)\s*\})\s*(?:\\cdot(?![a-z]))?\s*(\([^()]*,[^()]*\))"
)
# \langle 1,2\rangle\cdot\langle x,y\rangle: vectors of numbers in angle brackets.
_ENTRIES = r"\\langle((?:(?!\\langle|\\rangle)[^()\[\]])*,(?:(?!\\langle|\\rangle)[^()\[\]])*)\\rangle"
_ANGLES_BY_ANGLES = re.compile(
    rf"{_ENTRIES}\s*(?:\\cdot(?![a-z])|\\bullet(?![a-z])|·)\s*(?:\\left)?\s*{_ENTRIES}"
)
_EXTREME = re.compile(
    r"(_\s*\{?\s*(?:\\(?:max|min)|(?:\\(?:mathrm|text|operatorname)\s*\{\s*)?(?:max|min)(?:\s*\})?)\s*\}?)\s*\(\s*([A-Z])\s*\)"
)
_SO = "and|und|et|where|with|for|mit|wobei|avec|où|con|donde|so|hence|thus|also|donc|then"
_VALUE = re.compile(
    rf"(.+?)(?:\s|\\[,;: !]|\\q?quad)*(?:[,;:]|\b(?:{_SO})\b|\\text\s*\{{\s*(?:{_SO})\s*\}}"
    r"|\\(?:land|implies|Rightarrow|to)(?![A-Za-z])|⇒|=>)"
    rf"(?:\s|\\[,;: !]|\\q?quad|\b(?:{_SO})\b)*(?P<name>\\(?:bar|hat|tilde)\s*(?:\{{\s*[A-Za-z]\s*\}}|\s[A-Za-z])"
    rf"|\\?[A-Za-z]+(?:_\{{?\w+\}}?)?)\s*:?=\s*"
    r"(?P<value>(?:[^,;=]|(?<=_\{[a-z])=)+?)\s*",
    re.DOTALL,
)


def _unit_matrix(text: str, letters: set[str], ahead: str) -> str:
    r"""E, \mathds{1} and \mathbb{1} are the identity, where it belongs to the answer and E is no other letter.

    Among numbers alone E has its size behind it, as in E_3.
    """
    text = re.sub(r"\\(?:mathds|mathbbm|mathbb)\s*\{?\s*1\s*\}?", " I", text)
    return text if "E" in letters else re.sub(rf"(?<![A-Za-z\\_])E(?![A-Za-z(^']){ahead}", "I", text)


def _extreme_values(text: str, letters: set[str]) -> str:
    r"""\lambda_{\max}(A) is \lambda_{\max} in a question that has this letter and no A."""
    if not any(name.endswith(("_max", "_min")) for name in letters):
        return text
    return _EXTREME.sub(lambda m: m[0] if m[2] in letters else m[1], text)


def _with_values(text: str) -> str:
    """c_1 e^t + c_2 e^{-t}, c_1 = 2, c_2 = -1: constants whose values stand behind the expression, put into it."""
    values: list[tuple[str, str]] = []
    body = text = re.sub(r"\(\s*(\\?[A-Za-z](?:_\{?\w+\}?)?\s*=[^()=]*)\)\s*$", r", \1", text)
    while len(values) < 6 and (found := _VALUE.fullmatch(body)) is not None:
        values.append((found["name"], found["value"]))
        body = re.sub(rf"(?:\s|,|;|\b(?:{_SO})\b|\\text\s*\{{\s*(?:{_SO})\s*\}})+$", "", found[1])
    written = body
    for name, value in values:
        letter = _letter(name)
        replaced = re.sub(letter, lambda _, v=value: f"({v})", written)  # type: ignore[misc]
        if replaced == written:
            return text
        written = replaced
    return written if values else text


def _letter(name: str) -> str:
    """Where a name stands: with its index, or within a product of letters such as Ce^{-t} or AB."""
    if accent := re.fullmatch(r"\\(bar|hat|tilde)\W*([A-Za-z])\W*", name):
        return rf"\\{accent[1]}\s*(?:\{{\s*{accent[2]}\s*\}}|\s{accent[2]}(?![A-Za-z]))(?!\s*_)"
    if "_" in name:
        plain = re.escape(name.replace("{", "").replace("}", "")).replace("_", r"_\{?")
        return rf"(?<![A-Za-z\\_]){plain}\}}?(?!\d)"
    if len(name) > 1:
        return rf"(?<![A-Za-z\\_]){re.escape(name)}(?![A-Za-z_\d])"
    # Commands and names of functions are words of their own.
    glued = r"(?=[a-z]?e\s*\^|[A-Za-z](?![A-Za-z])|(?![A-Za-z_\d]))"
    return rf"(?<![A-Za-z\\_])(?!ln|pi|tr|tg|lg|sh|ch|th|im|re){name}{glued}"


def _without_tasks(text: str) -> str:
    r"""\int_0^1 x^2 dx = 1/3: what was to be computed goes, where it cannot be read."""
    label, _, value = text.rpartition("=")
    if value.count("{") != value.count("}"):
        return text
    task = re.search(r"\\(?:int|sum|prod)(?![A-Za-z])|\]_|\\(?:Big|right|big)[\]|)]*_", label)
    return value if task and not re.search(r"\\(?:int|sum|prod)(?![A-Za-z])|[<>≤≥]", value) else text
