r"""Reading an equation, an inequality or a system of them, as students write it.

    x' = -\lambda x       \dot x, \ddot x, dx/dt, x'(t): x becomes a function of t
    A'A x = A'b           a prime behind a declared matrix is its transpose
    x = \pm 2             x = 2 or x = -2;   also  x = 2, x = -2
    x + y = 1, x - y = 3  both

Derivatives, initial values and elements of sequences are then letters of their own: the equation is compared,
not solved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lemmata.grade.reading.unions import as_condition, of_letter
from lemmata.grade.spelling.pieces import IllTyped, clean, read_any, split
from lemmata.kernel.term import Term, add, make, number, substitute, subterms, symbol, symbols_of
from lemmata.terms.errors import ReadError
from lemmata.terms.forms import at
from lemmata.terms.scope import Scope

__all__ = ["RELATIONS", "atoms_of", "plain_letters", "read_relations", "transposes"]

RELATIONS = ("eq", "ne", "lt", "le", "gt", "ge")
_TAG = re.compile(r"\\tag\*?\s*\{[^{}]*\}|\\label\s*\{[^{}]*\}|(?:\\q?quad|\s{2,})\s*\(\d+[a-z]?\)\s*$")
_PM = re.compile(r"\\pm(?![A-Za-z])|±|\+/-|\+-")
_DOTTED = re.compile(r"\\d?dot\s*\{?\s*(\\?[A-Za-z]+|[A-Za-z])")
_PRIMED = re.compile(r"(?<![\\A-Za-z])([A-Za-z])\s*(?:'|’|′|\^\{?\\prime)")
_D = r"(?:d|\\mathrm\s*\{?d\}?)"
_LEIBNIZ = re.compile(
    rf"(?:\\[dt]?frac\s*\{{\s*(?:{_D}|\\partial)\s*([A-Za-z])\s*(?:\([a-z]\))?\s*\}}|(?<![A-Za-z])d([A-Za-z])\s*/\s*d)"
)
_OPERATOR = re.compile(
    rf"(?:\\[dt]?frac\s*\{{\s*{_D}\s*\}}\s*\{{[^{{}}]*\}}|(?<![A-Za-z])d\s*/\s*d\s*[A-Za-z])\s*\(?\s*([A-Za-z])"
)
_SHIFTED = re.compile(r"(?<![\\A-Za-z])([A-Za-z])_\{?\s*([knjt])\s*[+-]\s*[12]\s*\}?")


def transposes(text: str, symbols: Sequence[Term]) -> str:
    """A' and A^t of declared matrices as A^T, where t is no letter of the question."""
    matrices = [s.name for s in symbols if s.shape != (1, 1) and not s.value[4]]
    if not matrices:
        return text
    if "t" not in {s.name for s in symbols}:
        text = re.sub(r"\^\s*(?:\{\s*(?:t|\\text\s*\{\s*[tT]\s*\})\s*\}|t)", "^T ", text)
    letters = "|".join(sorted(map(re.escape, matrices), key=len, reverse=True))
    return re.sub(rf"(?<![\\A-Za-z])({letters}|\))(?:'|’|′)(?!')", r"\1^T ", text)


