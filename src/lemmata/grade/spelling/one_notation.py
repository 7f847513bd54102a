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
_NO_WIDTH = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# Thin blanks between digits group thousands.
_BLANK = re.compile("(?:(?<!\\d)|(?=[^\u2009\u202f]))[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]|[\u2009\u202f](?!\\d)")
_BLANKS = re.compile(r"(?<=\S)  +(?=\S)")
_IN_WORDS = re.compile(r"(?<=[A-Za-z])−(?=[A-Za-z]{2})")

_DELIMITER = (
    r"\\[{}|]|\\[lr]?(?:brace|brack|angle|vert|Vert|paren|ceil|floor)(?![A-Za-z])|\\backslash(?![A-Za-z])|[()\[\]|./<>⟨⟩‖]"
)
_SIZED = re.compile(rf"\\(?:(left)|(right)|middle|[bB]igg?[lrm]?)(?![A-Za-z])\s*({_DELIMITER})")
_ANGLE = {"<": r"\langle ", ">": r"\rangle "}

_LENGTH = r"-?\d*\.?\d+\s*(?:mu|em|ex|pt|mm|cm|in)"
_SPACING = re.compile(
    rf"\\[mh](?:space\*?\s*\{{\s*{_LENGTH}\s*\}}|skip\s*{_LENGTH})|\\m?kern\s*{_LENGTH}"
    r"|\\(?:thin|med|thick|negthin|negmed|negthick)space(?![A-Za-z])|\\en(?:space|skip)(?![A-Za-z])"
)
# A row break is no blank, and what stands between two digits, or a digit and a fraction, may join them.
_THIN = re.compile(r"(\\\\)|(?<=\d)\\[,;: !](?=\d|\\[dt]?frac)|(?<=\d)~(?=\d)|\\[,;:>!]|~|\\ (?!\s*\\?\{)")
_QUAD = re.compile(r"(?<=[,;:])\s*\\q?quad(?![A-Za-z])\s*|\\(?:text|mbox)\s*\{\s*\}")
_STYLE = re.compile(r"\\(?:display|text|script|scriptscript)style(?![A-Za-z])\s*|\\(?:no)?limits(?![A-Za-z])\s*")
_ROOM = re.compile(rf"\\\\\*?\s*\[\s*{_LENGTH}\s*\]")

_COMMAND = re.compile(r"\\([A-Za-z]+)( ?)")
_COMMANDS: dict[str, str] = {
    "dfrac": r"\frac", "tfrac": r"\frac", "cfrac": r"\frac", "dbinom": r"\binom", "tbinom": r"\binom",
    "leq": r"\le", "leqslant": r"\le", "geq": r"\ge", "geqslant": r"\ge", "neq": r"\ne", "lt": "<", "gt": ">",
    "rightarrow": r"\to", "longrightarrow": r"\to", "Longrightarrow": r"\Rightarrow",
    "lbrace": r"\{", "rbrace": r"\}", "lbrack": "[", "rbrack": "]", "lparen": "(", "rparen": ")",
    "lvert": "|", "rvert": "|", "vert": "|", "lVert": r"\|", "rVert": r"\|", "Vert": r"\|",
    "boldsymbol": r"\mathbf", "bm": r"\mathbf", "varnothing": r"\emptyset", "intercal": r"\top",
}  # fmt: skip
_STARRED = re.compile(r"\\operatorname\s*\*")
_SMALL = re.compile(r"\\(begin|end)\s*\{([pbvBV]?)(?:small)?matrix\}")
_FONT = r"\\(?:math(?:rm|sf|bf|it|tt)|text(?:rm|it|bf)?|mbox|operatorname|rm|sf)"
_TRANSPOSE = re.compile(
    rf"\^\s*(?:\{{\s*(?:{_FONT}\s*(?:\{{\s*T\s*\}}|\s*T)|\\top|⊤)\s*\}}|{_FONT}\s*(?:\{{\s*T\s*\}}|\s+T(?![A-Za-z]))|⊤)"
)
_NUMBER_E = re.compile(
    rf"(?:\{{\s*\\(?:rm|sf)\s+e\s*\}}|{_FONT}\s*\{{\s*e\s*\}}|\\(?:rm|mathrm)\s+e(?![A-Za-z]))(?=\s*\^)"
)

_ROW_ALIGNED = r"(?:align|aligned|equation|gather|gathered|split|multline|displaymath|math|flalign|eqnarray)\*?"
_ENVIRONMENT = re.compile(rf"\\begin\s*\{{({_ROW_ALIGNED})\}}(?P<body>.*)\\end\s*\{{\1\}}([.;]?)", re.DOTALL)
_DELIMITED = (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]"))


