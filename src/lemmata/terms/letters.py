"""The Greek letters that have a name here, and the functions that LaTeX writes with a backslash.

>>> GREEK["lambda"], "arctan" in ELEMENTARY
('λ', True)
"""

from __future__ import annotations

__all__ = ["ELEMENTARY", "GREEK"]

GREEK: dict[str, str] = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ",
}  # fmt: skip
"""Name to letter; ell is no Greek letter, but LaTeX treats it like one."""

ELEMENTARY = (
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "max", "min",
)  # fmt: skip
"""Functions of numbers that are called alike in plain text and in LaTeX."""
