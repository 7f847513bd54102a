"""Noncommutative polynomials: rewriting, completion with cofactors, traces, rational linear algebra."""
