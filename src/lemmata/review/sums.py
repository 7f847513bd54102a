r"""Sums over entries as products of vectors: \sum_i u_i v_i is u^T v, \sum_i (x_i^T w - y_i)^2 is \|X w - y\|^2.

>>> from lemmata.terms import Scope
>>> scope = Scope().declare("X", "m", "n").declare("w", "n", 1).declare("y", "m", 1)
>>> without_sums(r"\tfrac12 \sum_{i=1}^m (x_i^\top w - y_i)^2", scope)
'\\tfrac12 (((X) w  - (y))^\\top ((X) w  - (y)))'

An entry is a declared vector with the index of the sum; x_i, where x itself is no letter, is row i of the declared
matrix X.  The index has to run through all entries, so its upper end is the size of these vectors, or a number up
to which the sum is written out.  Any other sum stays as it is, and the grammar says so.
"""

from __future__ import annotations

import re

from lemmata.terms.scope import Scope

__all__ = ["without_sums"]

_SUM = re.compile(
    r"\\sum\s*(?:\\limits)?\s*_\s*(?:\{\s*([a-z])\s*(?:=\s*(\d{1,2}))?\s*\}|([a-z]))\s*(?:\^\s*(?:\{\s*(\w+)\s*\}|(\w)))?\s*"
)
_T = r"\^\s*(?:\{\s*)?(?:\\top|\\intercal|T)(?![A-Za-z])(?:\s*\})?"
MOST = 20


def without_sums(text: str, scope: Scope) -> str:
    """The text with every sum that can be read rewritten, the innermost and last first."""
    for _ in range(6):
        places = list(_SUM.finditer(text))
        done = False
        for found in reversed(places):
            end = _end(text, found.end())
            made = _made(text[found.end() : end].strip(), found, scope)
            if made is not None:
                text = f"{text[: found.start()]}({made}){text[end:]}"
                done = True
                break
        if not done:
            return text
    return text


def _end(text: str, start: int) -> int:
    """Where the summand ends: at a + or - outside of brackets, at a relation, at a bracket that closes."""
    depth = 0
    for match in re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL).finditer(text, start):
        sign = match.group()
        depth += (sign in ("(", "[", "{", "\\{", "\\langle") and 1) or 0
        if sign in (")", "]", "}", "\\}", "\\rangle"):
            depth -= 1
        if depth < 0:
            return match.start()
        before = text[start : match.start()].strip()
        if (
            depth == 0
            and before
            and sign in ("+", "-", "=", "<", ">", ",", ";", "\\le", "\\leq", "\\ge", "\\geq", "\\sum")
        ):
            return match.start()
    return len(text)


def _made(body: str, found: re.Match[str], scope: Scope) -> str | None:
    index, low, high = found[1] or found[3], found[2], found[4] or found[5]
    body = re.sub(r"\\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z])", "", body).strip()
    if high is not None and high.isdigit() and low is not None:
        return _written_out(body, index, int(low), int(high))
    if low not in (None, "1"):
        return None
    square = re.fullmatch(r"\\\|(.*)\\\|\s*(?:_\{?2\}?)?\s*\^\s*(?:\{\s*2\s*\}|2)", body, re.DOTALL)
    square = square or re.fullmatch(r"[(\[](.*)[)\]]\s*\^\s*(?:\{\s*2\s*\}|2)", body, re.DOTALL)
    if square and _balanced(square[1]):
        whole = _entries(square[1], index, high, scope)
        return f"({whole})^\\top ({whole})" if whole is not None else None
    single = re.fullmatch(
        rf"(.*)_\{{?\s*{index}\s*\}}?\s*\^\s*(?:\{{\s*2\s*\}}|2)", body, re.DOTALL
    ) or re.fullmatch(rf"(.*)_\{{\s*{index}\s*\}}\^2", body, re.DOTALL)
    if single:
        name = _vector(single[1], high, scope)
        return f"({name})^\\top ({name})" if name else None
    pair = re.fullmatch(rf"(\S+?)_\{{?\s*{index}\s*\}}?\s*(?:\\cdot)?\s*(\S+?)_\{{?\s*{index}\s*\}}?", body)
    if pair:
        a, b = _vector(pair[1], high, scope), _vector(pair[2], high, scope)
        return f"({a})^\\top ({b})" if a and b else None
    return None


