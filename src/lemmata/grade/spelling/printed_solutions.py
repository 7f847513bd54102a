r"""Solutions as SymPy prints them: dictionaries, and lists of matrices.

    [{x: -3}, {x: 1}]               x = -3 or x = 1               solve(..., dict=True)
    {x: 1, y: 2}                    x = 1, y = 2                  solve([...], [x, y])
    {5: 1, 0: 2}                    {5, 0, 0}                     eigenvals(): a value and how often it occurs
    [Matrix([...]), Matrix([...])]  Matrix([...]), Matrix([...])  nullspace()
    Matrix(2, 2, [1, 2, 3, 4])      Matrix([[1, 2], [3, 4]])      also array([1, 2, 3, 4]).reshape(2, 2)

>>> printed_solutions("[{x: -3}, {x: 1}]", "finite"), printed_solutions("{5: 1, 0: 2}", "finite")
('x = -3 or x = 1', '\\{5, 0, 0\\}')

A set by a rule, {x : x > 0}, is no dictionary: no value of one has a sign of comparison in it.
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.libraries import arguments, call, closing

__all__ = ["printed_solutions"]

LONGEST = 4000
_KINDS = ("affine", "finite", "vector", "number")
_LETTER = re.compile(r"[A-Za-z]\w{0,12}")
_COMPARED = re.compile(r"[=<>≤≥∈]|\\(?:in|l[et]q?|g[et]q?|ne|mid|dots|ldots)(?![A-Za-z])")
_TIMES = re.compile(r"[1-9]\d?")
MOST_TIMES = 12
_MODULE = r"(?:np|numpy|sp|sympy|sym)\."
_ARRAY = rf"(?:{_MODULE})?(?:Matrix|ImmutableMatrix|ImmutableDenseMatrix|array|vector|matrix)"
_LIST_OF_ARRAYS = re.compile(rf"(?P<label>[^=\[\]]{{0,40}}=\s*)?\[\s*(?={_ARRAY}\s*\()")
_FLAT = re.compile(r"[\[(]([^\[\]]*)[\])]")


def printed_solutions(text: str, kind: str, counted: bool = False) -> str:
    """The text in the usual notation; ``counted``: a dictionary of letters and numbers says how often, too."""
    if len(text) > LONGEST:
        return text
    if "Matrix" in text or "array" in text or "matrix" in text:
        text = _reshaped(text)
        if kind in ("affine", "finite", "vector"):
            text = _side_by_side(text)
    if ":" not in text or "{" not in text or kind not in _KINDS:
        return text
    return _from_dictionaries(text.strip(), kind, counted) or text


def _from_dictionaries(text: str, kind: str, counted: bool) -> str | None:
    label = re.match(r"\s*\\?[A-Za-z]\w{0,12}\s*=\s*(?=[\[{])", text)
    body = text[label.end() :] if label else text
    listed = body.startswith("[") and body.endswith("]")
    found = [_entries(d) for d in arguments(body[1:-1] if listed else body)]
    solutions = [f for f in found if f]
    if not solutions or len(solutions) < len(found):
        return None
    one = solutions[0]
    repeated = len(solutions) == 1 and not listed and all(_may_be_times(times) for _, times in one)
    if kind == "finite" and repeated and (counted or not _LETTER.fullmatch(one[0][0])):
        # In {1: 2} the colon may be a division; Python prints a blank behind its colons.
        if len(one) == 1 and not re.search(r":\s", body):
            return None
        return r"\{" + ", ".join(value for value, times in one for _ in range(int(times))) + r"\}"
    names = {frozenset(name for name, _ in solution) for solution in solutions}
    if len(names) > 1 or not all(_LETTER.fullmatch(name) for name in next(iter(names))):
        return None
    if len(solutions) > 1 and kind != "finite":
        return None
    return " or ".join(", ".join(f"{name} = {value}" for name, value in s) for s in solutions)


def _may_be_times(text: str) -> bool:
    return bool(_TIMES.fullmatch(text)) and int(text) <= MOST_TIMES


def _entries(text: str) -> list[tuple[str, str]] | None:
    """The pairs of {key: value, ...}; None for anything else."""
    if not text.startswith("{") or closing(text, 1, "{", "}") != len(text) - 1:
        return None
    pairs = [entry.split(":") for entry in arguments(text[1:-1])]
    if any(len(p) != 2 or not all(s.strip() for s in p) or _COMPARED.search("".join(p)) for p in pairs):
        return None
    return [(key.strip(), value.strip()) for key, value in pairs]


def _side_by_side(text: str) -> str:
    """[Matrix(...), Matrix(...)] without the brackets around it."""
    text = text.strip()
    found = _LIST_OF_ARRAYS.match(text)
    if found is None or closing(text, found.end(), "[", "]") != len(text) - 1:
        return text
    members = arguments(text[found.end() : -1])
    called = re.compile(rf"{_ARRAY}\s*\(")
    if not all(m.endswith(")") and called.match(m) for m in members):
        return text
    return ", ".join(members)


def _reshaped(text: str) -> str:
    """A flat list with the numbers of its rows and columns, in rows."""
    text = re.sub(
        rf"(?<![\w.\\])(?:{_MODULE})?array\s*\(\s*(\[[^\[\]()]*\])\s*\)\s*\.reshape\(\s*\(?\s*(\d{{1,2}}\s*,\s*\d{{1,2}})\s*\)?\s*\)",
        r"Matrix(\2, \1)",
        text,
    )
    return call(text, rf"(?<![\w.\\])(?:{_MODULE})?Matrix\s*\((?=\s*\d{{1,2}}\s*,)", _in_rows)


def _in_rows(given: list[str]) -> str | None:
    flat = _FLAT.fullmatch(given[2]) if len(given) == 3 else None
    if flat is None or not all(re.fullmatch(r"[1-9]\d?", size) for size in given[:2]):
        return None
    rows, cols = int(given[0]), int(given[1])
    entries = [e for e in arguments(flat[1]) if e]
    if len(entries) != rows * cols:
        return None
    lines = (", ".join(entries[i * cols : (i + 1) * cols]) for i in range(rows))
    return "Matrix([" + ", ".join(f"[{line}]" for line in lines) + "])"
