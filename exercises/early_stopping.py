"""Shrinkage by stopping early and by a penalty: equal for one singular value, different for two."""

from fractions import Fraction

from lemmata.grade.draw import Draw
from lemmata.grade.exercise import Mistake, Part, SolutionStep, Variant, exercise
from lemmata.grade.tex import tex
from lemmata.kernel.term import Term, exp, mul, number, substitute, symbol
from lemmata.terms.forms import call, equation, power, relation

HALF, ONE, TWO, THREE = Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3)
SIGMA, TIME = symbol("sigma", domain="positive"), symbol("t", domain="positive")
LAMBDA = symbol("lambda", domain="positive")


def log(x: Term) -> Term:
    return call("log", x)


def flow(s: Term, t: Term) -> Term:
    """What gradient flow from 0 has reached at time t of the target along a singular value s."""
    return number(1) - exp(mul(number(-1), t, power(s, 2)))


def ridge(s: Term, penalty: Term) -> Term:
    """What the ridge solution reaches of it."""
    return power(s, 2) / (power(s, 2) + penalty)


@exercise("shrinkage", title="Shrinkage by time and by penalty", source="slt-flow", marks=12)
def shrinkage(draw: Draw) -> Variant:
    s = draw.first(2, lambda: draw.integer(2, 6))
    sq = s * s
    t = draw.first(Fraction(1, 2), lambda: Fraction(draw.integer(1, 6), 2 * sq))
    penalty = draw.first(1, lambda: draw.until(lambda: draw.integer(1, 9), lambda x: x != sq))
    rate = number(Fraction(sq, sq + penalty))
    flow_value, time = number(1) - exp(number(-t * sq)), log(number(1 + Fraction(sq, penalty))) / number(sq)
    match = power(SIGMA, 2) / (exp(TIME * power(SIGMA, 2)) - number(1))
    match_here = substitute(match, {SIGMA: number(s), TIME: number(t)})
    return Variant(
        task="Along a singular vector of $X$ with the singular value $\\sigma$, the least-squares solution "
             "has the "
        "coefficient $z$. Gradient flow $\\dot w = -X^\\top (X w - y)$ from $w(0) = 0$ has reached $f\\,z$ "
        "at time "
        "$t$, and ridge regression, the minimiser of $\\|X w - y\\|^2 + \\lambda \\|w\\|^2$, reaches "
        "$g\\,z$. Here "
        f"$\\sigma = {s}$, $t = {tex(t)}$ and $\\lambda = {penalty}$.",
        parts=(
            Part("a", f"The factor $f$ at time $t = {tex(t)}$.", "number", flow_value, ONE,
                 tolerance=Fraction(1, 10**6),
                 hints=("The coefficient obeys $\\dot c = \\sigma^2 (z - c)$.",),
                 mistakes=(
                     Mistake("rate-not-squared", number(1) - exp(number(-t * s)),
                             "The rate is $\\sigma^2$, not $\\sigma$.", HALF),
                     Mistake("remaining-part", exp(number(-t * sq)),
                             "This is what is still missing at time $t$; the factor is 1 minus it.", HALF),
                 )),
            Part("b", f"The factor $g$ for $\\lambda = {penalty}$.", "number", rate,
                 mistakes=(
                     Mistake("rate-not-squared", number(Fraction(s, s + penalty)),
                             "The singular value enters squared.", HALF),
                     Mistake("remaining-part", number(Fraction(penalty, sq + penalty)),
                             "This is what is lost; the factor is 1 minus it.", HALF),
                 )),
            Part("c", "The time at which the flow has reached exactly what ridge with $\\lambda = "
                      f"{penalty}$ "
                 "reaches.", "number", time, THREE, tolerance=Fraction(1, 10**6),
                 hints=("Set $f = g$ and solve for $e^{-t \\sigma^2}$.",),
                 mistakes=(
                     Mistake("first-order-only", number(Fraction(1, penalty)),
                             "$t = 1/\\lambda$ is only the first order for small $\\sigma^2 t$.", ONE),
                     Mistake("rate-forgotten", log(number(1 + Fraction(sq, penalty))),
                             "Divide by the rate $\\sigma^2$.", ONE),
                     Mistake("inverted", log(number(1 + Fraction(penalty, sq))) / number(sq),
                             "The quotient in the logarithm is upside down."),
                 )),
            Part("d", "For any $\\sigma > 0$ and $t > 0$: the $\\lambda$ for which $g = f$, as a "
                      "formula.", "expression",
                 match, THREE, symbols=(SIGMA, TIME),
                 mistakes=(
                     Mistake("first-order-only", number(1) / TIME,
                             "This is the first order for small $\\sigma^2 t$ only.", ONE),
                     Mistake("rate-not-squared", SIGMA / (exp(TIME * SIGMA) - number(1)),
                             "The singular value enters squared, in both places.", ONE),
                     Mistake("one-forgotten", power(SIGMA, 2) * exp(mul(number(-1), TIME, power(SIGMA, 2))),
                             "$1/f - 1$ is $1/(e^{t \\sigma^2} - 1)$: the $-1$ is missing.", ONE),
                 )),
            Part("e", "The limit of $t \\cdot \\lambda$ for this $\\lambda$, as $t \\to "
                      "0$.", "number", number(1), TWO,
                 hints=("$e^x - 1$ is $x$ to first order.",),
                 mistakes=(Mistake("zero", number(0), "$\\lambda$ grows like $1/t$."),)),
            Part("f", "At the matched $\\lambda$ of part (d) and for one singular value, which is larger: "
                      "$\\lambda$ or "
                 "$1/t$?", "choice", number(1), TWO, options=("lambda", "1/t", "they are equal"),
                 hints=("$e^x - 1 > x$.",)),
        ),
        solution=(
            SolutionStep("The coefficient $c$ obeys $\\dot c = \\sigma^2 (z - c)$ with $c(0) = 0$, so $f = "
                         "1 - e^{-t "
                         f"\\sigma^2}}$; here $t \\sigma^2 = {tex(t * sq)}$.",
                         equation(flow(number(s), number(t)), flow_value)),
            SolutionStep("Ridge divides by $\\sigma^2 + \\lambda$ instead of $\\sigma^2$, so $g = "
                         "\\sigma^2 / (\\sigma^2 "
                         f"+ \\lambda) = {tex(rate)}$.", equation(ridge(number(s), number(penalty)), rate)),
            SolutionStep("The two are equal when $e^{-t \\sigma^2} = \\lambda / (\\sigma^2 + \\lambda)$, "
                         "that is $t = "
                         f"\\ln(1 + \\sigma^2 / \\lambda) / \\sigma^2 = {tex(time)}$.",
                         equation(flow(number(s), time), rate)),
            SolutionStep("Solved for $\\lambda$: $\\lambda = \\sigma^2 / (e^{t \\sigma^2} - 1)$. Indeed, "
                         "with the numbers "
                         "of part (a):", equation(ridge(number(s), match_here), flow_value)),
            SolutionStep("As $e^x - 1 > x$ for $x > 0$, this $\\lambda$ is smaller than $1/t$,",
                         relation("lt", match_here, number(1 / t))),
            SolutionStep("and it is close to $1/t$ only while $t \\sigma^2$ is small: for $t \\sigma^2 = "
                         "1/1000$, the "
                         "product $t \\lambda$ exceeds $0.999$.",
                         relation("gt",
                                  number(Fraction(1, 1000)) / (exp(number(Fraction(1, 1000))) - number(1)),
                                  number(Fraction(999, 1000)))),
        ),
    )  # fmt: skip


