"""Instances, evidence and counterexamples: a statement tried on data.

Read in this order: `system` (what numbers must offer), `clock`, `rational`, `exact`, `balls`, `floats` and
`dual` (number systems), `evaluate` (the value of a term), `instance` (exact data), `truth`, `letters`,
`solving`, `quantified`, `decide`, `domains` and `residual` (the truth of a proposition); `growth`, `spectrum`,
`germs`, `series` and `limits` (exact limits); `goals`, `plan`, `flow`, `draw`, `linear`, `build` and `models`
(data that satisfy hypotheses), `verdict`, `counterexample` and `shrink` (small counterexamples), `sample`
(evidence from many instances), `mutants` (statements that ought to be false).

Nothing here proves anything: a counterexample refutes, instances only support.
"""
