"""The claims ledger of a source: what a document claims, whether it holds, and how that is known.

One TOML file for each document, ``sources/KEY.toml``:

    title = "Gradient flow and the minimum-norm solution"

    [[claim]]
    id = "P3"
    locator = "section 2.4, equation (7)"
    summary = "the pseudoinverse reverses products"
    claim = '''
    let A : R^{m x n}, B : R^{n x p}
    show (A B)^+ = B^+ A^+
    '''
    verdict = "false"            # one of VERDICTS
    settled_by = "reverse-order" # or: the theorem of this course that says it
    correction = "full column rank of A and full row rank of B suffice"
    corrected = "..."            # claim text of the corrected claim, which must hold
    remark = "..."

Nothing is taken on trust: ``audit`` decides every claim again and compares.  A claim called true must be
proved; under every other verdict the claim as it stands must be refuted (or rejected as no statement at
all); a correction must be proved.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lemmata.course.check import ESTABLISHED, Result
from lemmata.course.errors import CourseError, suggest
from lemmata.course.executor import open_executor

__all__ = ["VERDICTS", "Claim", "Source", "audit_claim", "audit_sources", "exit_code", "read_sources"]

Decide = Callable[[str], list[dict[str, Any]]]
"""Decides claim text: one answer for each claim, with the keys of ``lemmata ask --json``."""

Look = Callable[[str], Result | None]
"""The result of checking a theorem of the course; None where there is no theorem of that label."""

VERDICTS = ("true", "false", "true-with-hypothesis", "unsound-step", "imprecise", "not-mathematical")
"""true-with-hypothesis: one is missing; unsound-step: it does not follow, whatever becomes of its conclusion;
imprecise: wrong if taken at its word; not-mathematical: nothing to decide."""

_KEYS = {"id", "locator", "summary", "claim", "verdict", "settled_by", "correction", "corrected", "remark"}


@dataclass(frozen=True)
class Claim:
    """One claim of a source; ``claim`` and ``corrected`` are claim text or empty."""

    id: str
    summary: str
    verdict: str
    locator: str = ""
    claim: str = ""
    settled_by: tuple[str, ...] = ()
    correction: str = ""
    corrected: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Source:
    """A document with its claims; ``key`` is the name of the ledger's file."""

    key: str
    title: str
    claims: tuple[Claim, ...]
    file: str
    about: Mapping[str, Any]


# --- reading ---------------------------------------------------------------------------------


def read_sources(root: Path, keys: Iterable[str] = ()) -> list[Source]:
    """The ledgers of a course, all or those named.  Raises CourseError for what cannot be read."""
    files = {file.stem: file for file in sorted((root / "sources").glob("*.toml"))}
    for key in keys:
        if key not in files:
            remedy = suggest(key, files, f"there are {', '.join(files) or 'none'} in sources/")
            raise CourseError(f"no source is named {key!r}", remedy=remedy)
    return [_read_source(files[key]) for key in (dict.fromkeys(keys) or files)]