@exercise("one-penalty-two-modes", title="No penalty is a stopping time for two singular "
                                         "values", source="slt-flow",
          marks=11)  # fmt: skip
def one_penalty_two_modes(draw: Draw) -> Variant:
    s, factor, r = draw.first((1, 2, 3), lambda: (draw.integer(1, 7), draw.integer(2, 3), draw.integer(3, 7)))
    sq, m = s * s, factor * factor
    penalty = Fraction(sq, r - 1)
    big = sq * m
    time = log(number(r)) if sq == 1 else log(number(r)) / number(sq)
    first = Fraction(r - 1, r)
    flow_second, ridge_second = 1 - Fraction(1, r**m), Fraction(big) / (big + penalty)
    other = Fraction(big, r**m - 1)
    return Variant(
        task=f"The matrix $X$ has the two singular values ${s}$ and ${s * factor}$. Gradient flow $\\dot w "
             "= -X^\\top (X w "
        "- y)$ starts at $0$; ridge regression minimises $\\|X w - y\\|^2 + \\lambda \\|w\\|^2$ with "
        "$\\lambda = "
        f"{tex(penalty)}$. The factors by which they shrink the coefficients of the least-squares solution "
        "are compared.",
        parts=(
            Part("a", f"The factor of ridge for the singular value ${s}$.", "number", number(first),
                 mistakes=(Mistake("remaining-part", number(1 - first), "This is what is lost."),)),
            Part("b", "The time at which the flow has the same factor for the singular value "
                      f"${s}$.", "number", time, TWO,
                 tolerance=Fraction(1, 10**6),
                 hints=("$1 - e^{-t \\sigma^2} = \\sigma^2 / (\\sigma^2 + \\lambda)$.",),
                 mistakes=(Mistake("first-order-only", number(1 / penalty), "$t = 1/\\lambda$ is only the "
                                                                            "first order.",
                                   ONE),)),
            Part("c", f"The factor of the flow for the singular value ${s * factor}$ at this time.", "number",
                 number(flow_second), TWO,
                 hints=(f"The rate is ${m}$ times as large, so $e^{{-t \\sigma^2}}$ is the power ${m}$ of "
                        "what it was.",),
                 mistakes=(Mistake("rate-not-squared", number(1 - Fraction(1, r**factor)),
                                   "The rate grows with the square of the singular value.", ONE),
                           Mistake("remaining-part", number(Fraction(1, r**m)), "This is what is still "
                                                                                "missing.", ONE))),
            Part("d", "The factor of ridge for the singular value "
                      f"${s * factor}$.", "number", number(ridge_second),
                 mistakes=(Mistake("remaining-part", number(1 - ridge_second), "This is what is "
                                                                               "lost.", HALF),)),
            Part("e", "Which of the two shrinks less there?", "choice", number(0),
                 options=("flow", "ridge", "both the same")),
            Part("f", f"The $\\lambda$ whose ridge factor for the singular value ${s * factor}$ equals "
                      "that of the flow at "
                 "the time of part (b).", "number", number(other), TWO,
                 mistakes=(Mistake("same-penalty", number(penalty),
                                   f"This is the penalty that fits the singular value ${s}$."),)),
            Part("g", "Is the prediction of the flow at this time the prediction of ridge regression for "
                      "some $\\lambda$, "
                 "whatever $y$ is?", "choice", number(1), TWO, options=("yes", "no")),
        ),
        solution=(
            SolutionStep(f"For $\\sigma = {s}$ ridge has the factor $\\sigma^2 / (\\sigma^2 + \\lambda) = "
                         f"{tex(first)}$.",
                         equation(ridge(number(s), number(penalty)), number(first))),
            SolutionStep(f"The flow has it when $e^{{-{'' if sq == 1 else sq}t}} = {tex(1 - first)}$, at "
                         f"$t = {tex(time)}$.",
                         equation(flow(number(s), time), number(first))),
            SolutionStep(f"At this time the larger singular value has $e^{{-t \\sigma^2}} = "
                         f"({tex(1 - first)})^{{{m}}}$, so "
                         f"the factor is ${tex(flow_second)}$.",
                         equation(flow(number(s * factor), time), number(flow_second))),
            SolutionStep(f"Ridge has the factor ${tex(ridge_second)}$ there.",
                         equation(ridge(number(s * factor), number(penalty)), number(ridge_second))),
            SolutionStep("That is smaller: ridge shrinks the larger singular value more.",
                         relation("lt", number(ridge_second), number(flow_second))),
            SolutionStep(f"To match there, $\\lambda = \\sigma^2 / (e^{{t \\sigma^2}} - 1) = {tex(other)}$ "
                         "would be needed,",
                         equation(ridge(number(s * factor), number(other)), number(flow_second))),
            SolutionStep("another one than for the smaller singular value. So no single $\\lambda$ does "
                         "both, and early "
                         "stopping is not ridge regression, although it is close to it.",
                         relation("ne", number(other), number(penalty))),
        ),
    )  # fmt: skip
