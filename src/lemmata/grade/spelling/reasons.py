r"""Reasons, remarks and conclusions beside an answer: what is left is the answer.

    0, because the rows are dependent          0           2x e^{x^2} (chain rule, inner derivative 2x)    2x e^{x^2}
    keine Lösung, denn 0 = 1                   keine Lösung            By the chain rule, 2x e^{x^2}       2x e^{x^2}
    \det A = -6, so A is invertible            \det A = -6             A = 1, B = -1, so 1/x - 1/(x+1)     1/x - 1/(x+1)
    0.4 (= 2/5)                                2/5 = 0.4, a chain that has to hold
    (x - 1)^2, i.e. x^2 - 2x + 1               (x - 1)^2 = x^2 - 2x + 1

>>> without_reasons("0, because the rows are dependent", "number"), without_reasons("0.4 (= 2/5)", "number")
('0', '2/5 =  0.4')

A reason is not judged.  What restricts an answer (if, unless, up to, or) is no reason: it stays, and the parser
refuses it.  Where more of the answer may follow behind the reason, nothing is dropped.
"""

from __future__ import annotations

import re

from lemmata.grade.spelling.pieces import is_outside
from lemmata.grade.spelling.remarks import without_remark
from lemmata.grade.spelling.solved_equations import solutions_alone
from lemmata.grade.spelling.wording import no_solution, without_words
from lemmata.terms.letters import GREEK

__all__ = ["without_reasons"]

