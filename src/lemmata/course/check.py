"""Checking a course: every theorem once, cited before citing, and only what changed.

For each theorem ``verify`` proves it (replaying its derivation), samples it and cross-examines it, alone:
other theorems of the course enter as statements.  What a theorem is worth depends on those it cites, so
the results are composed here, along the graph: a proof that rests on an open theorem is itself open.

A result is a JSON document, as :mod:`lemmata.course.verify` writes it, with the keys label, word (of the
ladder), verdict ("proved", "refuted", "unknown", "rejected"; "failed" if the engine itself broke down or
contradicts itself), evidence, steps, certificate, why, warnings, seconds and others.  Composition adds
``rests_on``, the cited labels that are not established.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from typing import Any

from lemmata.course.errors import CourseError
from lemmata.course.executor import open_executor
from lemmata.course.load import Course
from lemmata.course.script import Script
from lemmata.course.store import Store, engine_version
from lemmata.course.theorem import Theorem, digest

__all__ = ["INSTANCES", "Report", "Result", "Verify", "check_course", "evidence_key", "outcome", "standing"]

Result = dict[str, Any]
Verify = Callable[..., Result]
Progress = Callable[[int, int, Result], None]

INSTANCES = 1000
ESTABLISHED = ("proved", "cited")


@dataclass(frozen=True)
class Report:
    """The results in the order of the course; ``redone``: the labels for which the store had nothing."""

    results: tuple[Result, ...]
    redone: frozenset[str]
    seed: int
    instances: int

    @property
    def words(self) -> dict[str, int]:
        """How many results there are of each standing."""
        found: dict[str, int] = {}
        for result in self.results:
            found[standing(result)] = found.get(standing(result), 0) + 1
        return found

    def exit_code(self, strict: bool = False) -> int:
        """0 all established; 1 something is wrong; 3 something is undecided (1 if strict)."""
        outcomes = {outcome(result) for result in self.results}
        if "wrong" in outcomes:
            return 1
        return (1 if strict else 3) if "undecided" in outcomes else 0


def outcome(result: Result) -> str:
    """ "good", "wrong" or "undecided"."""
    if result.get("verdict") in ("refuted", "rejected", "failed") or result["word"] == "refuted":
        return "wrong"
    return "good" if result["word"] in ESTABLISHED else "undecided"


def standing(result: Result) -> str:
    """The word of the ladder, or "failed" where the engine broke down or contradicts itself."""
    return "failed" if result.get("verdict") == "failed" else str(result["word"])


def evidence_key(course: Course, label: str, seed: int, instances: int) -> str:
    """The key of a theorem's evidence in the store: a hash of all that it depends on."""
    script = course.scripts.get(label)
    return digest(
        {
            "label": label,
            "theorem": course.theorems[label].fingerprint(),
            "script": script.fingerprint() if script is not None else None,
            "cited": {cited: course.theorems[cited].fingerprint() for cited in course.graph.cites[label]},
            "seed": seed,
            "instances": instances,
            "engine": engine_version(),
        }
    )


def check_course(
    course: Course,
    labels: Iterable[str] = (),
    *,
    jobs: int = 1,
    seed: int | None = None,
    instances: int = INSTANCES,
    use_store: bool = True,
    scheduler: str = "",
    progress: Progress | None = None,
    verify: Verify | None = None,
) -> Report:
    """Check the theorems named and all they rest on, or the whole course.

    ``verify`` is :func:`lemmata.course.verify.verify` unless another is given.  Raises CourseError for an
    unknown label.
    """
    if verify is None:
        from lemmata.course.verify import verify as verify_theorem

        verify = verify_theorem
    seed = course.seed if seed is None else seed
    chosen = course.graph.needed(course.theorem(label).label for label in labels) or set(course.theorems)
    order = [label for label in course.graph.order() if label in chosen]
    results: dict[str, Result] = {}
    with Store() if use_store else _no_store() as store:
        keys = {label: evidence_key(course, label, seed, instances) for label in order} if use_store else {}
        for label, key in keys.items():
            found = store.get(key)
            if found is not None and "word" in found:
                results[label] = found
        redo = [label for label in order if label not in results]

        def done(result: Result) -> None:
            label = result["label"]
            results[label] = result
            if use_store and result.get("verdict") != "failed":
                store.put(keys[label], result)
            if progress is not None:
                progress(len(results) - (len(order) - len(redo)), len(redo), result)

        tasks = [_task(course, label, seed, instances) for label in redo]
        _run_all(verify, tasks, min(jobs, len(tasks)), scheduler, done)
    composed = compose(course, order, results)
    return Report(
        tuple(composed[label] for label in course.theorems if label in composed),
        frozenset(redo),
        seed,
        instances,
    )


