"""The Loewner order, traces and "for all vectors": sums of squares and Gram matrices."""
