r"""One spelling for what LaTeX and keyboards have several of, before anything else looks at an answer.

    \operatorname{diag}\left(a,\,b\right)        \operatorname{diag}(a, b)
    \left\lbrace \dfrac12 \right\rbrace          \{\frac12\}
    $\displaystyle x \leqslant 3$                x \le 3
    A^{\mathsf T}, \mathrm{e}^{-t}               A^\top, e^{-t}

>>> in_one_notation(r"$\operatorname{diag}\!\left(\mathrm{e}^{-t},\,\dfrac12\right)$")
'\\operatorname{diag}(e^{-t}, \\frac12)'

The text is set alike before and after; later passes then see one spelling.  A sign stays where it says something: a
thin blank between digits groups thousands, one between a number and a fraction makes a mixed number, and an invisible
\left. or a \Big| with an index belongs to the other end of a bracket.
"""

from __future__ import annotations

import re

__all__ = ["in_one_notation"]

LONGEST = 10_000
MOST_WRAPPED = 4  # \[ \begin{aligned} $ ... around one answer
_NO_WIDTH = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_BLANK = re.compile("[\u00a0\u2000-\u2008\u200a\u205f\u3000\t]|(?<!\\d)[\u2009\u202f]|[\u2009\u202f](?!\\d)")
_SIGNS = str.maketrans({"−": "-", "⋅": "·", "∙": "·", "⩽": "≤", "⩾": "≥"})
_BLANKS = re.compile(r"(?<=\S)  +(?=\S)")
_STOP = re.compile(r"(?<=[^\s.\\])(?<!\\left)(?<!\\right)\.$")

_LENGTH = r"-?\d{0,4}\.?\d{1,4}\s{0,4}(?:mu|em|ex|pt|mm|cm|in)"
_ROOM = re.compile(rf"\\\\\*?[ ]{{0,4}}\[\s*{_LENGTH}\s*\]")
_SPACING = re.compile(
    rf"\\[mh](?:space\*?\s*\{{\s*{_LENGTH}\s*\}}|skip\s*{_LENGTH})|\\m?kern\s*{_LENGTH}"
    r"|\\(?:thin|med|thick|negthin|negmed|negthick)space(?![A-Za-z])|\\en(?:space|skip)(?![A-Za-z])"
    r"|(?<=[,;:])\s*\\q?quad(?![A-Za-z])\s*"
    r"|\\(?:display|text|script|scriptscript)style(?![A-Za-z])\s*|\\(?:no)?limits(?![A-Za-z])\s*"
)
# Kept: a row break, what may join a digit to the next or to a fraction, a backslash between an operand and a set.
_THIN = re.compile(
    r"(?P<kept>\\\\|(?<=\d)(?:\\[,;:! ]|~)(?=\d|\\[dt]?frac)|(?<=[\w})\] ])\\ (?=\s*\\?\{))"
    r"|(?P<nothing>\\!(?![A-Za-z]))|\\[,;:>! ]|~"
)

_DELIMITER = (
    r"\\[{}|]|\\[lr]?(?:brace|brack|angle|vert|Vert|paren|ceil|floor)(?![A-Za-z])|\\backslash(?![A-Za-z])"
    r"|[()\[\]|./<>⟨⟩‖]"
)
_SIZED = re.compile(rf"\\(?:(left)|(right)|middle|[bB]igg?[lrm]?)(?![A-Za-z])\s*({_DELIMITER})")
_ANGLE = {"<": r"\langle ", ">": r"\rangle "}

_COMMAND = re.compile(r"\\([A-Za-z]+)( ?)")
_COMMANDS: dict[str, str] = {
    "dfrac": r"\frac", "tfrac": r"\frac", "cfrac": r"\frac", "dbinom": r"\binom", "tbinom": r"\binom",
    "leq": r"\le", "leqslant": r"\le", "geq": r"\ge", "geqslant": r"\ge", "neq": r"\ne", "lt": "<", "gt": ">",
    "rightarrow": r"\to", "longrightarrow": r"\to", "Longrightarrow": r"\Rightarrow",
    "lbrace": r"\{", "rbrace": r"\}", "lbrack": "[", "rbrack": "]", "lparen": "(", "rparen": ")",
    "lvert": "|", "rvert": "|", "vert": "|", "lVert": r"\|", "rVert": r"\|", "Vert": r"\|",
    "boldsymbol": r"\mathbf", "bm": r"\mathbf", "varnothing": r"\emptyset", "intercal": r"\top", "colon": ":",
}  # fmt: skip
_INDEX = re.compile(r"_\s*\{\s*([A-Za-z])\s*=\s*(?=\S)")  # below a sum
_STARRED = re.compile(r"\\operatorname\s*\*")
_SMALL = re.compile(r"\\(begin|end)\s*\{([pbvBV]?)(?:small)?matrix\}")
_IN_BRACKETS = re.compile(
    r"(?P<opening>[(\[]|\\?\|)\s*\\begin\s*\{(?:(?P<name>matrix)\}|array\}\s*\{[clr]{1,40}\})"
    r"(?P<rows>(?:(?!\\begin|\\end).)*)\\end\s*\{(?(name)matrix|array)\}\s*(?P<closing>[)\]]|\\?\|)",
    re.DOTALL,
)
_MATRICES = {"()": "pmatrix", "[]": "bmatrix", "||": "vmatrix", r"\|\|": "Vmatrix"}
_FONT = r"\\(?:math(?:rm|sf|bf|it|tt)|text(?:rm|it|bf)?|mbox|operatorname|rm|sf)"
_TRANSPOSE = re.compile(
    rf"\^\s*(?:\{{\s*(?:{_FONT}\s*(?:\{{\s*T\s*\}}|\s*T)|\\top|⊤)\s*\}}|{_FONT}\s*(?:\{{\s*T\s*\}}|\s+T(?![A-Za-z]))|⊤)"
)
_NUMBER_E = re.compile(
    rf"(?:\{{\s*\\(?:rm|sf)\s+e\s*\}}|{_FONT}\s*\{{\s*e\s*\}}|\\(?:rm|mathrm)\s+e(?![A-Za-z]))(?=\s*\^)"
)

