"""Parses a second: the claims of the catalogue as they are written, and the same printed as LaTeX.

python bench/parse.py
"""

from __future__ import annotations

from table import catalogue, cpu, print_table

from lemmata.terms.claims import read_claims
from lemmata.terms.errors import ReadError
from lemmata.terms.parse import parse_prop
from lemmata.terms.show import show


def main() -> None:
    texts, plain, latex = [], [], []
    for entry in catalogue():
        try:
            claims = read_claims(entry.text)
        except ReadError:  # what is ill-typed is a claim of the catalogue too, but nothing to time
            continue
        texts.append(entry.text)
        (shown,) = claims.shows
        plain.append((shown.text, claims.scope))
        try:
            written = show(shown.prop, style="latex")
            parse_prop(written, claims.scope)
        except (ReadError, ValueError):
            continue
        latex.append((written, claims.scope))
    rows = []
    for name, work, items, size in (
        ("claim texts, with declarations", lambda t: read_claims(t), texts, sum(map(len, texts))),
        ("statements, as written", lambda p: parse_prop(*p), plain, sum(len(t) for t, _ in plain)),
        ("statements, in LaTeX", lambda p: parse_prop(*p), latex, sum(len(t) for t, _ in latex)),
    ):
        taken = min(cpu(lambda w=work, i=items: [w(item) for item in i])[0] for _ in range(3))
        rows.append([name, len(items), f"{len(items) / taken:,.0f}", f"{size / taken / 1e3:,.0f}"])
    print_table(["read", "number", "a second", "thousand characters a second"], rows)


if __name__ == "__main__":
    main()
