"""A statement as claim text: declarations, hypotheses, goal, ready for ``lemmata ask``."""

from __future__ import annotations

from collections.abc import Iterable

from lemmata.kernel.term import Term, subterms
from lemmata.terms.blocks import parts_of, selected, without_selectors
from lemmata.terms.notation import show_name, show_type
from lemmata.terms.scope import variable_domain
from lemmata.terms.show import show

__all__ = ["declaration", "statement_text"]


def declaration(symbol: Term) -> str:
    """The declaration of a symbol in claim text, as in ``X : R^{m x n}``."""
    return f"{show_name(symbol.name)} : {show_type(symbol)}"


def statement_text(given: Iterable[Term], goal: Term) -> str:
    """A statement as claim text, with its declarations: what ``lemmata ask`` reads.

    >>> from lemmata.kernel.term import mul, pinv, symbol
    >>> from lemmata.terms.forms import equation
    >>> A = symbol("A", "m", "n")
    >>> print(statement_text([], equation(mul(A, pinv(A), A), A)))
    let A : R^{m x n}
    show A A^+ A = A
    """
    given = without_selectors(given)
    free: dict[str, Term] = {}
    dims: set[str] = set()
    for term in (*given, goal):
        for node in subterms(term):
            sizes = (
                node.value
                if node.head == "zero"
                else (node.value,)
                if node.head in ("identity", "dim")
                else ()
            )
            dims.update(p for d in sizes for p in parts_of(d) if isinstance(p, str))
        for symbol in _free(term):
            free.setdefault(symbol.name, symbol)
    index = {str(s.value[4]) for s in free.values() if s.value[4]}
    declared = [s for _, s in sorted(free.items()) if not _implicit(s, index) and not selected(s)]
    dims -= {p for s in declared for d in s.shape for p in parts_of(d)}
    lines = [f"let {show_name(d)} : dim" for d in sorted(dims)]
    lines += [f"let {declaration(s)}" for s in declared]
    lines += [f"assume {show(g, names=free)}" for g in given]
    return "\n".join([*lines, f"show {show(goal, names=free)}"])


def _free(term: Term) -> list[Term]:
    """The symbols that no quantifier binds; the variable of a limit is declared like any other."""
    found: dict[Term, None] = {}
    done: set[tuple[Term, frozenset[Term]]] = set()
    stack: list[tuple[Term, frozenset[Term]]] = [(term, frozenset())]
    while stack:
        node, bound = stack.pop()
        if (node, bound) in done:
            continue
        done.add((node, bound))
        if node.head == "symbol" and node not in bound:
            found[node] = None
        if node.head in ("forall", "exists"):
            stack.append((node.args[-1], bound | set(node.args[:-1])))
        else:
            stack.extend((a, bound) for a in node.args)
    return list(found)


def _implicit(symbol: Term, index: set[str]) -> bool:
    """A variable that a reader declares by itself: t, and the k of a sequence."""
    name = symbol.name
    return (name == "t" or name in index) and symbol.value == (name, 1, 1, variable_domain(name), "")
