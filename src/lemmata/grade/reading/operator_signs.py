r"""Where a sum, a product, an integral, a bracket or a binomial begins and ends in a text.

    \sum_{i=1}^n 2i + 1                the summand is 2i: it ends at the next + or - outside of brackets
    \int_0^1 \frac{dx}{1+x^2} + 1      the integrand is 1/(1+x^2): it ends at dx
    \int 2x\,dx                        without ends: an antiderivative
    \left[x^3\right]_0^1, \frac{x^3}{3}\Big|_0^1     without a bracket it begins with its line or behind its =
    \binom{n}{k}                       two arguments

The last operator of the text is found first: there is no other one in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lemmata.grade.spelling.libraries import closing

__all__ = ["Span", "last_span"]

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_SIGN = re.compile(
    r"\\(?P<name>sum|prod|int|[dt]?binom)(?![A-Za-z])|(?P<close>\](?=\s*[_^])|\\[bB]igg?r?\s*[|\]](?=\s*[_^])"
    r"|\\right\s*(?:\||\\vert|\\rvert)(?=\s*[_^]))"
)
_ENDS = frozenset("=<>≤≥≠,;&$⇒→") | {
    "\\\\", "\\le", "\\leq", "\\ge", "\\geq", "\\ne", "\\neq", "\\lt", "\\gt", "\\Rightarrow", "\\implies", "\\iff",
    "\\Leftrightarrow", "\\to", "\\approx", "\\text", "\\quad", "\\qquad", "\\land", "\\lor", "\\end", "\\left=",
}  # fmt: skip
_D = r"(?:\\(?:mathrm|operatorname|text)\s*\{\s*d\s*\}|\\mathrm\s+d|\{\s*\\rm\s+d\s*\}|ⅆ|(?<!\\)(?<![A-Za-z]{2})d)"
_DIFFERENTIAL = re.compile(rf"{_D}\s*(?P<name>\\[a-z]+|[A-Za-z])(?=$|[^A-Za-z]|d\s*\\?[a-z](?![A-Za-z]))")
_FRACTION = re.compile(
    rf"\\[dt]?frac\s*\{{(?P<above>[^{{}}]*?)(?:\\[,;: !]|\s)*{_D}\s*(?P<name>\\?[a-z]+)\s*\}}"
)
_KINDS = {"sum": "sum", "prod": "product", "int": "integral"}


@dataclass(frozen=True)
class Span:
    """An operator as text: from ``start``, followed by ``rest``."""

    kind: str
    start: int
    rest: str
    source: str
    body: str
    variable: str = ""
    low: str = ""
    high: str = ""
    open: bool = False  # a bracket that nothing opens


def last_span(text: str, limit: int) -> Span | None:
    """The operator that begins last before ``limit``; None where there is none that can be taken apart."""
    for sign in reversed(list(_SIGN.finditer(text, 0, limit))):
        name = sign["name"]
        if name is None:
            found = _bracket(text, sign)
        elif name.endswith("binom"):
            found = _binomial(text, sign)
        else:
            found = _integral(text, sign) if name == "int" else _counted(text, sign)
        if found is not None:
            return found
    return None


# --- pieces -----------------------------------------------------------------------------------------


def _blank(text: str, at: int) -> int:
    """The place behind white space and \\limits."""
    found = re.compile(r"(?:\s|\\(?:no)?limits(?![A-Za-z])|\\[,;:!])*").match(text, at)
    return found.end() if found else at


def _argument(text: str, at: int) -> tuple[str, int] | None:
    """What TeX takes for one argument: a group, a command (a fraction with its own two) or a character."""
    at = _blank(text, at)
    if at >= len(text):
        return None
    if text[at] == "{":
        end = closing(text, at + 1, "{", "}")
        return (text[at + 1 : end], end + 1) if end > 0 else None
    token = _TOKEN.match(text, at)
    if token is None or token[0] in ("}", "_", "^", "&"):
        return None
    end = token.end()
    if re.fullmatch(r"\\[dt]?frac", token[0]):
        for _ in range(2):
            more = _argument(text, end)
            if more is None:
                return None
            end = more[1]
    return text[at:end], end


def _limits(text: str, at: int) -> tuple[str, str, int]:
    """What stands under and over a sign, and where that ends."""
    ends = {"_": "", "^": ""}
    for _ in range(2):
        place = _blank(text, at)
        if text[place : place + 1] not in ("_", "^") or ends[text[place]]:
            break
        found = _argument(text, place + 1)
        if found is None:
            break
        ends[text[place]], at = found[0].strip(), found[1]
    return ends["_"], ends["^"], at


def _tokens(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """(token, its place, its depth in brackets), up to where the formula or the bracket around it ends."""
    depth = 0
    for match in _TOKEN.finditer(text, start):
        token = match[0]
        if token in (")", "]", "}", "\\}", "\\rangle", "\\end"):
            depth -= 1
        if depth < 0 or (depth == 0 and token in _ENDS):
            return
        if token == "\\right" and depth == 0:
            return
        yield token, match.start(), depth
        if token in ("(", "[", "{", "\\{", "\\langle", "\\begin"):
            depth += 1


def _stop(text: str, start: int) -> int:
    end = start
    for token, at, _ in _tokens(text, start):
        end = at + len(token)
    return end


def _summand(text: str, start: int) -> int:
    """Where a summand ends: at the next + or - outside of brackets."""
    end, before = start, ""
    for token, at, depth in _tokens(text, start):
        if (
            depth == 0
            and token in ("+", "-", "−", "\\pm")
            and before not in ("", "^", "*", "\\cdot", "\\times")
        ):
            break
        end = at + len(token)
        before = token if token.strip() else before
    return end


# --- operators ----------------------------------------------------------------------------------------


def _counted(text: str, sign: re.Match[str]) -> Span | None:
    """A sum or a product: the index and its first value stand below."""
    low, high, begin = _limits(text, sign.end())
    between = re.fullmatch(
        r"(.+?)\s*(?:\\leq?(?![A-Za-z])|≤|<=)\s*(\\?[A-Za-z]+)\s*(?:\\leq?(?![A-Za-z])|≤|<=)\s*(.+)", low
    )
    if between and not high:
        first, name, high = between.groups()
    else:
        found = re.fullmatch(r"\s*(\\?[A-Za-z]+)\s*(?:=\s*([^=]+))?", low)
        # \sum_j x_j has neither end; one end without the other is a slip.
        if found is None or bool(high) != bool(found[2]):
            return None
        name, first = found[1], found[2] or "1"
    end = _summand(text, begin)
    body = text[begin:end].rstrip()
    end = begin + len(body)
    if not body:
        return None
    return Span(
        _KINDS[sign["name"]], sign.start(), text[end:], text[sign.start() : end], body, name, first, high
    )


def _integral(text: str, sign: re.Match[str]) -> Span | None:
    low, high, begin = _limits(text, sign.end())
    if bool(low) != bool(high):
        return None
    kind = "integral" if low else "antiderivative"
    stop, source = _stop(text, begin), ""
    fraction = _FRACTION.search(text, begin, stop)
    if fraction:  # \frac{dx}{1 + x^2}: the differential goes behind the fraction
        below = _argument(text, fraction.end())
        if below is None:
            return None
        source = text[sign.start() : below[1]]
        moved = rf"\frac{{{fraction['above'].strip() or 1}}}{{{below[0]}}}\,d{fraction['name']} "
        text = text[: fraction.start()] + moved + text[below[1] :]
        stop = _stop(text, begin)
    depths = {at: depth for _, at, depth in _tokens(text, begin)}
    for found in _DIFFERENTIAL.finditer(text, begin, stop):
        if depths.get(found.start()) == 0:
            body = re.sub(r"(?:\\[,;: !]|\s)+$", "", text[begin : found.start()]).strip() or "1"
            end = found.end()
            if not source and body == "1" and found["name"] in text[end : (behind := _summand(text, end))]:
                body, end = text[end:behind].rstrip(), behind  # \int dx f(x), as physicists write it
            source = source or text[sign.start() : end]
            return Span(kind, sign.start(), text[end:], source, body, found["name"], low, high)
    return None


def _bracket(text: str, sign: re.Match[str]) -> Span | None:
    """[F]_a^b, F |_a^b: the difference of the values at the two ends."""
    low, high, end = _limits(text, sign.end())
    if not low or not high:
        return None
    close = sign["close"].strip()
    left = text[: sign.start()]
    if close.endswith("]"):
        left = re.sub(r"\\right\s*$", "", left)
        opened = _opener(left)
        if opened < 0:
            return None
        body = left[opened + 1 :]
        start = opened - len(re.search(r"(?:\\(?:left|[bB]igg?l?)\s*)?$", left[:opened])[0])  # type: ignore[index]
    elif close.startswith("\\right"):
        start = left.rfind("\\left.")
        if start < 0:
            return None
        body = left[start + 6 :]
    else:
        start = max(
            m.end() for m in re.finditer(r"^|[=&\n]|\\\\|\\(?:Rightarrow|implies|iff)(?![A-Za-z])", left)
        )
        body = left[start:]
    name = ""
    named = re.fullmatch(r"(\\?[A-Za-z]+)\s*=\s*(.+)", low)
    if named:
        name, low = named.groups()
        high = re.sub(rf"^{re.escape(name)}\s*=\s*", "", high)
    if not body.strip():
        return None
    unopened = not close.endswith("]") and not close.startswith("\\right")
    return Span("bracket", start, text[end:], text[start:end], body, name, low, high, unopened)


def _opener(left: str) -> int:
    """The place of the [ that belongs to a ] behind this text; -1 without one."""
    depth = 1
    for at in range(len(left) - 1, -1, -1):
        depth += (left[at] in "])}") - (left[at] in "[({")
        if depth == 0:
            return at if left[at] == "[" else -1
    return -1


def _binomial(text: str, sign: re.Match[str]) -> Span | None:
    above = _argument(text, sign.end())
    below = _argument(text, above[1]) if above else None
    if above is None or below is None:
        return None
    end = below[1]
    return Span("binomial", sign.start(), text[end:], text[sign.start() : end], above[0], "", below[0])
