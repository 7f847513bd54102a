"""The Loewner order, norms and "for all vectors": sums of squares and Gram matrices."""
