"""Text into text: the spellings of other systems, of LaTeX packages, of countries and of habit, before the parser."""
