"""Which rule for which claim: the strategies in the order in which they pay.

Each takes a draft and a claim, and makes the claim a fact of the draft or gives up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lemmata.kernel.term import SCALAR, Term, subterms
from lemmata.prove.algebra import by_ideal, by_square, by_squares_sum
from lemmata.prove.cancellation import by_cancellation, by_normality
from lemmata.prove.connectives import by_contradiction, by_parts, by_premise, in_general
from lemmata.prove.determinants import by_nonzero_determinant, by_sign_of_determinant, note_adjugate
from lemmata.prove.draft import Draft, Ref
from lemmata.prove.inverse.blocks import definite
from lemmata.prove.inverse.inverses import by_factored_inverse, by_square_inverse, invertible
from lemmata.prove.inverse.schur import by_block_elimination
from lemmata.prove.inverse.uniqueness import by_unique_solution
from lemmata.prove.kernels import by_kernels
from lemmata.prove.minima.gradients import by_gradients
from lemmata.prove.minima.minimality import by_minimality
from lemmata.prove.minima.uniqueness import by_unique_minimiser
from lemmata.prove.motion.conserved import by_constancy
from lemmata.prove.motion.decay import by_decay, by_limit_of_squares
from lemmata.prove.motion.defects import by_vanishing_defect
from lemmata.prove.motion.descent import by_descent
from lemmata.prove.motion.equallimits import by_equal_limits
from lemmata.prove.motion.errorpowers import by_error_powers
from lemmata.prove.motion.exponentialnorms import by_exponential_growth
from lemmata.prove.motion.exponentials import by_intertwining, by_stripping
from lemmata.prove.motion.gradientrates import by_gradient_rate
from lemmata.prove.motion.growth import by_growth
from lemmata.prove.motion.induction import by_induction
from lemmata.prove.motion.loewner import by_loewner_flow
from lemmata.prove.motion.lyapunov import by_lyapunov
from lemmata.prove.motion.meanvalue import by_mean_value
from lemmata.prove.motion.namedlimits import by_named_limits
from lemmata.prove.motion.places import by_value
from lemmata.prove.motion.powers import by_powers_of_inverses
from lemmata.prove.motion.settling import by_settling
from lemmata.prove.nonvanishing import by_nonvanishing, by_positivity
from lemmata.prove.norms.absorption import by_absorption
from lemmata.prove.norms.attainednorms import by_attained_existence, by_attained_norm
from lemmata.prove.norms.contractions import by_contractions, by_products_of_pseudoinverses
from lemmata.prove.norms.idempotentnorms import by_complementary_idempotents
from lemmata.prove.norms.leastnorms import by_least_norm
from lemmata.prove.norms.lowerbounds import by_dividing, by_identity, by_nonzero, by_square_of_norm
from lemmata.prove.norms.multiples import by_named_norms
from lemmata.prove.norms.normmultiples import by_multiple_of_norm
from lemmata.prove.norms.norms import by_both_signs, by_cauchy_schwarz, by_cauchy_schwarz_through, by_root
from lemmata.prove.norms.operatornorms import by_bilinear_form, by_operator_norm
from lemmata.prove.norms.orderednorms import by_ordered_norms
from lemmata.prove.norms.outernorms import by_outer_norms
from lemmata.prove.norms.perturbations import by_perturbation
from lemmata.prove.norms.spectralbounds import by_bounded_spectrum, by_powers_of_norms
from lemmata.prove.norms.strictnorms import by_definite_gap, by_strict_chain, by_strict_norm
from lemmata.prove.norms.symmetricpart import by_symmetric_parts
from lemmata.prove.norms.triangles import by_known_bounds
from lemmata.prove.onematrix import by_equal_projectors, by_singular_values
from lemmata.prove.order.commuting import by_commuting_products
from lemmata.prove.order.complements import by_complements, by_projected_norm
from lemmata.prove.order.congruence import by_congruence
from lemmata.prove.order.eigenvectors import by_antisymmetry, by_eigenvectors
from lemmata.prove.order.forms import by_forms
from lemmata.prove.order.gramfactors import by_gram_factor
from lemmata.prove.order.growingdeterminants import by_growing_determinant
from lemmata.prove.order.liftedtraces import by_lifted_traces
from lemmata.prove.order.mixtures import by_mixtures
from lemmata.prove.order.nested import by_nested_projections
from lemmata.prove.order.nullvectors import by_null_vectors
from lemmata.prove.order.numericalrange import by_numerical_range
from lemmata.prove.order.offdiagonal import by_off_diagonal_blocks
from lemmata.prove.order.outer import by_outer_products
from lemmata.prove.order.quadratic import by_products_of_forms
from lemmata.prove.order.ranges import by_ranges
from lemmata.prove.order.semidefinite import by_rows
from lemmata.prove.order.spectralsums import by_spectral_sums
from lemmata.prove.order.strict import by_strictness
from lemmata.prove.order.tracebounds import by_trace_bounds
from lemmata.prove.order.tracecauchy import by_trace_cauchy
from lemmata.prove.order.variables import by_change_of_variables
from lemmata.prove.order.vectors import by_vectors
from lemmata.prove.order.weights import by_weighted_squares
from lemmata.prove.rank.additivity import by_rank_additivity
from lemmata.prove.rank.contractedtraces import by_contracted_traces
from lemmata.prove.rank.direct import by_factors, by_rank_sums
from lemmata.prove.rank.disjoint import by_disjoint_ranges
from lemmata.prove.rank.elimination import by_elimination
from lemmata.prove.rank.equations import by_rank_equations
from lemmata.prove.rank.idempotents import by_idempotent_sums
from lemmata.prove.rank.meets import by_meets
from lemmata.prove.rank.rankone import by_rank_one
from lemmata.prove.rank.sums import by_rank_facts
from lemmata.prove.scalars import by_arithmetic, by_oracle
from lemmata.prove.schemas import by_proposal, by_uniqueness, by_unit_products
from lemmata.prove.search import establish
from lemmata.prove.witnesses import by_witness_of_existence
from lemmata.terms.forms import is_, relation

__all__ = ["strategies_for"]

Strategy = Callable[[Draft, Term], Ref | None]


def strategies_for(claim: Term) -> tuple[Strategy, ...]:
    """What to try for a claim, the most promising first."""
    return _BY_HEAD.get(claim.head, _EQUATIONAL)


def _within(search: Callable[[Draft, Term, float], Ref | None], seconds: float) -> Strategy:
    return lambda draft, claim: search(draft, claim, seconds)


def _squares_sum(draft: Draft, claim: Term) -> Ref | None:
    for part in subterms(claim) if claim.head != "is" else ():
        if part.head == "inverse" and draft.find(is_("spd", part.args[0])) is not None:
            establish(draft, is_("spd", part))
    return by_squares_sum(draft, claim, 1.0)


def _root_or_squares(draft: Draft, claim: Term) -> Ref | None:
    """Norms by their squares; but a sum of squares, which rests on nothing, rather than an oracle fact."""
    before = len(draft.steps)
    with draft.attempt() as keep:
        ref = by_root(draft, claim, 0.5)
        steps, claims = draft.steps[before:], draft.claims[before:]
        if ref is not None and not _names_oracle(steps):
            keep()
            return ref
    if ref is None:
        return None
    found = by_squares_sum(draft, claim, 0.3)
    if found is not None:
        return found
    for step, shown in zip(steps, claims, strict=True):
        draft.add(shown, **{key: value for key, value in step.items() if key != "claim"})
    return ref


def _names_oracle(steps: Any) -> bool:
    """Whether a step, or a step inside one, is an oracle fact."""
    if isinstance(steps, dict):
        return steps.get("rule") == "oracle" or any(map(_names_oracle, steps.values()))
    return isinstance(steps, list) and any(map(_names_oracle, steps))


def _ranks(draft: Draft, claim: Term) -> Ref | None:
    """Comparisons of ranks and of dimensions by factors; sums of ranks by traces."""
    if claim.head == "is" or not any(t.head in ("rank", "dim") for t in subterms(claim)):
        return None
    found = by_rank_one(draft, claim) or by_factors(draft, claim)
    if found is None and claim.head == "eq" and not _of_matrices(claim):
        found = by_block_elimination(draft, claim)
    if found is None and not _of_matrices(claim):
        found = by_meets(draft, claim, alone=True) or by_rank_facts(draft, claim)
        found = (
            found
            or by_idempotent_sums(draft, claim)
            or by_meets(draft, claim)
            or by_elimination(draft, claim)
        )
        found = found or by_rank_facts(draft, claim, rich=True)
    return found or by_rank_sums(draft, claim)


def _full_rank(draft: Draft, claim: Term) -> Ref | None:
    """rank(A) = n, which is an equation between matrices, as a sum of facts about ranks."""
    if not _of_matrices(claim):
        return None
    return by_rank_facts(draft, claim) or by_rank_facts(draft, claim, rich=True)


def _of_matrices(claim: Term) -> bool:
    sides = {a.head for a in claim.args}
    return claim.head == "eq" and "rank" in sides and bool(sides & {"dim", "number"})


def _rank_equations(draft: Draft, claim: Term) -> Ref | None:
    """The same with the subspaces of the matrices in play, which takes longer."""
    found = by_meets(draft, claim) or by_rank_equations(draft, claim, rich=True)
    return found or by_rank_additivity(draft, claim) or by_disjoint_ranges(draft, claim)


def _ranges(draft: Draft, claim: Term) -> Ref | None:
    """Pseudoinverses and ranges of sums, before algebra alone is tried in vain."""
    named = (t.args[0] for t in subterms(claim) if t.head in ("pinv", "col", "row", "null"))
    above = [f.args[f.head in ("le", "lt")] for f, _ in draft.facts if f.head in ("le", "lt", "ge", "gt")]
    return by_ranges(draft, claim) if any(X.head == "add" or X in above for X in named) else None


def _ordered_ranges(draft: Draft, claim: Term) -> Ref | None:
    """The same for all that semidefinite matrices are compared with."""
    return by_ranges(draft, claim) if _knows_order(draft) else None


def _knows_order(draft: Draft) -> bool:
    kinds = ("psd", "spd", "projection")
    return any(f.head in ("le", "ge", "lt", "gt") or f.value in kinds for f, _ in draft.facts)


def _semidefinite(draft: Draft, claim: Term) -> Ref | None:
    """What follows for sums, traces and inverses from facts of semidefiniteness."""
    if not _knows_order(draft):
        return None
    return by_rows(draft, claim) or by_gram_factor(draft, claim)


def _cauchy(draft: Draft, claim: Term) -> Ref | None:
    return by_cauchy_schwarz(draft, claim) or by_cauchy_schwarz_through(draft, claim)


def _norms(draft: Draft, claim: Term) -> Ref | None:
    """a = b between nonnegative numbers from a <= b and b <= a."""
    if claim.head != "eq" or not any(
        t.head == "norm" or t.value == "abs" for a in claim.args for t in subterms(a)
    ):
        return None
    if claim.args[0].sort != "matrix" or claim.args[0].shape != SCALAR:
        return None
    both = []
    for pair in (claim.args, claim.args[::-1]):
        one = relation("le", *pair)
        both.append(establish(draft, one) if _spectral(claim) else by_root(draft, one, 0.5))
        if both[-1] is None:
            return None
    return draft.add(claim, "logic", of=both)


def _lower_bounds(draft: Draft, claim: Term) -> Ref | None:
    """Bounds below a norm, which the singular values of one matrix seldom tell and take long to deny."""
    large = claim.args[claim.head in ("le", "lt")]
    if not any(t.head == "norm" and 1 not in t.args[0].shape for t in subterms(large)):
        return by_identity(draft, claim) if claim.args[0].shape == SCALAR else None
    return by_dividing(draft, claim) or by_identity(draft, claim)


def _spectral_norms(draft: Draft, claim: Term) -> Ref | None:
    """The same before the searches among words, which spectral norms are no matter for."""
    return _norms(draft, claim) if claim.head == "eq" and _spectral(claim) else None


def _spectral(claim: Term) -> bool:
    """Whether norms of matrices are compared."""
    return any(t.head == "norm" and 1 not in t.args[0].shape for t in subterms(claim))


def _is(draft: Draft, claim: Term) -> Ref | None:
    """invertible, spd, psd, and the properties that are equations."""
    if (known := by_value(draft, claim)) is not None:
        return known
    if claim.value == "invertible":
        note_adjugate(draft, claim.args[0])
        return invertible(draft, claim) or by_unique_minimiser(draft, claim)
    if claim.value in ("psd", "spd"):
        return (
            by_singular_values(draft, claim)
            or _squares_sum(draft, claim)
            or by_weighted_squares(draft, claim)
            or by_mixtures(draft, claim)
            or by_change_of_variables(draft, claim)
            or by_contractions(draft, claim)
            or by_kernels(draft, claim)
            or by_vectors(draft, claim)
            or _semidefinite(draft, claim)
            or by_congruence(draft, claim)
            or by_outer_products(draft, claim)
            or by_complements(draft, claim)
            or by_block_elimination(draft, claim)
            or by_loewner_flow(draft, claim)
            or by_commuting_products(draft, claim)
            or by_trace_bounds(draft, claim)
            or by_eigenvectors(draft, claim)
            or definite(draft, claim)
            or by_null_vectors(draft, claim)
            or by_unique_minimiser(draft, claim)
        )
    refs = (strategy(draft, claim) for strategy in _EQUATIONAL)
    return next((ref for ref in refs if ref is not None), None)


_EQUATIONAL: tuple[Strategy, ...] = (
    by_value, by_constancy, by_arithmetic, _spectral_norms, by_singular_values, by_equal_projectors,
    by_limit_of_squares, by_decay, by_settling, by_error_powers, by_equal_limits,
    _ranks, by_block_elimination, by_proposal, _ranges, by_rank_equations,
    _within(by_ideal, 0.3),
    by_vanishing_defect, _ordered_ranges, _rank_equations, by_induction, by_stripping, by_intertwining,
    by_unit_products, by_powers_of_inverses, _within(by_ideal, 2.0), by_uniqueness, by_square_inverse,
    by_factored_inverse, _within(by_square, 1.0), _full_rank, _within(by_cancellation, 1.0),
    _within(by_normality, 0.5), by_kernels, by_vectors, _semidefinite, _norms, by_antisymmetry,
    by_nested_projections, by_numerical_range, by_unique_solution, by_unique_minimiser, by_gradients,
    by_oracle,
)  # fmt: skip
_ORDER: tuple[Strategy, ...] = (
    by_value, by_arithmetic, by_named_limits, by_complementary_idempotents, by_growth, by_mean_value, by_descent,
    by_lyapunov,
    by_gradients, _lower_bounds, by_powers_of_norms, by_singular_values, by_gradient_rate, by_attained_norm, _ranks,
    by_products_of_forms, _cauchy, by_trace_cauchy, by_projected_norm, _root_or_squares, by_least_norm,
    by_outer_norms, by_operator_norm, by_bilinear_form, by_absorption, by_both_signs, _squares_sum, by_spectral_sums,
    by_weighted_squares, by_mixtures, by_change_of_variables, by_square_of_norm, by_multiple_of_norm,
    by_symmetric_parts, by_exponential_growth,
    _semidefinite, by_forms, by_congruence, by_outer_products, by_lifted_traces, by_complements, by_contracted_traces,
    by_products_of_pseudoinverses, by_contractions, by_named_norms, by_kernels, by_vectors, by_block_elimination,
    by_bounded_spectrum, by_ordered_norms, by_perturbation, by_off_diagonal_blocks, by_known_bounds, by_induction,
    by_loewner_flow,
    by_commuting_products, by_trace_bounds, by_eigenvectors, by_sign_of_determinant, by_growing_determinant,
    by_unique_minimiser, by_oracle,
)  # fmt: skip
_STRICT = (*_ORDER, by_strictness, by_strict_chain, by_strict_norm, by_definite_gap, by_null_vectors)
_BY_HEAD: dict[str, tuple[Strategy, ...]] = {
    "and": (by_parts,), "implies": (by_premise,), "iff": (by_premise,), "forall": (by_minimality, in_general),
    "exists": (by_attained_existence, by_witness_of_existence), "is": (_is,),
    "ne": (
        by_arithmetic, by_nonzero_determinant, by_nonzero, by_positivity, by_oracle, by_nonvanishing,
        by_contradiction,
    ),
    "le": _ORDER, "ge": _ORDER, "lt": _STRICT, "gt": _STRICT,
}  # fmt: skip
