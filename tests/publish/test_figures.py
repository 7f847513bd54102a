"""Figures show computed data: what is drawn satisfies the mathematics that the caption states."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemmata.publish.figures import FIGURES, column, draw_all, flow, ridge, row

X, Y = row(1, 2), column(4)
coordinate = st.floats(-5, 5)


@given(coordinate, coordinate)
def test_flow_ends_at_the_interpolant_nearest_to_its_start(a: float, b: float) -> None:
    start = column(a, b)
    end = flow(X, Y, start, np.inf)
    assert X @ end == pytest.approx(Y)
    assert np.linalg.det(np.vstack([end - start, X])) == pytest.approx(
        0, abs=1e-9
    )  # moved along the row space


@given(coordinate, coordinate, st.floats(0, 3))
def test_flow_satisfies_its_differential_equation(a: float, b: float, t: float) -> None:
    start, h = column(a, b), 1e-5
    w = flow(X, Y, start, t)
    slope = (flow(X, Y, start, t + h) - flow(X, Y, start, t - h)) / (2 * h)
    assert slope == pytest.approx(-X.T @ (X @ w - Y), abs=1e-6)


def test_known_points() -> None:
    assert flow(X, Y, column(0, 0), np.inf) == pytest.approx([4 / 5, 8 / 5])
    assert flow(X, Y, column(0, 0), 0) == pytest.approx([0, 0])
    square, y = np.array([[1.0, 2.0], [0.75, 0.0]]), column(3, 1.5)
    assert ridge(square, y, 1e-9) == pytest.approx(np.linalg.solve(square, y), abs=1e-6)
    assert ridge(square, y, 1e9) == pytest.approx([0, 0], abs=1e-6)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("flow-geometry", ["(0, 0) to (0.8, 1.6)", "(4, 0)", "length 1.79", "length 4.00", "right angles"]),
        ("ridge-path", ["(2, 0.5)", "singular values 2.26 and 0.66", "penalty 1"]),
    ],
)
def test_the_alternative_text_says_what_is_drawn(name: str, words: list[str]) -> None:
    alt = FIGURES[name]().alt
    assert [word for word in words if word not in alt] == []


def test_the_same_data_give_the_same_bytes_without_dates_or_fonts() -> None:
    first, second = draw_all(), draw_all()
    assert first == second
    for figure in first.values():
        assert "<text" not in figure.svg and "dc:date" not in figure.svg
        assert b"CreationDate" not in figure.pdf
