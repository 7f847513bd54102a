"""Invertibility: likely inverses, pivots and Schur complements of block matrices."""
