"""The four Penrose conditions: one proof for all sizes, against SymPy's simplify on one size after another.

    python bench/naive.py [SECONDS]

The naive route writes X out as an m x n matrix of symbols, forms X^T (X X^T)^{-1} and simplifies each
condition entry by entry, in a process that is ended after SECONDS (20).
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from multiprocessing.queues import Queue

from table import print_table, ratio, seconds

CONDITIONS = {
    "(i)   X B X = X": ("(X B) X = X", lambda X, B: X * B * X - X),
    "(ii)  B X B = B": ("(B X) B = B", lambda X, B: B * X * B - B),
    "(iii) X B symmetric": ("(X B)^T = X B", lambda X, B: (X * B).T - X * B),
    "(iv)  B X symmetric": ("(B X)^T = B X", lambda X, B: (B * X).T - B * X),
}
SIZES = [(2, 3), (3, 4)]


def ours(claim: str) -> float:
    """Seconds from claim text to a checked proof, for all m and n."""
    from lemmata.kernel.judgement import Statement
    from lemmata.prove.search import prove
    from lemmata.terms.claims import read_claims

    start = time.perf_counter()
    hypotheses = "assume rank(X) = m\nassume B = X^T (X X^T)^{-1}"
    claims = read_claims(f"let X : R^{{m x n}}, B : R^{{n x m}}\n{hypotheses}\nshow {claim}")
    outcome = prove(Statement(claims.given, claims.shows[0].prop))
    if outcome.proof is None:
        raise SystemExit(f"not proved: {claim}")
    return time.perf_counter() - start


def naive(name: str, rows: int, cols: int, out: Queue[float]) -> None:
    """Seconds until every entry of the difference has become 0."""
    import sympy

    X = sympy.Matrix(rows, cols, lambda i, j: sympy.Symbol(f"x{i + 1}{j + 1}", real=True))
    start = time.perf_counter()
    B = X.T * (X * X.T).inv()
    difference = CONDITIONS[name][1](X, B).applyfunc(sympy.simplify)
    taken = time.perf_counter() - start
    out.put(taken if difference.is_zero_matrix else -taken)


def limited(name: str, size: tuple[int, int], limit: float) -> float | None:
    """What ``naive`` takes, or None beyond the limit."""
    context = multiprocessing.get_context("fork")
    out: Queue[float] = context.Queue()
    process = context.Process(target=naive, args=(name, *size, out))
    process.start()
    process.join(limit)
    if process.is_alive():
        process.kill()
        process.join()
        return None
    return out.get()


def main(limit: float) -> None:
    ours("X B X = X")  # imports are not what we measure
    import sympy  # noqa: F401

    rows = []
    for name, (claim, _) in CONDITIONS.items():
        mine = ours(claim)
        row = [name, seconds(mine)]
        for size in SIZES:
            taken = limited(name, size, limit)
            if taken is None:
                row += [f"> {seconds(limit)}", f"> {ratio(limit / mine)}"]
            else:
                row += [seconds(abs(taken)) + (" not 0" if taken < 0 else ""), ratio(abs(taken) / mine)]
        rows.append(row)
    head = ["condition", "all m x n"]
    for m, n in SIZES:
        head += [f"simplify {m} x {n}", "ratio"]
    print_table(head, rows)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0)
