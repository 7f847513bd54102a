"""What the measurements share: a table on standard output, the catalogue, and processor time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

# Before NumPy is imported: two threads make stacks of small decompositions slower, and incomparable.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).parent.parent

__all__ = ["ROOT", "catalogue", "cpu", "print_table", "quantile", "ratio", "seconds"]


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows below a head, columns aligned: the first to the left, the others to the right."""
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    for line in lines:
        cells = [
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def seconds(value: float) -> str:
    """A time in a unit that suits it."""
    if value < 1e-3:
        return f"{value * 1e6:.0f} us"
    return f"{value * 1e3:.3g} ms" if value < 1 else f"{value:.3g} s"


def ratio(value: float) -> str:
    """A ratio with two digits."""
    return f"{value:.2g} x" if value < 100 else f"{value:.0f} x"


def quantile(values: Sequence[float], q: float) -> float:
    """The smallest value that at least the fraction q does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-q * len(ordered) // 1) - 1))]


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """Processor time of this process, and what the work returned: other load hardly disturbs it."""
    before = time.process_time()
    result = work()
    return time.process_time() - before, result


def catalogue() -> list[Any]:
    """The claims of tests/catalogue, true and false ones, each with topic, truth, title and text."""
    folder = ROOT / "tests" / "catalogue"
    sys.path.insert(0, str(folder))
    from claim_files import read_entries

    return [entry for file in sorted(folder.glob("*/*.claims")) for entry in read_entries(file)]
