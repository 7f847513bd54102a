"""Text into terms and sets: one answer as one term, components, affine sets, ranges, relations, sums and integrals."""
