r"""Families of numbers with a whole parameter: {k \pi : k \in Z}, x = \pm \pi/3 + 2 n \pi, \pi/2 + \pi Z.

Each is a number a and a period b.  Two unions of such families are equal where they have the same residues modulo a
common period; that there is one, and that residues agree, is known to thirty digits.  With (-1)^k there are two
families, for even and odd k.  The name of the parameter and the numbers that a family begins with say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm, prod

from flint import arb, fmpq

from lemmata.grade.evaluate.arithmetic import NoValue, Value, as_ball, enclosed
from lemmata.grade.exercise import Part
from lemmata.grade.judge.finite import elements
from lemmata.grade.marked import Wrong
from lemmata.grade.reading.affine import SIZES, linear_part
from lemmata.grade.reading.unions import is_range
from lemmata.grade.spelling.numerals import in_radians
from lemmata.grade.spelling.pieces import IllTyped, clean, inner, read_term, split
from lemmata.grade.spelling.wording import no_solution
from lemmata.grade.values import agree, evaluate, fractions, rational, scalar
from lemmata.kernel.term import Term, add, mul, number, substitute, subterms, symbol, symbols_of
from lemmata.terms.errors import ReadError
from lemmata.terms.scope import Scope

__all__ = ["mark_families", "read_families", "speaks_of_integers"]

MOST = 360  # residues
MOST_TURNS = 10**6  # of one number by another
_Z = r"(?:\\mathbb\s*\{?\s*Z\s*\}?|ℤ|\\Z(?![A-Za-z])|(?<![A-Za-z\\])Z(?![A-Za-z]))"
_N = r"(?:\\mathbb\s*\{?\s*N\s*\}?(?:_\{?0\}?|_\+|\^\+)?|ℕ(?:₀)?|\\N(?![A-Za-z])|(?<![A-Za-z\\])N(?:_0)?(?![A-Za-z]))"
_ALL_N = r"(?:\\mathbb\s*\{?\s*N\s*\}?(?:_\{?0\}?)?|ℕ(?:₀)?)"
# White space is a single blank before these are used.
_BLANKS = re.compile(r"(?:\s|\\[,;:! ]|\\q?quad(?![A-Za-z])|~)+")
_WHOLE = r"(?:an? |any |the )?(?:integers?|whole numbers?)"
_DOMAIN = re.compile(
    rf"[,;:(|]? ?(?:\b(?:for|where|with|and) )?(?:\b(?:all|any|every) )?"
    rf"(?:(?P<name>[a-zA-Z]) ?(?:(?:\\in(?![A-Za-z])|∈|\bin\b) ?(?:(?:{_Z}|{_WHOLE})|(?P<natural>{_N}))"
    rf"|\b(?:is )?{_WHOLE})|{_WHOLE} (?P<named>[a-z])(?![a-z])) ?\)?"
)
_INTEGERS = re.compile(rf"{_Z}|\bintegers?\b")
_OR = re.compile(r"\\lor(?![A-Za-z])|\\vee(?![A-Za-z])|∨|\bor\b|\band\b|\\cup(?![A-Za-z])|∪")
# (45 + 180 k)^\circ
_DEGREES_OF_A_SUM = re.compile(r"\(([^()]{1,80})\)\s*(?:\^\s*\{?\s*\\circ\s*\}?|°)")
_LABEL = re.compile(r"^ ?\\?[A-Za-z]+(?:_\{?[\w,]+\}?)? ?(?:=|\\in(?![A-Za-z])|∈|\\equiv(?![A-Za-z])|≡) ?")
_PM = re.compile(r"\\pm(?![A-Za-z])|±|\+/-|\\mp(?![A-Za-z])")


# \bigcup_{k \in Z}: the domain in front.
_UNION_OVER = re.compile(rf"^(.*?)\\bigcup ?_ ?\{{ ?([a-z]) ?(?:\\in(?![A-Za-z])|∈) ?{_Z} ?\}} ?(.*)$")
# x = a \pmod{b}, a (mod b), {a, b} mod 2\pi
_MODULO = re.compile(
    r",? ?(?:\\p?mod ?(?:\{([^{}]{1,30})\}|(\d|\\pi(?![A-Za-z])))"
    r"|\(? ?(?:\\bmod|\\mod|\bmod(?:ulo)?\b)\.? ?([^,;(){}]{1,30}?)(?: ?\)|(?=[,;]|$)))"
)


@dataclass(frozen=True)
class Families:
    """The pairs (a, b) of a + k b, and what k is said to be: integer, natural, or nothing."""

    pairs: tuple[tuple[Value, Value], ...]
    domain: str


def speaks_of_integers(text: str) -> bool:
    """Whether the text may be a family with a whole parameter: a quick look."""
    return bool(
        _INTEGERS.search(text) or re.search(rf"(?:\\in(?![A-Za-z])|∈)\s*{_N}\s*(?:\\right)?\s*\\?\}}", text)
    )


@enclosed
def read_families(text: str) -> Families:
    """The families that a text describes.  Raises ReadError where it describes none."""
    text = in_radians(_DEGREES_OF_A_SUM.sub(r"(\1)\\cdot 1°", SIZES.sub("", clean(text))), None, "set")
    text = _BLANKS.sub(" ", text).strip(" $.")
    domain, names = "", list[str]()

    def said(m: re.Match[str]) -> str:
        nonlocal domain
        domain = "natural" if m["natural"] else "integer"
        names.append(m["name"] or m["named"])
        return " "

    body = _DOMAIN.sub(said, _UNION_OVER.sub(r"\1\3 , \2 in Z", text))
    # \pi/2 + \pi Z: the set itself stands for its elements.
    for numbers, kind in ((_Z, "integer"), (_ALL_N, "natural")):
        if re.search(numbers, body):
            body, domain = re.sub(numbers, r"(\\kappa)", body), kind
            names.append("kappa")
    modulus = list(_MODULO.finditer(body))
    # One modulus at the end holds for all of the numbers.
    last = modulus[0] if len(modulus) == 1 and not body[modulus[0].end() :].strip(" }\\") else None
    if modulus:
        domain, names = "integer", [*names, "kappa"]
        body = _MODULO.sub("" if last else _turns, body)
    pairs: list[tuple[Value, Value]] = []
    for piece in _pieces(body):
        piece = f"({piece}){_turns(last)}" if last else piece
        for sign in ("+", "-") if _PM.search(piece) else ("",):
            pairs += _pairs(_PM.sub(sign, piece), names)
    if not pairs:
        raise ReadError.at("a family of numbers was expected", text, 0, "write it as a + k b, k in Z")
    return Families(tuple(pairs), domain)


def _turns(modulus: re.Match[str]) -> str:
    """What a modulus adds to a number: its multiples."""
    return rf" + ({modulus[1] or modulus[2] or modulus[3]}) (\kappa)"


def _pieces(body: str) -> list[str]:
    """The expressions that are joined by "or", commas and unions, without braces and the name of the unknown."""
    found = []
    for part in _OR.split(body):
        part = _LABEL.sub("", part.strip(" ,;"))
        if sums := _summed(part):
            found += sums
            continue
        for opener, closer in (("\\{", "\\}"), ("{", "}")):
            content = inner(part, opener, closer) if part.startswith(opener) else None
            if content is not None:
                first, *rest = split(content, ":", "|")
                # {x : x = k pi} or {k pi : k in Z}, whose condition is gone already.
                part = rest[-1] if rest and rest[-1].strip() else first
                break
        found += [p for p in split(part, ",", ";") if p]
    return [_LABEL.sub("", p).strip() for p in found]


def _summed(part: str) -> list[str]:
    """The pieces of {a, b} + 2 \\pi Z, each element with what is added to the set; none where no set is added."""
    summands = split(part, "+")
    listed = [inner(s, "\\{", "\\}") or inner(s, "{", "}") if s else None for s in summands]
    if len(summands) < 2 or not any(listed):
        return []
    each = [split(c, ",", ";") if c else [s] for s, c in zip(summands, listed, strict=True)]
    if prod(map(len, each)) > MOST or any(len(split(s, ":", "|")) > 1 for e in each for s in e):
        return []
    return [" + ".join(f"({s})" for s in chosen) for chosen in product(*each)]


def _pairs(text: str, names: Sequence[str]) -> list[tuple[Value, Value]]:
    """The pair of a + k b; two of them, for even and odd k, where there is a sign (-1)^k."""
    scope = Scope(student=True).having(*(symbol(n, 1, 1) for n in names))
    term = read_term(text, scope)
    letters = [s for s in symbols_of(term) if s.is_scalar]
    known = [s for s in letters if s.name in names] or letters
    if len(letters) != 1 or len(known) != 1:
        raise ReadError.at("a family a + k b with one parameter was expected", text, 0)
    found = []
    for each in _without_alternating_signs(term, known[0]):
        try:
            start, (step,) = linear_part(each, known)
        except NoValue:
            raise Wrong(
                "different", "This is not of the form a + k b: the numbers are not evenly spaced."
            ) from None
        if as_ball(step)[0, 0].contains(0) or not all(
            bool(as_ball(v)[0, 0].imag == 0) for v in (start, step)
        ):
            raise ReadError.at("this is not of the form a + k b", text, 0)
        found.append((start, step))
    return found


def _without_alternating_signs(term: Term, parameter: Term) -> list[Term]:
    """The term, or what it is for k = 2 k and for k = 2 k + 1, where (-1)^k, (-1)^{k+1} and the like stand in it."""
    powers = [t for t in subterms(term) if t.head == "power" and parameter in symbols_of(t.args[1])]
    bases = [symbols_of(t.args[0]) or not agree(evaluate(t.args[0]), scalar(-1)) for t in powers]
    if not powers or any(bases):
        return [term]
    found = []
    for odd in (0, 1):
        halved = add(mul(number(2), parameter), number(odd))
        signs = {}
        for power in powers:
            start, (step,) = linear_part(power.args[1], [parameter])
            exponent = [rational(v) and fractions(v)[0][0] for v in (start, step)]
            if not all(isinstance(e, Fraction) and e.denominator == 1 for e in exponent):
                return [term]
            signs[power] = number((-1) ** (int(exponent[0] + odd * exponent[1]) % 2))
        # First the powers: the parameter within them goes with them.
        found.append(substitute(substitute(term, signs), {parameter: halved}))
    return found


def _no_family(right: Families, text: str) -> None:
    """Raises Wrong for a range, no number at all, and finitely many numbers, which may be some of the right ones."""
    if no_solution(text) or is_range(text):
        raise Wrong("different", "This is another set; numbers at equal distances were expected.")
    try:
        listed = [evaluate(t) for t in elements(text, Scope(student=True)) if not isinstance(t, list)]
    except (ReadError, IllTyped, NoValue):
        return
    near = [
        any(_congruent(_real(v), _real(a), abs(_real(b))) for a, b in right.pairs)
        for v in listed
        if (v.nrows(), v.ncols()) == (1, 1)
    ]
    if listed and len(near) == len(listed) and all(near):
        raise Wrong("element-missing", "These are some of the right numbers; there are infinitely many.")
    raise Wrong("different", "This is another set; numbers at equal distances were expected.")


# --- comparison -----------------------------------------------------------------------------------------


@enclosed
def mark_families(part: Part, text: str) -> str:
    """How the equality of two unions of families is known.  Raises Wrong, ReadError."""
    right = read_families(part.context)
    try:
        found = read_families(text)
    except (ReadError, IllTyped):
        _no_family(right, text)
        raise
    if right.domain == "natural" or found.domain == "natural":
        if right.domain == found.domain and _same_pairs(right.pairs, found.pairs):
            return "enclosed"
        raise Wrong(
            "different", "These are other numbers: check where they begin, and whether k may be negative."
        )
    period = _period([*right.pairs, *found.pairs])
    if period is None:
        raise Wrong("different", "The distance between two of these numbers is not the right one.")
    given = [_residues(p, period) for p in found.pairs]
    wanted = [_residues(p, period) for p in right.pairs]
    inside = [all(any(_congruent(r, w, period) for own in wanted for w in own) for r in rs) for rs in given]
    met = [all(any(_congruent(w, r, period) for own in given for r in own) for w in ws) for ws in wanted]
    if all(inside) and all(met):
        if not found.domain:
            raise Wrong("not-evaluated", "These are the right numbers: say that the parameter is an integer.")
        return "enclosed"
    if all(inside) and any(met):
        raise Wrong("element-missing", "These are right, but a whole family of solutions is missing.")
    if all(inside):
        raise Wrong("element-missing", "All of these are right, but there are more: check the period.")
    raise Wrong("different", "Some of these numbers are not in the right set.")


def _real(value: Value) -> arb:
    return as_ball(value)[0, 0].real


def _ratio(x: arb) -> Fraction | None:
    """The rational number with a small denominator that a ball can be."""
    if not bool(abs(x).upper() < MOST_TURNS):
        return None
    near = Fraction(*_exact(x)).limit_denominator(1000)
    error = abs(x - arb(fmpq(near.numerator, near.denominator)))
    return near if bool(error.upper() < arb(2) ** -100 * (1 + abs(float(near)))) else None


def _exact(x: arb) -> tuple[int, int]:
    """The middle of a ball as a fraction."""
    mantissa, exponent = (int(n) for n in x.mid().man_exp())
    return (mantissa << exponent, 1) if exponent >= 0 else (mantissa, 1 << -exponent)


def _period(pairs: Sequence[tuple[Value, Value]]) -> arb | None:
    """A common multiple of all periods; None without one."""
    unit = _real(pairs[0][1])
    ratios = [_ratio(_real(b) / unit) for _, b in pairs]
    if not all(ratios):
        return None
    known = [abs(r) for r in ratios if r is not None]
    scale = lcm(*(r.denominator for r in known))
    whole = [int(r * scale) for r in known]
    total = lcm(*whole)
    if any(total // w > MOST for w in whole):
        return None
    return abs(unit) * total / scale


def _residues(pair: tuple[Value, Value], period: arb) -> list[arb]:
    start, step = _real(pair[0]), abs(_real(pair[1]))
    count = _ratio(period / step)
    return [start + step * j for j in range(int(count or 1))]


def _congruent(a: arb, b: arb, period: arb) -> bool:
    turns = _ratio((a - b) / period)
    return turns is not None and turns.denominator == 1


def _same_pairs(one: Sequence[tuple[Value, Value]], two: Sequence[tuple[Value, Value]]) -> bool:
    """The same families, each with the same first number and the same direction, taken apart into common steps."""
    period = _period([*one, *two])
    if period is None:
        return False
    first, second = ([q for p in pairs for q in _in_steps(p, period)] for pairs in (one, two))

    def same(p: tuple[arb, arb], q: tuple[arb, arb]) -> bool:
        return all(bool(abs(a - b).upper() < arb(2) ** -100) for a, b in zip(p, q, strict=True))

    return all(any(same(p, q) for q in b) for a, b in ((first, second), (second, first)) for p in a)


def _in_steps(pair: tuple[Value, Value], period: arb) -> list[tuple[arb, arb]]:
    """a + k b as families whose step is the period: 0, 1, 2, ... are 0, 2, 4, ... and 1, 3, 5, ..."""
    start, step = _real(pair[0]), _real(pair[1])
    count = int(_ratio(period / abs(step)) or 1)
    return [(start + step * j, step * count) for j in range(count)]
