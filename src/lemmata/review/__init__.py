"""Derivations reviewed: a document's displayed formulas, step by step.

Read in this order: ``document`` (where the displays stand), ``declarations`` (front matter), ``signs``,
``remarks`` and ``layout`` (from rows to chains), ``roles`` (claim or hypothesis), ``reading`` and ``naming``
(to propositions), ``judging`` (verdicts), ``review`` (a whole document), ``derivation`` (one chain, for
graders), ``report``, ``terminal`` and ``page`` (what people see).
"""

from lemmata.review.report import Hypothesis, Remark, Report, Step

__all__ = ["Hypothesis", "Remark", "Report", "Step"]
