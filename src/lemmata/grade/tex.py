r"""LaTeX of the numbers, columns and matrices that exercises are about.

>>> tex(Fraction(-1, 2)), tex_sum([1, -2], ["x_1", "x_2"])
('-\\tfrac{1}{2}', 'x_1 - 2 x_2')

Terms with symbols are printed by ``lemmata.terms.show``; here only written-out data and sets of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from lemmata.kernel.term import Term

__all__ = ["tex", "tex_set", "tex_sum"]


def tex(value: Term | Fraction | int) -> str:
    """A number, or a matrix written out; any other term as the printer of terms shows it."""
    if isinstance(value, (int, Fraction)):
        value = Fraction(value)
        if value.denominator == 1:
            return str(value.numerator)
        return f"{'-' if value < 0 else ''}\\tfrac{{{abs(value.numerator)}}}{{{value.denominator}}}"
    if value.head == "number":
        return tex(value.value)
    if value.head == "literal" and all(e.head == "number" for e in value.args):
        rows, cols = value.value
        cells = [tex(e) for e in value.args]
        body = r" \\ ".join(" & ".join(cells[i * cols : (i + 1) * cols]) for i in range(rows))
        return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"
    if value.sort == "set":
        return tex_set(value)
    from lemmata.terms.show import show

    return show(value, style="latex")


def tex_set(value: Term) -> str:
    """An affine set with parameters t or t_1, t_2, ...; an interval; finite sets."""
    if value.head == "affine":
        point, *directions = value.args
        names = ["t"] if len(directions) == 1 else [f"t_{i}" for i in range(1, len(directions) + 1)]
        terms = [tex(point)] + [f"{n}\\,{tex(d)}" for n, d in zip(names, directions, strict=True)]
        where = f" : {', '.join(names)} \\in \\mathbb{{R}}" if directions else ""
        return rf"\left\{{ {' + '.join(terms)}{where} \right\}}"
    if value.head == "interval":
        low, high = (
            "-\\infty" if a.head != "number" and i == 0 else "\\infty" if a.head == "infinity" else tex(a)
            for i, a in enumerate(value.args)
        )
        return rf"\left{value.value[0]} {low},\, {high} \right{value.value[1]}"
    if value.head == "empty":
        return r"\emptyset"
    inner = ",\\; ".join(tex(a) for a in value.args)
    return (
        rf"\operatorname{{span}}\left\{{ {inner} \right\}}"
        if value.head == "span"
        else rf"\left\{{ {inner} \right\}}"
    )


def tex_sum(coefficients: Sequence[int | Fraction], names: Sequence[str]) -> str:
    """A linear form such as x_1 - 2 x_2; zero coefficients are left out."""
    parts: list[str] = []
    for c, name in zip(coefficients, names, strict=True):
        if c == 0:
            continue
        size = "" if abs(c) == 1 else f"{tex(abs(Fraction(c)))} "
        sign = ("-" if c < 0 else "") if not parts else (" - " if c < 0 else " + ")
        parts.append(f"{sign}{size}{name}")
    return "".join(parts) or "0"
