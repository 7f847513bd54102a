r"""Figures of the geometry, every point computed from the data that the caption names.

``flow-geometry``: for :math:`X = [1\; 2]`, :math:`y = 4` the solutions of :math:`Xw = y` are a line.
Gradient flow :math:`\dot w = -X^\top(Xw - y)` has the closed form

    w(t) = w_0 - (1 - e^{-t s^2}) X^+ (X w_0 - y),        s^2 = X X^\top,

so it moves along the row space and keeps its component in the null space: from 0 it ends at the
minimum-norm solution :math:`X^+ y = (4/5, 8/5)`, from elsewhere at the solution nearest to its start.

``ridge-path``: for a 2 x 2 matrix with different singular values the ridge solutions
:math:`(X^\top X + \lambda I)^{-1} X^\top y` and the flow started at 0 join the same two points along
different curves: in singular direction i one shrinks by s^2/(s^2 + lambda), the other by 1 - e^{-t s^2}.

>>> flow(row(1, 2), column(4), column(0, 0), float("inf")).round(3).tolist()
[0.8, 1.6]
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lemmata.publish.model import FigureView

__all__ = ["FIGURES", "column", "draw", "draw_all", "flow", "flow_geometry", "ridge", "ridge_path", "row"]

Array = NDArray[np.float64]
# Okabe and Ito's colours, told apart with any colour vision; shapes and words repeat what they say.
INK, BLUE, VERMILION, GREEN, PURPLE = "#1c1d20", "#0072B2", "#D55E00", "#007A5A", "#8F4A7A"
# Text as paths and a fixed salt: the same data gives the same bytes, with any fonts installed.
SETTINGS: dict[str, Any] = {
    "svg.fonttype": "path", "svg.hashsalt": "lemmata", "font.family": "DejaVu Sans",
    "mathtext.fontset": "cm", "font.size": 10.5, "axes.edgecolor": "#8a8f99", "axes.linewidth": 0.7,
    "xtick.color": "#575c66", "ytick.color": "#575c66", "text.color": INK, "axes.labelcolor": INK,
}  # fmt: skip


def row(*entries: float) -> Array:
    return np.array([entries], dtype=np.float64)


def column(*entries: float) -> Array:
    return np.array(entries, dtype=np.float64)


def flow(X: Array, y: Array, start: Array, t: float) -> Array:
    """Gradient flow of |Xw - y|^2/2 at time t (closed form; t may be infinite), by the SVD of X (m x n)."""
    _, s, Vt = np.linalg.svd(X)
    sigma = np.zeros(X.shape[1])
    sigma[: len(s)] = np.asarray(s, dtype=np.float64)
    grown: Array = np.where(sigma > 1e-12, -np.expm1(-t * np.where(sigma > 1e-12, sigma, 1.0) ** 2), 0.0)
    target: Array = np.asarray(np.linalg.pinv(X) @ y, dtype=np.float64)
    turned: Array = np.asarray(Vt, dtype=np.float64)
    moved: Array = start + turned.T @ (grown * (turned @ (target - start)))
    return moved


def ridge(X: Array, y: Array, penalty: float) -> Array:
    """The minimiser of |Xw - y|^2 + penalty |w|^2, for a positive penalty."""
    gram = X.T @ X + penalty * np.eye(X.shape[1])
    return np.asarray(np.linalg.solve(gram, X.T @ y), dtype=np.float64)


def _point(w: Array, digits: int = 2) -> str:
    return "(" + ", ".join(f"{round(float(x), digits) + 0.0:g}" for x in w) + ")"


def draw(
    name: str, caption: str, alt: str, paint: Callable[[Any], None], size: tuple[float, float]
) -> FigureView:
    """Draw on fresh axes; SVG and PDF of the same picture, without dates."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    settings: Any = SETTINGS  # matplotlib types the names of its settings one by one
    with rc_context(settings):
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.add_subplot()
        axes.spines[["top", "right"]].set_visible(False)
        paint(axes)
        svg, pdf = io.BytesIO(), io.BytesIO()
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
        figure.savefig(pdf, format="pdf", metadata={"CreationDate": None, "Creator": None, "Producer": None})
    return FigureView(name, caption, alt, svg.getvalue().decode(), pdf.getvalue())


def _note(
    axes: Any, words: str, at: Array, offset: tuple[float, float], color: str, ha: str = "left"
) -> None:
    """A label beside a point, on a white ground so that no line crosses it."""
    axes.annotate(
        words, at, xytext=offset, textcoords="offset points", color=color, ha=ha, va="center", zorder=6,
        bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.9},
    )  # fmt: skip


