"""Final answers: lemmata compare against the package math-verify, on the same cases in one run; then derivations.

    pip install math-verify
    python bench/answers.py [CASES.jsonl ...]        (default: tests/grade/cases)

A case is right where "correct" is said of what a fair marker calls correct, and of nothing else; cases on which
a course may decide otherwise are left out.  math-verify gets every text between dollars, as it wants it, with its
default settings.  Time is that of the processor, one core, without starting up.  Without that package, only ours is
measured.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from table import ROOT, print_table, quantile, ratio, seconds

sys.path.insert(0, str(ROOT / "src"))
Case = dict[str, Any]


def cases(files: list[str]) -> list[Case]:
    paths = [Path(f) for f in files] or sorted((ROOT / "tests" / "grade" / "cases").glob("*.jsonl"))
    found = [
        json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line.strip()
    ]
    return [case for case in found if not case.get("policy")]


def ours() -> Callable[[Case], bool]:
    from lemmata.grade.compare import compare_record

    return lambda case: bool(compare_record(case)["verdict"] == "correct")


def theirs() -> Callable[[Case], bool] | None:
    try:
        from math_verify import parse, verify
    except ImportError:
        return None
    logging.disable(logging.CRITICAL)

    def dollars(text: str) -> str:
        return text if "$" in text else f"${text}$"

    return lambda case: bool(verify(parse(dollars(case["reference"])), parse(dollars(case["submission"]))))


def measured(judge: Callable[[Case], bool], some: list[Case]) -> tuple[list[bool], list[float]]:
    """What it says of each case, and the processor time it takes."""
    said, times = [], []
    judge(some[0])
    for case in some:
        start = time.process_time()
        try:
            answer = judge(case)
        except Exception:  # it says nothing, which is not "correct"
            answer = False
        times.append(time.process_time() - start)
        said.append(answer)
    return said, times


def row(name: str, said: list[bool], times: list[float], some: list[Case]) -> list[object]:
    wanted = [case["expected"] == "correct" for case in some]
    right = sum(a == b for a, b in zip(said, wanted, strict=True))
    accepted = sum(a and not b for a, b in zip(said, wanted, strict=True))
    refused = sum(b and not a for a, b in zip(said, wanted, strict=True))
    return [name, len(some), f"{right / len(some):.1%}", accepted, refused, f"{len(some) / sum(times):,.0f}",
            seconds(quantile(times, 0.5)), seconds(quantile(times, 0.95)), seconds(max(times))]  # fmt: skip


def by_kind(some: list[Case], found: dict[str, tuple[list[bool], list[float]]]) -> list[list[object]]:
    """For each kind of answer the time for one, what share is right, and the ratio."""
    rows = []
    for kind in dict.fromkeys(case["kind"] for case in some):
        places = [n for n, case in enumerate(some) if case["kind"] == kind]
        times = [sum(taken[n] for n in places) / len(places) for _, taken in found.values()]
        right = [sum(said[n] == (some[n]["expected"] == "correct") for n in places) / len(places)
                 for said, _ in found.values()]  # fmt: skip
        percent = [f"{r:.0%}" for r in right]
        rows.append([kind, len(places), *map(seconds, times), *percent, ratio(times[1] / times[0])])
    return rows


def main() -> None:
    every = cases(sys.argv[1:])
    final = [case for case in every if case["kind"] != "derivation"]
    head = [
        "answers",
        "cases",
        "right",
        "wrongly accepted",
        "wrongly refused",
        "a second",
        "median",
        "95 %",
        "longest",
    ]
    rows, judges = [], {"lemmata compare": ours(), "math-verify": theirs()}
    speed: dict[str, float] = {}
    found: dict[str, tuple[list[bool], list[float]]] = {}
    for name, judge in judges.items():
        if judge is None:
            print("math-verify is not installed: nothing to compare with\n")
            continue
        said, times = found[name] = measured(judge, final)
        rows.append(row(name, said, times, final))
        speed[name] = len(final) / sum(times)
    print_table(head, rows)
    if len(speed) == 2:
        print(
            f"\n{ratio(speed['lemmata compare'] / speed['math-verify'])} as many answers a second on one core\n"
        )
        kinds = ["kind", "cases", "lemmata compare", "math-verify", "right", "right", "faster"]
        print_table(kinds, by_kind(final, found))
    chains = [case for case in every if case["kind"] == "derivation"]
    if chains:
        said, times = measured(ours(), chains)
        steps = sum(
            max(1, case["submission"].count("=") + case["submission"].count(r"\le")) for case in chains
        )
        print()
        rows = [[*row("derivations", said, times, chains), f"{steps / sum(times):,.0f}"]]
        print_table([*head, "steps a second"], rows)


if __name__ == "__main__":
    main()
