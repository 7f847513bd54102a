"""Minimisers of quadratic functions: existence, uniqueness, value, characterisation."""
