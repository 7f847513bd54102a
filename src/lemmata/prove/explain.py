"""A certificate as a proof that a person can read: which fact is used where, and by which rule.

>>> from lemmata.kernel.judgement import Statement
>>> from lemmata.prove.search import prove
>>> from lemmata.terms.claims import read_claims
>>> claims = read_claims("let A : R^{m x n}, B : R^{n x p}\\nassume A^T A B = 0\\nshow A B = 0")
>>> statement = Statement(claims.given, claims.shows[0].prop)
>>> print("\\n".join(explain(statement, prove(statement).proof)))
given  (h1)  A^T A B = 0
       (1)   A B = 0    because (A B)^T (A B) vanishes, by (h1)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lemmata.kernel.judgement import Statement
from lemmata.kernel.term import Term, from_json, inverse, pinv
from lemmata.terms.blocks import without_selectors
from lemmata.terms.show import show

__all__ = ["explain"]

REASONS = {
    "ideal": "multiply out",
    "positive": "a sum of squares",
    "rational": "multiply out, or read off the signs",
    "root": "the squares are so ordered, and the larger side is nonnegative",
    "cauchy": "this is the Cauchy-Schwarz inequality",
    "rank": "the one factors through the other",
    "constant": "the derivative vanishes, or has this sign, at all times",
    "limitroot": "the squares have these limits, and both are nonnegative",
    "value": "at this point",
    "linear": "the difference vanishes at 0, and its derivative is linear in it",
    "squeeze": "the distance is bounded by what tends to 0",
    "forall": "the letter is arbitrary",
    "instance": "a special case",
    "exists": "here is one",
    "eigen": "a negative eigenvalue -a of the difference, H v = -a v, would be absurd",
    "gram": "a semidefinite matrix has a square root",
    "attained": "the norm is a singular value",
    "vectors": "it holds for all vectors",
    "logic": "put together",
}
BLOCKS = {"pair": "on a singular pair", "L": "on Null(X^T)", "R": "on Null(X)"}


def explain(statement: Statement, proof: Any) -> list[str]:
    """The hypotheses and the steps of a certificate, one line each; sub-proofs are indented."""
    steps = list(_steps(proof["steps"], "", len(statement.given)))
    own = set(without_selectors(statement.given))
    lines = []
    for i, g in enumerate(statement.given, 1):
        if g in own:
            lines.append(f"given  (h{i})  {show(g)}")
        elif any(f"(h{i})" in step for step in steps):  # what is true of blocks anyway, where it is used
            lines.append(f"blocks (h{i})  {show(g)}")
    return [*lines, *steps]


def _steps(steps: Any, prefix: str, given: int) -> Iterator[str]:
    for number, step in enumerate(steps, 1):
        name = f"{prefix}{number}"
        yield f"       ({name})   {show(from_json(step['claim']))}    because {_reason(step, prefix, given)}"
        for key in ("steps", "back"):
            if key in step:
                # Inside, the facts known so far are the first hypotheses and the premise is the last.
                yield from _steps(step[key], f"{name}.{'' if key == 'steps' else 'b'}", given + number)
        for block, inner in step.get("cases", {}).items():
            for fact in inner:
                yield f"             {BLOCKS[block]}: {show(from_json(fact['claim']))}    because {_case(fact)}"


def _reason(step: Any, prefix: str, given: int) -> str:
    rule = step["rule"]
    if rule == "square":
        f = show(from_json(step["squares"][0][0][2]))
        return _join(f"({f})^T ({f}) vanishes", _facts(step, prefix, given))
    if rule == "apply":
        return f"this is the theorem {step['lemma']}"
    if rule == "cite":
        return f"cited: {step['name']}"
    if rule == "oracle":
        return "the oracle decides this fact about numbers"
    if rule == "spectral":
        what = f"compare the two sides singular value by singular value of {show(from_json(step['matrix']))}"
        return _join(what, _facts(step, prefix, given))
    if rule == "induction":
        return f"by induction over {step['variable']}"
    if rule == "implies":
        return "the conclusion follows from the premise" + (" and conversely" if "back" in step else "")
    if rule == "witness":
        return _join(f"{show(from_json(step['witness']))} is its inverse", _facts(step, prefix, given))
    if rule == "positive" and step["squares"]:
        squares = " + ".join(_square(s) for s in step["squares"])
        return _join(f"the difference is {squares}", _facts(step, prefix, given))
    return _join(REASONS.get(rule, rule), _facts(step, prefix, given))


def _case(step: Any) -> str:
    oracle = step["rule"] == "oracle"
    return "the oracle decides it" if oracle else REASONS.get(step["rule"], step["rule"])


def _square(square: Any) -> str:
    coefficient, scalars, root, middle = square
    R = show(from_json(root))
    factors = [coefficient] if coefficient != "1" else []
    factors += [show(from_json(s)) for s in scalars]
    inner = f"({R})^T ({R})" if not middle else f"({R})^T (right - left of a known inequality) ({R})"
    return " ".join([*factors, inner])


def _facts(step: Any, prefix: str, given: int) -> list[str]:
    refs = list(step.get("uses", ()))
    of = step.get("of")
    if isinstance(of, list):
        refs += [of] if of and isinstance(of[0], str) else of
    return list(dict.fromkeys(_ref(ref, prefix, given) for ref in refs))


def _ref(ref: Any, prefix: str, given: int) -> str:
    kind = ref[0]
    if kind == "given":
        return f"(h{ref[1] + 1})"
    if kind == "step":
        return f"({prefix}{ref[1] + 1})"
    if kind == "symmetric":
        return f"the symmetry in {_ref(ref[1], prefix, given)}"
    if kind == "value":
        return f"the value of {_ref(ref[1], prefix, given)} at a point"
    if kind == "diff":
        return f"the derivative of {_ref(ref[1], prefix, given)}"
    A: Term = from_json(ref[1])
    if kind == "penrose":
        return f"the Penrose conditions of {show(pinv(A))}"
    if kind == "inverse":
        return f"the definition of {show(inverse(A))}"
    said = {"norm": "the definition of the norm", "abs": "|c|^2 = c^2", "rank": "rank(A) = trace(A A^+)"}
    said |= {"adjugate": "adj(A) A = det(A) I = A adj(A)", "congruent": "functions of equals are equal"}
    said |= {"det": "determinants multiply, and det(I + A B) = det(I + B A)"}
    said |= {"exp": "e^{A + B} = e^A e^B where A and B commute", "dinverse": "the derivative of an inverse"}
    return said.get(kind, "what is intertwined by A and B is so by functions of them")


def _join(reason: str, facts: list[str]) -> str:
    return f"{reason}, by {', '.join(facts)}" if facts else reason
