r"""Numerals of other countries, and angles in degrees.

0,5\sqrt{2}    0{,}5      a comma between digits, where no list is possible, is a decimal point
(0,5; 1,5)                so it is where a semicolon or a bar parts the entries
(2,-1,3)    f(1,2)        lists, although there is a comma between digits
1,234,567    1\,000\,000  thousands in groups of three
60^\circ    \cos 45°      degrees are radians times 180/pi; where the answer itself is a rational number of
                          degrees, the sign says nothing
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from lemmata.grade.values import NoValue, evaluate, fractions, rational
from lemmata.kernel.term import Term

__all__ = [
    "all_points", "commas_as_entries", "decimal_points", "ends_in_zero", "has_degrees", "in_radians",
    "is_plainly_decimal", "listed_commas", "mixed_number", "semicolons", "without_groups", "without_powers_before_j",
    "without_thin_spaces",
]  # fmt: skip

_LATEX_COMMA = re.compile(r"(?<=\d)\{,\}(?=\d)")
_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d+)(?!\d|\.\d|,\d)")
_CALLS = re.compile(
    r"(?:max|min|gcd|lcm|binom|nchoosek|pow|Fraction|Rational|complex|array|matrix|zeros|ones|eye|diag|size|norm)$"
)
# (3,4) is a pair, \sin(0,5) and (0,5)^2 are not.
_PAIR = re.compile(r"\(\s*[-+−]?\d+,\d+\s*\)(?!\s*(?:\^\s*\{?\s*[-\d]|\*\*))")
_FACTOR = re.compile(r"(?:\d\s*(?:\\cdot|\\times|\*|·)?|\^|\*\*)\s*$")
# Brackets of one character for those that have several: \langle 1,2\rangle and <1,2>.
_ANGLES = re.compile(r"\\langle|\\rangle|<(?=[^<>=]*,[^<>=]*>)|(?<=\d)>|[⟨⟩]")
_BEFORE_ARRAY = r"(?=\s*(?:\\cdot|\*|·)?\s*(?:\\left)?\s*(?:\\begin|\[|\([^()]*,)|\s*\([A-Z][^(),]*\))"
_FUNCTION = re.compile(r"(?:sin|cos|tan|cot|exp|ln|log|sqrt|sinh|cosh|tanh|abs|arc\w+)$")
_ENVIRONMENT = re.compile(r"\\begin\s*\{[^{}]*\}.*?\\end\s*\{[^{}]*\}", re.DOTALL)
_DEGREE = (
    r"(?:\^\s*(?:\{\s*\\circ\s*\}|\\circ(?![A-Za-z]))|\s*[°º]|\s*\\degree(?![A-Za-z])"
    r"|(?:\s|\\[,; ]|~)*(?:\\(?:text|mathrm)\s*\{\s*deg(?:rees?)?\s*\}|deg(?:rees?)?\b))"
)
_ANGLE = re.compile(rf"(?<![\d.])(?<!\d,)(\d+(?:[.,]\d+)?){_DEGREE}")
_RADIANS = re.compile(
    r"(?<=[\d)}iπ])(?:\s|\\[,; ]|~)*(?:\\(?:text|mathrm)\s*\{\s*rad(?:ians?)?\s*\}|\brad(?:ians?)?\b)(?=\s*(?:=|$))"
)


def decimal_points(text: str, kind: str) -> str:
    """Decimal commas as points, where the kind of the answer leaves no other reading."""
    text = _LATEX_COMMA.sub(".", text)
    if kind in ("number", "expression"):
        text = re.sub(r"(?<=\d),(?=\\(?:overline|bar)(?![A-Za-z]))", ".", text)
    if "," not in text:
        return text
    if kind in ("number", "expression"):
        return _outside_lists(text)
    if kind == "equation":
        # x = 2,3 may be two solutions.
        alone = re.fullmatch(r"\s*\\?[A-Za-z]\w*\s*=\s*[-−]?\d+,\d+\s*", text)
        return text if alone else _outside_lists(text)
    if kind in ("vector", "matrix"):
        text = re.sub(rf"(?<![\d.,(\[{{])(?<!,\s)(\d+),(\d+){_BEFORE_ARRAY}", r"\1.\2", text)
        if kind == "matrix":
            text = re.sub(r"^(\s*[-−]?\d+),(\d+)(?=\s*[A-Z](?![a-z]))", r"\1.\2", text)
        return (
            _ENVIRONMENT.sub(lambda m: _COMMA.sub(r"\1.\2", m[0]), text)
            if kind == "matrix"
            else _entries(text)
        )
    return _members(text)


def _outside_lists(text: str) -> str:
    if re.fullmatch(r"\s*(?:\\?\{|[(\[])[-+\d.,\s]*(?:\\?\}|[)\]])\s*", text):
        return text  # (1,2) is a pair
    seen = _with_plain_brackets(text)
    around, lists = _openers(seen)

    def point(m: re.Match[str]) -> str:
        at = around[m.start()]
        if at < 0:
            return f"{m[1]}.{m[2]}"
        before = text[max(0, at - 40) : at].rstrip()
        pair = (
            seen[at] == "("
            and _PAIR.match(text, at)
            and not (_FUNCTION.search(before) or _FACTOR.search(before))
        )
        listed = pair or seen[at] == "[" or text[at - 1 : at] == "\\" or _CALLS.search(before) or at in lists
        return m[0] if listed else f"{m[1]}.{m[2]}"

    found = _COMMA.sub(point, text)
    # (0,5; 1) is the list (0.5, 1).
    return re.sub(r"\(([^(),]*;[^(),]*)\)", lambda m: "(" + m[1].replace(";", ",") + ")", found)


def _with_plain_brackets(text: str) -> str:
    """The text with every kind of angle as one bracket, at the same places."""
    if not re.search(r"angle|[<⟨]", text):
        return text
    opens = ("\\langle", "<", "⟨")
    return _ANGLES.sub(lambda m: ("[" if m[0] in opens else "]").ljust(len(m[0]), "_"), text)


def _openers(text: str) -> tuple[list[int], set[int]]:
    """Where the innermost bracket around each place opens (-1 outside of all), and the brackets that are lists.

    A list has a comma that does not stand between digits: (2,-1,3), (1,2,x).
    """
    stack, around, lists = [-1], [], set()
    for i, c in enumerate(text):
        if c in ")]}" and len(stack) > 1:
            stack.pop()
        around.append(stack[-1])
        if c in "([{":
            stack.append(i)
        elif c == "," and not (text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()):
            lists.add(stack[-1])
    return around, lists


def listed_commas(text: str) -> bool:
    """Whether a comma between digits stands in a bracket where it may part the entries of a list."""
    seen = _with_plain_brackets(text)
    around, _ = _openers(seen)
    openers = {around[m.start()] for m in re.finditer(r"\d,(?=\d)", text)}
    return any(_may_list(text, seen, at) for at in openers if at >= 0)


def _may_list(text: str, seen: str, at: int) -> bool:
    """Not the braces of TeX, nor the argument of a function of one number, nor an exponent."""
    before = text[max(0, at - 40) : at].rstrip().removesuffix("\\left")
    if seen[at] == "{":
        return text[at - 1 : at] == "\\"
    return not re.search(r"(?:\^|\*\*)$", before) and not _FUNCTION.search(before)


_LABELLED = re.compile(
    r"(?:=|\\neq?(?![a-z])|≠|!=|\\pm(?![a-z])|±)\s*(?:\\pm\s*|±\s*|[-−]\s*)?(?:\d+\s*(?:\\pm|±|[-+])\s*)?"
    r"\d+,\d+\s*(?=$|[,;.]?\s|\\|[,;$])"
)


def all_points(text: str) -> str:
    """The text with every comma between digits as a point, those of 0,5,1,5 in turn; indices keep theirs."""
    return re.sub(r"(?<![\d./^_])(?<!_\{)(?<!frac)(?<!sqrt)(\d+),(\d+)(?![\d.])", r"\1.\2", text)


def is_plainly_decimal(text: str) -> bool:
    """Whether decimal commas and commas of a list look different: x = 0,5   {0,5, 1,5}   {0,5; 1,5}."""
    commas = len(re.findall(r"(?<!_\{)(?<=\d),(?=\d)", re.sub(r"_\{[\d,]*\}", "", text)))
    labelled = len(_LABELLED.findall(text))
    parted = re.search(r",\s|;|\\(?:lor|text|infty)|\b(?:or|and|oder|und)\b", text)
    return commas == labelled or bool(parted and not re.search(r"\d,\d+,\d", text))


def ends_in_zero(text: str) -> bool:
    """Whether a comma before a zero is that of a list: (1, -1,0), x = 5,0; not so in (1,0, 2,5), all of one form."""
    pointed = all_points(text)
    if not re.search(r"\.0+(?!\d)", pointed):
        return False
    numbers = re.findall(r"\d+(?:\.\d+)?", pointed)
    return not (re.search(r",\s|;", text) and all("." in n for n in numbers))


# (0|1), (1\mid -2\mid 0): bars between entries that begin and end as numbers and letters do; |x| has nothing around it.
_BARRED_ENTRY = r"\s*(?:[-+−±√]\s*)?(?:[\w\\][^()|,;:<>=]{0,40})?[\w}]\s*"
_BARRED = re.compile(
    rf"\(({_BARRED_ENTRY}(?:(?:\||\\mid(?![A-Za-z])|\\middle\s*\|){_BARRED_ENTRY}){{1,3}})\)"
)


def semicolons(text: str) -> str:
    """(0,5; 1) as (0.5, 1): a bracket in which semicolons or bars part the entries."""
    if "|" in text or "\\mid" in text:
        text = _BARRED.sub(
            lambda m: "(" + re.sub(r"\\middle\s*\||\\mid(?![A-Za-z])|\|", ", ", m[1]) + ")", text
        )

    def parted(m: re.Match[str]) -> str:
        if re.search(r",(?!\d)|(?<!\d),|\d,\d+,\d", m[1]):
            return m[0]
        return "(" + all_points(m[1]).replace(";", ",") + ")"

    return re.sub(r"\(([^()]*;[^()]*)\)", parted, text) if ";" in text else text


def _entries(text: str) -> str:
    if "begin" in text:  # a row with commas is no number
        return _ENVIRONMENT.sub(
            lambda m: _COMMA.sub(r"\1.\2", m[0]) if "\\\\" in m[0] or "&" in m[0] else m[0], text
        )
    listed = re.split(r",\s|;", text)
    labelled = len(listed) > 1 and all(re.match(r"\s*\\?[A-Za-z]\w*\s*=\s*[^(\[\s]", p) for p in listed)
    if labelled or (
        re.search(r"\\(?:mathbf|hat|vec|[dt]?binom)(?![a-z])", text) and not re.search(r"\([^()]*,", text)
    ):
        return _COMMA.sub(r"\1.\2", text)
    pieces = re.split(r"[;|]", text)
    if len(pieces) > 1 and all(p.count(",") <= 1 and not re.search(r",\s|\s,", p) for p in pieces):
        return _COMMA.sub(r"\1.\2", text)
    return text


def commas_as_entries(text: str, rows: int, cols: int) -> str:
    r"""\begin{pmatrix}1,2\\3,4\end{pmatrix}: commas in place of &, where the answer has as many entries."""

    def parted(m: re.Match[str]) -> str:
        lines = [line for line in re.split(r"\\\\", m[2]) if line.strip()]
        counts = {line.count(",") + 1 for line in lines}
        if "&" in m[2] or "," not in m[2] or len(counts) != 1 or re.search(r"[({\[]", m[2]):
            return m[0]
        if not rows and len(lines) == 1:  # a row among numbers
            return m[1] + m[2].replace(",", "&") + m[3]
        if (len(lines), *counts) == (rows, cols):
            return m[1] + m[2].replace(",", "&") + m[3]
        return m[0]

    return re.sub(
        r"(\\begin\s*\{[pb]matrix\})((?:(?!\\begin|\\end).)*)(\\end\s*\{[pb]matrix\})",
        parted,
        text,
        flags=re.DOTALL,
    )


def _members(text: str) -> str:
    """Sets: {0,5; 1,5}, x = 0,5 or x = 1,5, 0 < x < 0,4."""
    text = re.sub(r"(?<!\\)\\;", " ", text)
    pairs = re.search(r"\([^()]*;[^()]*\)\s*[,;]|\([^();]*,[^();]*\)\s*;", text)
    separated = ";" in text and not pairs
    relations = re.search(r"[<>≤≥]|\\(?:le|ge|lt|gt)q?(?![A-Za-z])", text) and not re.search(
        r"[\[\]()]|\d,\d[^:|]*\\?\}.*\{|^[^:|]*\d,\d[^:|]*[:|]", text
    )
    pieces = re.split(
        r"\s(?:und|oder|and|or)\s|\\l(?:or|and)(?![a-z])|∨|\\text\s*\{\s*(?:und|oder|and|or)\s*\}", text
    )
    listed = len(pieces) > 1 and all(re.fullmatch(r"(?:[^=,]*=)?\s*[-−]?\d+,\d+[\s.]*", p) for p in pieces)
    listed = listed or (
        len(pieces) > 1 and all(re.fullmatch(r"[^=,]*=\s*[-−]?\d+(?:,\d+)?[\s.]*", p) for p in pieces)
    )
    return _COMMA.sub(r"\1.\2", text) if separated or relations or listed else text


_THIN = r"(?:\\,|~|[\u2009\u202f'’](?=\d))"
_THIN_GROUPS = re.compile(
    rf"(?<![\d.,])[1-9]\d{{0,2}}(?:{_THIN}\d{{3}})+(?!\d)|(?<=\d\.)\d{{3}}(?:{_THIN}\d{{3}})+(?!\d)"
)


def without_thin_spaces(text: str) -> str:
    r"""1\,024 and 1'024 as one number wherever they stand: nobody parts factors or entries like this."""
    return _THIN_GROUPS.sub(lambda m: re.sub(_THIN, "", m[0]), text) if len(text) < 10_000 else text


