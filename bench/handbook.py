"""Handbook facts on the pseudoinverse: processor time to find and check the proofs of the first 38.

    python bench/handbook.py [NUMBER]

The facts are the first that the engine proves in tests/catalogue/true, penrose.claims and then
reverse_order.claims.  Reading the text and trying instances are not counted; finding the proofs (each is
checked when it is found) and replaying them in the kernel are, apart.
"""

from __future__ import annotations

import sys

from table import catalogue, cpu, print_table, quantile, seconds

import lemmata.prove.strategies  # noqa: F401 - the searches are imported before time is taken
from lemmata.kernel.check import check
from lemmata.kernel.judgement import Statement
from lemmata.prove.search import prove
from lemmata.terms.claims import read_claims

TOPICS = ("penrose", "reverse_order")


def main(number: int) -> None:
    search: list[float] = []
    replay: list[float] = []
    facts = [e for topic in TOPICS for e in catalogue() if (e.truth, e.topic) == ("true", topic)]
    longest = (0.0, "")
    for entry in facts:
        if len(search) == number:
            break
        claims = read_claims(entry.text)
        statement = Statement(claims.given, claims.shows[0].prop)
        taken, outcome = cpu(lambda s=statement: prove(s))
        if outcome.proof is None:
            continue
        search.append(taken)
        longest = max(longest, (taken, entry.title))
        replay.append(cpu(lambda s=statement, p=outcome.proof: check("fact", s, p, {}))[0])
    rows = [
        [name, len(taken), seconds(sum(taken)), seconds(quantile(taken, 0.5)), seconds(max(taken))]
        for name, taken in (("search, with its check", search), ("check alone", replay))
    ]
    print_table(["processor time", "facts", "all", "median", "longest"], rows)
    print(f"\nthe longest: {longest[1]}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 38)