def _path(axes: Any, points: Array, color: str, middle: float = 0.55, **style: Any) -> None:
    """A curve (k x 2) with an arrow head at the given part of its length."""
    axes.plot(points[:, 0], points[:, 1], color=color, lw=2, zorder=4, **style)
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    i = int(np.searchsorted(length, middle * length[-1]))
    axes.annotate(
        "", points[i + 1], points[i - 1], arrowprops={"arrowstyle": "-|>", "color": color, "lw": 2}, zorder=5
    )


def flow_geometry() -> FigureView:
    """The affine set of interpolants, gradient flow from several starts, the shortest one, a wrong one."""
    X, y = row(1, 2), column(4)
    shortest = np.linalg.pinv(X) @ y
    wrong = column(y[0] / X[0, 0], 0)
    along = X[0] / np.linalg.norm(X)
    null = column(-along[1], along[0])
    starts = [column(0, 0), column(-1.2, 0.4), column(3.6, 1.9)]
    ends = [flow(X, y, w0, np.inf) for w0 in starts]
    times = np.linspace(0, 1.4, 120)

    def paint(axes: Any) -> None:
        span = np.array([-4.4, 4.4])[:, None]
        solutions, rows = shortest + span * null, np.array([-0.6, 1.75])[:, None] * along * 2
        axes.plot(*rows.T, color="#8a8f99", lw=1.1, ls=(0, (5, 3)), zorder=2)
        axes.plot(*solutions.T, color=INK, lw=1.8, zorder=3)
        corner = shortest + 0.16 * np.array([-along, -along + null, null])
        axes.plot(*corner.T, color=INK, lw=0.9, zorder=3)
        for w0, color in zip(starts, (BLUE, GREEN, GREEN), strict=True):
            points = np.array([flow(X, y, w0, t) for t in times])
            _path(axes, points, color)
            axes.plot(*w0, "o", ms=6, mfc="white", mec=color, mew=1.6, zorder=6)
        for end in ends[1:]:
            axes.plot(*end, "o", ms=6, color=GREEN, zorder=6)
        axes.plot(*shortest, "o", ms=8, color=BLUE, zorder=7)
        axes.plot([0, wrong[0]], [0, wrong[1]], color=VERMILION, lw=1.3, ls=":", zorder=3)
        axes.plot(*wrong, "X", ms=9, color=VERMILION, zorder=7)
        _note(
            axes,
            rf"$X^{{+}}y$ = {_point(shortest)}" + f"\nlength {np.linalg.norm(shortest):.2f}",
            shortest,
            (16, 8),
            BLUE,
        )
        _note(
            axes, f"{_point(wrong)}, length {np.linalg.norm(wrong):g}", wrong, (-12, -15), VERMILION, "right"
        )
        _note(axes, "flow from 0", starts[0], (10, -11), BLUE)
        for w0, below in zip(starts[1:], (-14, 14), strict=True):
            _note(axes, f"from {_point(w0)}", w0, (0, below), GREEN, "center")
        _note(axes, r"$\{w : Xw = y\}$", shortest + 2.3 * null, (6, 14), INK)
        _note(axes, r"$\mathrm{Row}(X)$", rows[1], (-8, 2), "#575c66", "right")
        axes.set(xlim=(-2.4, 4.7), ylim=(-0.75, 3.35), aspect="equal", xlabel="$w_1$", ylabel="$w_2$")

    where = "; ".join(f"from {_point(a)} to {_point(b)}" for a, b in zip(starts, ends, strict=True))
    alt = (
        f"The plane of weights w for X = [{X[0, 0]:g} {X[0, 1]:g}] and y = {y[0]:g}. The interpolants form a "
        f"line through {_point(wrong)} and {_point(shortest)}. Gradient flow paths are segments at right "
        f"angles to it: {where}. The point {_point(shortest)} has length {np.linalg.norm(shortest):.2f}; the "
        f"interpolant {_point(wrong)} is a wrong answer of length {np.linalg.norm(wrong):.2f}."
    )
    caption = (
        rf"Gradient flow for $X = {_matrix(X)}$, $y = {y[0]:g}$. Every interpolant lies on the black line. "
        rf"The flow moves parallel to the row space, at right angles to that line: from $0$ it ends at "
        rf"$X^{{+}} y = {_exact(shortest)}$; from elsewhere it ends at the interpolant nearest to its start. "
        rf"The interpolant ${_point(wrong)}$ fits as well, but is longer."
    )
    return draw("flow-geometry", caption, alt, paint, (6.6, 4.2))


