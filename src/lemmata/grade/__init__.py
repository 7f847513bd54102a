"""Exercises, their variants, and what students hand in: drawn, checked, compared, marked.

In the order of reading.  Values: ``arithmetic``, ``values``, ``propositions``, ``sets``.  Exercises: ``draw``
(data from a seed), ``exercise`` (parts, solutions that check themselves), ``exponentials``, ``sheet``.
Reading: ``spelling``, ``pieces``, ``answers``, ``operators`` (sums and integrals, with ``operator_signs`` and
``operator_values``), ``conditions``, ``relations``, ``reading``.  Deciding: ``probe`` (instances of letters),
``diagnosis`` (the table of mistakes), ``single``, ``expressions``, ``antiderivatives``, ``solution_sets``,
``families``, ``equations`` (with ``polynomials``, ``linear_slices``, ``regions``, ``roots``), ``derivations``
(with ``operator_steps``, ``derivation_end``), ``mark``, ``follow``.  For other systems: ``compare`` (a pair
of texts), ``limits`` (an allowance of time and memory), ``stream``.  For a class: ``policy``; in,
``submissions`` (with ``course_systems`` and ``course_folders``); ``marking`` (with ``stack``, ``marker``,
``gradebook``); out, ``report`` (with ``tables``, ``feedback``, ``class_page``), ``formats``; ``export``.
"""