def in_one_notation(text: str, rows: bool = False) -> str:
    r"""The text in the spelling that later passes know.  ``rows``: what \[ and aligned enclose may be many lines."""
    if len(text) > LONGEST:
        return text
    text = _NO_WIDTH.sub("", text)
    if not text.isascii():
        text = _IN_WORDS.sub("-", _BLANK.sub(" ", text)).replace("−", "-")
    elif "\t" in text:
        text = text.replace("\t", " ")
    if "\\" not in text and "$" not in text:
        return text if rows or "\n" in text.strip() else _BLANKS.sub(" ", text)
    text = _latex(text if rows else _undelimited(text))
    return text if "\n" in text.strip() else _BLANKS.sub(" ", text)


def _undelimited(text: str) -> str:
    """Without what encloses the whole answer: dollars, brackets of displays, environments of one line."""
    for _ in range(4):
        body = text.strip()
        stop = body[-1:] if body[-1:] in (".", ",", ";") and body[-2:-1] in ("$", ")", "]") else ""
        body = body[: -len(stop)].rstrip() if stop else body
        found = _ENVIRONMENT.fullmatch(body)
        if found and r"\\" not in found["body"] and "&" not in found["body"]:
            text = found["body"]
            continue
        for opening, closing in _DELIMITED:
            inside = body[len(opening) : -len(closing)]
            if body.startswith(opening) and body.endswith(closing) and _alone(inside, opening):
                text = inside
                break
        else:
            return text
    return text


def _alone(inside: str, opening: str) -> bool:
    """Whether what an opening sign and the last sign enclose is one formula."""
    return bool(inside.strip()) and opening[-1:] not in re.sub(r"\\\\|[^$\\]\(|[^\\]\[", "", inside).replace("\\$", "")


def _latex(text: str) -> str:
    if "\\" not in text:
        return text
    text = _ROOM.sub(r"\\\\", text)
    text = _SPACING.sub(" ", text)
    if re.search(r"\\[A-Za-z{]", text):
        text = _THIN.sub(_thin, text)
    text = _without_sizes(_STYLE.sub(" ", _QUAD.sub(" ", text)))
    text = _STARRED.sub(r"\\operatorname", text)
    if "matrix" in text:
        text = _SMALL.sub(r"\\\1{\2matrix}", text)
    text = _TRANSPOSE.sub(r"^\\top ", text)
    text = _NUMBER_E.sub(lambda m: " e" if text[m.start() - 1 : m.start()].isalpha() else "e", text)
    return _COMMAND.sub(_usual_command, text).strip()


def _thin(match: re.Match[str]) -> str:
    if match[1] or match.string[match.start() - 1 : match.start()].isdigit() and match.string[
        match.end() : match.end() + 1
    ].isdigit():
        return match[0]
    joined = match[0] == r"\!" and not match.string[match.end() : match.end() + 1].isalpha()
    mixed = re.match(r"\\[dt]?frac", match.string[match.end() :]) and match.string[match.start() - 1 : match.start()].isdigit()
    return match[0] if mixed else "" if joined else " "


def _usual_command(match: re.Match[str]) -> str:
    usual = _COMMANDS.get(match[1])
    if usual is None:
        return match[0]
    return usual + match[2] if usual[-1].isalpha() else usual


def _without_sizes(text: str) -> str:
    r"""Without \left, \right, \big and their like; pairs with an invisible end keep theirs."""
    if not re.search(r"\\(?:left|right|middle|[bB]ig)", text):
        return text
    found = list(_SIZED.finditer(text))
    kept, open_pairs = set(), list[int]()
    for n, sign in enumerate(found):
        if sign[1]:
            open_pairs.append(n)
        elif sign[2] and open_pairs:
            opener = open_pairs.pop()
            if "." in (sign[3], found[opener][3]):
                kept |= {n, opener}
    made, at = [], 0
    for n, sign in enumerate(found):
        made.append(text[at : sign.start()])
        delimiter, at = sign[3], sign.end()
        evaluated = delimiter == "|" and not sign[1] and re.match(r"\s*[_^]", text[at:])
        if n in kept or delimiter in "./" or (evaluated and not sign[2]):
            made.append(sign[0])
        else:
            made.append(_ANGLE.get(delimiter, delimiter))
    return "".join(made) + text[at:]