def _balanced(text: str) -> bool:
    depth = 0
    for c in text:
        depth += (c in "([{") - (c in ")]}")
        if depth < 0:
            return False
    return depth == 0


def _written_out(body: str, index: str, low: int, high: int) -> str | None:
    if high - low >= MOST or not body or "\\sum" in body:
        return None
    letter = rf"(?<![A-Za-z\\]){index}(?![A-Za-z])"
    terms = [f"({re.sub(letter, str(k) if '_' in body else f'({k})', body)})" for k in range(low, high + 1)]
    return " + ".join(terms) or "0"


def _plain(name: str) -> str:
    inner = re.fullmatch(
        r"\s*\\(?:math(?:bf|rm|sf|it)|boldsymbol|bm|vec)\s*\{?\s*(\\?[A-Za-z]+)\s*\}?\s*", name
    )
    return (inner[1] if inner else name.strip()).lstrip("\\")


def _vector(name: str, high: str | None, scope: Scope) -> str | None:
    """The declared vector of which the sum takes all entries."""
    symbol = scope.symbols.get(_plain(name))
    if symbol is None and (symbol := scope.symbols.get(_plain(name).upper())) is not None:
        name = _plain(name).upper()  # y_n of the targets Y
    if symbol is None or symbol.shape[1] != 1 or (high is not None and str(symbol.shape[0]) != high):
        return None
    return name.strip()


def _entries(text: str, index: str, high: str | None, scope: Scope) -> str | None:
    """A linear combination of entries as the one of the vectors: x_i^T w - y_i is X w - y."""
    rest = text

    def row(m: re.Match[str]) -> str:
        matrix = scope.symbols.get(_plain(m[1]).upper())
        fits = (
            matrix is not None
            and _plain(m[1]) not in scope.symbols
            and (high is None or str(matrix.shape[0]) == high)
        )
        return f"({_plain(m[1]).upper()}) {m[2]} " if fits else m[0]

    name = r"(\\math(?:bf|rm)\s*\{\s*[a-z]\s*\}|\\vec\s*\{\s*[a-z]\s*\}|[a-z])"
    letter = r"(\\math(?:bf|rm)\s*\{\s*[a-z]\s*\}|\\?[a-z]+(?:_\{?\w\}?)?)"
    i = rf"_\{{?\s*{index}\s*\}}?\s*"
    rest = re.sub(rf"{name}{i}{_T}\s*{letter}", row, rest)
    rest = re.sub(rf"{name}{i}\\cdot\s*{letter}", row, rest)
    rest = re.sub(rf"{letter}\s*{_T}\s*{name}{i}", lambda m: _turned(m, row), rest)
    rest = re.sub(rf"\\langle\s*{name}{i},\s*{letter}\s*\\rangle", row, rest)

    def entry(m: re.Match[str]) -> str:
        found = _vector(m[1], high, scope)
        return f"({found})" if found else m[0]

    rest = re.sub(rf"(\\math(?:bf|rm)\s*\{{\s*\w\s*\}}|(?<![A-Za-z\\])[A-Za-z]){i}", entry, rest)
    if re.search(rf"_\{{?\s*{index}(?![A-Za-z])", rest) or re.search(r"\^\s*\{?\s*\d", rest):
        return None
    return rest.strip()


def _turned(match: re.Match[str], row: object) -> str:
    """w^T x_i is x_i^T w."""
    turned = re.match(r"(.*)\x00(.*)", f"{match[2]}\x00{match[1]}", re.DOTALL)
    assert turned is not None and callable(row)
    made = row(turned)
    return match[0] if "\x00" in str(made) else str(made)
