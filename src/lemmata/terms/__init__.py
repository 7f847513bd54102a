"""Expressions: one grammar for claim text, LaTeX and students' answers, and its printer.

>>> scope = Scope().declare("A", "m", "n")
>>> show(parse_term("AA^{+}A", scope))
'A A^+ A'
"""

from lemmata.terms.claims import Claims, Shown, read_claims
from lemmata.terms.errors import IllTyped, ReadError
from lemmata.terms.parse import Link, parse_chain, parse_list, parse_prop, parse_props, parse_term
from lemmata.terms.scope import Limits, Scope
from lemmata.terms.show import show
from lemmata.terms.statements import declaration, statement_text

__all__ = [
    "Claims", "IllTyped", "Limits", "Link", "ReadError", "Scope", "Shown", "declaration", "parse_chain", "parse_list",
    "parse_prop", "parse_props", "parse_term", "read_claims", "show", "statement_text",
]  # fmt: skip
