"""The names that an expression may use, each with its shape: what was declared with ``let``.

>>> scope = Scope().declare("X", "m", "n").declare("w", "n", of="t")
>>> scope.symbols["X"].shape, scope.dims == {"m", "n"}
(('m', 'n'), True)

A scope is a value: ``declare`` gives a new one.  A student's answer is read in ``scope.lenient()``:
there an undeclared letter is a real scalar, and w-hat may stand for a declared w.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from lemmata.kernel.term import Dim, Term, substitute, symbol
from lemmata.terms.blocks import parts_of

__all__ = ["Limits", "Scope", "variable_domain"]


@dataclass(frozen=True)
class Limits:
    """Bounds on what is read at all, so that hostile input costs little.

    length in characters, nesting of brackets, digits of an integer, exponent of ``1e6`` up to which
    it is one number, entries of a matrix that is written out.
    """

    length: int = 10_000
    depth: int = 60
    digits: int = 1_000
    exponent: int = 300
    entries: int = 2_500


def variable_domain(name: str) -> str:
    """The domain of a variable that nobody declared: t is a time, k natural, the others real."""
    base = name.split("_")[0]
    return "time" if base in ("t", "s", "tau") else "natural" if base in tuple("ijklnN") else "real"


@dataclass(frozen=True)
class Scope:
    """Declared symbols and dimensions.  ``student``: undeclared letters are real scalars.

    ``abbreviations`` says for the name of an expression what is written out for it.
    """

    symbols: Mapping[str, Term] = field(default_factory=lambda: MappingProxyType({}))
    dims: frozenset[str] = frozenset()
    student: bool = False
    limits: Limits = Limits()
    abbreviations: Mapping[Term, Term] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, terms: Iterable[Term], student: bool = False) -> Scope:
        """The scope of some symbols, as in ``Scope.of([X, w])``."""
        return cls(student=student).having(*terms)

    def declare(self, name: str, rows: Dim = 1, cols: Dim = 1, domain: str = "real", of: str = "") -> Scope:
        """This scope and one more symbol; its dimensions become names as well."""
        return self.having(symbol(name, rows, cols, domain, of))

    def having(self, *terms: Term) -> Scope:
        """This scope and these symbols."""
        dims = {p for s in terms for d in s.shape for p in parts_of(d) if isinstance(p, str)}
        symbols = MappingProxyType({**self.symbols, **{s.name: s for s in terms}})
        return replace(self, symbols=symbols, dims=self.dims | dims)

    def abbreviating(self, name: Term, value: Term) -> Scope:
        """This scope, in which the name stands for the value."""
        return replace(self, abbreviations=MappingProxyType({**self.abbreviations, name: value}))

    def written_out(self, term: Term, bound: str) -> Term:
        """The term without abbreviations, but for a bound letter of that name."""
        for name, value in reversed([*self.abbreviations.items()]):  # a value may use earlier names
            if name.name != bound:
                term = substitute(term, {name: value})
        return term

    def having_dims(self, *names: str) -> Scope:
        """This scope and dimensions that no symbol has."""
        return replace(self, dims=self.dims | set(names))

    def lenient(self) -> Scope:
        """This scope for a student's answer."""
        return replace(self, student=True)

    def variables(self) -> dict[str, Term]:
        """The variables that the declared functions depend on; t is always one of them."""
        names = {"t"} | {str(s.value[4]) for s in self.symbols.values() if s.value[4]}
        return {v: symbol(v, 1, 1, variable_domain(v)) for v in names}

    def __hash__(self) -> int:
        return hash((frozenset(self.symbols.items()), self.dims, self.student, self.limits))
