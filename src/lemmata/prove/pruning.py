"""Certificates without detours: the steps that the goal does not use are left out.

A reference ["step", j] names the j-th step of its own list.  In a sub-proof ["given", j] counts the
hypotheses outside, then the steps outside that came before, then the premise; so leaving out a step
renumbers the references inside sub-proofs too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lemmata.kernel.term import Term, to_json

__all__ = ["moved", "prune"]

NESTED = ("steps", "back")
SILENT = ("ne", "lt", "gt", "is")
"""Heads of facts that the kernel may use without being told (that something does not vanish)."""


def prune(steps: Sequence[Mapping[str, Any]], given: int, goals: Sequence[Term]) -> list[dict[str, Any]]:
    """The steps that the goals need, renumbered; ``given`` is the number of hypotheses."""
    wanted = [to_json(goal) for goal in goals]
    return _kept(steps, given, wanted)


def moved(steps: Sequence[Mapping[str, Any]], by: int) -> list[dict[str, Any]]:
    """The steps of a proof that rests on nothing, as a sub-proof where so many facts are known."""
    return [_moved(step, lambda j: j + by) for step in steps]


def _kept(steps: Sequence[Mapping[str, Any]], given: int, goals: Sequence[Any]) -> list[dict[str, Any]]:
    needed = {i for i, s in enumerate(steps) if s["claim"] in goals or s["claim"][0] in SILENT}
    for i in reversed(range(len(steps))):
        if i in needed:
            needed |= {j for j in _used(steps[i], i, given)}
    place = {old: new for new, old in enumerate(sorted(needed))}
    return [_renumbered(steps[i], i, given, place) for i in sorted(needed)]


def _used(step: Mapping[str, Any], index: int, given: int) -> Iterator[int]:
    """The steps of the same list that a step refers to, also from within its sub-proofs."""
    for key, value in step.items():
        if key in NESTED:
            inner = given + index + (step["rule"] in ("implies", "induction"))
            for k, nested in enumerate(value):
                yield from (j - given for j in _outer(nested, k, inner) if given <= j < given + index)
        elif key not in ("claim", "cases"):
            yield from (ref[1] for ref in _refs(value) if ref[0] == "step")


def _outer(step: Mapping[str, Any], index: int, given: int) -> Iterator[int]:
    """The hypotheses that a step of a sub-proof refers to."""
    for key, value in step.items():
        if key in NESTED:
            inner = given + index + (step["rule"] in ("implies", "induction"))
            for k, nested in enumerate(value):
                yield from (j for j in _outer(nested, k, inner) if j < given)
        elif key not in ("claim", "cases"):
            yield from (ref[1] for ref in _refs(value) if ref[0] == "given")


def _refs(value: Any) -> Iterator[list[Any]]:
    if isinstance(value, list):
        if len(value) == 2 and value[0] in ("given", "step") and type(value[1]) is int:
            yield value
        else:
            for part in value:
                yield from _refs(part)


def _renumbered(step: Mapping[str, Any], index: int, given: int, place: Mapping[int, int]) -> dict[str, Any]:
    before = sorted(j for j in place if j < index)

    def hypothesis(j: int) -> int:
        """The new number of a hypothesis of a sub-proof of this step."""
        if j < given:
            return j
        return given + place[j - given] if j < given + index else j - index + len(before)

    found = {}
    for key, value in step.items():
        if key in NESTED:
            extra = step["rule"] in ("implies", "induction")
            goals = _goals(step, key)
            found[key] = [_moved(s, hypothesis) for s in _kept(value, given + index + extra, goals)]
        elif key in ("claim", "cases"):
            found[key] = value
        else:
            found[key] = _mapped(value, {"step": lambda j: place[j]})
    return found


def _goals(step: Mapping[str, Any], key: str) -> list[Any]:
    """What a sub-proof must end in; for an induction its last claim."""
    claim, rule = step["claim"], step["rule"]
    if rule == "implies":
        return [claim[2] if key == "back" else claim[3]]
    return [claim[-1]] if rule == "forall" else [last["claim"] for last in step[key][-1:]]


def _moved(step: Mapping[str, Any], hypothesis: Any) -> dict[str, Any]:
    """A step of a sub-proof with its references to hypotheses renumbered."""
    return {
        key: value if key in ("claim", "cases") else [_moved(s, hypothesis) for s in value] if key in NESTED
        else _mapped(value, {"given": hypothesis})
        for key, value in step.items()
    }  # fmt: skip


def _mapped(value: Any, rules: Mapping[str, Any]) -> Any:
    if not isinstance(value, list):
        return value
    if len(value) == 2 and isinstance(value[0], str) and value[0] in rules and type(value[1]) is int:
        return [value[0], rules[value[0]](value[1])]
    return [_mapped(part, rules) for part in value]
