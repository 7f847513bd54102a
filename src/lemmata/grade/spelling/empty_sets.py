r"""Sentences that say that nothing solves the question, with the place they speak of and a reason behind them.

    No real solution: a square is never negative.       The equation has no real solutions since D < 0.
    There is no solution (parallel lines).              There is no real number x with x^2 = -1.
    The system is inconsistent (0 = 1).                 No real x satisfies this equation.

>>> says_empty("No real solution: a square is never negative."), says_empty("There is no solution except x = 1.")
(True, False)

A reason is not judged.  What takes the sentence back (except, other than, unless, but, if), speaks of another
solution, or gives a value of a letter, is no reason.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["says_empty"]

LONGEST = 240
_KIND = r"(?:(?:real|such|rational|common|exact|valid|possible|reellen?|reelles?|reales?) ){0,2}"
_SOLUTIONS = (
    r"(?:solutions?|roots?|zeros?|zeroes|intersections?|l(?:ö|oe)sung(?:en)?|nullstellen?|soluci(?:ó|o)n(?:es)?"
    r"|x-intercepts?)"
)
_THINGS = rf"(?:{_SOLUTIONS}|(?:reals?|real numbers?|numbers?|values?|vectors?|points?|x)(?: (?:of )?[a-z])?)"
_IT = (
    r"(?:(?:this|the|that|it|die|das|diese|dieses) ?(?:(?:given|linear|quadratic|whole|augmented) )?"
    r"(?:equations?|system(?: of (?:linear )?equations)?|quadratic|inequality|problem|polynomial|gleichung"
    r"|(?:gleichungs)?system)?)"
)
_NO = r"(?:no|not any|keine?|pas de|aucune?|ninguna)"
_SENTENCE = "|".join(
    (
        rf"(?:there (?:is|are|exists?) |es gibt |(?:it|{_IT}) (?:has|have|hat) )?{_NO} {_KIND}{_THINGS}",
        rf"there (?:does not|doesn['’]t|do not|don['’]t) exist (?:an?|any) {_KIND}{_THINGS}",
        rf"(?:it |{_IT} )?(?:does not|doesn['’]t) have (?:an?|any) {_KIND}{_SOLUTIONS}",
        rf"(?:{_IT} )?(?:is|are) (?:inconsistent|unsolvable|impossible|contradictory|not solvable"
        rf"|(?:a )?contradiction)",
        rf"(?:{_IT} )?(?:cannot|can not|can['’]t) be (?:solved|satisfied|true)",
        r"(?:the )?(?:solution )?set (?:of solutions )?is (?:the )?empty(?: set)?|inconsistent|impossible",
    )
)
_REALS = r"(?:the )?(?:reals?(?: numbers?)?|reellen zahlen|\\mathbb\s*\{?\s*R\s*\}?|ℝ|r)(?![A-Za-z])"
_VERB = r"(?:exists?|works?|(?:satisf(?:y|ies)|solves?)\b[^:;,(–—]{1,60})"
_PLACE = (
    rf"(?:(?: exists?)?(?: (?:over|in|among|within|for) {_REALS})?| {_VERB}"
    r"| (?:that|which|with) [^:;,(–—]{1,60})"
)
_REASON = (
    r"(?:\s*[:;,.(–—]\s*(?P<first>.{0,160})|\s+-+\s+(?P<dash>.{0,160})"
    r"|\s+(?:because|since|as|for the|due to|denn|da|weil)\b(?P<because>.{0,160}))?"
)
_EMPTY = re.compile(rf"(?:{_SENTENCE}){_PLACE}{_REASON}", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"\b(?:except|other|unless|but|if|iff|or|only|however|otherwise|apart|besides|without|one|exactly|than|when"
    r"|außer|falls|wenn|oder|aber|sonst|nur|sauf|ou|si|mais|sino|pero|where|for)\b"
    r"|(?<![A-Za-z\\^_])(?:[a-z]|\\[a-z]+)(?:_\{?\w\}?)?\s*(?:=|\\in(?![A-Za-z])|∈)|\{",
)
_TEXT = re.compile(r"\\(?:text|textrm|mathrm|mbox)\s*\{([^{}\\$]*)\}")
_REAL_LINE = re.compile(r"\\mathbb\s*\{\s*R\s*\}")


def says_empty(text: str) -> bool:
    """Whether the text is such a sentence."""
    if len(text) > LONGEST or not re.search(r"[A-Za-z]{3}", text):
        return False
    said = unicodedata.normalize("NFC", _TEXT.sub(r" \1 ", _REAL_LINE.sub("ℝ", text)))
    said = " ".join(re.sub(r"(?<!\\)\$|(?<!\\)\\[()]|\\[,;: ]", " ", said).split()).strip(" .!")
    said = re.sub(r"^(?:so|thus|hence|therefore|also|therefore,)[, ]+", "", said, flags=re.IGNORECASE)
    found = _EMPTY.fullmatch(said)
    if found is None:
        return False
    reason = found["first"] or found["dash"] or found["because"] or ""
    sentence = said[: len(said) - len(reason)]
    # "for" and "with" may stand within the sentence, which speaks of no value then.
    return not _TAKEN_BACK.search(reason) and not re.search(
        r"\b(?:except|other|unless|but|if|than|only)\b", sentence, re.IGNORECASE
    )
