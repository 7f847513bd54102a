"""Idempotent matrices: the derivations."""

from lemmata.course.author import *

(n,) = dims("n")
E, F = matrices("E F", n, n)
x = vector("x", n)


@derivation("complement")
def _(p: Proof) -> None:
    """Multiply out and replace $E^2$ by $E$."""
    p.calc((I(n) - E) @ (I(n) - E)).eq(I(n) - E - E + E @ E).eq(I(n) - E, by="idempotent")
    p.calc(E @ (I(n) - E)).eq(E - E @ E).eq(0, by="idempotent")
    p.conclude(by="idempotent")


@derivation("fixed-points")
def _(p: Proof) -> None:
    """If $x = E z$ then $E x = E^2 z = x$; and if $E x = x$ then $x$ is a value of $E$."""
    p.conclude(by="idempotent")


@derivation("range-of-complement")
def _(p: Proof) -> None:
    """$E (I - E) = 0$ gives one inclusion; if $E x = 0$ then $x = (I - E) x$ gives the other."""
    p.have(Eq(E @ (I(n) - E), 0), by="idempotent")
    p.conclude(by="idempotent")


@derivation("commuting-product")
def _(p: Proof) -> None:
    """Exchange the two inner factors of $E F E F$."""
    p.calc(E @ F @ E @ F).eq(E @ E @ F @ F, by="they commute").eq(E @ F, by=["first", "second"])
    p.conclude()
