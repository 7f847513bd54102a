"""The catalogue: time for each claim of tests/catalogue, from claim text to verdict, in one process.

python bench/catalogue.py [TOPIC ...]
"""

from __future__ import annotations

import sys
import time
from collections import Counter

import sympy  # noqa: F401  (its import is not what we measure)
from table import catalogue, print_table, quantile, seconds

from lemmata.course.claims import decide_text

WRONG = {"true": {"refuted", "rejected"}, "false": {"proved"}}
EXPECTED = {"true": {"proved"}, "false": {"refuted", "rejected"}}


def main(topics: list[str]) -> None:
    entries = [entry for entry in catalogue() if not topics or entry.topic in topics]
    times: dict[str, list[float]] = {"true": [], "false": []}
    verdicts: dict[str, Counter[str]] = {"true": Counter(), "false": Counter()}
    slowest: list[tuple[float, str]] = []
    wrong: list[str] = []
    for entry in entries:
        start = time.perf_counter()
        try:
            verdict = decide_text(entry.text)[0]["verdict"]
        except Exception as error:  # a mistake of the engine is counted, and the others are measured
            verdict = type(error).__name__
        taken = time.perf_counter() - start
        times[entry.truth].append(taken)
        verdicts[entry.truth][verdict] += 1
        slowest.append((taken, entry.name))
        if verdict in WRONG[entry.truth]:
            wrong.append(f"{entry.name} ({verdict})")
    rows = []
    for truth, taken_all in times.items():
        if taken_all:
            good = sum(verdicts[truth][v] for v in EXPECTED[truth])
            mistaken = sum(verdicts[truth][v] for v in WRONG[truth])
            q = [seconds(quantile(taken_all, p)) for p in (0.5, 0.95, 1.0)]
            rows.append(
                [truth, len(taken_all), f"{good / len(taken_all):.1%}", mistaken, *q, seconds(sum(taken_all))]
            )
    print_table(["claims", "number", "decided", "wrongly", "median", "95 %", "longest", "all"], rows)
    for name in wrong:
        print(f"wrong: {name}")
    print("\nthe longest:")
    for taken, name in sorted(slowest, reverse=True)[:5]:
        print(f"  {seconds(taken):>8}  {name}")


if __name__ == "__main__":
    main(sys.argv[1:])