LONGEST = 2_000
_CHAINED = ("number", "vector", "matrix", "expression")  # what may be written as a chain of equal values
# Words that can stand anywhere, and words that are something else without a comma in front of them.
_BECAUSE = (
    r"(?:because|since|weil|puisque|parce que?|porque|due to|owing to)\b|\\because(?![A-Za-z])|∵"
    r"|(?<=[,;:–—(]) *(?:(?:denn|da|car|ya que|puesto que)\b|as (?:the|it|all|both|there|its|every|each|this)\b)"
    r"|\bcar (?=l[ae] |l'|les |il |elle |on |c')"
)
_REASON = re.compile(rf"(?:{_BECAUSE})", re.IGNORECASE)
_SO = r"(?:so|thus|hence|therefore|consequently|also|somit|daher|folglich|donc|luego|por tanto)"
_MORE = re.compile(
    rf"[,;.]\s*(?:and|or|but|unless|except|und|oder|aber|et|ou|{_SO})\b|\b(?:or|oder)\b", re.IGNORECASE
)
_CONCLUSION = re.compile(rf"[,;.]\s*(?:and\s+)?{_SO}\b[\s,:]*", re.IGNORECASE)
_ARROW = re.compile(
    r"(?:[\s,;]|\\[,;: !])*(?:\\(?:Rightarrow|Longrightarrow|implies|therefore)(?![A-Za-z])|⇒|⟹|=>|→|∴)(?:[\s,:]"
    r"|\\[,;: !])*"
)
_EMPTY_SET = re.compile(
    r"(?:\\?(?:mathbb\s*\{?)?\s*[A-Z]\s*\}?\s*=\s*)?(?:\\(?:emptyset|varnothing)|∅|\\?\{\s*\\?\})"
)
# D = 9 - 8 = 1 and what is said of it: it is no solution itself.
_DISCRIMINANT = re.compile(
    r"(?:(?:the )?[dD]is[ck]riminante?|D|\\Delta|Δ|b\^2\s*-\s*4ac)\s*(?:[=<>]|\bis\b|\bist\b)(?:(?!\\Rightarrow"
    r"|\bx)[^,;])*"
)
_THAT_IS = re.compile(
    r"(?:\bi\.\s?e\.|\bd\.\s?h\.|\bc'est-à-dire\b|(?<=[,;] )that is\b|\bes decir\b"
    r"|\bin other words\b)[\s,:]*"
)
_BY = re.compile(
    r"^(?:by|using|with|from|because of|because|since|as|nach|mit|wegen|da|weil|par|por|puisque)"
    r"(?:(?:\s+[A-Za-zÀ-ÿ'’-]+){2,12}|\s+(?:the |de )?[^\W\d_]*['’A-Z][^\W\d_]+(?:['’]s)?(?: rule"
    r"| theorem)?)\s*[,:]\s*(?=\S)",
    re.IGNORECASE,
)
_THE_OTHER = re.compile(
    r"[,;]\s*(?:and\s+)?the other (?:root|solution|zero|value|candidate|one|eigenvalue)s?"
    r"(?: [A-Za-z'’-]+){1,8}\s*\.?$"
)
_BY_RULE = re.compile(
    r"(?:by|using|via|nach|with|mit|apply(?:ing)?|from|per|par|por)\s+[\w'’ ,.-]+$", re.IGNORECASE
)
# A bracket with a name: Taylor, L'Hôpital, de l'Hospital, Cauchy-Schwarz.
_PERSON = re.compile(
    r"(?:(?:de )?[lL]['’][A-Z][^\W\d_]*|[A-ZÄÖÜ][^\W\d_]{3,})(?:-[A-Z][^\W\d_]+)*(?:['’]s)?(?:,? (?:once|twice"
    r"|again|(?:two|three|four) times|rule|theorem|expansion|Regel))*"
)
_DOUBTS = re.compile(
    r"\b(?:if|iff|unless|except|or|up|modulo|mod|plus|minus|not|no|without|assuming|provided|otherwise|sofern|au\u00dfer|nicht|oder|negative?|positive?|undefined|wrong|false|guess|approx|diverg\w*|oscillat\w*|infinite|Real|Integer|False|True)\b",
    re.IGNORECASE,
)
_THEREBY = re.compile(
    r"(?<![\s,;])[\s,;]+(?:by|using|via|nach|durch|par|según)\s+"
    r"((?!(?:or|if)\b)[A-Za-zÀ-ÿ'’-]+(?: (?!(?:or|if)\b)[A-Za-zÀ-ÿ'’-]+){0,7})$"
)
_TEXT = re.compile(r"\\(?:text|textrm|textnormal|mbox|mathrm)\s*\{([^{}\\$]*)\}")
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-zÄÖÜäöüßéèêáíóúñ]{2,}(?![A-Za-z])")
_COMMAND = re.compile(r"\\(?:begin|end|operatorname|mathrm|mathbf|mathbb)\s*\*?\s*\{\w*\*?\}")
_MATHEMATICS = frozenset(GREEK) | frozenset(
    re.findall(
        r"\w+",
        "sin cos tan cot sec csc sinh cosh tanh exp ln log lg sqrt abs det tr trace rank rk dim ker im span diag arcsin"
        " arccos arctan asin acos atan min max inv pinv sgn sign mod pi oo inf dx dt dy",
    )
)
# rank = 2 (nullity 1): another quantity of the same matrix, with its value.
_FURTHER_FACT = re.compile(
    r"(?:and |so |hence )?(?:the )?(?:nullity|rank|corank|defect|dimension|dim|determinant|det|trace|norm|index)"
    r"\s*(?:=|:|is|of)?\s*[-−]?\d+(?:[./]\d+)?"
)
# A bracket with such a word says when the answer holds, or how often, or what belongs to it.
_RESTRICTS = re.compile(
    r"^\W*(?:for|where|with|when|and|in|on|mit|für|wobei|pour|avec|con|para|wenn)\b"
    r"|\b(?:if|iff|unless|except|or|up|modulo|mod|plus|minus|times|not|no|without|assuming|provided|otherwise|once"
    r"|twice|double|simple|triple|thrice|multiplicity|mult|algebraic|geometric|falls|oder|sofern|außer|nicht|doppelt"
    r"|optional|any|arbitrary|real|integer)\b",
    re.IGNORECASE,
)
# No limit, no solution: a conclusion that is the answer.
_NOTHING = re.compile(
    r"\bexists?\b|\bDNE\b|\b(?:di|con)verge|\bno limit\b|\bkein(?:en)? Grenzwert\b|\\(?:emptyset|varnothing)|∅"
    r"|=\s*\\?\{\s*\\?\}"
)
_INFINITE = re.compile(r"\b(?:(?:plus|minus|negative|positive) )?infinity\b", re.IGNORECASE)
# Words that say something about the answer themselves, so that no answer can be read from what follows.
_WORD_OF_DOUBT = re.compile(
    r"\b(?:if|iff|or|unless|assum\w*|suppose|provided|oder|falls|wenn|sofern|exist\w*|solutions?|l\u00f6sung\w*|limit"
    r"|answer|value)\b",
    re.IGNORECASE,
)
_NAMED_VALUE = r"\s*\\?[A-Za-z](?:_\{?\w+\}?)?\s*=\s*[^=,;]+"
_NAMED_VALUES = re.compile(rf"{_NAMED_VALUE}(?:(?:[,;]|\band\b){_NAMED_VALUE})*")


