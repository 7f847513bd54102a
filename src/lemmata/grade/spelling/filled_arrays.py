r"""Arrays that programs fill: zeros, ones, identities, diagonals, one number everywhere.

    zeros(2)                           2 x 2, or a column where a vector is expected
    np.zeros(2), np.ones(3)            columns
    eye(2, 2), I(3), Matrix(I, 3, 3)   eye(2), eye(3)
    np.full((2, 2), 7), fill(7, 2, 2), repmat(7, 2, 2)      7 * ones(2, 2)
    IdentityMatrix[3]                  eye(3)
    Diagonal([1, 2]), diagm([1, 2]), np.diagflat([1, 2])    diag([1, 2])

>>> filled_arrays("3*np.full((2, 3), 1/2)", False)
'3*((1/2)*ones(2,3))'

What zeros(2, 3), eye(2) and diag([1, 2]) are is said in ``libraries``.
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.libraries import arguments, call

__all__ = ["filled_arrays"]

_MODULE = r"(?:np|numpy|jnp|torch|sp|sympy|sym|Matrix|matlib)\."
_CALLED = re.compile(r"zeros|ones|eye|full|fill|repmat|diag|Diagonal|I\s*\(|Matrix")
_SIZE = re.compile(r"[1-9]|1[0-2]")


def filled_arrays(text: str, column: bool) -> str:
    """The text with these calls in the spellings that ``libraries`` knows; ``column``: vectors are expected."""
    if not _CALLED.search(text):
        return text
    text = re.sub(r"IdentityMatrix\[(\d{1,2})\]", r"eye(\1)", text)
    text = re.sub(r"DiagonalMatrix\[\{([^{}]*)\}\]", r"diag(\1)", text)
    text = re.sub(r"(?<![\w.])Matrix\.(?=(?:zeros|ones|eye|diag)\()", "", text)
    text = re.sub(
        r"(?<![\w.\\])Matrix(?:\{\w+\})?\(\s*I\s*,\s*(\d{1,2})\s*,\s*\1\s*\)|(?<![\w.\\])I\((\d{1,2})\)"
        rf"|(?<![\w.\\])(?:{_MODULE})?eye\(\s*(\d{{1,2}})\s*,\s*\3\s*\)",
        lambda m: f"eye({m[1] or m[2] or m[3]})",
        text,
    )
    for name in ("zeros", "ones"):
        text = call(text, rf"(?<![\w.\\]){_MODULE}{name}\s*\(", lambda a, n=name: _column(n, a))  # type: ignore[misc]
    # ones(2) is left alone: a matrix in MATLAB, a vector in NumPy. Zero is zero, in the shape that was asked for.
    text = call(text, r"(?<![\w.\\])zeros\s*\(", lambda a: _zeros(a, column))
    text = call(text, rf"(?<![\w.\\])(?:{_MODULE})?full\s*\(", lambda a: _everywhere(a[:1], a[1:]))
    text = call(text, r"(?<![\w.\\])(?:fill|repmat)\s*\(", lambda a: _everywhere(a[1:], a[:1]))
    return re.sub(
        rf"(?<![\w.\\])(?:{_MODULE})?(?:Diagonal|diagm|diagflat|diagonal_matrix)\s*\(\s*(?=[\[(])",
        "diag(",
        text,
    )


def _column(name: str, given: list[str]) -> str | None:
    """np.zeros(2) is a vector."""
    return f"{name}({given[0]},1)" if len(given) == 1 and _SIZE.fullmatch(given[0]) else None


def _zeros(given: list[str], column: bool) -> str | None:
    if len(given) != 1 or not _SIZE.fullmatch(given[0]):
        return None
    return f"zeros({given[0]},{1 if column else given[0]})"


def _everywhere(size: list[str], value: list[str]) -> str | None:
    """One number everywhere."""
    sizes = arguments(size[0][1:-1]) if len(size) == 1 and size[0][:1] in ("(", "[") else size
    sizes = [s for s in sizes if s]
    if len(value) != 1 or not 1 <= len(sizes) <= 2 or not all(_SIZE.fullmatch(s) for s in sizes):
        return None
    return f"(({value[0]})*ones({sizes[0]},{sizes[1] if len(sizes) == 2 else 1}))"
