r"""Spellings: LaTeX, Unicode and plain text become the same tokens.

>>> [t.text for t in tokenize(r"\lambda A^{-1} \leq λ A⁻¹")]
['lambda', 'A', '^', '{', '-', '1', '}', '<=', 'lambda', 'A', '^', '{', '-', '1', '}', '']

A token has a kind: ``num``, ``name`` (a run of letters, still to be split), ``word`` (letters that
stand together, as in \mathrm{rank}), ``fn`` (a function that LaTeX writes with a backslash), ``op``
(everything else, under one canonical spelling), ``begin``/``end`` (matrix environments), ``eof``.
Sizes, spacing, \left and \right vanish here.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, NamedTuple

from lemmata.terms.errors import ReadError
from lemmata.terms.letters import ELEMENTARY, GREEK
from lemmata.terms.scope import Limits

__all__ = ["GREEK", "MATRIX_ENVIRONMENTS", "Token", "tokenize"]


class Token(NamedTuple):
    """One token; ``space`` says whether white space stands before it."""

    kind: str
    text: str
    start: int
    end: int
    space: bool = False
    value: Any = None


_GREEK_VARIANTS = {
    "varepsilon": "epsilon",
    "varphi": "phi",
    "vartheta": "theta",
    "varrho": "rho",
    "varsigma": "sigma",
}
_GREEK_LETTERS = {letter: name for name, letter in GREEK.items()}
_GREEK_LETTERS |= {"ϵ": "epsilon", "ϕ": "phi", "ς": "sigma", "ϑ": "theta", "µ": "mu"}

_OPS: dict[str, str] = {}
for _line in r"""
    <= \le \leq \leqslant \preceq \preccurlyeq ≤ ⩽ ⪯ ≼
    >= \ge \geq \geqslant \succeq \succcurlyeq ≥ ⩾ ⪰ ≽
    < \lt \prec ≺
    > \gt \succ ≻
    != \ne \neq ≠
    = == := \coloneqq ≔
    in \in ∈
    notin \notin ∉
    subset \subseteq \subset ⊆ ⊂
    ==> => \implies \Rightarrow \Longrightarrow ⇒ ⟹
    <==> <=> \iff \Leftrightarrow \Longleftrightarrow ⇔ ⟺
    and \land \wedge ∧
    or \lor \vee ∨
    not \neg \lnot ¬
    forall \forall ∀
    exists \exists ∃
    -> \to \rightarrow \longrightarrow →
    ->+ \downarrow \searrow ↓ ↘
    ->- \uparrow \nearrow ↑ ↗
    oo \infty ∞
    dot \cdot · ⋅ ∙ •
    * \times \ast × ∗ @
    / \div ÷
    - − – ‐
    ^ **
    top \top \intercal ⊤
    dagger \dagger \dag †
    star \star ⋆
    perp \perp \bot ⊥ ⟂
    || \| \Vert \lVert \rVert ‖
    | \vert \lvert \rvert \mid
    << \langle ⟨
    >> \rangle ⟩
    \{ \lbrace
    \} \rbrace
    [ \lbrack
    ] \rbrack
    frac \frac \dfrac \tfrac \cfrac
    sqrt √
    nabla \nabla ∇
    empty \emptyset \varnothing ∅
    ' \prime ′ ’
    \\ \newline \cr
    pm \pm ±
