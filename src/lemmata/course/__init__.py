"""A course: statements, derivations, exercises and sources in a folder, found, ordered and checked.

Read in this order: ``notation`` (the words of a statement), ``theorem`` (a statement with its place),
``proof`` (the recorder that a derivation writes on), ``author`` (what a course file imports), ``load``
(finding and reading the files), ``graph`` (who cites whom), ``store`` (evidence kept between runs),
``check`` (the runner), ``ledger`` (the claims of a source).
"""
