"""Coverage-guided fuzzing of what students reach: the comparison of answers, and the readers of files.

    pip install atheris
    python bench/fuzz.py -max_total_time=300            # options of libFuzzer; a corpus folder may follow

An input is a kind of answer and a text: raw characters, or pieces of notation put together.  Whatever it is, there
is a verdict from the table, never an exception, within 2 seconds of processor time and a bounded feedback; a file
of it gives answers and problems.  What breaks this is written to crash-* in the working directory.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import atheris

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

with atheris.instrument_imports(include=["lemmata.grade", "lemmata.terms"]):
    from lemmata.grade.classroom.feedback import latex_text
    from lemmata.grade.classroom.submissions import read_submissions
    from lemmata.grade.compare import compare_record
    from lemmata.grade.marked import VERDICTS

REFERENCES = (
    ("number", "1/2", ""), ("vector", "(1, 2)", ""), ("vector", "(1, 2)", "direction"), ("matrix", "[1 2; 3 4]", ""),
    ("expression", "x^2 + 1", ""), ("set", r"\{1, 2\}", ""), ("set", "(0, 2/5)", ""), ("set", "span{(1,2)}", "span"),
    ("set", "(4,0) + t (-2,1)", "affine"), ("equation", "y = 2x", ""), ("limit", "e", ""),
)  # fmt: skip
NOTATION = r"""
0 1 2 3 9 . , ; : ( ) [ ] { } | ' ! ^ _ + - * / = < > & \ x y t A n \\ ** <= ½ √ ² − λ ᵀ ∞ ∈ 0,5 1e5 ... |x| true or in
\frac \sqrt \begin{pmatrix} \end{pmatrix} \left \right \cdot \in \infty \text{ \mathbb{R} \sum \int \{ \} \pm
sqrt( exp( log( sin( diag( span{ np.array([ 1/2 0.5 10^9 e^ x_1 A^T A^{-1} det( || and \lim_{n\to\infty}
"""
PIECES = (*NOTATION.split(), " ", "\n", "\u200b", "\u202e")
SUFFIXES = (".md", ".tex", ".json", ".jsonl", ".csv", ".ipynb")
FOLDER = Path(tempfile.mkdtemp())


def text_of(data: atheris.FuzzedDataProvider) -> str:
    if data.ConsumeBool():
        return str(data.ConsumeUnicodeNoSurrogates(400))
    return "".join(
        PIECES[data.ConsumeIntInRange(0, len(PIECES) - 1)] for _ in range(data.ConsumeIntInRange(0, 40))
    )


def one_input(raw: bytes) -> None:
    data = atheris.FuzzedDataProvider(raw)
    choice = data.ConsumeIntInRange(0, len(REFERENCES) + len(SUFFIXES) - 1)
    if choice >= len(REFERENCES):
        read_file(SUFFIXES[choice - len(REFERENCES)], data.ConsumeBytes(2000))
        return
    kind, reference, mode = REFERENCES[choice]
    said = text_of(data)
    start = time.process_time()
    found = compare_record({"kind": kind, "reference": reference, "mode": mode, "submission": said})
    taken = time.process_time() - start
    if found["verdict"] not in VERDICTS or taken > 2 or len(found["feedback"]) > 30_000:
        raise AssertionError(f"{kind} {reference!r} {mode!r} {said!r}: {found['verdict']} in {taken:.2f} s")
    json.dumps(found)
    latex_text(found["feedback"])


def read_file(suffix: str, content: bytes) -> None:
    path = FOLDER / f"in{suffix}"
    path.write_bytes(content)
    for item in (x for some in read_submissions([path]) for x in some):
        if not item.file:
            raise AssertionError(f"{item} does not say where it is from")


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
