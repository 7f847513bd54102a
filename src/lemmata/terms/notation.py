r"""How names and types are written in text, Unicode and LaTeX.

>>> show_name("W_1"), show_name("W_1", "unicode"), show_name("w_row", "latex"), show_name("w_hat", "latex")
('W_1', 'W₁', 'w_{\\mathrm{row}}', '\\hat{w}')
"""

from __future__ import annotations

from lemmata.kernel.term import Dim, Shape, Term
from lemmata.terms.blocks import parts_of
from lemmata.terms.letters import GREEK

__all__ = ["ACCENTS", "SUBSCRIPTS", "latex_subscripts", "show_dim", "show_name", "show_size", "show_type"]

ACCENTS = ("hat", "bar", "tilde", "check", "vec")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def show_name(name: str, style: str = "text") -> str:
    """A declared name: w_0, w₀, w_{0}, \\hat{w}, W_{\\mathrm{row}}, …"""
    body = name.rstrip("'")
    primes = name[len(body) :]
    base, *subs = body.split("_")
    if style == "latex":
        stem = f"\\mathrm{{{base}}}" if len(base) > 1 and base.isalpha() else base
        stem = f"\\{base}" if base in GREEK else stem
        if subs and subs[0] in ACCENTS:
            stem, subs = f"\\{subs[0]}{{{stem}}}", subs[1:]
        if subs and subs[-1] == "star":
            return f"{stem}{latex_subscripts(subs[:-1])}^\\star{primes}"
        return f"{stem}{latex_subscripts(subs)}{primes}"
    stem = GREEK.get(base, base) if style == "unicode" else base
    for sub in subs:
        if style == "unicode" and sub.isdigit():
            stem += sub.translate(SUBSCRIPTS)
        else:
            stem += f"_{sub}" if sub.isalpha() or sub.isdigit() else f"_{{{sub}}}"
    return stem + primes


def latex_subscripts(subs: list[str]) -> str:
    """_{1}, _{\\mathrm{row}}, or nothing."""

    def one(sub: str) -> str:
        if sub in GREEK or sub == "star":
            return f"\\{sub}"
        return f"\\mathrm{{{sub}}}" if len(sub) > 1 and sub.isalpha() else sub

    return f"_{{{'_'.join(map(one, subs))}}}" if subs else ""


def show_dim(dim: Dim, style: str = "text") -> str:
    """A dimension: n, 3, m+n."""
    return "+".join(show_name(str(p), style) for p in parts_of(dim))


def show_size(shape: Shape, style: str = "text") -> str:
    """n, m x n, (m+n) x p."""
    rows, cols = (show_dim(d, style) for d in shape)
    if shape[1] == 1:
        return rows
    rows, cols = (f"({d})" if "+" in d else d for d in (rows, cols))
    return f"{rows} {chr(92) + 'times' if style == 'latex' else 'x'} {cols}"


def show_type(symbol: Term, style: str = "text") -> str:
    """What stands behind the colon of a declaration: R^{m x n}, R^n(t), positive."""
    _, rows, cols, domain, of = symbol.value
    field = {"real": "R", "complex": "C"}.get(domain, domain)
    if style == "latex" and domain in ("real", "complex"):
        field = f"\\mathbb{{{field}}}"
    if (rows, cols) != (1, 1):
        size = show_size((rows, cols), style)
        field += f"^{size}" if len(size) == 1 else f"^{{{size}}}"
    return f"{field}({of})" if of else field
