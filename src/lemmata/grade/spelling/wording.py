r"""Words around an answer: "the eigenvalues are 2 and 3", "no solution", "x \approx 0.75", "all multiples of (1, 2)".

>>> without_words("The eigenvalues are 2 and 3"), without_words(r"\text{The value is } \frac{3}{4}")
('2 and 3', '\\frac{3}{4}')

Words are dropped only where what is left is the whole answer; words that deny or restrict ("not", "unless") stay,
so that the parser refuses them.  Single letters are names and no words.
"""

from __future__ import annotations

import re
import unicodedata

from lemmata.terms.letters import GREEK

__all__ = [
    "every_number",
    "in_plain_letters",
    "multiples",
    "no_solution",
    "with_equals_signs",
    "without_approximation",
    "without_words",
]

_DENIES = (
    r"(?:not|no|never|none|non|isn't|unless|except|without|neither|nor|cannot|if|or|and|than|less|greater|least"
    r"|most|about|iff)"
)
_WORD = rf"(?!{_DENIES}\b)[A-Za-z][a-z'’-]+"
# At most nine words, a name behind them where there is one (the rank of A), a verb or a colon.
_SAID = re.compile(
    rf"^(?:(?:so|thus|hence|therefore|then|we (?:get|have|obtain|find)(?: that)?|i (?:get|found"
    rf"|think it is))[, :]+)*"
    rf"(?:(?:{_WORD})[ ,]+){{0,8}}?(?:{_WORD})\s*(?:(?:\(?\\?[A-Za-z](?:_\w)?\)?\s+)?(?:(?:is|are|equals?"
    rf"|reads?|becomes?|gives?|yields?)\b\s*(?:equal to|given by|exactly|just|simply|then|therefore|approximately"
    rf"|roughly)?|:(?!=)))\s*:?\s*"
    r"(?!(?:a|an|in|on|at|not|no)\b)(?=\S)",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"^(?:(?:so|thus|hence|therefore|then|finally)[,: ]+|(?:we (?:get|have|obtain|find)"
    r"|i get)(?: that)?[,: ]*|(?:both|either|exactly|(?:the )?(?:unique|only) solution(?: is|:)?"
    r"|two solutions,? namely:?) +|(?:it is|ans(?:wer)?\s*[:=]"
    r"|sol(?:ution)?\s*[:=]|result\s*[:=])\s*)(?=\S)",
    re.IGNORECASE,
)
# Using the chain rule, we get ...
_OBTAINED = re.compile(
    rf"^(?:using|applying|by|with|from|after)\s+(?:{_WORD}\s+){{0,6}}{_WORD},?\s+"
    r"(?:we|one|i)\s+(?:gets?|obtains?|have|has|finds?)(?: that)?[,: ]\s*(?=\S)",
    re.IGNORECASE,
)
# x = 1, the other root is not needed: a solution that is left out on purpose, whatever the reason.
_LEFT_OUT = re.compile(
    r"[,;.(]\s*(?:and |but |since )?(?:the other|die andere|l['’]autre|la otra)\s+(?:[a-zäöüß]{3,12}\s+){0,3}?"
    r"(?:(?:is|was|does|need|can|must)\s*(?:not|n['’]t)|isn['’]t|doesn['’]t|is (?:discarded|rejected|excluded"
    r"|extraneous|ignored|dropped|irrelevant|invalid|impossible)"
    r"|entf(?:ä|ae)llt|scheidet aus|wird nicht|gilt nicht|n['’]est pas)"
    r"[a-zäöüß ]{0,60}[.!)]*\s*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[\s,.]*(?:\b(?:is (?:the|my) (?:final |only |unique )?(?:answer|solution|result|value|limit|root|zero)"
    r"|are (?:the|my|all)(?: the)? (?:answers|solutions|roots|zeros)|for example"
    r"|for instance|e\.g\.|as required"
    r"|q\.?e\.?d\.?|\(?(?:the )?(?:final )?answer\)?|\((?:exactly|exact|simplified|line|plane|answer"
    r"|why\?)\))|\\(?:qed|blacksquare|square|Box|checkmark)|□|∎|✓|✔)[\s.!]*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?<=[\d\])}])\s*,\s*(?:which|that|and this|this) (?:is|are|was)\b[A-Za-z ,'’-]*$", re.IGNORECASE
)
_REMARK = re.compile(
    r"(?<=[\d\])}])\s+\((?!(?:diverg\w+|oscillat\w+|undefined|wrong|twice|double|triple|simple|once|with|multiplicity|mult|algebraic|thrice"
    rf"|three|two)\b)(?:(?!(?:{'|'.join(GREEK)}|sin|cos|tan|exp|log|sqrt|det|abs)\b)[a-z]{{3,}}[ ,]*)+\)$"
)
_TEXT = re.compile(r"\\(?:text|textbf|textit|textrm|mathrm|textup|textnormal|mbox)\s*\{([^{}\\$]*)\}")
_FUNCTION_WORDS = {
    "span", "rank", "rk", "tr", "trace", "diag", "det", "dim", "ker", "null", "col", "row", "lin", "im", "exp", "ln",
    "log", "sin", "cos", "tan", "e", "i", "t", "d", "f", "inf", "sgn", "sign", "adj", "kernel", "image", "range",
    "max", "min", "lim", "argmin", "th",
}  # fmt: skip
_EMPTY = re.compile(
    r"(?:there (?:is|are|exists?) )?(?:no (?:(?:real|such) )?(?:solutions?|roots?|zeros?|elements?"
    r"|such (?:numbers?|vectors?"
    r"|values?|x))|none|(?:the )?empty set"
    r"|nothing)(?: exists?)?|(?:the system (?:of equations )?|it |the equations? |system )?(?:(?:is"
    r"|are) )?(?:inconsistent|unsolvable|not solvable"
    r"|not consistent)|(?:the system |it )?has no (?:real )?solutions?|(?:it |the system )?(?:can(?:not"
    r"| not|'t) be solved)|keine (?:reellen? )?l(?:ö|oe|\\ddot\{o\})sung(?:en)?|(?:die )?leere menge",
    re.IGNORECASE,
)
_REAL_NUMBERS = (
    r"(?:(?:(?:all|every|any|each) (?:the )?real(?: numbers?)?|(?:all|every|any|each) reals?"
    r"|(?:all|every|any|each) (?:\\?[a-z]|numbers?|values? of [a-z])(?: (?:in|∈|\\in) (?:r|ℝ|\\mathbb\s*\{?r\}?))?)"
    r"|alle(?: reellen)? zahlen|jede(?: reelle)? zahl|(?:the )?(?:whole |entire )?real (?:line|axis)"
    r"|tous les (?:nombres )?r(?:é|e\u0301)els"
    r"|todos los (?:n(?:ú|u\u0301)meros )?reales)"
)
_EVERY_NUMBER = re.compile(
    rf"(?:the )?{_REAL_NUMBERS} (?:(?:is|are) (?:an? |the )?solutions?|(?:is|are) (?:possible|allowed|solving)"
    r"|works?|solves? (?:it|this|the (?:equation|inequality))"
    r"|satisf(?:y|ies) (?:it|this|the (?:equation|inequality))"
    r"|(?:sind|ist(?: eine)?) l(?:ö|oe|\\ddot\{o\})sung(?:en)?"
    r"|l(?:ö|oe|\\ddot\{o\})sen (?:die|diese) (?:gleichung|ungleichung)"
    r"|sont (?:des )?solutions?|son soluci(?:o\u0301|ó)n(?:es)?)"
    rf"|(?:it |this )?(?:is )?(?:true|holds|valid) for {_REAL_NUMBERS}"
    rf"|[a-z] (?:can|may) be (?:any|every) (?:real )?number|[a-z] is any real number|{_REAL_NUMBERS}",
    re.IGNORECASE,
)
_MULTIPLES = re.compile(
    r"^(?:(?:the )?set of |is |by )?(?:(?:all|any|every|each|a|the)\s+)?(?:(?:real|scalar|nonzero|non-zero"
    r"|arbitrary)\s+)*(?:multiples?|scalings?)\s+of\s+(?:the\s+)?(?:vector\s+)?",
    re.IGNORECASE,
)
_COMBINATIONS = re.compile(
    r"^(?:(?:the )?set of )?(?:all\s+|any\s+"
    r"|the\s+)?(?:real\s+)?linear\s+combinations?\s+of\s+(?:the\s+)?(?:vectors?\s+)?|^(?:a\s+"
    r"|the\s+)?basis(?:\s+(?:is|of\s+\w+\s+is|vectors?(?:\s+are)?))?\s*[:=]?\s*"
    r"|^(?:the\s+)?line\s+(?:through\s+(?:the\s+origin|0)\s+)?(?:with"
    r"|in)\s+(?:the\s+)?direction\s+(?:of\s+)?(?:the\s+)?(?:vector\s+)?|^(?:the\s+)?(?:line|plane"
    r"|sub)?space\s+spanned\s+by\s+|^(?:the\s+)?(?:line|plane|span)\s+(?:spanned|generated)\s+by\s+"
    r"|^(?:the\s+)?span\s+of\s+(?:the\s+)?(?:vectors?\s+)?|^spanned\s+by\s+|^generated\s+by\s+",
    re.IGNORECASE,
)
_APPROXIMATELY = re.compile(
    r"\\(?:approx|simeq|thickapprox|doteq)(?![A-Za-z])|≈|≃|≐|~=|(?<![\w\\])approx\.?(?![\w])"
)
# x is 1 and y is 2
_SAID_OF_A_LETTER = re.compile(r"(?<![A-Za-z\\])([a-z](?:_\{?\d\}?)?) (?:is|equals) (?=[-−+]?\s?[\d\\√])")
_A_SOLUTION = re.compile(
    r"[ \t]{1,4}(?:is|are) (?:also )?(?:an? |another )?(?:solutions?|roots?|zeros?)(?=\s*(?:$|[,;.]|and\b))"
)
_MARKS = {"̇": "dot", "̈": "ddot", "̂": "hat", "̄": "bar", "̅": "bar", "⃗": "vec", "̃": "tilde"}
_SIGNS = str.maketrans({"⁄": "/", "∕": "/", "ℯ": "e", "ⅇ": "e", "ⅈ": "i", "𝑖": "i", "⟶": "→", "﹣": "-", "－": "-",
                        "＋": "+", "＝": "=", "（": "(", "）": ")", "，": ",", "⁎": "*", "✕": "×", "⨯": "×", "⊺": "ᵀ",
                        "￼": " ", "„": '"', "“": '"', "”": '"', "ꓔ": "T", "⟦": "[", "⟧": "]"})  # fmt: skip