""".strip().splitlines():
    _first, *_others = _line.split()
    _OPS[_first] = _first
    _OPS.update(dict.fromkeys(_others, _first))
for _single in "+()]{};:,.&!'_":
    _OPS[_single] = _single

_FUNCTIONS = frozenset(
    [
        *ELEMENTARY,
        "Re",
        "Im",
        "exp",
        "ln",
        "log",
        "lim",
        "det",
        "ker",
        "dim",
        "argmin",
        "sqrt",
        "Pr",
        "rank",
        "tr",
    ]
)
_ACCENTS = {"dot": "dot", "ddot": "ddot", "hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar",
            "tilde": "tilde", "widetilde": "tilde", "vec": "vec", "check": "check"}  # fmt: skip
_FONTS = (
    r"mathrm|mathbf|mathsf|mathit|mathcal|mathtt|boldsymbol|bm|textbf|textrm|textit|text|operatorname\*?"
    r"|mbox|rm|bf"
)
_PHRASES = {  # the longer ones first
    "if and only if": "<==>", "iff": "<==>", "implies": "==>", "for all": "forall", "for every": "forall",
    "for each": "forall", "there exists": "exists", "there is": "exists", "such that": ".", "so that": ".",
}  # fmt: skip
_VULGAR = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5",
           "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8"}  # fmt: skip
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀᵗᴴⁿᵏⁱᵐ⁽⁾", "0123456789+-TTHnkim()", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₖₙᵢⱼₘₜₗ", "0123456789+-knijmtl", strict=True))
MATRIX_ENVIRONMENTS = frozenset(
    [
        "matrix",
        "pmatrix",
        "bmatrix",
        "Bmatrix",
        "vmatrix",
        "Vmatrix",
        "smallmatrix",
        "array",
        "psmallmatrix",
        "bsmallmatrix",
    ]
)
_DISPLAY = frozenset(
    [
        "align",
        "aligned",
        "equation",
        "gather",
        "gathered",
        "split",
        "multline",
        "alignat",
        "eqnarray",
        "displaymath",
        "math",
        "cases",
    ]
)

_PHRASE = "|".join(
    p.replace(" ", r"\s+") + (r"(?:\s+an?)?" if p.startswith("there") else "") for p in _PHRASES
)

_PATTERN = re.compile(
    rf"""
    (?P<size>\\(?:left|right|middle|[bB]igg?[lrm]?)(?![a-zA-Z])(?!\s*\.)\s* | \\!)
  | (?P<skip>[\s~$\u200b\u200c\u200d\u2060\ufeff]+ | \\[,;:>\ ] | \\[\[\]()]
        | \\(?:left|right|middle)\s*\.
        | \\(?:quad|qquad|enspace|enskip|thinspace|medspace|thickspace|negthinspace|negmedspace|negthickspace
            |displaystyle|textstyle|scriptstyle|scriptscriptstyle|limits|nolimits|nonumber|notag
            |phantom\{{[^{{}}]*\}}|[hm]space\*?\{{[^{{}}]*\}}
            |label\{{[^{{}}]*\}}|tag\*?\{{[^{{}}]*\}})(?![a-zA-Z]) )
  | (?P<argmin>\\arg\s*(?:\\,|\\!)?\s*\\min(?![a-zA-Z]))
  | (?P<python>\.T(?![a-zA-Z]))
  | (?P<phrase>(?:{_PHRASE})(?![a-zA-Z0-9_'(]))
  | (?P<num>(?:\d+\.(?!\d)|\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+(?![a-zA-Z]))?)
  | (?P<env>\\(?P<side>begin|end)\s*\{{(?P<envname>[a-zA-Z]+)\*?\}}(?:\{{[clr|@\s]*\}}|\[[a-z]\])?)
  | (?P<bb>\\mathbb\s*\{{?\s*(?P<bbletter>[A-Z])\s*\}}? | [ℝℂℕ])
  | (?P<text>\\(?:text|textrm|mbox)\s*\{{\s*(?P<textphrase>{_PHRASE})\s*\}})
  | (?P<font>\\(?:{_FONTS})\s*\{{\s*(?P<fontword>[a-zA-Z]+|0)\s*\}})
  | (?P<upright_e>\{{\s*\\(?:rm|sf)\s+e\s*\}}(?=\s*\^))
  | (?P<fontskip>\\(?:{_FONTS})(?![a-zA-Z]))
  | (?P<cmd>\\[a-zA-Z]+)
  | (?P<name>[a-zA-Z]+)
  | (?P<sup>[{"".join(_SUPERSCRIPTS)}]+)
  | (?P<sub>[{"".join(_SUBSCRIPTS)}]+)
  | (?P<op><==>|<=>|==>|=>|<=|>=|!=|==|:=|->|\|\||\*\*|\\\||\\\{{|\\\}}|\\\\(?:\[[^\]]*\])?|.)
    """,
    re.VERBOSE,
)


def _number(token: re.Match[str], text: str, limits: Limits, space: bool) -> list[Token]:
    """A numeral, exactly.  1e1000000000 stays a product with a power, never a giant."""
    mantissa, _, exponent = token.group().lower().partition("e")
    start, end = token.span()
    whole, _, decimals = mantissa.partition(".")
    if len(whole) + len(decimals) > limits.digits:
        raise ReadError.at(f"a number of more than {limits.digits} digits", text, start)
    # Not Fraction("1e9"): that would compute the power of ten at once.
    value = Fraction(int((whole + decimals) or "0"), 10 ** len(decimals))
    if not exponent:
        return [Token("num", token.group(), start, end, space, value)]
    if len(exponent) > 20:
        raise ReadError.at("an exponent of more than 20 digits", text, start)
    size = int(exponent)
    if abs(size) <= limits.exponent:
        return [Token("num", token.group(), start, end, space, value * Fraction(10) ** size)]
    return [
        Token("num", mantissa, start, end, space, value), Token("op", "*", start, end),
        Token("num", "10", start, end, False, Fraction(10)), Token("op", "^", start, end),
        Token("op", "{", start, end), *([Token("op", "-", start, end)] if size < 0 else []),
        Token("num", exponent, start, end, False, Fraction(abs(size))), Token("op", "}", start, end),
    ]  # fmt: skip


def _script(mark: str, letters: str, start: int, end: int, limits: Limits) -> list[Token]:
    """Unicode scripts: A⁻¹ as A^{-1}, x₁₂ as x_{12}."""
    tokens = [Token("op", mark, start, end), Token("op", "{", start, end)]
    for part in re.findall(r"\d+|.", letters):
        if part.isdigit():
            tokens.append(Token("num", part, start, end, False, Fraction(int(part[: limits.digits]))))
        else:
            tokens.append(Token("name" if part.isalpha() else "op", part, start, end))
    return [*tokens, Token("op", "}", start, end)]


def _join_script(tokens: list[Token], mark: str) -> None:
    """A^⁺ and x_₁ say twice that the sign is raised or lowered: once is enough."""
    if tokens and (tokens[-1].kind, tokens[-1].text) == ("op", mark):
        tokens.pop()


def _command(name: str, text: str, start: int, end: int, space: bool) -> Token:
    if name in GREEK or name in _GREEK_VARIANTS:
        return Token("word", _GREEK_VARIANTS.get(name, name), start, end, space)
    if name in _FUNCTIONS:
        return Token("fn", name, start, end, space)
    if name in _ACCENTS:
        return Token("accent", _ACCENTS[name], start, end, space)
    if "\\" + name in _OPS:
        return Token("op", _OPS["\\" + name], start, end, space)
    if name == "partial":
        return Token("name", "d", start, end, space)
    if name in ("sum", "prod", "int"):
        kind = {"sum": "sum", "prod": "product", "int": "integral"}[name]
        hint = "write the terms out, or give its value a name and assume what is known of it"
        raise ReadError.at(f"a {kind} over an index is not read here", text, start, hint)
    hint = "write + and - as two answers" if name == "mp" else "write it in plain text or in simpler LaTeX"
    raise ReadError.at(f"the command \\{name[:30]} is not known here", text, start, hint)


def tokenize(text: str, limits: Limits | None = None) -> list[Token]:
    """The tokens of a text, closed by one of kind ``eof``.  Raises ReadError; linear time."""
    limits = limits or Limits()
    if len(text) > limits.length:
        raise ReadError.at(f"more than {limits.length} characters", text[:200], 0)
    tokens: list[Token] = []
    space = False
    for match in _PATTERN.finditer(text):
        kind, (start, end) = match.lastgroup, match.span()
        word = match.group()
        if kind == "size":  # w\left(t\right) and w\!(t) are w(t)
            continue
        if kind == "skip" or kind == "fontskip":
            space = True
            continue
        if match["phrase"] or match["textphrase"]:
            plain = (
                " ".join((match["phrase"] or match["textphrase"]).split())
                .removesuffix(" an")
                .removesuffix(" a")
            )
            tokens.append(Token("op", _PHRASES[plain], start, end, space))
        elif match["num"]:
            tokens += _number(match, text, limits, space)
        elif match["argmin"]:
            tokens.append(Token("fn", "argmin", start, end, space))
        elif match["python"]:
            tokens += [Token("op", "^", start, end), Token("op", "top", start, end)]
        elif match["env"]:
            name = match["envname"]
            if name in MATRIX_ENVIRONMENTS:
                tokens.append(Token(match["side"], name, start, end, space))
            elif name not in _DISPLAY:
                raise ReadError.at(f"the environment {name[:30]} is not known here", text, start)
        elif match["bb"]:
            letter = match["bbletter"] or {"ℝ": "R", "ℂ": "C", "ℕ": "N"}[word]
            tokens.append(Token("word", letter, start, end, space, "field"))
        elif match["font"]:
            inner = match["fontword"]
            if inner == "0":
                tokens.append(Token("num", "0", start, end, space, Fraction(0)))
            elif word.startswith("\\mathcal") and inner in ("N", "R"):
                tokens.append(Token("word", {"N": "Null", "R": "Col"}[inner], start, end, space))
            elif inner in ("and", "or", "not", "in"):
                tokens.append(Token("op", inner, start, end, space))
            else:
                tokens.append(Token("word", inner, start, end, space))
        elif match["upright_e"]:
            tokens.append(Token("word", "e", start, end, space))
        elif match["cmd"]:
            tokens.append(_command(word[1:], text, start, end, space))
        elif match["name"]:
            canonical = word in ("in", "and", "or", "not", "forall", "exists", "subset", "oo", "perp")
            tokens.append(Token("op" if canonical else "name", word, start, end, space))
        elif match["sup"]:
            _join_script(tokens, "^")
            tokens += _script("^", "".join(_SUPERSCRIPTS[c] for c in word), start, end, limits)
        elif match["sub"]:
            _join_script(tokens, "_")
            tokens += _script("_", "".join(_SUBSCRIPTS[c] for c in word), start, end, limits)
        elif word in _OPS:
            tokens.append(Token("op", _OPS[word], start, end, space))
        elif word.startswith("\\\\"):
            tokens.append(Token("op", "\\\\", start, end, space))
        elif word in _GREEK_LETTERS:
            tokens.append(Token("word", _GREEK_LETTERS[word], start, end, space))
        elif word in _VULGAR:
            if tokens and tokens[-1].kind == "num" and not space:
                raise ReadError.at("a mixed number", text, start, "write it as a fraction")
            tokens.append(Token("num", word, start, end, space, Fraction(_VULGAR[word])))
        else:
            shown = word if word.isprintable() else f"U+{ord(word):04X}"
            raise ReadError.at(f"the character {shown} has no meaning here", text, start)
        space = False
    tokens.append(Token("eof", "", len(text), len(text), space))
    return tokens
