"""The catalogue's tools on the path, and its account at the end: how many claims are decided, by area."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for category in ("passed", "failed", "xfailed"):
        for report in terminalreporter.stats.get(category, []):
            for key, found in getattr(report, "user_properties", ()):
                if key == "catalogue" and report.when == "call":
                    counts[tuple(found)] += 1  # type: ignore[index]
    if not counts:
        return
    terminalreporter.section("catalogue of claims")
    for area in sorted({area for area, _ in counts}):
        words = (
            f"{counts[area, word]} {word}" for word in ("decided", "undecided", "wrong") if counts[area, word]
        )
        terminalreporter.line(f"{area:24} {', '.join(words)}")
    total = Counter({word: sum(n for (_, w), n in counts.items() if w == word) for _, word in counts})
    terminalreporter.line("all: " + ", ".join(f"{n} {word}" for word, n in total.items()))
