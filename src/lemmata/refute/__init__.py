"""Instances, evidence and counterexamples: a statement tried on data.

Read in this order: `exact`, `floats` and `dual` (number systems), `evaluate` (the value of a term),
`decide` and `residual` (the truth of a proposition), `goals`, `plan`, `draw`, `build` and `models`
(data that satisfy hypotheses), `verdict`, `counterexample` and `shrink` (small counterexamples),
`sample` (evidence from many instances), `mutants` (statements that ought to be false).

Nothing here proves anything: a counterexample refutes, instances only support.
"""
