"""A class that hands in: so many students, each their own variant of five exercises, with answers of all kinds.

    python bench/classroom.py 1000 class.jsonl      1,000 submissions: 200 students, five exercises each

A submission is what one student answers to one exercise, four or five answers.  Of ten answers about six are
right, in several notations; two are wrong in a way that students are wrong (a foreseen mistake, a sign, a
neighbour's answer), one repeats what others say, one is odd: empty, unreadable, or hostile.  The same number and
seed always give the same bytes.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SEED = 20240517
SHEET = ("min-norm-line", "pinv-2x3", "least-squares-3x2", "flow-scalar", "step-size-window")
REPEATED = ("0", "1", "(0, 0)", "1/2", "[1 0; 0 1]", "0 < eta < 1", "x", "(1, 1) + t (1, -1)", "{1, 2}")
ODD = (
    "", " ", "?", "I do not know", "(1, 2", "1,2,", "\\frac{1}{", "２", "x²³", "=1+1", "<b>1</b>",
    "\\input{/etc/passwd}",
    "9**9**9**9", "__import__('os').system('ls')", "((((9!)!)!)!)", "1" * 400, "|||", "\u202e1", "\\sqrt[", "1 ± 2",
)  # fmt: skip


@lru_cache(maxsize=1)
def exercises() -> dict[str, Any]:
    from lemmata.course.load import load_course

    return dict(load_course(ROOT).exercises)


def written(part: Any, rng: random.Random) -> str:
    """The right answer in one of the notations that students use."""
    from lemmata.grade.sheet import answer_tex
    from lemmata.terms.show import show

    if part.kind == "choice":
        return str(part.options[int(part.answer.value)])
    tex = answer_tex(part)
    forms = [tex, f"${tex}$", f"{tex}.", f" {tex} "]
    if part.answer.sort == "matrix":
        forms += [show(part.answer), show(part.answer, style="unicode")]
    return rng.choice(forms)


def wrong(part: Any, rng: random.Random) -> str:
    """A wrong answer: foreseen, of the wrong sign, or just another one."""
    from lemmata.terms.show import show

    if part.kind == "choice":
        return rng.choice(part.options)
    if part.mistakes and rng.random() < 0.6:
        return show(rng.choice(part.mistakes).answer)
    if part.answer.sort == "matrix":
        return show(-part.answer) if rng.random() < 0.5 else f"{show(part.answer)} + 1"
    return rng.choice(REPEATED)


def papers(student: int, seed: int = SEED) -> list[dict[str, str]]:
    """The answers of one student."""
    rng = random.Random(seed * 1_000_003 + student)
    name, rows = f"s{student:06d}", []
    for label in SHEET:
        for part in exercises()[label].variant(SEED, name).parts:
            kind = rng.random()
            said = (
                written(part, rng) if kind < 0.6
                else wrong(part, rng) if kind < 0.8
                else rng.choice(REPEATED) if kind < 0.9
                else rng.choice(ODD)
            )  # fmt: skip
            rows.append({"student": name, "exercise": label, "part": part.id, "answer": said})
    return rows


def answers(submissions: int, seed: int = SEED) -> Iterator[dict[str, str]]:
    """All rows of a class, drawn by all processors."""
    students = range(-(-submissions // len(SHEET)))
    exercises()
    with ProcessPoolExecutor() as pool:
        for rows in pool.map(partial(papers, seed=seed), students, chunksize=200):
            yield from rows


def write_class(submissions: int, path: Path, seed: int = SEED) -> int:
    """Write the class as JSON Lines; how many answers there are."""
    count = 0
    with path.open("w", encoding="utf-8") as stream:
        for row in answers(submissions, seed):
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    print(write_class(int(sys.argv[1]), Path(sys.argv[2])), "answers")
