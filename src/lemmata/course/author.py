"""What a course file imports: the words of a statement and the declarations of results and proofs.

    # theorems/pseudoinverse.py
    from lemmata.course.author import *

    m, n = dims("m n")
    X = matrix("X", m, n)
    theorem("full-row-rank", "Pseudoinverse of a matrix of full row rank",
            given={"full row rank": Eq(rank(X), m)}, show=Eq(pinv(X), X.T @ inv(X @ X.T)))

Symbols are interned: a derivation that writes ``matrix("X", m, n)`` again means the same X.  A file of a
course imports no other: results are cited by label.  Run on its own, ``python theorems/x.py`` prints what
it states and ``python derivations/x.py`` what it establishes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from types import FrameType
from typing import Any

from lemmata.course.errors import CourseError, suggest
from lemmata.course.notation import *
from lemmata.course.proof import Calc, Proof, Step
from lemmata.course.theorem import KINDS, Citation, Derivation, Theorem, loading
from lemmata.kernel.term import Term

# Written out, because type checkers read no other list.
__all__ = [
    "And", "Calc", "Citation", "Col", "Eq", "Exists", "ForAll", "Fraction", "Ge", "Gt", "I", "Iff",
    "Implies", "In", "Le", "Lt", "Ne", "Not", "Null", "Or", "Perp", "Proof", "Row", "ShapeError", "Step",
    "Subset", "Term", "Theorem", "at", "cite", "derivation", "det", "diagonal", "diff", "dims", "exp",
    "grad", "half", "idempotent", "inner", "inv", "invertible", "limit", "literal", "matrices", "matrix",
    "norm", "number", "oo", "orthogonal", "pi", "pinv", "projection", "psd", "rank", "scalar", "scalars",
    "spd", "sqrt", "symmetric", "theorem", "trace", "vector", "vectors", "zero",
]  # fmt: skip


def theorem(
    label: str,
    title: str,
    *,
    given: Term | Iterable[Term] | Mapping[str, Term] = (),
    show: Term | Iterable[Term],
    kind: str = "theorem",
    source: str = "",
    notes: str = "",
) -> Theorem:
    """State a result: under all of ``given`` (one, a list, or names with propositions) every one of ``show``.

    Hypotheses of a list are named h1, h2, ...; a definition such as w(t) = ... is a hypothesis too.
    ``source`` names a claim of a ledger ("batra#P1").  Raises CourseError, naming file and line, when the
    label is taken, when the kind is unknown or when something given or shown is no proposition.
    """
    frame = sys._getframe(1)
    file, line = frame.f_code.co_filename, frame.f_lineno
    if kind not in KINDS:
        raise CourseError(
            f"unknown kind {kind!r}", file, line, suggest(kind, KINDS, f"one of {', '.join(KINDS)}")
        )
    if not label or any(c.isspace() for c in label):
        raise CourseError(f"bad label {label!r}", file, line, "a label is one word such as 'min-norm'")
    if isinstance(given, Mapping):
        named = list(given.items())
    else:
        props = [given] if isinstance(given, Term) else list(given)
        named = [(f"h{i}", prop) for i, prop in enumerate(props, start=1)]
    pairs = tuple((str(name), prop) for name, prop in named)
    shows = tuple(show) if isinstance(show, Iterable) else (show,)
    for prop in (*(p for _, p in pairs), *shows):
        if not isinstance(prop, Term) or prop.sort != "prop":
            what = f"a {prop.sort}" if isinstance(prop, Term) else repr(prop)
            remedy = (
                "write Eq(a, b) rather than a == b; symmetric(S), In(x, Row(X)) and the like are propositions"
            )
            raise CourseError(f"{label!r}: {what} stands where a proposition is expected", file, line, remedy)
    if not shows:
        raise CourseError(
            f"{label!r} shows nothing", file, line, "give show= one proposition or a list of them"
        )
    register = loading.get()
    topic = register.topic if register is not None else ""
    stated = Theorem(label, title, pairs, shows, kind, source, " ".join(notes.split()), topic, file, line)
    if register is not None:
        register.add_theorem(stated)
    elif _alone(frame):
        from lemmata.course.alone import print_statement

        print_statement(stated)
    return stated


def derivation(label: str | Citation) -> Callable[[Callable[[Proof], None]], Callable[[Proof], None]]:
    """Decorator: the function writes the proof of the theorem ``label`` on the :class:`Proof` it is given.

    Its docstring is the idea of the proof.  Raises CourseError when the theorem has a derivation already;
    an unknown label is an error once the whole course has been read.
    """
    frame = sys._getframe(1)
    file, line = frame.f_code.co_filename, frame.f_lineno
    name = label if isinstance(label, str) else label.label

    def declare(write: Callable[[Proof], None]) -> Callable[[Proof], None]:
        register = loading.get()
        if register is not None:
            register.add_derivation(Derivation(name, write, file, line))
        elif _alone(frame):
            from lemmata.course.alone import print_established

            print_established(name, file)
        return write

    return declare


def cite(label: str) -> Citation:
    """The theorem ``label`` of this course, as a reason of a step; that it exists is checked on loading."""
    frame = sys._getframe(1)
    citation = Citation(label, frame.f_code.co_filename, frame.f_lineno)
    register = loading.get()
    if register is not None:
        register.citations.append(citation)
    return citation


def _alone(frame: FrameType) -> bool:
    """Whether the file that declares something is being run as a script."""
    namespace: dict[str, Any] = frame.f_globals
    return namespace.get("__name__") == "__main__"