def in_plain_letters(text: str) -> str:
    r"""Letters with accents as commands (ẇ is \dot{w}), look-alikes as the signs they stand for."""
    if text.isascii():
        return text
    text = text.translate(_SIGNS)
    # Mathematical alphabets (𝐀, 𝑥) are letters in another font; vulgar fractions and scripts must stay as they are.
    text = "".join(unicodedata.normalize("NFKC", c) if "\U0001d400" <= c <= "\U0001d7ff" else c for c in text)
    apart = "".join(unicodedata.normalize("NFD", c) if c.isalpha() else c for c in text)
    return re.sub(
        r"([A-Za-zα-ω])([" + "".join(_MARKS) + "])", lambda m: f"\\{_MARKS[m[2]]}{{{m[1]}}}", apart
    )  # fmt: skip


def without_words(text: str) -> str:
    """The answer without the words in front of it and behind it."""
    text = _TEXT.sub(_unwrapped, text).strip()
    text = re.sub(r"\*\*([^*]+)\*\*", r"\1", text) if re.fullmatch(r"\*\*[^*]+\*\*\.?", text) else text
    for _ in range(3):
        behind = _REMARK.sub("", _ASIDE.sub("", _BEHIND.sub("", _without_left_out(text))))
        found = _ONLY.match(behind) or _OBTAINED.match(behind) or _SAID.match(behind)
        cut = behind[found.end() :] if found else behind
        if not cut.strip() or cut == text:
            return text if not cut.strip() else cut.strip()
        text = cut.strip()
    return text


