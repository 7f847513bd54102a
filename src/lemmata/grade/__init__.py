"""Exercises, their variants, and what students hand in: drawn, checked, compared, marked.

In the order of reading: ``values`` and ``propositions`` (what a written-out term is, exactly), ``sets``
(affine sets and ranges), ``draw`` (data from a seed), ``exercise`` (parts, solutions that check themselves),
``pieces``, ``answers`` and ``conditions`` (reading what a student wrote), ``probe`` (instances of letters),
``diagnosis`` (the table of mistakes), ``mark`` (the verdict), ``compare`` (a pair of texts), ``limits`` (an
allowance of time and memory for each answer), ``submissions``, ``report``, ``sheet``.
"""
