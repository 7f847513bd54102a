"""Idempotent matrices: E^2 = E, so that doing it twice is doing it once.

For E = [1 1; 0 0] the point (2, 3) goes to (5, 0) and stays there: its shadow on the first axis, in a light
that falls along (1, -1).
"""

from lemmata.course.author import *

(n,) = dims("n")
E, F = matrices("E F", n, n)
x = vector("x", n)

theorem(
    "complement",
    "The complement of an idempotent",
    given={"idempotent": idempotent(E)},
    show=[idempotent(I(n) - E), Eq(E @ (I(n) - E), 0), Eq((I(n) - E) @ E, 0)],
    kind="lemma",
    source="folklore#1",
)

theorem(
    "fixed-points",
    "An idempotent fixes its range, point by point",
    given={"idempotent": idempotent(E)},
    show=Iff(In(x, Col(E)), Eq(E @ x, x)),
    kind="proposition",
    source="folklore#2",
)

theorem(
    "range-of-complement",
    "What the complement reaches is what the idempotent kills",
    given={"idempotent": idempotent(E)},
    show=Eq(Col(I(n) - E), Null(E)),
    kind="proposition",
    source="folklore#3",
)

theorem(
    "commuting-product",
    "Commuting idempotents multiply",
    given={"first": idempotent(E), "second": idempotent(F), "they commute": Eq(E @ F, F @ E)},
    show=idempotent(E @ F),
    source="folklore#4",
)
