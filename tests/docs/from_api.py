"""The addresses of the API, as its own description has them; and that description as a file."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.docs.markdown import code, table

FILE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "openapi.json"


@cache
def document() -> Any:
    """The OpenAPI document of this version."""
    from cartera.web.server import set_up

    set_up()
    from cartera.web.api.page import document as described

    return described()


def as_text() -> str:
    """The document as it is kept."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def addresses() -> str:
    """Every address: what it is for, what is sent, what is answered, how it is called."""
    described = document()
    from cartera.web.api.reference import groups

    return "\n\n".join(
        f"## {name.capitalize()}\n\n" + "\n\n".join(map(address, found)) for name, found in groups(described)
    )


def address(one: Any) -> str:
    """One of them."""
    calls = "\n".join(one.calls)
    rows = [
        [code(field.name), f"{field.place}{', required' if field.is_required else ''}", field.kind, field.text]
        for field in one.fields
    ]
    answers = " · ".join(f"{found.status}: {linked(found)}" for found in one.answers)
    return "\n\n".join((
        f"### {one.summary}", code(f"{one.method} {one.path}"), one.text, f"```text\n{calls}\n```",
        table(["name", "stands in", "kind", "meaning"], rows), f"Answers {answers}",
    ))  # fmt: skip


def linked(found: Any) -> str:
    """The shape of an answer, as a link to what it is."""
    return f"[{found.kind}](#{found.shape.lower()})" if found.shape else found.kind


def answers() -> str:
    """Every shape of what is answered."""
    described = document()
    from cartera.web.api.reference import shapes

    return "\n\n".join(
        f"### {one.name}\n\n{one.text}\n\n"
        + table(["name", "kind", "meaning"], [[code(field.name), field.kind, field.text] for field in one.fields])
        for one in shapes(described)
    )