def _functions(texts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for text in texts:
        for pattern in (_DOTTED, _PRIMED, _LEIBNIZ, _OPERATOR):
            found |= {next(g for g in m.groups() if g).lstrip("\\") for m in pattern.finditer(text)}
    return found - {"d"}


def _scope(texts: Sequence[str], symbols: Sequence[Term]) -> Scope:
    """The declared letters, those that have a derivative as functions of t, those with x_{k+1} as sequences."""
    known = {s.name: s for s in symbols}
    for name in _functions(texts):
        old = known.get(name)
        if old is None:
            known[name] = symbol(name, 1, 1, "real", "t")
        elif not old.value[4] and not (old.shape != (1, 1) and old.shape[1] != 1):
            known[name] = symbol(name, *old.shape, old.value[3], "t")
    for text in texts:
        for name, index in _SHIFTED.findall(text):
            old = known.get(name)
            if old is None or not old.value[4]:
                shape = old.shape if old is not None else (1, 1)
                known[name] = symbol(name, *shape, "real", index)
    return Scope(student=True).having(*known.values())


def read_relations(text: str, symbols: Sequence[Term], context: str = "") -> Term:
    """The proposition that the text says, or the expression where it has no relation sign.

    ``context`` is another text about the same letters (the reference), which may show that x is a function.
    Raises ReadError or IllTyped.
    """
    if context.startswith("set: "):
        text = _set_condition(text, {s.name for s in symbols})
    scope = _scope((text, context), symbols)
    text = transposes(_prepared(clean(text), scope), symbols)
    text = _membership(_argument_dropped(text, context, scope))
    pieces = [p for p in split(text, ",", ";", "and", "\\\\") if p]
    pieces = [p for p in pieces if not re.fullmatch(r"[a-zA-Z]\s*(?:\\in|∈).*", p)]
    pieces = _one_letter(pieces, context)
    if not pieces:
        raise ReadError.at("no equation", text, 0, "write it as in y = 2x + 1")
    props = _solutions([_with_signs(p, scope) for p in pieces])
    if len(props) == 1:
        return plain_letters(props[0])
    solved = {_solved(p) for p in props}
    if len(solved) == 1 and None not in solved and all(p.head == "eq" for p in props):
        return plain_letters(make("or", tuple(props)))
    if any(p.sort != "prop" for p in props):
        raise ReadError.at("equations and something else, side by side", text, 0, "give one equation")
    return plain_letters(make("and", tuple(props)))


def _set_condition(text: str, known: set[str]) -> str:
    """A set of numbers as the condition on x that it is, x being the letter of the reference."""
    text = clean(text).strip(" $.")
    letter = of_letter(text, known)
    condition = as_condition(text, letter) or text
    if letter == "x":
        return condition
    return re.sub(rf"(?<![A-Za-z\\]){re.escape(letter)}(?![A-Za-z])", "x", condition)


def _argument_dropped(text: str, context: str, scope: Scope) -> str:
    """y(x) = ... and f(x) = ... for the reference y = ...: the left side is one name."""
    found = re.match(r"\s*([A-Za-z])\s*\(\s*([A-Za-z])\s*\)\s*=", text)
    target = re.match(r"[\s$]*([A-Za-z])\s*=", context)
    if (
        not found
        or not target
        or found[1] in scope.symbols
        or (found[1] in context and found[1] != target[1])
    ):
        return text
    return f"{target[1]} = {text[found.end() :]}"


def _membership(text: str) -> str:
    r"""x \in (-\infty, 3] as inequalities."""
    found = re.fullmatch(
        r"\s*(\\?[A-Za-z]+)\s*(?:\\in(?![A-Za-z])|∈)\s*([(\[\]])\s*([^,;]+)[,;]([^,;]+)([)\]\[])\s*", text
    )
    if not found:
        return text
    name, opener, low, high, closer = found.groups()
    infinite = re.compile(r"\s*[-+−]?\s*(?:\\infty|∞|oo|inf)\s*")
    parts = []
    if (re.fullmatch(r"\s*(?!-|−).*", low) and infinite.fullmatch(low)) or (
        re.match(r"\s*[-−]", high) and infinite.fullmatch(high)
    ):
        raise ReadError.at("an interval from plus infinity", text, 0, "write the smaller end first")
    if not infinite.fullmatch(low):
        parts.append(f"{name} {'>=' if opener == '[' else '>'} {low}")
    if not infinite.fullmatch(high):
        parts.append(f"{name} {'<=' if closer == ']' else '<'} {high}")
    return ", ".join(parts) or text


def _one_letter(pieces: list[str], context: str) -> list[str]:
    """x_1 = 2, x_2 = -2 as x = 2, x = -2, where the reference speaks of x."""
    found = [re.match(r"(\\?[A-Za-z]+)_\{?\d\}?\s*=", p) for p in pieces]
    names = {m[1] for m in found if m}
    if len(pieces) < 2 or not all(found) or len(names) != 1:
        return pieces
    (name,) = names
    if re.search(rf"{re.escape(name)}_", context) or not re.search(
        rf"{re.escape(name)}(?![A-Za-z])", context
    ):
        return pieces
    return [f"{name} = {p[m.end() :]}" for p, m in zip(pieces, found, strict=True) if m]


def _solutions(props: list[Term]) -> list[Term]:
    """x = 2, 3 as x = 2, x = 3."""
    letter = _solved(props[0])
    if letter is None or any(p.sort == "prop" or symbols_of(p) for p in props[1:]):
        return props
    return [props[0], *(make("eq", (letter, p)) for p in props[1:])]


def _solved(prop: Term) -> Term | None:
    """x of x = number."""
    if prop.head != "eq" or prop.args[0].head != "symbol":
        return None
    return None if any(t.head == "symbol" for t in subterms(prop.args[1])) else prop.args[0]


def _with_signs(text: str, scope: Scope) -> Term:
    if not _PM.search(text):
        return read_any(text, scope)
    both = [read_any(_PM.sub(sign, text), scope) for sign in ("+", "-")]
    if any(p.sort != "prop" for p in both):
        raise IllTyped("± stands for two values")
    return make("or", tuple(both))


def _prepared(text: str, scope: Scope) -> str:
    text = text.strip().strip("$").strip()
    text = re.sub(r"^\\\[|\\\]$|^\\\(|\\\)$", "", text).strip()
    text = re.sub(
        r"\\left\s*\\(?:\{|lbrace)\s*\\begin\s*\{array\}\s*\{[^{}]*\}(.*?)\\end\s*\{array\}\s*\\right\s*\.?",
        lambda m: m[1].replace("&", " "),
        text,
        flags=re.DOTALL,
    )
    text = _TAG.sub("", text).rstrip(" .,;")
    text = re.sub(r"\s*\([a-z]{3,}(?:[ ,]+[a-z]{3,})*[ ,]*\)$", "", text)
    # A characteristic polynomial may have its name in front: det(A - lambda I) = ... = 0.
    text = re.sub(
        r"^(?:\\?det\s*(?:\\left)?\(.*?\)|\\?(?:chi|p)(?:_\w)?\s*\([^()]*\))\s*=(?=[^=]*=)", "", text
    )
    text = re.sub(
        r"^(?:\([a-z0-9]+\)|(?:the )?(?:answer|equation)(?: is)?\s*:)\s*", "", text, flags=re.IGNORECASE
    )
    text = (
        text.replace("=<", "<=").replace("=>", ">=")
        if "=>" in text and "==" not in text
        else text.replace("=<", "<=")
    )
    functions = "|".join(re.escape(n) for n, s in scope.symbols.items() if s.value[4] == "t") or r"(?!)"
    prime = r"(?:'|’|′|\^\{?\\prime\}?)"
    double = rf"(?<![\\A-Za-z])({functions})\s*(?:''|’’|′′|″|\"|\^\{{?\\prime\s*\\prime\}}?)(?:\s*\(t\))?"
    text = re.sub(double, r"\\ddot{\1}", text)
    return re.sub(rf"(?<![\\A-Za-z])({functions})\s*{prime}(?:\s*\(t\))?", r"\\dot{\1}", text)


def _unshifted(term: Term) -> Term:
    """A recursion with its smallest index k: w_k = f(w_{k-1}) is w_{k+1} = f(w_k)."""
    found = {t: _offset(t) for t in subterms(term) if t.head == "at"}
    indices = {t.args[0].value[4] for t in found}
    if not found or any(o is None for o in found.values()) or len(indices) != 1:
        return term
    (name,) = indices
    bare = [t for t in symbols_of(term) if t.value[4] == name]
    least = min(o for o in found.values() if o is not None)
    least = min(least, 0) if bare and not _only_within(term, bare, set(found)) else least
    if least == 0:
        return term
    letter = next((s for t in found for s in symbols_of(t.args[1])), symbol(name, 1, 1, "natural"))
    fresh = {t: symbol(f"at_{n}", *t.shape) for n, t in enumerate(found)}
    body = substitute(term, fresh)
    body = substitute(body, {letter: add(letter, number(-least))})
    alone = {s: at(s, add(letter, number(-least))) for s in bare}
    body = substitute(body, alone)
    moved = {
        fresh[t]: t.args[0] if o == least else at(t.args[0], add(letter, number((o or 0) - least)))
        for t, o in found.items()
    }
    return substitute(body, moved)


def _only_within(term: Term, bare: Sequence[Term], places: set[Term]) -> bool:
    """Whether the sequences occur at shifted places only."""
    fresh = {t: symbol(f"at_{n}", *t.shape) for n, t in enumerate(places)}
    rest = set(symbols_of(substitute(term, fresh)))
    return not any(s in rest for s in bare)


def _offset(term: Term) -> int | None:
    """j of x_{k+j}."""
    place = term.args[1]
    parts = place.args if place.head == "add" else (place,)
    total, letters = 0, 0
    for part in parts:
        if part.head == "symbol":
            letters += 1
        elif part.head == "number" and part.value.denominator == 1:
            total += int(part.value)
        elif part.head == "mul" and all(a.head == "number" for a in part.args):
            value = 1
            for a in part.args:
                value *= a.value
            if value != int(value):
                return None
            total += int(value)
        else:
            return None
    return total if letters == 1 else None


def plain_letters(term: Term) -> Term:
    """Functions, their derivatives and values at points as letters without more structure."""
    term = _unshifted(term)
    indices = {s for t in subterms(term) if t.head == "at" for s in symbols_of(t.args[1])}
    if len(indices) == 1:
        # The name of the index says nothing: x_{n+1} = x_n / 2 is x_{k+1} = x_k / 2.
        (index,) = indices
        term = substitute(term, {index: symbol("k", 1, 1, *index.value[3:])})
    variables = {t.value for t in subterms(term) if t.head == "diff"}
    mapping: dict[Term, Term] = {}
    # Larger parts first: the second derivative before the first, the first before the function.
    for node in reversed(list(subterms(term))):
        if node.head == "diff":
            depth, inner = 0, node
            while inner.head == "diff":
                depth, inner = depth + 1, inner.args[0]
            if inner.head != "symbol":
                continue
            # x' of one text is dx/ds of the other, where only one variable occurs.
            marks = "'" * depth if len(variables) == 1 else f"'{node.value}" * depth
            mapping[node] = symbol(inner.name + marks, *inner.shape)
        elif node.head == "at":
            mapping[node] = symbol(_place(node), *node.shape)
        elif node.head == "symbol" and node.value[4]:
            mapping[node] = symbol(node.name, *node.shape)
    for node, letter in mapping.items():
        term = substitute(term, {node: letter}) if node.head != "symbol" else term
    return substitute(term, {n: s for n, s in mapping.items() if n.head == "symbol"})


def _place(node: Term) -> str:
    """x(k + 1), x(0) as a name."""
    offset, name = _offset(node), node.args[0].name
    if offset is not None:
        index = next(s.name for s in symbols_of(node.args[1]))
        return f"{name}_{{{index}{offset:+d}}}" if offset else f"{name}_{index}"
    return f"{name}({node.args[1]!r})"


def atoms_of(prop: Term) -> list[Term]:
    """The single relations of a proposition, in their order."""
    if prop.head in ("and", "or", "not", "implies", "iff"):
        return [a for p in prop.args for a in atoms_of(p)]
    return [prop]
