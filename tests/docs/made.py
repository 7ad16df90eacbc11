"""Which parts of a page are made, not written? Those between `<!-- made: ... -->` and `<!-- /made -->`; each maker
says here what stands between. `python -m tests.docs.write` (make docs) writes them anew.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass

from tests.docs import (
    from_api,
    from_asvs,
    from_commands,
    from_custom,
    from_facts,
    from_gallery,
    from_policy,
    from_rfm,
    from_sales,
    from_views,
)
from tests.docs.abridged import printed

BLOCK = re.compile(r"(<!-- made: (.+?) -->\n)(.*?)(<!-- /made -->)", re.DOTALL)
OUTPUT = "output"

MAKERS: dict[str, Callable[..., str]] = {
    "segments": from_policy.segments,
    "rules": from_policy.rules,
    "numbers": from_policy.numbers,
    "dates": from_policy.dates,
    "shapes": from_policy.shapes,
    "colours": from_policy.colours,
    "facts": from_facts.facts,
    "checks": from_facts.checks,
    "reasons": from_facts.reasons,
    "layouts": from_facts.layouts,
    "names": from_facts.names,
    "engines": from_facts.engines,
    "cells": from_rfm.cells,
    "custom": from_custom.custom,
    "pages": from_views.pages,
    "views": from_views.views,
    "gallery": from_gallery.gallery,
    "columns": from_views.columns,
    "classes": from_views.classes,
    "sales_parts": from_sales.sales_parts,
    "sales_effects": from_sales.sales_effects,
    "sales_figures": from_sales.sales_figures,
    "addresses": from_api.addresses,
    "answers": from_api.answers,
    "asvs": from_asvs.asvs,
    "asvs_counts": from_asvs.asvs_counts,
    "commands": from_commands.commands,
    "options": from_commands.options,
    OUTPUT: printed,
}


@dataclass(frozen=True)
class Made:
    """One made part. words: the maker's name and what it is asked for. text: what stands there now."""

    words: tuple[str, ...]
    text: str

    @property
    def is_output(self) -> bool:
        """Whether it shows what a command prints; every block of a page is run anyway."""
        return self.words[0] == OUTPUT

    def anew(self) -> str:
        """What should stand there."""
        name, *asked = self.words
        return f"\n{MAKERS[name](*asked).strip()}\n\n"


def parts(page: str) -> list[Made]:
    """The made parts of a page, in order."""
    return [Made(tuple(shlex.split(words)), text) for _, words, text, _ in BLOCK.findall(page)]


def rewritten(page: str) -> str:
    """The page with every made part anew."""
    return BLOCK.sub(lambda m: f"{m[1]}{Made(tuple(shlex.split(m[2])), m[3]).anew()}{m[4]}", page)