def compose(course: Course, order: Iterable[str], results: Mapping[str, Result]) -> dict[str, Result]:
    """Results as the graph makes them: what rests on something not established is not established."""
    composed: dict[str, Result] = {}
    for label in order:
        result = dict(results[label])
        cited = result.get("uses", course.graph.cites[label])
        weak = [other for other in cited if standing(composed[other]) not in ESTABLISHED]
        result["rests_on"] = weak
        result["evidence"] = dict(result["evidence"])
        for key in ("cites", "oracles", "facts"):
            # What a theorem rests on includes what the theorems that it uses rest on.
            own = [
                *result["evidence"].get(key, ()),
                *(x for o in cited for x in composed[o]["evidence"].get(key, ())),
            ]
            if own or key in result["evidence"]:
                result["evidence"][key] = sorted(set(own))
        if weak and result["word"] == "proved":
            named = ", ".join(f"{other} ({standing(composed[other])})" for other in weak)
            result["word"], result["verdict"] = "open", "unknown"
            result["why"] = [*result.get("why", []), f"the derivation is accepted, but it rests on {named}"]
        result["steps"] = _placed(course.scripts.get(label), result.get("steps", []))
        composed[label] = result
    return composed


def _placed(script: Script | None, steps: list[Result]) -> list[Result]:
    """Steps with the lines where they stand now: evidence outlives the moving of lines."""
    return [{**s, "line": script.steps[s["index"]].line} for s in steps] if script is not None else steps


# --- running ---------------------------------------------------------------------------------

Task = tuple[Theorem, Script | None, dict[str, Theorem], int, int]


def _no_store() -> Store:
    from pathlib import Path

    return Store(Path(":memory:"))


def _task(course: Course, label: str, seed: int, instances: int) -> Task:
    cited = {other: course.theorems[other] for other in course.graph.cites[label]}
    return course.theorems[label], course.scripts.get(label), cited, seed, instances


def _run_one(verify: Verify, task: Task) -> Result:
    """One theorem, in whatever process; a breakdown of the engine becomes a result."""
    theorem, script, statements, seed, instances = task
    begin = time.perf_counter()
    try:
        return dict(verify(theorem, script, statements, seed=seed, instances=instances))
    except CourseError as error:
        return _failed(theorem, str(error), "", begin)
    except Exception as error:
        return _failed(
            theorem, f"internal error: {type(error).__name__}: {error}", traceback.format_exc(), begin
        )


def _failed(theorem: Theorem, why: str, trace: str, begin: float) -> Result:
    return {
        "label": theorem.label, "word": "open", "verdict": "failed", "evidence": {}, "steps": [],
        "certificate": None, "why": [why], "mutants": [], "warnings": [],
        "seconds": round(time.perf_counter() - begin, 3), "traceback": trace,
    }  # fmt: skip


def _run_all(
    verify: Verify, tasks: list[Task], jobs: int, scheduler: str, done: Callable[[Result], None]
) -> None:
    if not scheduler and jobs <= 1:
        for task in tasks:
            done(_run_one(verify, task))
        return
    with open_executor(jobs, scheduler) as executor:
        # All work is handed over before the first result is shown: no thread of ours runs while we fork.
        futures: dict[Future[Result], Task] = {
            executor.submit(_run_one, verify, task): task for task in tasks
        }
        for future in as_completed(futures):
            try:
                done(future.result())
            except Exception as error:  # the worker process died: out of memory, killed
                theorem = futures[future][0]
                done(
                    _failed(
                        theorem, f"a worker process ended: {type(error).__name__}", "", time.perf_counter()
                    )
                )
