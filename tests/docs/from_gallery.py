"""The gallery: every view of the registry, with the command that asks it and what one sees, of the made-up company."""

from __future__ import annotations

import shlex

from cartera.views.registry import VIEWS
from cartera.views.view import View
from tests.docs import pictures
from tests.docs.abridged import printed

ROWS = 5  # as many as show what the table is like


def gallery() -> str:
    """One part per view: its question, its picture or else its first rows, and its page of the guide."""
    return "\n\n".join(exhibit(view) for view in VIEWS)


def exhibit(view: View) -> str:
    """One view of the gallery."""
    head = f"## {view.name}\n\n*{view.question}* [More](guide/{view.name}.md)"
    return f"{head}\n\n{shown(view)}"


def shown(view: View) -> str:
    """The picture with the command that draws it; the first rows, as a terminal shows them, where there is none."""
    name = pictures.of(view)
    if name is None:
        return printed(f"table:{ROWS}", pictures.asked(view))
    command = f"{pictures.PICTURES[name]} --format svg --output {name}"
    return f"![{view.question}](pictures/{name})\n\n`$ {shlex.join(shlex.split(command))}`"
