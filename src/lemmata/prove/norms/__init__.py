"""Norms: chains of them, upper and lower bounds, and what they say of inverses and solutions."""
