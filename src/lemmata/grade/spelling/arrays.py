r"""Answers as programs write them, where shapes decide what is meant: NumPy, MATLAB and R.

    eye(n), np.eye(A.shape[1]), eye(size(A,1)), zeros((m, n))      I_{n}, 0_{m x n}
    x @ A @ x, np.dot(x, A @ x)                                    the inner product of x and A x
    A\b, (A'*A)\(A'*b), lstsq(A, b)[0]                             A^{-1} b, or (A^T A)^{-1} A^T b, A^+ b
    np.sum(A*B), sum(x.^2)                                         tr(A^T B), ||x||_F^2

Operators of equal strength are read from the left, as these languages do.  Only text is rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lemmata.grade.reading.relations import transposes
from lemmata.grade.spelling.libraries import arguments, call, closing
from lemmata.grade.spelling.pieces import IllTyped, read_term
from lemmata.kernel.term import Shape, Term
from lemmata.terms.errors import ReadError
from lemmata.terms.letters import GREEK
from lemmata.terms.scope import Scope

__all__ = ["array_products", "cut", "program_calls"]

_BEFORE = r"(?<![\w.\\])(?:(?:np|numpy|jnp|torch|la|LA|linalg|scipy)\.(?:linalg\.)?)?"
_NUMPY = r"(?<![\w.\\])(?:np|numpy|jnp|torch)\."
_LAMBDAS = re.compile(r"(?<![A-Za-z\\.])(?:lam|lmbda|lambd|lamda|lmb|lambda_)(?![A-Za-z(])")


def program_calls(text: str, symbols: Sequence[Term]) -> str:
    """Calls whose meaning depends on the sizes of the declared letters; transposes and sums of programs."""
    shapes = {s.name: s.shape for s in symbols}
    if "lambda" in shapes and not shapes.keys() & {"lam", "lmbda", "lambd", "lamda", "lmb"}:
        text = _LAMBDAS.sub("lambda", text)
    if all(shape == (1, 1) for shape in shapes.values()):
        return re.sub(r"(?<=[\w)])\.(?=[*/^])", "", text)
    if "%*%" in text:
        text = re.sub(r"(?<![\w.\\])t\(", "transpose(", text.replace("%*%", "@"))
    text = text.rstrip("; \n")
    text = re.sub(r"(?<=[\w)\]])\.conj\(\)\.T(?![a-z])|(?<=[\w)\]])\.H(?![a-z])", "^H ", text)
    text = re.sub(r"(?<=[\w)\]])\.I(?![a-zA-Z])", "^{-1} ", text)
    if "(" in text:
        text = _methods(text)
        text = _sums(_sizes(text, shapes), shapes)
        for name in ("lstsq", "solve", "linsolve", "mldivide"):
            text = call(text, rf"{_BEFORE}{name}\s*\(", _solver(name))
        text = re.sub(r"(?<=\))\s*\[0\]", "", text)
    return _left_divisions(text, symbols)


def _methods(text: str) -> str:
    """u.dot(v) binds like a name: (u @ (v))."""
    for _ in range(24):
        found = re.search(r"(?<=[\w)\]])\.(?:dot|matmul)\(", text)
        end = closing(text, found.end(), "(", ")") if found else -1
        if found is None or end < 0:
            return text
        start, depth = found.start(), 0
        while start and (
            depth or text[start - 1] in ")]" or text[start - 1].isalnum() or text[start - 1] in "._"
        ):
            start -= 1
            depth += (text[start] in ")]") - (text[start] in "([")
        of, given = text[start : found.start()], text[found.end() : end]
        if re.fullmatch(r"(?:np|numpy|la|linalg)", of):
            return text
        text = f"{text[:start]}({of} @ ({given})){text[end + 1 :]}"
    return text


def _solver(name: str) -> Callable[[list[str]], str | None]:
    def build(given: list[str]) -> str | None:
        if name == "lstsq":
            return f"(({given[0]})^+ @ ({given[1]}))" if len(given) > 1 else None
        if len(given) == 1 and name == "solve":
            return f"inv({given[0]})"
        return f"(({given[0]})\\({given[1]}))" if len(given) == 2 and name != "solve" else None

    return build


def _sizes(text: str, shapes: dict[str, Shape]) -> str:
    names = "|".join(sorted(map(re.escape, shapes), key=len, reverse=True))

    def rows_or_columns(m: re.Match[str]) -> str:
        return str(shapes[m["name"]][int(m["place"]) - (0 if "shape" in m[0] else 1)])

    text = re.sub(
        rf"{_BEFORE}(?:size|shape)\(\s*(?P<name>{names})\s*,\s*(?P<place>[12])\s*\)", rows_or_columns, text
    )
    text = re.sub(rf"(?<![\w.\\])(?P<name>{names})\.shape\[(?P<place>[01])\]", rows_or_columns, text)
    text = re.sub(rf"{_BEFORE}shape\(\s*(?P<name>{names})\s*\)\[(?P<place>[01])\]", rows_or_columns, text)
    first = (
        rf"(?<![\w.\\])(?:len|length|numel|nrow|rows)\(\s*({names})\s*\)|(?<![\w.\\])({names})\.size(?!\()"
    )
    text = re.sub(first, lambda m: str(shapes[m[1] or m[2]][0]), text)
    text = re.sub(rf"(?<![\w.\\])(?:ncol|columns)\(\s*({names})\s*\)", lambda m: str(shapes[m[1]][1]), text)
    text = re.sub(
        rf"{_BEFORE}(zeros|eye)(?:_like)?\(\s*(?:size\(\s*({names})\s*\)|\*?({names})(?:\.shape)?)\s*\)",
        lambda m: f"{m[1]}({','.join(map(str, shapes[m[2] or m[3]]))})",
        text,
    )  # fmt: skip
    known = {str(d) for shape in shapes.values() for d in shape}
    text = call(text, rf"{_BEFORE}(?:eye|identity)\s*\(", lambda given: _identity(given, known))
    text = call(text, rf"{_NUMPY}zeros\s*\((?=\s*\w+\s*\))", lambda given: _zero([*given, "1"], known))
    return call(text, rf"{_BEFORE}zeros\s*\((?=\s*[\[(]|[^()]*,)", lambda given: _zero(given, known))


def _identity(given: list[str], known: set[str]) -> str | None:
    size = given[0]
    return (
        f"I_{{{size}}}" if size in known and given in ([size], [size, size]) and not size.isdigit() else None
    )


def _zero(given: list[str], known: set[str]) -> str | None:
    sizes = (
        arguments(given[0].strip()[1:-1]) if len(given) == 1 and given[0].strip()[:1] in ("(", "[") else given
    )
    sizes = [s for s in sizes if s]
    sizes = [*sizes, "1"] if len(sizes) == 1 else sizes
    if len(sizes) != 2 or all(s.isdigit() for s in sizes) or not all(s in known or s == "1" for s in sizes):
        return None
    return f"0_{{{sizes[0]} x {sizes[1]}}}"


def _sums(text: str, shapes: dict[str, Shape]) -> str:
    """Sums of all entries: of a square, of a product entry by entry."""
    text = re.sub(r"\((\w+)\s*\*\s*(\w+)\)\.sum\(\)", r"np.sum(\1*\2)", text)
    text = re.sub(r"\((\w+)\s*\*\*\s*2\)\.sum\(\)", r"np.sum(\1**2)", text)
    at = 0
    for _ in range(12):
        found = re.compile(rf"({_NUMPY}|(?<![\w.\\]))(sum\(\s*)?sum\(").search(text, at)
        if found is None:
            return text
        end = closing(text, found.end(), "(", ")")
        body = text[found.end() : end].strip() if end > 0 else ""
        outer = re.compile(r"\s*\)").match(text, end + 1) if found[2] and end > 0 else None
        # sum(A.*B) of MATLAB adds up columns: it is one number for vectors only.
        whole = bool(found[1] or outer or re.search(r",\s*['\"]all['\"]$", body))
        built = _sum_of(re.sub(r",\s*(?:['\"]all['\"]|axis=None)$", "", body), shapes, whole)
        if end < 0 or built is None or bool(found[2]) != bool(outer):
            at = found.end()
            continue
        text = text[: found.start()] + built + text[outer.end() if outer else end + 1 :]
    return text


def _sum_of(body: str, shapes: dict[str, Shape], whole: bool) -> str | None:
    square = re.fullmatch(
        r"(?:np\.)?(?:square|abs)\((.+)\)(?:\s*\*\*\s*2)?|(.+?)\s*(?:\*\*|\.\^)\s*2", body, re.DOTALL
    )
    if square and ("abs" not in body or body.endswith("2")):
        inside = (square[1] or square[2]).strip()
        bracket = inside[:1] == "(" and closing(inside, 1, "(", ")") == len(inside) - 1
        vector = inside in shapes and shapes[inside][1] == 1
        return (
            rf"\|{inside}\|_F^2" if (whole or vector) and (inside in shapes or bracket or square[1]) else None
        )
    product = re.fullmatch(r"(\w+)\s*\.?\*\s*(\w+)", body)
    if not product or product[1] not in shapes or product[2] not in shapes:
        return None
    one, two = shapes[product[1]], shapes[product[2]]
    # A product of different shapes is spread out by these languages.
    if one != two or not (whole or one[1] == 1):
        return None
    return f"tr({product[1]}^T {product[2]})"


# --- products ---------------------------------------------------------------------------------------


def _left_divisions(text: str, symbols: Sequence[Term]) -> str:
    r"""A\b of MATLAB; a text with commands of LaTeX has none."""
    if re.search(r"\\(?:backslash|setminus)(?![A-Za-z])|∖", text):  # in LaTeX
        text = re.sub(r"\\(?:left|right)(?![A-Za-z])", "", text)
        text = re.sub(r"\s*(?:\\(?:backslash|setminus)(?![A-Za-z])|∖)\s*", "∖", text)
        return _within(text, Scope(student=True).having(*symbols), (), 0)
    # U\Sigma is a product in LaTeX, whatever is declared.
    names = "|".join(
        sorted((re.escape(s.name) for s in symbols if s.name not in GREEK), key=len, reverse=True)
    )
    division = rf"(?<=[\w)'])\s*\\\s*(?=\(|(?:{names or '(?!)'})(?![A-Za-z]))"
    if "\\" not in text or "\\)" in text or not re.search(division, text):
        return text
    if re.search(r"\\[A-Za-z{\[|]", re.sub(division, "/", text)):
        return text
    return array_products(re.sub(division, "\\\\", text), Scope(student=True).having(*symbols), symbols)


def array_products(text: str, scope: Scope, symbols: Sequence[Term] = ()) -> str:
    r"""Products with @ of two columns as inner products, of a column and a matrix as A^T x; divisions A\b."""
    if ("@" not in text and not symbols) or len(text) > 2000:
        return text
    return _within(text, scope, symbols, 0)


def _within(text: str, scope: Scope, symbols: Sequence[Term], depth: int) -> str:
    """The text with the products in every bracket resolved, the inner ones first."""
    if depth > 20:
        return text
    found, i = "", 0
    while i < len(text):
        end = closing(text, i + 1, text[i], ")") if text[i] == "(" else -1
        if end > 0:
            found += "(" + _within(text[i + 1 : end], scope, symbols, depth + 1) + ")"
            i = end
        else:
            found += text[i]
        i += 1
    return "".join(_folded(t, scope, symbols) if n % 2 == 0 else t for n, t in enumerate(_terms(found)))


def cut(text: str, signs: str) -> list[str]:
    """Pieces and the signs between them, outside of brackets; exponents keep their sign."""
    pieces, depth = [""], 0
    for i, c in enumerate(text):
        depth += (c in "([{") - (c in ")]}")
        before = text[:i].rstrip()[-1:]
        part = c == "*" and "*" in (text[i - 1 : i], text[i + 1 : i + 2])
        if depth == 0 and c in signs and not part and not (c in "+-" and before in ("", *"^*/@(,=+-\\")):
            pieces += [c, ""]
        else:
            pieces[-1] += c
    return pieces


def _terms(text: str) -> list[str]:
    return cut(text, "+-,=")


def _folded(term: str, scope: Scope, symbols: Sequence[Term]) -> str:
    """One product, from the left to the right."""
    pieces = cut(term, "@*/" + ("∖" if "∖" in term else "\\" if symbols else ""))
    if not any(p in ("@", "\\", "∖") for p in pieces[1::2]):
        return term
    sign = re.match(r"\s*[-+]?\s*", pieces[0])
    before = sign[0] if sign else ""
    done, shape = pieces[0][len(before) :].strip(), _shape(pieces[0][len(before) :], scope, symbols)
    for op, factor in zip(pieces[1::2], pieces[2::2], strict=True):
        factor = factor.strip()
        other = _shape(factor, scope, symbols)
        columns = [s is not None and s[1] == 1 and s[0] != 1 for s in (shape, other)]
        if op == "@" and all(columns):
            done = rf"\langle {done}, {factor}\rangle"
        elif op == "@" and columns[0] and shape and other and other[0] == shape[0] and other != (1, 1):
            done = f"(({factor})^T ({done}))"
        elif op in ("\\", "∖"):
            square = shape is None or shape[0] == shape[1]
            left = f"inv({done})" if square else f"inv(({done})^T ({done})) * ({done})^T"
            done = f"({left} * ({factor}))"
        else:
            done = f"{done} {op} {factor}"
        shape = _shape(done, scope, symbols)
    return f"{before}{done}"


def _shape(text: str, scope: Scope, symbols: Sequence[Term]) -> Shape | None:
    try:
        return read_term(transposes(text, symbols) if symbols else text, scope).shape
    except (ReadError, IllTyped, ValueError):
        return None