_DISPLAY = r"(?:align|aligned|equation|gather|gathered|split|multline|displaymath|math|flalign|eqnarray)\*?"
_DISPLAYED = re.compile(rf"\\begin\s*\{{({_DISPLAY})\}}(?P<body>.*)\\end\s*\{{\1\}}", re.DOTALL)
_INNER = re.compile(r"\\begin\s*\{(\w+\*?)\}.*?\\end\s*\{\1\}", re.DOTALL)
LONGEST_DISPLAY = 2_000
_DELIMITED = (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]"))


def in_one_notation(text: str, rows: bool = False) -> str:
    """The text in the spelling that later passes know.  ``rows``: a derivation, whose displays hold its lines."""
    if len(text) > LONGEST:
        return text
    text = _NO_WIDTH.sub("", text)
    if not text.isascii():
        text = _BLANK.sub(" ", text).translate(_SIGNS)
    text = text.replace("\t", " ").rstrip()
    text = text if rows else _undelimited(text)
    if "\\" in text:
        text = _latex(text)
    if rows or "\n" in text.strip():  # columns of printed tables stand below each other
        return text
    return _BLANKS.sub(" ", _STOP.sub("", text.strip()))


def _undelimited(text: str) -> str:
    """Without what encloses the whole answer: dollars, brackets of displays, environments of one line."""
    for _ in range(MOST_WRAPPED):
        body = text.strip()
        if body[-1:] in (".", ",", ";") and body[-2:-1] in ("$", ")", "]", "}"):
            body = body[:-1]
        found = _DISPLAYED.fullmatch(body) if len(body) < LONGEST_DISPLAY else None
        if found and not re.search(r"&|\\\\", _INNER.sub("", found["body"])):
            text = found["body"]
            continue
        for opening, closing in _DELIMITED:
            inside = body[len(opening) : -len(closing)]
            if body.startswith(opening) and body.endswith(closing) and _one_formula(inside):
                text = inside
                break
        else:
            return text
    return text


def _one_formula(inside: str) -> bool:
    """Whether no formula ends, and no other begins, within a text."""
    signs = inside.replace("\\\\", "").replace("\\$", "")
    return bool(inside.strip()) and "$" not in signs and not re.search(r"\\[()\[\]]", signs)


def _latex(text: str) -> str:
    of_program = not re.search(r"\\[A-Za-z{,;:!>]", text)  # A \ b is a quotient
    text = _SPACING.sub(" ", _ROOM.sub(r"\\\\", text))
    if not of_program:
        text = _THIN.sub(lambda m: m[0] if m["kept"] else "" if m["nothing"] else " ", text)
    text = _without_sizes(text)
    text = _INDEX.sub(r"_{\1=", _STARRED.sub(r"\\operatorname", text))
    text = _TRANSPOSE.sub(r"^\\top ", text)
    text = _NUMBER_E.sub(lambda m: " e" if text[m.start() - 1 : m.start()].isalpha() else "e", text)
    text = _COMMAND.sub(_usual_command, text)
    if "matrix" in text or "array" in text:
        text = _IN_BRACKETS.sub(_matrix_in_brackets, _SMALL.sub(r"\\\1{\2matrix}", text))
    return text


def _usual_command(match: re.Match[str]) -> str:
    usual = _COMMANDS.get(match[1])
    if usual is None:
        return match[0]
    return usual + match[2] if usual[-1].isalpha() else usual


def _matrix_in_brackets(match: re.Match[str]) -> str:
    name = _MATRICES.get(match["opening"] + match["closing"])
    return rf"\begin{{{name}}}{match['rows']}\end{{{name}}}" if name else match[0]


def _without_sizes(text: str) -> str:
    r"""Without \left, \right, \big and their like; pairs with an invisible end keep theirs."""
    found = list(_SIZED.finditer(text))
    kept: set[int] = set()
    opened: list[int] = []
    for n, sign in enumerate(found):
        if sign[1]:
            opened.append(n)
        elif sign[2] and opened and "." in (sign[3] + found[opener := opened.pop()][3]):
            kept |= {n, opener}
    made, at = "", 0
    for n, sign in enumerate(found):
        made, at = made + text[at : sign.start()], sign.end()
        # F\Big|_a^b: such a bar has no partner.
        evaluated = sign[3] == "|" and not (sign[1] or sign[2]) and re.match(r"\s*[_^]", text[at : at + 20])
        whole = n in kept or sign[3] in "./" or evaluated
        made += sign[0] if whole else _ANGLE.get(sign[3], sign[3])
    return made + text[at:]