def _fraction(x: float) -> str:
    p = Fraction(x).limit_denominator(1000)
    return rf"\tfrac{{{p.numerator}}}{{{p.denominator}}}" if p.denominator > 1 else str(p)


def _exact(w: Array) -> str:
    return "(" + ", ".join(_fraction(float(x)) for x in w) + ")"


def _matrix(A: Array) -> str:
    rows = r" \\ ".join(" & ".join(_fraction(float(x)) for x in line) for line in A)
    return rf"\begin{{bmatrix}}{rows}\end{{bmatrix}}"


def ridge_path() -> FigureView:
    """Ridge solutions for all penalties and gradient flow for all times, from 0 to the exact solution."""
    X, y = np.array([[1.0, 2.0], [0.75, 0.0]]), column(3, 1.5)
    solution = np.linalg.solve(X, y)
    largest, smallest = np.linalg.svd(X)[1]
    amounts = np.logspace(-3.2, 3.2, 400)
    penalised = np.array([ridge(X, y, 1 / a) for a in amounts])
    flowed = np.array([flow(X, y, column(0, 0), t) for t in amounts])
    shared = 1.0
    at_ridge, at_flow = ridge(X, y, 1 / shared), flow(X, y, column(0, 0), shared)

    def paint(axes: Any) -> None:
        _path(axes, np.vstack([[0, 0], flowed]), BLUE, 0.3)
        _path(axes, np.vstack([[0, 0], penalised]), VERMILION, 0.75, ls=(0, (6, 2)))
        axes.plot(
            [at_ridge[0], at_flow[0]], [at_ridge[1], at_flow[1]], color="#8a8f99", lw=1, ls=":", zorder=3
        )
        axes.plot(*at_ridge, "s", ms=7, color=VERMILION, zorder=6)
        axes.plot(*at_flow, "o", ms=7, color=BLUE, zorder=6)
        axes.plot(*solution, "*", ms=14, color=INK, zorder=7)
        axes.plot(0, 0, "o", ms=6, mfc="white", mec=INK, mew=1.5, zorder=7)
        _note(axes, rf"ridge, $\lambda = {1 / shared:g}$", at_ridge, (0, -17), VERMILION, "center")
        _note(axes, rf"flow, $t = {shared:g}$", at_flow, (10, 13), BLUE)
        _note(axes, rf"$X^{{-1}}y$ = {_point(solution)}", solution, (-4, -18), INK, "center")
        _note(axes, r"$0$:  $t = 0$,  $\lambda \to \infty$", column(0, 0), (14, -4), INK)
        axes.set(aspect="equal", xlabel="$w_1$", ylabel="$w_2$")
        axes.margins(0.1)

    alt = (
        f"Two curves in the plane of weights from (0, 0) to the solution {_point(solution)} of a 2 by 2 "
        f"system with singular values {largest:.2f} and {smallest:.2f}. Ridge with penalty 1 is at "
        f"{_point(at_ridge)}, gradient flow at time 1 is at {_point(at_flow)}; the curves have the same ends "
        f"and differ between them by up to {_gap(penalised, flowed):.2f}."
    )
    caption = (
        r"Ridge ($\lambda$ from $\infty$ to $0$, dashed) and gradient flow from $0$ ($t$ from $0$ to "
        rf"$\infty$, solid) for $X = {_matrix(X)}$, $y = {_exact(y)}$, singular values "
        rf"${largest:.2f}$ and ${smallest:.2f}$. In singular direction $i$ ridge keeps "
        r"$\sigma_i^2/(\sigma_i^2+\lambda)$ of the solution and the flow $1 - e^{-t\sigma_i^2}$: both find "
        r"the large singular direction first, along different curves. Dots mark $t = 1/\lambda = 1$."
    )
    return draw("ridge-path", caption, alt, paint, (6.2, 4.0))


def _gap(first: Array, second: Array) -> float:
    """The largest distance from a point of the first curve to the second curve."""
    distances = np.linalg.norm(first[:, None, :] - second[None, :, :], axis=2)
    return float(distances.min(axis=1).max())


FIGURES: Mapping[str, Callable[[], FigureView]] = {"flow-geometry": flow_geometry, "ridge-path": ridge_path}


def draw_all() -> dict[str, FigureView]:
    """Every figure of this module, by name."""
    return {name: make() for name, make in FIGURES.items()}
