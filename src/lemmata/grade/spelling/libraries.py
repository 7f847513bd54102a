r"""Calls of other systems, rewritten in the notation of the parser.

    np.linalg.inv(A) @ b           inv(A) @ b           A.transpose().dot(b)      A^T @ (b)
    np.diag([1, 2])                a matrix             Fraction(3, 4)            ((3)/(4))
    \binom{1}{2} (a column)        \begin{pmatrix}1\\2\end{pmatrix}

Nothing is evaluated: a call that is not in the table is left as it stands, and the parser refuses it by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = [
    "arguments",
    "blank_entries",
    "call",
    "closing",
    "column_binomials",
    "library_calls",
    "summand_end",
]

_LIBRARY = re.compile(
    r"(?<![\w.\\])(?:np|numpy|sp|sympy|sym|math|cmath|torch|jnp|scipy|fractions|linalg|la"
    r"|LA|special|F(?=\.(?:softplus|sigmoid)\())\.(?:linalg\.|special\.|nn\.|functional\.){0,2}(?=[A-Za-z])"
)
_HALF = r"(?<![A-Za-z\\.])"


def closing(text: str, start: int, opener: str, closer: str) -> int:
    """The place of the closer that belongs to the opener just before ``start``; -1 without one."""
    depth = 1
    for i in range(start, len(text)):
        depth += (text[i] == opener) - (text[i] == closer)
        if depth == 0:
            return i
    return -1


def arguments(text: str) -> list[str]:
    """The arguments of a call, parted at commas outside of brackets."""
    entries, depth = [""], 0
    for c in text:
        depth += (c in "([{") - (c in ")]}")
        if c == "," and depth == 0:
            entries.append("")
        else:
            entries[-1] += c
    return [e.strip() for e in entries]


def call(text: str, pattern: str, build: Callable[[list[str]], str | None]) -> str:
    """Every call that the pattern (with its parenthesis) finds, built anew; None leaves it."""
    at = 0
    for _ in range(24):
        found = re.compile(pattern).search(text, at)
        if found is None:
            return text
        end = closing(text, found.end(), "(", ")")
        if end < 0:
            return text
        built = build(arguments(text[found.end() : end]))
        if built is None:
            at = found.end()
            continue
        text = text[: found.start()] + built + text[end + 1 :]
        at = found.start()
    return text


def _two(pattern: str) -> Callable[[list[str]], str | None]:
    return lambda a: pattern.format(*a) if len(a) == 2 and all(a) else None


def _one(pattern: str) -> Callable[[list[str]], str | None]:
    return lambda a: pattern.format(*a) if len(a) == 1 and all(a) else None


def _limit(given: list[str]) -> str | None:
    """limit(sin(u)/u, u, 0) of SymPy."""
    name = re.fullmatch(r"[A-Za-z]", given[1]) if len(given) == 3 else None
    return rf"(\lim_{{{given[1]} \to {given[2]}}} ({given[0]}))" if name and all(given) else None


def _filled(entry: str) -> Callable[[list[str]], str | None]:
    def build(given: list[str]) -> str | None:
        sizes = re.findall(r"\d{1,2}", ",".join(given))
        if not re.fullmatch(r"[\d,\s()\[\]]+", ",".join(given)) or not 1 <= len(sizes) <= 2:
            return None
        vector = len(sizes) == 1 and not any("(" in g or "[" in g for g in given)
        rows = int(sizes[0])
        # zeros(2) is a vector in NumPy and a matrix in MATLAB: two readings, so it is left alone.
        if vector or not 1 <= rows <= 12 or not 1 <= int(sizes[-1]) <= 12:
            return None
        cols = int(sizes[1]) if len(sizes) == 2 else 1
        return "[" + "; ".join(" ".join([entry] * cols) for _ in range(rows)) + "]"

    return build


def _diagonal(entries: list[str]) -> str | None:
    if len(entries) == 1 and re.fullmatch(r"\[.*\]|\(.*\)", entries[0], re.DOTALL):
        inside = entries[0][1:-1].strip()
        entries = arguments(inside) if "," in inside else re.split(r"[\s;]+", inside)
    n = len(entries)
    if n < 2 or n > 12 or not all(entries):
        return None
    rows = [" & ".join(f"({e})" if i == j else "0" for j in range(n)) for i, e in enumerate(entries)]
    return r"\begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}"


def _norm(given: list[str]) -> str | None:
    """norm(A, 'fro'), np.linalg.norm(A), np.linalg.norm(A, 2)."""
    order = given[1].strip("'\"").removeprefix("ord=").strip("'\"") if len(given) == 2 else ""
    if len(given) == 2 and order == "2":
        return rf"\|{given[0]}\|"
    return rf"\|{given[0]}\|_F" if order.lower() in ("fro", "f") else None


_DIAGONAL = (
    r"(?:\\(?:operatorname|mathrm|text)\s*\{\s*diag\s*\}|\\diag|(?<![A-Za-z\\.])diag)\s*(?:\\left)?\s*\("
)
_CALLS: tuple[tuple[str, Callable[[list[str]], str | None]], ...] = (
    (_HALF + r"(?:Fraction|Rational)\s*\((?=[^,()]*,)", _two("(({0})/({1}))")),
    (_HALF + r"(?:Fraction|Rational)\s*\(", _one("({0})")),
    (_HALF + r"(?:complex|Complex)\s*\(", _two("(({0})+({1})i)")),
    (_HALF + r"limit\s*\(", _limit),
    (_HALF + r"pow\s*\(", _two("({0})^({1})")),
    # NumPy 2 prints its numbers with their type: np.float64(3.0).
    (_HALF + r"(?:Integer|Float|float\d*|u?int\d+|complex\d+|longdouble|clongdouble)\s*\(", _one("({0})")),
    (_HALF + r"(?:tensor|array)\s*\((?=\s*[-+−]?[\d.]+\s*\))", _one("({0})")),
    (_HALF + r"(?:dot|matmul|vdot|inner)\s*\(", _two("(({0}) @ ({1}))")),
    (_HALF + r"outer\s*\(", _two("(({0}) @ ({1})^T)")),
    (_HALF + r"(?:transpose)\s*\(", _one("({0})^T")),
    (_HALF + r"solve\s*\(", _two("(({0})^{{-1}} ({1}))")),
    (_HALF + r"zeros\s*\(", _filled("0")),
    (_HALF + r"ones\s*\(", _filled("1")),
    (_HALF + r"(?:matrix_rank)\s*\(", _one("rank({0})")),
    (_HALF + r"matrix_power\s*\(", _two("({0})^{{{1}}}")),
    (_HALF + r"mpower\s*\(", _two("({0})^{{{1}}}")),
    (_HALF + r"(?:frobenius_norm|norm)\s*\(", _norm),
    (_HALF + r"(?:FiniteSet)\s*\(", lambda a: r"\{" + ", ".join(a) + r"\}"),
    (_HALF + r"[sS]et\s*\(", lambda a: r"\{" + re.sub(r"^[\[({]|[\])}]$", "", ", ".join(a)) + r"\}"),
    (_DIAGONAL, _diagonal),
    (_HALF + r"sqrtm\s*\(", _one("(({0})^{{1/2}})")),
    (_HALF + r"log1p\s*\(", _one(r"\ln(1+({0}))")),
    (_HALF + r"expm1\s*\(", _one("(e^{{{0}}}-1)")),
    (_HALF + r"logaddexp\s*\(", _two(r"\ln(e^{{{0}}}+e^{{{1}}})")),
    (_HALF + r"(?:expit|sigmoid)\s*\(", _one("(1/(1+e^{{-({0})}}))")),
    (_HALF + r"softplus\s*\(", _one(r"\ln(1+e^{{{0}}})")),
    (_HALF + r"(?:maximum|fmax)\s*\(", _two(r"\max({0},{1})")),
    (_HALF + r"(?:minimum|fmin)\s*\(", _two(r"\min({0},{1})")),
    (_HALF + r"hypot\s*\(", _two(r"\sqrt{{({0})^2+({1})^2}}")),
)  # fmt: skip


def library_calls(text: str) -> str:
    """NumPy, SymPy, MATLAB and R calls in the notation of the parser."""
    if "(" not in text:
        return _LIBRARY.sub("", text)
    text = re.sub(r"\\(?:left|right)(?![A-Za-z])", "", text) if "diag" in text else text
    # The norm of NumPy is that of Frobenius unless an order is given.
    text = re.sub(r"(?<![\w.])(?:np|numpy|jnp|torch|LA|la)\.(?:linalg\.)?norm\s*\(", "frobenius_norm(", text)
    text = _LIBRARY.sub("", text)
    text = re.sub(_HALF + r"expm\s*\(", "exp(", text)
    text = re.sub(_HALF + r"Abs\s*\(", "abs(", text)
    text = re.sub(r"float\(\s*['\"](-?)inf(?:inity)?['\"]\s*\)", r"\1oo", text)
    text = re.sub(_HALF + r"matrix\s*\(\s*(['\"])([^'\"]*)\1\s*\)", r"[\2]", text)
    # What is called on a tensor or an array is a list in brackets; the type behind it says nothing.
    text = re.sub(r",\s*dtype\s*=\s*[\w.]+\s*(?=\))", "", text)
    text = re.sub(_HALF + r"(?:tensor|asarray|list|tuple|mat|Vector)\s*\(\s*(?=[\[(])", "array(", text)
    text = re.sub(_HALF + r"S\((\d+)\)", r"\1", text)
    text = re.sub(_HALF + r"(?:eye|identity)\s*\((\d{1,2})\)", r"I_{\1}", text)
    text = call(text, r"frobenius_norm\(", lambda a: rf"\|{a[0]}\|_F" if len(a) == 1 else None)
    for pattern, build in _CALLS:
        text = call(text, pattern, build)
    # Methods bind like any other operation behind a name: A.T.dot(x), A.transpose(), A.inv().
    text = re.sub(r"(?<=[)\]])\.conj(?:ugate)?\(\)\.(?:T(?![a-z])|transpose\(\))", "^{*}", text)
    text = re.sub(r"\.(?:transpose|t|adjoint)\(\)", "^T ", text)
    text = re.sub(r"(?<=[\w)\]])\.(?:inv|inverse)\(\)", "^{-1}", text)
    text = re.sub(r"(?<=[\w)\]])\s*\.(?:dot|matmul|mm|mv)\(", " @ (", text)
    return text


def column_binomials(text: str) -> str:
    r"""\binom{a}{b} as the column that it stands for among vectors."""
    group = r"(\{(?:[^{}]|\{[^{}]*\})*\}|\d)"

    def column(m: re.Match[str]) -> str:
        above, below = (g[1:-1] if g.startswith("{") else g for g in (m[1], m[2]))
        return rf"\begin{{pmatrix}}{above}\\{below}\end{{pmatrix}}"

    return re.sub(rf"\\[dt]?binom\s*{group}\s*{group}", column, text)


def blank_entries(text: str) -> str:
    """Blank entries of a matrix are zeros; rows that are too short end in them."""
    if "&" not in text:
        return text

    def filled(m: re.Match[str]) -> str:
        rows = [r.split("&") for r in re.split(r"\\\\(?:\[[^\]]*\])?|\\cr(?![a-z])", m[3])]
        rows = rows[:-1] if len(rows) > 1 and not "".join(rows[-1]).strip() else rows
        if not any(not c.strip() for r in rows for c in r) or any(not "".join(r).strip() for r in rows):
            return m[0]
        width = max(map(len, rows))
        rows = [[c if c.strip() else " 0 " for c in r] + ["0"] * (width - len(r)) for r in rows]
        return m[1] + r" \\ ".join("&".join(r) for r in rows) + m[4]

    environment = r"[pbBvV]?matrix|[pb]?smallmatrix|array"
    pattern = (
        rf"(\\begin\s*\{{({environment})\}}(?:\{{[clr|]*\}})?)((?:(?!\\begin|\\end).)*)(\\end\s*\{{\2\}})"
    )
    return re.sub(pattern, filled, text, flags=re.DOTALL)


_SUM = re.compile(
    r"\\sum\s*(?:\\limits)?\s*_\s*\{\s*([a-zA-Z])\s*=\s*(-?\d{1,3})\s*\}\s*\^\s*(?:\{\s*(-?\d{1,3})\s*\}|(\d))\s*"
)
MOST_SUMMANDS = 40


def finite_sums(text: str) -> str:
    r"""\sum_{k=1}^{3} 2k written out; the summand reaches to the next + or - outside of brackets."""
    for _ in range(4):
        found = _SUM.search(text)
        if found is None:
            return text
        low, high = int(found[2]), int(found[3] or found[4])
        if high - low >= MOST_SUMMANDS or "\\sum" in text[found.end() :]:
            return text
        end = summand_end(text, found.end())
        body = text[found.end() : end].strip()
        letter = rf"(?<![A-Za-z\\]){found[1]}(?![A-Za-z])|(?<=\d){found[1]}(?![A-Za-z])"
        if not body or re.search(rf"[A-Za-z]{found[1]}|{found[1]}[A-Za-z]", re.sub(r"\\[A-Za-z]+", "", body)):
            return text
        index = rf"_\s*(?:\{{\s*{found[1]}\s*\}}|{found[1]}(?![A-Za-z]))"  # x_k is x_1, x_2, ...
        terms = [(k, re.sub(index, f"_{{{k}}}", body)) for k in range(low, high + 1)]
        written = [f"({re.sub(letter, f'({k})', term)})" for k, term in terms]
        text = f"{text[: found.start()]}({' + '.join(written) or '0'}){text[end:]}"
    return text


def summand_end(text: str, start: int) -> int:
    depth = 0
    for i in range(start, len(text)):
        c = text[i]
        depth += (c in "([{") - (c in ")]}")
        if depth < 0 or (
            depth == 0
            and (c in "+-−=<>≤≥,;" or text.startswith(("\\le", "\\ge", "\\ne", "\\\\"), i))
            and i > start
        ):
            if c in "+-−" and text[start:i].strip()[-1:] in ("", "^", "*", "(", "\\cdot"):
                continue
            return i
    return len(text)
