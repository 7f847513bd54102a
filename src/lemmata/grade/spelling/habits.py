r"""Spellings of other systems and habits of hand, rewritten before an answer is parsed.

    np.array([1, 2])  ->  array([1, 2])       {1 \over 2}      ->  \frac{1}{2}
    \sqrt[3]{8}       ->  (8)^{(1/(3))}       \pmatrix{a & b}  ->  \begin{pmatrix}a & b\end{pmatrix}
    50%               ->  50/100              (1|2|-1)         ->  (1,2,-1)

Only text is rewritten; what it means is decided by the one parser.  A rewriting that depends on the kind of
the answer says so in its function's name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from lemmata.grade.marked import Wrong
from lemmata.grade.spelling.abbreviations import with_names_replaced
from lemmata.grade.spelling.angle_brackets import vector_in_angles
from lemmata.grade.spelling.complements import complements
from lemmata.grade.spelling.filled_arrays import filled_arrays
from lemmata.grade.spelling.function_brackets import with_parentheses
from lemmata.grade.spelling.half_lines import half_lines
from lemmata.grade.spelling.libraries import (
    blank_entries,
    closing,
    column_binomials,
    finite_sums,
    library_calls,
)
from lemmata.grade.spelling.limit_words import limit_alone
from lemmata.grade.spelling.multiplicities import repeated
from lemmata.grade.spelling.number_words import in_digits
from lemmata.grade.spelling.over import with_fractions
from lemmata.grade.spelling.radicals import radicals
from lemmata.grade.spelling.span_words import spans
from lemmata.grade.spelling.units import without_unit
from lemmata.grade.spelling.wording import (
    every_number,
    in_plain_letters,
    multiples,
    no_solution,
    with_equals_signs,
    without_approximation,
    without_words,
)
from lemmata.terms.errors import ReadError

__all__ = ["percent", "spelled"]

MOST_DIGITS = 300  # of a repeating decimal, which is written out
_TWO_POINTS = re.compile(r"(?<![\w.])\d*\.\d+\.\d")
_LEADING_ARROW = re.compile(r"^\s*(?:\\(?:Rightarrow|implies|therefore|leadsto)(?![A-Za-z])|⇒|=>|∴)\s*(?=\S)")
_EMPTY_BRACES = re.compile(r"\\left\s*\\(?:\{|lbrace)\s*\\right\s*\\(?:\}|rbrace)")
_COMPUTED = ("number", "vector", "matrix", "expression", "limit")
_NUMBERS = r"[\s\d.,/+\-−*√]"


def spelled(text: str, kind: str, mode: str = "") -> str:
    """The text with the spellings that this kind of answer allows rewritten."""
    text = text.strip()
    if len(text) > 10_000:  # the parser says so, with the place
        return text
    if text.startswith("```"):
        text = re.sub(r"^```[a-z]*\s*|\s*```$", "", text)
    text = _undressed(in_plain_letters(text.strip("`").strip()))
    if _TWO_POINTS.search(text):
        raise ReadError.at("a number with two decimal points", text, 0, "write one, or part the numbers")
    text = r"\mathbb{R}" if every_number(text) else without_words(text)
    if kind in _COMPUTED:
        text = _LEADING_ARROW.sub("", text)
        text = with_names_replaced(without_approximation(text))
    text = with_fractions(_EMPTY_BRACES.sub(r"\\emptyset ", text))
    if kind in ("vector", "matrix"):
        text = filled_arrays(text, kind == "vector")
    text = _commands(text)
    if kind not in ("number", "limit"):  # among these a sum counts as left standing
        text = finite_sums(text)
    rule = _BY_KIND.get("span" if mode in ("span", "affine") else kind)
    return rule(text) if rule else text


def _undressed(text: str) -> str:
    r"""Without the dollars, \( \) and \[ \] around formulas, and without full stops at the end."""
    text = re.sub(r"(?<!\\)\$|(?<!\\)\\[()\[\]]", " ", text)
    return re.sub(r"(?<![.\d])[.;,]\s*$|(?<=\d)[.;]\s*$", "", text.strip()) if len(text) > 1 else text


def _commands(text: str) -> str:
    for name in ("pmatrix", "bmatrix", "vmatrix", "matrix"):
        text = _with_argument(text, rf"\\{name}\s*\{{", _environment(name))
    text = radicals(text)
    # The Unicode root reaches over the whole number behind it, the command only over one digit.
    text = re.sub(r"√\s*(\d+(?:\.\d+)?)", r"\\sqrt{\1}", text)
    text = _repeating(library_calls(with_parentheses(text)))
    text = re.sub(r"\\partial_\{?t\}?\s*(\\?[A-Za-z])(?![A-Za-z])", r"\\dot{\1}", text)
    # The prime of MATLAB conjugates, and .' does not; among real numbers they are the same.
    prime = "^{*}" if _IMAGINARY.search(text) else "^T"
    return re.sub(r"([\])])\s*(\.?)(?:'|’)(?!')", lambda m: m[1] + ("^T" if m[2] else prime), text)


_IMAGINARY = re.compile(r"(?<![A-Za-z\\])[ij](?![A-Za-z])")


def _environment(name: str) -> Callable[[str, re.Match[str]], str]:
    return lambda content, _: rf"\begin{{{name}}}{content}\end{{{name}}}"


def _with_argument(text: str, pattern: str, build: Callable[[str, re.Match[str]], str]) -> str:
    for _ in range(12):
        found = re.search(pattern, text)
        if found is None:
            return text
        end = closing(text, found.end(), "{", "}")
        if end < 0:
            return text
        text = text[: found.start()] + build(text[found.end() : end], found) + text[end + 1 :]
    return text


# --- by kind ----------------------------------------------------------------------------------------


def _number(text: str) -> str:
    # 2**+1 is a power; without this 2^+ would be a pseudoinverse.
    text = re.sub(r"(\*\*|\^\s*\{?)\s*\+\s*(?=[\d(])", r"\1", text)
    text = percent(without_unit(in_digits(text) or text))
    # A mixed number alone has two readings; where its value stands behind it, that value counts.
    text = re.sub(r"^[-−]?\d+\s*(?:\\[dt]?frac\s*(?:\d\s*\d|\{\d+\}\s*\{\d+\})|\s\d+/\d+)\s*=", "", text)
    if re.fullmatch(r"[-+−]?\d+\s*\\[dt]?frac\s*(?:\d\s*\d|\{\d+\}\s*\{\d+\})|\d+\s+\d+", text.strip()):
        raise ReadError.at(
            "numbers side by side: their sum or their product?", text, 0, "write a single fraction, or a sign"
        )
    text = re.sub(r"\\overline\s*\{([^{}]*[ij][^{}]*)\}", r"(\1)^*", text)
    ratio = re.fullmatch(r"([-−]?\d+)\s*:\s*(\d+)", text)
    return f"{ratio[1]}/{ratio[2]}" if ratio else _binomial(text)


def percent(text: str) -> str:
    """50 %, 33,3 % and 12.5 percent as fractions, wherever they stand."""
    return re.sub(
        r"(?<![\d.,])(\d+(?:[.,]\d+)?)(?:\s|\\[,;: ]|~)*(?:\\?%|\b(?:percent|per cent|Prozent)\b)",
        lambda m: f"({m[1].replace(',', '.')}/100)",
        text,
    )


def _repeating(text: str) -> str:
    r"""2.\overline{3}, 2.(3), 0.\bar 3 and 0.333... exactly."""
    text = re.sub(r"(?<![\w.])(\d+)\.\((\d+)\)", r"\1.\\overline{\2}", text)
    pattern = r"(?<!\d)(\d+)\.(\d*?)(?:\\(?:overline|bar|dot)\s*(?:\{(\d+)\}|(\d))|(\d)\5\5+(?:\.{3}|…|\\[lc]?dots))"

    def exact(m: re.Match[str]) -> str:
        again = m[3] or m[4] or m[5]
        if len(m[0]) > MOST_DIGITS:
            raise ReadError.at("a number with too many digits", text, m.start(), "write a fraction")
        whole = int(m[1] + m[2] + again) - int(m[1] + m[2])
        return f"({whole}/{(10 ** len(again) - 1) * 10 ** len(m[2])})"

    return re.sub(pattern, exact, text)


def _binomial(text: str) -> str:
    r"""\binom{5}{2} among numbers is how many pairs there are."""
    return re.sub(
        r"\\[dt]?binom\s*\{?(\d{1,3})\}?\s*\{?(\d{1,3})\}?",
        lambda m: f"({math.comb(int(m[1]), int(m[2]))})",
        text,
    )


_TAIL = re.compile(
    r"\s*(?:[,;]|\(|\bwith\b|\bfor\b|\bwhere\b)[\s,~\\;:!]*(?:\\q?quad)?\s*(?:for (?:all|any|every|some)"
    r"|with|where|any)?\s*"
    r"(?:\\[a-z]+|[A-Za-z])(?:_\w)?(?:\s*,\s*(?:\\[a-z]+|[A-Za-z])(?:_\w)?)*\s*"
    r"(?:(?:\\in(?![A-Za-z])|∈|\bin\b)\s*(?:\\mathbb\s*\{?[RC]\}?|[ℝℂRC]|\\R)(?:\^\*)?(?:\s*(?:\\setminus"
    r"|\\backslash|\\)\s*\\?\{\s*0\s*\\?\}|\s*-\s*\{0\})?"
    r"|(?:\\ne(?:q)?(?![A-Za-z])|≠|!=)\s*0|(?:is\s+)?(?:real|arbitrary|free|any|nonzero"
    r"|non-zero)(?:\s+(?:number|scalar|constant))?)\)?\s*$"
)
_FUNCTION_BEFORE = re.compile(
    r"(\\(?:sin|cos|tan|exp|ln|log|sinh|cosh)\s*(?:\([^()]*\)|\{[^{}]*\}|\d*\s*\\?[A-Za-z]+))(?:\s|\\[,;:! ])*"
    r"(?=\\begin|\\left\s*[\[(]\s*\\begin|I(?![A-Za-z])|\((?:[^()]*,)[^()]*\))"
)


def _columns(text: str) -> str:
    """What vectors and matrices have in common: columns as binomials, functions in front of them, per cent."""
    text = percent(column_binomials(text))
    text = _FUNCTION_BEFORE.sub(r"(\1)", text)
    return blank_entries(text)


def _expression(text: str) -> str:
    """+ const as + C, blank entries as zeros; the Re of Re^{-t} is R times e."""
    text = re.sub(r"(?<![A-Za-z\\])Re(?=\s*\^)", "R e", text)
    if "const" in text:
        text = re.sub(r"\bplus (?:an? |some )?(?=const)", "+ ", text)
        text = re.sub(r"\+\s*(?:\\(?:text|mathrm)\s*\{\s*)?\bconst(?:ant)?\b\.?\s*\}?\s*$", "+ C", text)
    return blank_entries(text)


def _vector(text: str) -> str:
    text = with_equals_signs(re.sub(r"\bund\b", "and", text))
    text = re.sub(
        r"^\s*(?:the\s+)?(?:column\s+)?(?:vector|point)\s+(?=[(\[<\\])", "", text, flags=re.IGNORECASE
    )
    if re.fullmatch(r"\(\s*[-−]?\d+(?:\s+[-−]?\d+)+\s*\)", text.strip()):
        raise ReadError.at("numbers side by side", text, 0, "separate the entries by commas")
    # NumPy prints a list of numbers with points; [1 2] is a row, as in MATLAB.
    printed = re.fullmatch(
        r"([^=]*=\s*)?\[\s*([-+]?\d[\d.e+\-j]*(?:\s+[-+]?\d[\d.e+\-j]*)+)\s*\]", text.strip()
    )
    if printed and "." in printed[2]:
        text = (printed[1] or "") + "(" + ", ".join(printed[2].split()) + ")"
    text = re.sub(r"(?<=[\])])\s*\.(?:reshape\([^()]*\)|(?:flatten|ravel|tolist|copy)\(\))", "", text)
    if "\n" in text and "\\" not in text and all("=" in line for line in text.strip().split("\n")):
        text = ", ".join(text.strip().split("\n"))
    braced = _BRACED_SYSTEM.fullmatch(text.strip())
    if braced and "=" in braced[1]:
        text = ", ".join(row.replace("&", " ") for row in braced[1].split(r"\\") if row.strip())
    text = multiples(vector_in_angles(_columns(text)))
    text = text[:-100] + _TAIL.sub("", text[-100:])
    # x(t) = ..., y(t) = ...: components of a function of t are components.
    if len(re.findall(r"(?<![A-Za-z])[A-Za-z](?:_\{?\d\}?)?\s*\([tsx]\)\s*=", text)) > 1:
        text = re.sub(r"(?<![A-Za-z])([A-Za-z](?:_\{?\d\}?)?)\s*\([tsx]\)(?=\s*=)", r"\1", text)
    label = re.match(r"^[^=]{0,40}=\s*(?=[(<{\[])", text)
    before, body = (label[0], text[label.end() :]) if label else ("", text)
    # [a, b]^T: a tuple written in brackets, with the transpose that makes a column of a row.
    body = re.sub(r"^\[([^\[\];]*,[^\[\];]*)\]\s*(?=\^)", r"(\1)", body)
    text = before + body
    listed = re.fullmatch(r"\(([^()]*)\)", body)
    if listed and re.search(r"[;|]", listed[1]) and "," not in listed[1]:
        return f"{before}({re.sub('[;|]', ',', listed[1])})"
    braces = re.fullmatch(r"\\?\{([^{}]*,[^{}]*?)\\?\}", body)
    if braces and not re.search(r"[:|(]", braces[1]):
        return f"{before}({braces[1]})"
    if re.fullmatch(rf"{_NUMBERS}+", text) and re.search(r"\d\s*,\s+[-−\d]|,.*,", text):
        return f"({text})"
    return text


# A system of equations in braces, which gives the components.
_BRACED_SYSTEM = re.compile(
    r"(?:\\left\s*\\\{\s*)?\\begin\s*\{cases\}([^<>]*)\\end\s*\{cases\}(?:\s*\\right\s*\.?)?"
)
# (5 4; 4 5): rows in parentheses, alone or behind a sign or a factor. In (1,2; 3,4) a comma may be decimal.
_ENTRIES = r"(?:[^()\[\]{};,]|\([^(),;]*\)|\{[^{}]*\})*"
_MATRIX_IN_PARENTHESES = re.compile(rf"(?<![A-Za-z_(,\[])\(({_ENTRIES}(?:;{_ENTRIES})+)\)")


def _matrix(text: str) -> str:
    text = _columns(text)
    body = text.strip()
    if re.fullmatch(rf"{_NUMBERS}+(?:;{_NUMBERS}+)+", body) and len(body) < 2000:
        return f"[{body}]"
    if re.fullmatch(r"[\s\d.,/+\-−*√(){}]*", body) and re.match(r"[({]\s*[({]", body) and len(body) < 2000:
        return body.translate(str.maketrans("({})", "[[]]"))
    if ";" in text and "begin" not in text:
        text = re.sub(r"\\(?:left|right)(?![A-Za-z])|(?<!\\)\\[ ,;:]", " ", text)
    text = _MATRIX_IN_PARENTHESES.sub(r"[\1]", text)
    if "\n" in body and "\\" not in body and ";" not in body:
        inside = re.fullmatch(r"(.*?=\s*)?\[([^\[\]]*)\]", body, re.DOTALL)
        rows = (inside[2] if inside else body).strip().split("\n")
        if inside or re.fullmatch(rf"{_NUMBERS}+", body):
            return "[" + "; ".join(row.strip().rstrip(",") for row in rows) + "]"
    return text


def _finite(text: str) -> str:
    if no_solution(text) or re.fullmatch(
        r"(?:S\.)?EmptySet(?:\(\))?|\\?\{(?:\s|\\[,;:! ])*\\?\}", text.strip()
    ):
        return r"\emptyset"
    if _says_empty(text):
        return r"\emptyset"
    text = with_equals_signs(text)
    text = re.sub(r"^\s*\{\}\s*=", "", text)  # the empty group of TeX
    if "approx" in text or "≈" in text:
        text = "".join(without_approximation(piece) for piece in _BETWEEN_ELEMENTS.split(text))
    text = re.sub(r"(?<!\\)\\[,;: !]", " ", text)
    text = re.sub(r"\b(?:und|oder)\b", lambda m: {"und": "and", "oder": "or"}[m[0]], text)
    text = re.sub(r"^(?:np\.)?array\s*\((\[[^\[\]()]*\])\)$", r"\1", text.strip())
    text = re.sub(r"^\s*(?:\\operatorname\s*\{\s*\w+\s*\}|\\?[a-z]+)\s*\(\s*[A-Z]\s*\)\s*=\s*", "", text)
    text = re.sub(rf"^\s*{_SPECTRUM}\s*=\s*(?=\\?\{{|\[)", "", text)
    text = re.sub(r"([₀-₉])\s*,\s*(?=[₀-₉])", lambda m: f"{m[1]}₎", text)
    text = re.sub(r"[₀-₉](?:₎[₀-₉])+", _joint_index, text)
    text = re.sub(r"_\{?(\d)\s*[/|]\s*(\d)\}?(?=\s*=)", r"_{\1,\2}", text)
    text = re.sub(r"([A-Za-zα-ω])([₀-₉])(?![₀-₉])", lambda m: f"{m[1]}_{ord(m[2]) - ord('₀')}", text)
    # The v of logic, between two equations.
    text = re.sub(r"(?<=[\d)}])\s+v\s+(?=\\?[a-z](?:_\{?\d\}?)?\s*=)", " or ", text)
    text = repeated(text)
    text = _builder_dropped(text)
    text = _MEMBER.sub("", text)
    if re.search(r"\\cup|∪", text) and "(" not in text:
        text = re.sub(r"\\?\}\s*(?:\\cup|∪)\s*\\?\{", ", ", text)
    return text if "begin" in text else re.sub(r"(?<=\d)\s+\\?&\s+(?=[-\d])", " and ", text)


# x \in \{1, 2\}, with brackets of any size: each element may be the value.
_MEMBER = re.compile(
    r"^\s*\\?[A-Za-z]+(?:_\{?\w\}?)?\s*(?:\\in(?![A-Za-z])|∈)\s*(?=(?:\\(?:left|[bB]igg?l?)\s*)?\\?(?:\{|lbrace))"
)
# What parts elements, kept by the split.
_BETWEEN_ELEMENTS = re.compile(r"(\s*(?:[,;]|\b(?:and|or|und|oder)\b|\\(?:lor|vee)(?![A-Za-z])|∨)\s*)")
# S, \sigma(A), eig(A), \operatorname{spec} A: names of a set in front of it.
_SPECTRUM = (
    r"(?:\\(?:operatorname|mathrm|text)\s*\{\s*\w+\s*\}|\\?[A-Za-z]+)(?:_\{?\w+\}?)?"
    r"(?:\s*\(\s*\\?[A-Za-z]\s*\)|\s+[A-Z](?=\s*=))?"
)
_NOTHING = r"(?:\\(?:emptyset|varnothing)|∅|\\?\{(?:\s|\\[,;:! ])*\\?\})"
_SETS_NAME = r"(?:\\?[A-Za-z]+(?:_\w)?|\\math(?:bb|cal|rm)\s*\{?\s*[A-Za-z]\s*\}?(?:_\{?\w\}?)?)"


def _says_empty(text: str) -> bool:
    r"""\{\} = \emptyset, L = {}, x \in \emptyset: all sides are the empty set or its name."""
    text = re.sub(rf"^\s*\\?[A-Za-z]\s*(?:\\in(?![A-Za-z])|∈)\s*(?={_NOTHING}\s*$)", "", text)
    sides = [side.strip() for side in text.split("=")]
    return any(re.fullmatch(_NOTHING, side) for side in sides) and all(
        re.fullmatch(rf"{_NOTHING}|{_SETS_NAME}", side) for side in sides
    )


def _joint_index(match: re.Match[str]) -> str:
    return "_{" + ",".join(str(ord(c) - ord("₀")) for c in match[0] if c != "₎") + "}"


def _builder_dropped(text: str) -> str:
    r"""{x : x = 1 or x = 3}, {x \in R | ...} as their condition; {k : 1 <= k <= 3, k integer} has none but its rule."""
    found = re.fullmatch(
        r"\\?\{\s*(\\?[A-Za-z]+)\s*(?:(?:\\in(?![A-Za-z])|∈|\bin\b)\s*(?:\\mathbb\s*\{?[RCNZ]\}?"
        r"|[ℝℂℕℤRCNZ])\s*)?(?::|\||\\mid|\\colon)(.*?)\\?\}",
        text.strip(),
        re.DOTALL,
    )
    if not found or (not found[1].startswith("\\") and found[1] not in found[2]):
        return text  # ka of {ka : k = 1, 2} is a product
    return text if _BETWEEN_INTEGERS.search(text) else found[2].strip()


_BETWEEN_INTEGERS = re.compile(
    r"(?=.*(?:[<>≤≥]|\\[lg]eq?(?![a-z])|\\[lg]t(?![a-z])))(?=.*(?:integer|[ℤℕ]|(?:\\in(?![A-Za-z])|\bin\b)\s*\\mathbb\s*\{?\s*[ZN]))",
    re.DOTALL,
)


def _span(text: str) -> str:
    text = re.sub(r"\\(?:left|right|[bB]igg?[lrm]?)(?![A-Za-z])\s*\.?", "", text)
    text = re.sub(r"(?<!\\)\\ ", " ", text)
    text = re.sub(
        r"^(?:the )?(?:set of )?all (?:vectors |points )?(?:of the form )?(?=[(\[]|\\begin)", "", text
    )
    text = multiples(column_binomials(text))
    text = re.sub(
        r"\[([^\[\];]*,[^\[\];]*)\]\s*\^\s*(?:T|\\top|\\intercal|\{\s*(?:T|\\top)\s*\})", r"(\1)", text
    )
    whole = re.fullmatch(
        r"(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ|R)\s*(?:\^\s*\{?\s*([2-8])\s*\}?|([²³⁴⁵]))", text.strip()
    )
    if whole:
        n = int(whole[1] or "²³⁴⁵".index(whole[2]) + 2)
        units = (",".join(str(int(i == j)) for i in range(n)) for j in range(n))
        return r"\operatorname{span}\{" + ", ".join(f"({u})" for u in units) + r"\}"
    text = re.sub(r"^(?:the\s+)?(?:line|plane)\s+(?=[\d({\\\[])", "", text)
    return complements(spans(complements(text)))


_GROWS = re.compile(
    r"(?:plus )?unendlich|(?:(?:it|the sequence|the function) )?(?:grows|increases) without (?:bound|limit)",
    re.IGNORECASE,
)


def _limit(text: str) -> str:
    if _GROWS.fullmatch(text.strip(" .")):
        return r"\infty"
    text = re.sub(r"\b(?:minus|negative)\s+infinity\b", r"-\\infty", text, flags=re.IGNORECASE)
    return limit_alone(_columns(text))


def _range(text: str) -> str:
    r"""Intervals: \mathbb{R}_{\ge 0}; an end at infinity that is closed is no interval of numbers."""
    text = re.sub(r"(?<!\\)\\[,;: !]", " ", text)
    text = half_lines(text)
    if re.search(r"(?:\\infty|∞|oo)\s*(?:\\right)?\s*\]|\[\s*-\s*(?:\\infty|∞|oo)", text):
        raise Wrong("closed-at-infinity", "Infinity is no number: that end of the interval has to be open.")
    return text


_BY_KIND = {
    "interval": _range,
    "number": _number,
    "expression": _expression,
    "vector": _vector,
    "matrix": _matrix,
    "finite": _finite,
    "span": _span,
    "limit": _limit,
}
