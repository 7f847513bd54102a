"""Limits with parameters: leading terms at h -> 0+, every sign condition proved.

The variable is written with h: a + h, a - h, or 1/h.  A letter is then
a Laurent series in h (e^{-x} where x stays finite, sin, log, roots), or
*flat*: smaller than every power of h, such as e^{-c/h} with c > 0 or b^{1/h} with |b| < 1.
In numerator and denominator flat terms fall away beside others, and leading powers are compared; the
leading coefficient of the denominator is proved to be nonzero.

>>> from lemmata.kernel.term import exp, mul, number, symbol
>>> from lemmata.terms.forms import infinity, limit
>>> from lemmata.oracle.prover import Prover
>>> from lemmata.oracle.world import World
>>> world = World()
>>> _ = Prover(world, [])
>>> t, s = symbol("t", 1, 1, "positive"), symbol("s", 1, 1, "positive")
>>> world.show(limit_of(Reader(world), limit(number(1) - exp(mul(number(-1), t, s)), t, infinity())))
'1'
"""

from __future__ import annotations

from collections.abc import Callable

from lemmata.kernel.term import Term
from lemmata.oracle.approach import Approach, Diverges
from lemmata.oracle.calculus import dependent
from lemmata.oracle.ratios import ONE, Ratio, Refused
from lemmata.oracle.reading import Reader

__all__ = ["infinite_limit", "limit_of"]


def limit_of(reader: Reader, term: Term) -> Ratio:
    """The value of a limit, a ratio without its variable.  Raises Refused."""
    values = [_one_side(reader, term, side, lambda a, r: a.limit(r)) for side in _sides(reader, term)]
    if len(values) == 2 and not reader.world.is_zero((values[0] - values[1]).num):
        raise Refused("the limits from both sides are not seen to agree")
    return values[0]


def infinite_limit(reader: Reader, prop: Term) -> str:
    """Show that a limit is oo or -oo.  Raises Refused."""
    body, target = prop.args
    if body.head != "limit":
        raise Refused("infinity is not a number")
    sign = 1 if target.head == "infinity" else _far(target)

    def grows(approach: Approach, ratio: Ratio) -> Ratio:
        try:
            approach.limit(ratio)
        except Diverges as found:
            if found.sign == sign:
                return ONE
        raise Refused("the limit is not seen to be infinite with this sign")

    for side in _sides(reader, body):
        _one_side(reader, body, side, grows)
    return "limit: a leading term without bound"


def _far(point: Term) -> int:
    """1 or -1 for an infinite point, 0 for a finite one."""
    if point.head == "infinity":
        return 1
    if point.head == "mul" and any(a.head == "infinity" for a in point.args):
        sign = 1
        for a in point.args:
            if a.head == "number" and a.value:
                sign = sign if a.value > 0 else -sign
            elif a.head != "infinity":
                raise Refused("an infinite point that is not read")
        return sign
    return 0


def _sides(reader: Reader, term: Term) -> tuple[int, ...]:
    _, variable, point = term.args
    domain = str(variable.value[3])
    if domain not in ("real", "positive", "nonnegative", "time", "natural") or variable.value[4]:
        raise Refused(f"a limit in {variable.name}")
    far = _far(point)
    if far:
        if far < 0 and domain != "real":
            raise Refused("the variable of the limit does not reach its point")
        return (far,)
    if domain == "natural":
        raise Refused("a limit of a sequence at a finite point")
    a = reader.ratio(point)
    sides = {"": (1, -1), "+": (1,), "-": (-1,)}[term.value]
    if domain == "real" or reader.world.positive(a):
        return sides
    if not reader.world.is_zero(a.num):
        raise Refused("the point of the limit is not seen to lie in the domain of its variable")
    if term.value == "-":
        raise Refused("a limit from outside of the domain of its variable")
    return (1,)


def _one_side(reader: Reader, term: Term, side: int, use: Callable[[Approach, Ratio], Ratio]) -> Ratio:
    body, variable, point = term.args
    far = _far(point)
    last: Refused | None = None
    for root in (1, 2):
        world = reader.world
        h = world.symbol("h", 2, key=("approach", len(world.letters)))
        index = next(iter(h.letters()))
        step = h**root
        value = Ratio.of(far) / step if far else reader.ratio(point) + step * Ratio.of(side)
        approach = Approach(world, index, variable.value[3] == "natural")
        inner = Reader(world, {**reader.values, variable: value}, near=approach)
        try:
            found = use(approach, inner.ratio(body))
        except Diverges:
            raise
        except Refused as reason:
            last = last or reason
            world.clock()
            continue
        if found.letters() & set(dependent(world, index)):
            raise Refused("the limit still depends on its variable")
        return found
    raise last or Refused("no limit")
