"""Exercises with their variants for other systems: Moodle XML and QTI 2.1."""