def without_reasons(text: str, kind: str) -> str:
    """The answer alone; a text without reasons as it is."""
    if len(text) > LONGEST:
        return text
    plain = _TEXT.sub(_words_of_prose, text)
    found = _BY.sub("", plain.strip())
    if not _words(plain[: len(plain) - len(found)]):
        found = plain
    # 0 by the squeeze theorem, since ...: one reason behind the other.
    found = _without_thereby(_before_reason(_without_thereby(found)))
    found = _THE_OTHER.sub("", found) if kind in ("finite", "family") else found
    found = _behind_discriminant(found, kind)
    found = solutions_alone(_without_bracket(found, kind), kind)
    found = _restated(_concluded(found, kind), kind)
    found = without_remark(found, kind == "finite") if kind in (*_CHAINED, "finite") else found
    return text if found == plain else found


def _words_of_prose(match: re.Match[str]) -> str:
    r"""\text{, because } as these words; \text{DNE}, \mathrm{T} stay what they are."""
    prose = " " in match[1] or _REASON.search(match[1]) or _THAT_IS.search(match[1])
    return f" {match[1]} " if prose else match[0]


def _words(text: str) -> int:
    """How many words there are that are no names of mathematics."""
    return sum(w.lower() not in _MATHEMATICS for w in _WORD.findall(_COMMAND.sub(" ", text)))


def _speaks(text: str) -> bool:
    """Whether this is said in words, single letters among them: A is invertible."""
    words = [w for w in _WORD.findall(text) if len(w) > 3 and w.lower() not in _MATHEMATICS]
    return bool(words) and not re.search(r"[=\d+*/<>]", text)


def _without_thereby(text: str) -> str:
    thereby = _THEREBY.search(text)
    return text[: thereby.start()] if thereby and _speaks(thereby[1]) else text


def _before_reason(text: str) -> str:
    for found in _REASON.finditer(text):
        answer = text[: found.start()].rstrip(" ,;:–—-(\n")
        rest = text[found.end() :]
        bracketed = text[: found.start()].rstrip().endswith("(")
        if bracketed and not re.search(r"\)[\s$.]*$", rest):
            return text
        if answer.strip(" $\\") and is_outside(answer) and rest.strip(" .)$"):
            return text if _MORE.search(rest) else answer
    return text


def _without_bracket(text: str, kind: str) -> str:
    """Without a bracket at the end that holds words, or another form of the value."""
    bare = text.rstrip(" .$\n")
    opener = {")": "(", "]": "["}.get(bare[-1:])
    start, depth = len(bare), 0
    while opener and start:
        start -= 1
        depth += (bare[start] == bare[-1]) - (bare[start] == opener)
        if depth == 0:
            break
    answer, inside = bare[:start].rstrip(" ,;"), bare[start + 1 : -1].strip(" $")
    if not opener or depth or not answer.strip(" $") or bare[start - 1] not in " ,;$~\n":
        return text
    if same := re.match(r"=|≈|\\approx(?![A-Za-z])", inside):
        return _equal_form(answer, inside, same) if kind in _CHAINED and opener == "(" else text
    remark = _words(inside) > 1 and not _RESTRICTS.search(inside)
    if kind not in ("finite", "family", "affine"):  # there, twice and times say how often an element occurs
        remark = remark or _is_theorem(inside)
    remark = remark or (kind == "number" and _FURTHER_FACT.fullmatch(inside) is not None)
    return answer if remark else text


