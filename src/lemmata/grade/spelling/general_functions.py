r"""A declared function f : R^n -> R, replaced by a general quadratic one.

    let x : R^n(t), f : R^n -> R         f(x) = 1/2 x^T H x + c^T x,  \nabla f(x) = H x + c,  \nabla^2 f = H

A step that fails for a quadratic function is wrong, and the counterexample is one.  A step that uses only the
value, the gradient and the second derivative of f at one point holds for every f if it holds for these, by
Taylor's formula; anything more is evidence and no proof, and the caller says so.

In an equation that nobody declares anything for, \nabla f(x) is a letter: for the value of a gradient at a point may
be anything, whatever x and f(x) are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lemmata.kernel.term import Term, substitute, subterms, symbol

__all__ = ["at_its_point", "gradients_as_letters", "with_quadratics"]

_ARROW = r"(?:->|\\to(?![A-Za-z])|→|\\rightarrow(?![A-Za-z]))"
_SPACE = r"(?:R|\\mathbb\s*\{?R\}?|ℝ)"
_DECLARED = re.compile(
    rf"(?P<name>[A-Za-z])\s*:\s*{_SPACE}\s*(?:\^\s*\{{?\s*(?P<dim>\w+)\s*\}}?)?\s*{_ARROW}\s*{_SPACE}\s*(?=,|$)"
)


def with_quadratics(given: str, text: str) -> tuple[str, str, tuple[str, ...]]:
    """(claim text, derivation, names of the functions) with every declared function written out."""
    lines, functions = [], {}
    for line in given.split("\n"):
        if line.lstrip().lower().startswith("let"):
            for found in list(_DECLARED.finditer(line)):
                functions[found["name"]] = found["dim"] or ""
            line = re.sub(
                r"^(\s*let:?)\s*,\s*", r"\1 ", re.sub(r",\s*,", ",", _DECLARED.sub("", line))
            ).rstrip(" ,")
            if line.strip().lower().rstrip(":") == "let":
                continue
        lines.append(line)
    if not functions:
        return given, text, ()
    joined = "\n".join(lines)
    more = []
    for name, dim in functions.items():
        shape = (f"R^{{{dim} x {dim}}}", f"R^{dim}") if dim else ("real", "real")
        more.append(f"let H_{name} : {shape[0]}, c_{name} : {shape[1]}")
        if dim:
            more.append(f"assume symmetric(H_{name})")
        point = _point(joined, dim)
        joined, text = _written(joined, name, point), _written(text, name, point)
    return "\n".join([*more, joined]), text, tuple(functions)


def at_its_point(text: str, reference: str) -> str:
    r"""\nabla f as \nabla f(x), where the reference has this gradient at one point only."""
    points = dict[str, set[str]]()
    for name, point in re.findall(r"\\nabla\s*(?:_\{?\w\}?)?\s*([A-Za-z])\s*\(([^()]*)\)", reference):
        points.setdefault(name, set()).add(point)
    for name, at in points.items():
        bare = rf"(\\nabla\s*{name})(?![A-Za-z_]|\s*(?:\\left\s*)?\()"
        text = re.sub(bare, lambda m, at=at: f"{m[1]}({min(at)})", text) if len(at) == 1 else text  # type: ignore[misc]
    return text


def gradients_as_letters(term: Term) -> Term:
    r"""The term with a letter for \nabla f(x), where f and x are letters themselves."""
    found: dict[Term, Term] = {}
    for node in subterms(term):
        if node.head != "grad" or node.args[0].head != "mul":
            continue
        function, *points = node.args[0].args
        if function.head == "symbol" and len(points) == 1 and points[0].head == "symbol":
            found[node] = symbol(f"grad {function.name}({points[0].name}), {node.args[1].name}", *node.shape)
    return substitute(term, found) if found else term


def _point(given: str, dim: str) -> str:
    """The letter that is declared where the function lives: x of x : R^n(t)."""
    space = rf"R\^\{{?\s*{re.escape(dim)}\s*\}}?" if dim else r"(?:real|R)"
    found = re.search(rf"([A-Za-z])\s*(?::|in|\\in)\s*{space}(?![\w]| x)", given)
    return found[1] if found else "x"


def _written(text: str, name: str, point: str) -> str:
    gradient = rf"\\nabla\s*(?:_\{{?\w\}}?)?\s*{name}(?![A-Za-z_])"
    text = _each(text, rf"\\nabla\s*\^\s*\{{?2\}}?\s*{name}(?![A-Za-z_])", lambda a: f"H_{name}", point)
    text = _each(text, gradient, lambda a: f"(H_{name} {a} + c_{name})", point)
    return _each(
        text,
        rf"(?<![\\A-Za-z_]){name}(?=\s*(?:\\left)?\()",
        lambda a: rf"(\tfrac12 {a}^T H_{name} {a} + c_{name}^T {a})",
        point,
    )


def _each(text: str, pattern: str, build: Callable[[str], str], point: str) -> str:
    found_at = 0
    while (found := re.compile(pattern).search(text, found_at)) is not None:
        argument, end = point, found.end()
        opened = re.compile(r"\s*(?:\\left)?\(").match(text, end)
        if opened:
            depth, i = 1, opened.end()
            while i < len(text) and depth:
                depth += (text[i] == "(") - (text[i] == ")")
                i += 1
            inside = re.sub(r"\\right\s*$", "", text[opened.end() : i - 1])
            argument, end = (
                (
                    inside
                    if re.fullmatch(r"\s*[A-Za-z](?:_\w|_\{\w+\})?(?:\(t\))?\s*", inside)
                    else f"({inside})"
                ),
                i,
            )
        new = build(argument.strip())
        text, found_at = text[: found.start()] + new + text[end:], found.start() + len(new)
        if len(text) > 20_000:
            break
    return text