def without_groups(text: str, answer: Term) -> str:
    """The sides of a chain of numbers, each without the separators of its thousands."""
    return "=".join(_without_groups(side, answer) for side in text.split("="))


def _without_groups(text: str, answer: Term) -> str:
    """1,234,567 and 1 000 000 as one number; 1,234 only where the answer is as large as that."""
    body = text.strip().strip("$").strip()
    if re.fullmatch(r"[-+−]?\d{1,3}(?:(?:\s|\\[,;: !]|~|['’_]|\{,\})\d{3})+(?:[.,]\d+)?", body):
        return re.sub(r"(?<=\d)(?:\s|\\[,;: !]|~|['’_]|\{,\})(?=\d{3})", "", body)
    grouped = re.fullmatch(r"[-+−]?\d{1,3}((?:,\d{3})+)(\.\d+)?", body)
    large = answer.head == "number" and abs(answer.value) >= 1000
    if grouped and (large or grouped[2] or len(grouped[1]) > 4):
        return body.replace(",", "")
    return text


_BOXED = re.compile(r"\\boxed\s*\{(.*)\}", re.DOTALL)
_MIXED = re.compile(
    r"(?P<sign>[-+−]?)\s*(?P<whole>\d{1,6})(?:\\[,;: !]|~|\s)*\\[dt]?frac\s*"
    r"(?:(?P<above>\d)\s*(?P<below>\d)|\{\s*(?P<over>\d{1,6})\s*\}\s*\{\s*(?P<under>\d{1,6})\s*\})"
)