def _is_theorem(inside: str) -> bool:
    """Whether this names what was used: by L'Hôpital, twice; Taylor."""
    if _DOUBTS.search(inside) or re.search(r"[=<>\d+*/^]", inside):
        return False
    return bool(_BY_RULE.match(inside) or _PERSON.fullmatch(inside))


def _behind_discriminant(text: str, kind: str) -> str:
    """Solutions, or that there are none, behind an arrow; of what stands before only a discriminant is no solution."""
    first, _, last = _TEXT.sub(r" \1 ", text).rpartition(",")
    first = re.sub(r",[ a-z]*$", "", first)  # 0 = 5, contradiction, no solution
    if kind == "finite" and no_solution(last) and (_speaks(first) or re.fullmatch(r"[-+\d\s=$]+", first)):
        return last.strip()  # discriminant is negative, no real roots
    arrows = [m for m in _ARROW.finditer(text) if is_outside(text[: m.start()])] if kind == "finite" else []
    if not arrows:
        return text
    before, said = text[: arrows[-1].start()].strip(" $"), text[arrows[-1].end() :].strip(" .$")
    nothing = no_solution(said) or _EMPTY_SET.fullmatch(said)
    solved = _DISCRIMINANT.fullmatch(before) and re.match(r"\\?[a-z](?:_\{?[\d,]+\}?)?\s*=|\\?\{", said)
    return said if before and (nothing or solved) else text


def _equal_form(answer: str, inside: str, sign: re.Match[str]) -> str:
    """0.4 (= 2/5) as the chain 2/5 = 0.4; decimals stay behind their sign."""
    if sign[0] != "=":
        return f"{answer} {inside}"
    form = re.split(r"\b(?:with|where|for|mit|wobei|by|as)\b", inside[1:])[0].strip()
    names, _, value = answer.rpartition("=")
    return f"{names}{'=' if names else ''}{form} = {' ' if not names else ''}{value}" if form else answer


def _concluded(text: str, kind: str) -> str:
    """What stands before a conclusion in words; the conclusion, where it is the answer itself."""
    found = next((m for m in _CONCLUSION.finditer(text) if is_outside(text[: m.start()])), None)
    if found is None or not text[: found.start()].strip(" $"):
        return text
    answer, said = text[: found.start()], text[found.end() :].strip(" .$")
    if re.search(r"\bdiverge", said) and re.fullmatch(r"[-+−\s$]*(?:\\infty|∞)", answer):
        return answer
    if no_solution(said) or _NOTHING.search(said):
        return said if kind not in ("number", "vector", "matrix") else text
    # The sequence grows without bound, so the limit is \\infty: what is concluded from words alone.
    concluded = without_words(said)
    value = concluded != said and not _words(_INFINITE.sub("", concluded))
    if value and _speaks(answer) and not _WORD_OF_DOUBT.search(answer):
        return concluded
    if _speaks(re.sub(r"\^\s*\{?\s*-\s*1\s*\}?", "", said)):
        return answer
    said = concluded
    # Names with values, and then what was asked for; another name with a value may be asked for as well.
    listed = _NAMED_VALUES.fullmatch(answer.strip(" $"))
    if listed and kind in ("vector", "finite") and _NAMED_VALUES.fullmatch(said) and not _words(said):
        return f"{answer}, {said}"
    formula = kind in ("number", "expression") or said[:1] in ("(", "[", "\\", "{")
    return said if listed and formula and said and "=" not in said and not _words(said) else text


def _restated(text: str, kind: str) -> str:
    """A, i.e. B: the two are equal, and B is the answer where that cannot be said."""
    pieces = _THAT_IS.split(text)
    if len(pieces) != 2 or not pieces[1].strip() or _words(pieces[1]):
        return text
    first, second = pieces[0].rstrip(" ,;$\n").lstrip(" $"), pieces[1].strip(" $")
    equal = kind in _CHAINED and not re.search(r"[,;]|=|<|>", first) and not _words(first)
    return f"{first} = {second}" if equal else second
