r"""Many comparisons, one JSON object a line in and out, each in a worker with an allowance of time and memory.

    {"id": "q1", "kind": "number", "reference": "1/2", "submission": "0,5"}
    {"id": "q1", "verdict": "correct", "feedback": "Correct.", "first_wrong_step": null, ...}

Answers come in the order of the lines.  Equal records (but for ``id``) are checked once.  A line that is no
record, an answer that takes too long or breaks a worker is ``malformed``, with its line number; the rest goes on.
"""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lemmata.grade.classroom.limits import Killed, Limits, run_limited

__all__ = ["KEYS", "LIMITS", "Line", "answer_record", "compare_lines"]

KEYS = ("id", "verdict", "feedback", "first_wrong_step", "counterexample", "seconds", "diagnosis", "evidence")
LIMITS = Limits(seconds=1.8, megabytes=250)
REMEMBERED = 20_000
LONGEST = 1_000_000
FIELDS = ("kind", "mode", "reference", "submission", "given", "tolerance", "relation")
KINDS = ("number", "vector", "matrix", "expression", "set", "equation", "limit", "derivation")


@dataclass(frozen=True)
class Line:
    """A line of the input: its number, its id, the record that decides the answer, or what is wrong with it."""

    number: int
    id: Any = None
    record: dict[str, Any] | None = None
    fault: str = ""


def read_line(number: int, text: str) -> Line:
    """The record of a line, cut down to the fields that decide the verdict."""
    if len(text) > LONGEST:
        return Line(number, fault=f"line {number} is longer than {LONGEST} characters")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f", column {error.colno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
        return Line(number, fault=f"line {number} is not JSON{where}")
    if not isinstance(found, dict):
        return Line(number, fault=f"line {number}: expected an object with kind, reference and submission")
    name = found.get("id")
    name = name if isinstance(name, (str, int)) else None
    record = {k: found[k] for k in FIELDS if found.get(k) is not None}
    record.setdefault("reference", "")
    record.setdefault("submission", "")
    kind = record.get("kind")
    if kind not in KINDS:
        known = ", ".join(KINDS)
        return Line(
            number, name, fault=f"line {number}: unknown kind {str(kind)[:40]!r}; the kinds are {known}"
        )
    question = found.get("question")
    # For people; but it says in which order it names entries, and which quantity it asks for.
    if kind in ("vector", "number", "set") and isinstance(question, str):
        record["question"] = question
    tolerance = record.pop("tolerance", None)
    if tolerance is not None:
        try:
            size = float(tolerance)
        except (TypeError, ValueError):
            size = -1.0
        if not 0 <= size < 1e9:
            return Line(
                number, name, fault=f"line {number}: the tolerance {str(tolerance)[:40]!r} is no number >= 0"
            )
        record["tolerance"] = str(tolerance)
    wrong = [
        k
        for k in ("reference", "submission", "given", "mode", "relation")
        if not isinstance(record.get(k, ""), str)
    ]
    if wrong:
        return Line(number, name, fault=f"line {number}: {wrong[0]} must be a text")
    return Line(number, name, record)


def answer_record(record: dict[str, Any]) -> dict[str, Any]:
    """The answer to one record, without id: for a worker."""
    from lemmata.grade.compare import compare_record

    start = time.perf_counter()
    found = compare_record(record)
    if found["verdict"] == "unsupported":
        found = {"verdict": "malformed", "feedback": found["why"], "diagnosis": "reference"}
    return {**found, "seconds": round(time.perf_counter() - start, 6)}


def _malformed(feedback: str, diagnosis: str, seconds: float = 0.0) -> dict[str, Any]:
    return {"verdict": "malformed", "feedback": feedback, "diagnosis": diagnosis, "seconds": seconds}


def _result(found: dict[str, Any] | Killed) -> dict[str, Any]:
    if isinstance(found, Killed):
        why = found.why.partition(":")[0]
        said = {"time": "it took too long", "memory": "it needed too much memory"}.get(
            why, "it could not be processed"
        )
        return _malformed(
            f"The answer was not compared: {said}.", why, LIMITS.seconds if why == "time" else 0.0
        )
    return found


def compare_lines(
    lines: Iterable[str], jobs: int = 1, limits: Limits = LIMITS, derivations: bool = True
) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not blank, in order.  ``jobs``: worker processes.

    ``derivations``: load the prover now and not with the first derivation, whose time it would cost.
    """
    _prepare(derivations)
    answers: OrderedDict[str, dict[str, Any]] = OrderedDict()
    waiting: OrderedDict[int, tuple[Line, str]] = OrderedDict()
    sent: dict[int, str] = {}

    def payloads() -> Iterator[dict[str, Any] | None]:
        count = 0
        for number, text in enumerate(lines, start=1):
            if not text.strip():
                continue
            line = read_line(number, text)
            key = json.dumps(line.record, sort_keys=True) if line.record is not None else ""
            waiting[number] = line, key
            new = bool(key) and key not in answers and key not in sent.values()
            if new:
                sent[count] = key
            count += 1
            # Nothing to compute for a line that is known already; what is ready goes out all the same.
            yield line.record if new else None

    def ready() -> Iterator[dict[str, Any]]:
        while waiting:
            number, (line, key) = next(iter(waiting.items()))
            if line.record is not None and key not in answers:
                return
            del waiting[number]
            found = answers[key] if line.record is not None else _malformed(line.fault, "line")
            yield _document(line, found)

    for number, found in run_limited(_work, payloads(), jobs, limits):
        key = sent.pop(number, "")
        if key:
            answers[key] = _result(found)
        yield from ready()
        while len(answers) > REMEMBERED and not waiting:
            answers.popitem(last=False)
    yield from ready()


def _work(record: dict[str, Any] | None) -> dict[str, Any]:
    return {} if record is None else answer_record(record)


def _prepare(derivations: bool) -> None:
    """Load what the workers will need before they are forked."""

    if derivations:
        from lemmata.grade.compare import compare_record

        # The first proof imports more: let that be here.
        compare_record({"kind": "derivation", "reference": "", "submission": "(x+1)^2 = x^2 + 2x + 1 = 0"})


def _document(line: Line, found: dict[str, Any]) -> dict[str, Any]:
    return {"id": line.id, **{k: found.get(k) for k in KEYS if k != "id"}, "line": line.number}
