r"""Block matrices multiplied out: what a display says of them is what it says of their blocks.

>>> blockwise(r"\begin{bmatrix} A & B \end{bmatrix} \begin{bmatrix} x \\ y \end{bmatrix}", "=", "A x + B y")
['(A) (x) + (B) (y) = A x + B y']
>>> blockwise(r"\begin{pmatrix} A & 0 \\ 0 & I \end{pmatrix} \begin{pmatrix} x \\ y \end{pmatrix}", "=",
...           r"\begin{pmatrix} A x \\ y \end{pmatrix}")
['(A) (x) = A x', '(y) = y']

Blocks are texts; the grammar gives them their shapes, so that a product whose blocks do not fit is refused there.
Blocks that are 0 or O drop out of sums, blocks that are I out of products.
"""

from __future__ import annotations

import re

__all__ = ["blockwise"]

Blocks = list[list[str]]
_BEGIN = re.compile(r"\\begin\s*\{([pb]?(?:small)?matrix|array)\}(?:\s*\{[clr|]*\})?")
_END = re.compile(r"\\end\s*\{(?:[pb]?(?:small)?matrix|array)\}")
_ZERO = re.compile(r"\s*(?:\\math(?:rm|bf)\s*\{?\s*)?[0O]\s*\}?(?:_\{?[^{}]*\}?)?\s*")
_ONE = re.compile(r"\s*(?:\{\s*\\rm\s+|\\math(?:rm|bf)\s*\{?\s*)?I\s*\}?(?:_\{?\w*\}?)?\s*")
_TRANSPOSED = re.compile(r"\s*\^\s*(?:\{\s*)?(?:\\top|\\intercal|T)(?![A-Za-z])(?:\s*\})?")
_SIZES = re.compile(r"\\(?:left|right|[bB]igg?[lrm]?)\s*(?=\\begin|[\[\](){}.|])")
MOST = 36


def blockwise(left: str, relation: str, right: str) -> list[str] | None:
    """One relation for each block, those between two zeros left out; None where there are no such blocks."""
    if relation not in ("=", "\\ne", "\\neq") or "\\begin" not in left + right:
        return None
    a, b = _sum(_SIZES.sub("", left)), _sum(_SIZES.sub("", right))
    if a is None or b is None:
        return None
    if len(a) == len(a[0]) == 1 and len(b) * len(b[0]) > 1 and _ZERO.fullmatch(a[0][0]):
        a = [["0"] * len(b[0]) for _ in b]
    if len(b) == len(b[0]) == 1 and len(a) * len(a[0]) > 1 and _ZERO.fullmatch(b[0][0]):
        b = [["0"] * len(a[0]) for _ in a]
    if (len(a), len(a[0])) != (len(b), len(b[0])) or relation != "=":
        return None
    pairs = [(x, y) for u, v in zip(a, b, strict=True) for x, y in zip(u, v, strict=True)]
    found = []
    for x, y in pairs:
        if _ZERO.fullmatch(x) and _ZERO.fullmatch(y):
            continue
        x, y = (y, x) if _ZERO.fullmatch(x) else (x, y)
        found.append(f"{x.strip()} = {'0' if _ZERO.fullmatch(y) else y.strip()}")
    return found or None


def _sum(text: str) -> Blocks | None:
    """Summands of equal block shape."""
    total: Blocks | None = None
    for sign, part in _summands(text):
        blocks = _product(part)
        if blocks is None:
            return None
        if sign == "-":
            blocks = [[x if _ZERO.fullmatch(x) else f"-({x})" for x in row] for row in blocks]
        if total is None:
            total = blocks
            continue
        if (len(total), len(total[0])) != (len(blocks), len(blocks[0])):
            return None
        total = [[_plus(x, y) for x, y in zip(u, v, strict=True)] for u, v in zip(total, blocks, strict=True)]
    return total


def _plus(x: str, y: str) -> str:
    if _ZERO.fullmatch(x):
        return y
    return x if _ZERO.fullmatch(y) else f"{x} + {y}" if not y.startswith("-") else f"{x} {y}"


def _times(x: str, y: str) -> str:
    if _ZERO.fullmatch(x) or _ZERO.fullmatch(y):
        return "0"
    if _ONE.fullmatch(x):
        return f"({y.strip()})" if not _ONE.fullmatch(y) else y
    return f"({x.strip()})" if _ONE.fullmatch(y) else f"({x.strip()}) ({y.strip()})"


def _summands(text: str) -> list[tuple[str, str]]:
    found, depth, sign, start = [], 0, "+", 0
    for match in re.compile(r"\\begin|\\end|\\[A-Za-z]+|\\.|.", re.DOTALL).finditer(text):
        token = match.group()
        depth += (token in ("(", "[", "{", "\\begin")) - (token in (")", "]", "}", "\\end"))
        if depth == 0 and token in "+-":
            if text[start : match.start()].strip():
                found.append((sign, text[start : match.start()]))
            sign, start = token, match.end()
    return [*found, (sign, text[start:])]


def _product(text: str) -> Blocks | None:
    total: Blocks | None = None
    for factor in _factors(text):
        if total is None:
            total = factor
            continue
        if len(total[0]) != len(factor) or len(total) * len(factor[0]) > MOST:
            return None
        made = []
        for row in total:
            line = []
            for j in range(len(factor[0])):
                entry = "0"
                for k, x in enumerate(row):
                    entry = _plus(entry, _times(x, factor[k][j]))
                line.append(entry)
            made.append(line)
        total = made
    return total


def _factors(text: str) -> list[Blocks]:
    """Block matrices, and everything between two of them as one block."""
    found: list[Blocks] = []
    at = 0
    for match in _BEGIN.finditer(text):
        if match.start() < at:
            continue
        end = _END.search(text, match.end())
        if end is None:
            break
        between = text[at : match.start()].strip()
        if between:
            found.append([[between]])
        rows = [r for r in re.split(r"\\\\(?:\[[^\]]*\])?", text[match.end() : end.start()]) if r.strip()]
        blocks = [[c.strip() or "0" for c in row.split("&")] for row in rows]
        at = end.end()
        turned = _TRANSPOSED.match(text, at)
        if turned:
            at = turned.end()
            blocks = [
                [f"({c})^\\top" if not _ZERO.fullmatch(c) else "0" for c in column]
                for column in zip(*blocks, strict=False)
            ]
        if not blocks or len({len(r) for r in blocks}) != 1:
            return [[["?"]]]
        found.append(blocks)
    rest = text[at:].strip()
    return [*found, [[rest]]] if rest or not found else found
