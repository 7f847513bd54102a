"""Exercises, their variants, and what students hand in: drawn, checked, compared, marked.

For authors: ``draw`` (data from a seed), ``exercise`` (parts, solutions that check themselves), ``values``,
``exponentials``, ``tex``; ``sheet`` writes variants, ``policy`` says what a course accepts.  An answer takes
the rooms in this order: ``spelling`` (text to text), ``reading`` (text to terms and sets), ``evaluate``
(values and instances), ``judge`` (one module for a kind of answer); ``mark`` leads through them for a part
of an exercise, ``compare`` for a pair of texts, ``stream`` for many pairs.  ``classroom`` does a whole
class's work, ``export`` hands exercises to other systems.
"""
