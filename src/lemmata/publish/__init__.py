"""Publishing: from the checked course to notes a reader can open.

Read in this order: :mod:`.model` (what the course hands over), :mod:`.chapters` (Markdown with Jinja2
calls becomes Markdown), :mod:`.tree` and :mod:`.numbering` (one document tree, numbered once),
:mod:`.html`, :mod:`.latex`, :mod:`.typst` (three writers of that tree), :mod:`.build` (files on disk).
"""

__all__: list[str] = []