def mixed_number(text: str, answer: Term) -> str:
    r"""1\tfrac{2}{3} as 5/3 where that is the right answer; elsewhere it may be a product, and stays."""
    bare = text.strip().strip("$").strip()
    boxed = _BOXED.fullmatch(bare)
    before, sign, body = (boxed[1] if boxed else bare).rpartition("=")
    found = _MIXED.fullmatch(body.strip())
    if found is None:
        return text
    above, below = int(found["above"] or found["over"]), int(found["below"] or found["under"])
    if not 0 < above < below:
        return text
    value = (int(found["whole"]) + Fraction(above, below)) * (1 if found["sign"] in ("", "+") else -1)
    try:
        right = evaluate(answer)
    except (NoValue, ArithmeticError):
        return text
    meant = rational(right) and fractions(right) == [[value]]
    return f"{before}{sign} {value}" if meant else text


_PRINTED_POWER = re.compile(r"(?<![\w.])(\d{1,20}\.?\d{0,20}e[-+]\d\d)(?=j(?![A-Za-z]))")


def without_powers_before_j(text: str) -> str:
    """1.e+00j of NumPy as 1j; elsewhere 2e+3i is 2e and 3i, and e-05 in a real number is read by the parser."""
    return _PRINTED_POWER.sub(lambda m: format(Decimal(m[1]), "f"), text)


def has_degrees(text: str) -> bool:
    """Whether an angle in degrees is written here."""
    return bool(_ANGLE.search(text))


def in_radians(text: str, answer: Term | None, kind: str) -> str:
    """Angles as numbers; ``answer`` is the right one, None where the text is the reference."""
    text = _RADIANS.sub("", text) if kind == "number" else text
    if not _ANGLE.search(text):
        return text
    alone = kind in ("number", "finite") and not re.search(r"sin|cos|tan|cot|sec|csc|π|pi", text)
    if alone and answer is not None and _whole_degrees(answer):
        return _ANGLE.sub(r"\1", text)
    return _ANGLE.sub(lambda m: rf"({m[1].replace(',', '.')}\pi/180)", text)


def _whole_degrees(answer: Term) -> bool:
    """Whether the answer may be meant in degrees: a whole number that is not 0, or a set with one."""
    numbers = answer.args if answer.head == "set" else (answer,)
    whole = all(t.head == "number" and t.value.denominator == 1 for t in numbers)
    return whole and any(t.value for t in numbers)