def _without_left_out(text: str) -> str:
    """One solution without the remark that the other one is left out; behind two, the remark takes one back."""
    found = _LEFT_OUT.search(text)
    alone = found and not re.search(
        r"[,;]|\b(?:and|or|und|oder|et|ou|y|o)\b|\\(?:lor|pm)|±", text[: found.start()]
    )
    return text[: found.start()] if found and alone else text


def _unwrapped(match: re.Match[str]) -> str:
    r"""\text{ or } as or; \text{span} stays a word of its own."""
    said = match[1]
    words = said.split()
    if len(words) == 1 and (words[0].lower() in _FUNCTION_WORDS or len(words[0]) == 1):
        return rf"\operatorname{{{words[0]}}}" if len(words[0]) > 1 else match[0]
    return f" {said} "


def no_solution(text: str) -> bool:
    """Whether words say that the set is empty."""
    return bool(_EMPTY.fullmatch(text.strip(" .!$")))


def every_number(text: str) -> bool:
    """Whether words say that all real numbers are in the set."""
    said = _TEXT.sub(lambda m: f" {m[1]} ", text) if "\\" in text else text
    return len(said) < 120 and bool(_EVERY_NUMBER.fullmatch(" ".join(said.split()).strip(" .!$")))


def multiples(text: str) -> str:
    """All multiples of v, linear combinations of u and v, a basis: u, v  as a span; any other text as it is."""
    for pattern in (_MULTIPLES, _COMBINATIONS):
        found = pattern.match(text)
        rest = text[found.end() :].strip(" .") if found else ""
        if rest and rest[0] in "([{\\<⟨":
            rest = re.sub(r"(?<=[)\]}])\s+and\s+(?=[(\[\\])", ", ", rest)
            inside = re.fullmatch(r"\\?\{(.*?)\\?\}", rest, re.DOTALL)
            return rf"\operatorname{{span}}\{{{inside[1] if inside else rest}\}}"
    return text


def with_equals_signs(text: str) -> str:
    """x is 1 and y is 2 as x = 1 and y = 2; x = 1 is a solution as x = 1."""
    return _SAID_OF_A_LETTER.sub(r"\1 = ", _A_SOLUTION.sub("", text))


def without_approximation(text: str) -> str:
    r"""x \approx 0.75 is x = 0.75; \sqrt 2 \approx 1.41 is \sqrt 2, the decimals are a service to the reader."""
    pieces = _APPROXIMATELY.split(text)
    if len(pieces) == 1:
        return text
    first = pieces[0].strip()
    name = not first or re.fullmatch(r"[^=]*?(?:\\?[A-Za-z]+(?:_\{?\w+\}?)?(?:\^\*)?(?:\(\w+\))?)\s*", first)
    number = re.search(
        r"\d|\\(?:sqrt|frac|pi|ln|exp|log)|√|π|^\s*-?\s*(?:e|pi)\s*$", first.rsplit("=", 1)[-1]
    )
    return pieces[1].strip() if name and not number else first