def _read_source(file: Path) -> Source:
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise CourseError(
            f"cannot be read: {error.strerror}", str(file), 0, "check its permissions"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"is not TOML: {error}", str(file), 0, "mend it there") from None
    entries = data.pop("claim", None) or data.pop("claims", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CourseError("a ledger is a list of tables [[claim]]", str(file), 0, "see lemmata.course.ledger")
    claims: dict[str, Claim] = {}
    for entry in entries:
        claim = _read_claim(entry, str(file))
        if claim.id in claims:
            raise CourseError(f"the claim {claim.id!r} stands there twice", str(file), 0, "number them apart")
        claims[claim.id] = claim
    return Source(file.stem, str(data.get("title", file.stem)), tuple(claims.values()), str(file), data)


def _read_claim(entry: Mapping[str, Any], file: str) -> Claim:
    name = str(entry.get("id", "")) or "(no id)"
    for key in entry:
        if key not in _KEYS:
            raise CourseError(
                f"claim {name}: unknown key {key!r}", file, 0, suggest(key, _KEYS, ", ".join(_KEYS))
            )
    missing = [key for key in ("id", "summary", "verdict") if entry.get(key) in (None, "")]
    if missing:
        raise CourseError(
            f"claim {name}: {', '.join(missing)} missing", file, 0, "every claim has these three"
        )
    verdict = entry["verdict"]
    verdict = str(verdict).lower() if isinstance(verdict, bool) else str(verdict)
    if verdict not in VERDICTS:
        remedy = suggest(verdict, VERDICTS, f"one of {', '.join(VERDICTS)}")
        raise CourseError(f"claim {name}: unknown verdict {verdict!r}", file, 0, remedy)
    settled = entry.get("settled_by", ())
    return Claim(
        id=name,
        summary=str(entry["summary"]),
        verdict=verdict,
        locator=str(entry.get("locator", "")),
        claim=str(entry.get("claim", "")),
        settled_by=(settled,) if isinstance(settled, str) and settled else tuple(settled),
        correction=str(entry.get("correction", "")),
        corrected=str(entry.get("corrected", "")),
        remark=str(entry.get("remark", "")),
    )


# --- auditing --------------------------------------------------------------------------------


def audit_claim(source: Source, claim: Claim, decide: Decide, look: Look) -> dict[str, Any]:
    """Decide a claim now and compare with its verdict.

    ``status`` of the document returned: "agrees"; "disagrees"; "undecided" (neither proved nor refuted
    here); "corrected" (the claim was not written out, its correction is proved); "unsettled" (the ledger
    gives nothing to decide, and says neither true nor false).
    """
    begin = time.perf_counter()
    why: list[str] = []
    answers = _decide(source, claim, claim.claim, decide) if claim.claim.strip() else []
    fixed = _decide(source, claim, claim.corrected, decide) if claim.corrected.strip() else []
    found = [str(answer["verdict"]) for answer in answers]
    theorems: dict[str, str] = {}
    for label in claim.settled_by:
        result = look(label)
        theorems[label] = result["word"] if result is not None else "missing"
        if result is None:
            why.append(f"it is said to be settled by {label!r}, which is no theorem of this course")
    status = _compare(claim, found, theorems, bool(fixed), why)
    for answer in fixed:
        if answer["verdict"] != "proved":
            why.append(f"the correction is {answer['verdict']}: {answer['claim']}")
            if status != "disagrees":
                status = "undecided" if answer["verdict"] == "unknown" else "disagrees"
    return {
        "source": source.key,
        "id": claim.id,
        "locator": claim.locator,
        "summary": claim.summary,
        "verdict": claim.verdict,
        "status": status,
        "answers": answers,
        "settled_by": theorems,
        "correction": claim.correction,
        "corrected": fixed,
        "remark": claim.remark,
        "why": why,
        "seconds": round(time.perf_counter() - begin, 3),
    }


def audit_sources(
    sources: Iterable[Source],
    results: Mapping[str, Result],
    *,
    seconds: float = 10.0,
    jobs: int = 1,
    scheduler: str = "",
    progress: Callable[[int, int, Mapping[str, Any]], None] | None = None,
) -> list[dict[str, Any]]:
    """Audit all claims of the sources, in their order; ``results`` are those of the theorems that settle."""
    tasks = []
    for source in sources:
        bare = replace(source, claims=(), about={})
        for claim in source.claims:
            settling = {label: results[label] for label in claim.settled_by if label in results}
            tasks.append((bare, claim, settling, seconds))
    audited: dict[int, dict[str, Any]] = {}

    def done(place: int, entry: dict[str, Any]) -> None:
        audited[place] = entry
        if progress is not None:
            progress(len(audited), len(tasks), {"label": f"{entry['source']}#{entry['id']}"})

    if not scheduler and min(jobs, len(tasks)) <= 1:
        for place, task in enumerate(tasks):
            done(place, _audit_task(*task))
    else:
        with open_executor(min(jobs, len(tasks)), scheduler) as executor:
            futures = {executor.submit(_audit_task, *task): place for place, task in enumerate(tasks)}
            for future in as_completed(futures):
                done(futures[future], future.result())
    return [audited[place] for place in range(len(tasks))]


def _audit_task(
    source: Source, claim: Claim, results: Mapping[str, Result], seconds: float
) -> dict[str, Any]:
    from lemmata.course.claims import decide_text

    return audit_claim(source, claim, lambda text: decide_text(text, seconds), results.get)


def exit_code(audited: Iterable[Mapping[str, Any]], strict: bool = False) -> int:
    """0 all agree or are left unsettled; 1 a disagreement; 3 something undecided (1 if strict)."""
    states = {entry["status"] for entry in audited}
    if "disagrees" in states:
        return 1
    return (1 if strict else 3) if "undecided" in states else 0


def _compare(
    claim: Claim, found: list[str], theorems: Mapping[str, str], corrected: bool, why: list[str]
) -> str:
    """What the claim itself and the theorems that settle it say; a correction is judged by the caller."""
    if "missing" in theorems.values():
        return "disagrees"
    failed = [verdict for verdict in found if verdict in ("refuted", "rejected")]
    proved = bool(found) and all(verdict == "proved" for verdict in found)
    if claim.verdict == "true":
        if failed:
            why.append(f"the ledger calls it true, but it is {', '.join(failed)}")
            return "disagrees"
        return "agrees" if proved else _by_theorems(theorems, bool(found), why)
    # One part that fails makes the whole wrong.
    if failed:
        return "agrees"
    if proved:
        why.append(f"the ledger calls it {claim.verdict}, but it is proved as it stands")
        return "disagrees"
    if found:  # a theorem about what holds instead is no refutation of what was tried in vain
        why.append("it could not be refuted")
        return "undecided"
    if theorems or claim.verdict == "false":
        return _by_theorems(theorems, False, why)
    return "corrected" if corrected else "unsettled"


def _by_theorems(theorems: Mapping[str, str], tried: bool, why: list[str]) -> str:
    """What the theorems named in ``settled_by`` say, where deciding the claim itself did not settle it."""
    if not theorems:
        why.append("it could not be decided" if tried else "there is neither a claim to decide nor a theorem")
        return "undecided"
    weak = [f"{label} ({word})" for label, word in theorems.items() if word not in ESTABLISHED]
    if weak:
        why.append(f"it rests on {', '.join(weak)}")
        return "undecided"
    return "agrees"


def _decide(source: Source, claim: Claim, text: str, decide: Decide) -> list[dict[str, Any]]:
    try:
        answers = decide(text)
    except CourseError:
        raise
    except Exception as error:
        if not type(error).__module__.startswith("lemmata."):
            raise
        raise CourseError(
            f"claim {claim.id} cannot be read: {error}", source.file, 0, "mend its text"
        ) from error
    if not answers:
        raise CourseError(
            f"claim {claim.id} shows nothing", source.file, 0, "its text needs a line with show"
        )
    return answers
