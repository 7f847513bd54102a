"""Ranks and ranges: from known equations, and as a linear programme over facts about the matrices in play."""
