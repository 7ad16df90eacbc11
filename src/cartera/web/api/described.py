"""How does the API describe itself? As OpenAPI, with a call of every address and what is answered when it fails."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI

from cartera.web.api.samples import calls

MIXED: dict[str, Any] = {"type": ["string", "null"]}
SHAPES: dict[str, Any] = {
    "Answer": {
        "type": "object",
        "title": "Answer",
        "description": "A question and its answer: what was asked, the columns and the rows.",
        "required": ["view", "question", "answer", "day", "policy", "columns", "rows", "totals", "next"],
        "properties": {
            "view": {"type": "string"},
            "question": {"type": "string"},
            "answer": {"type": "string", "description": "In one sentence."},
            "day": {"type": "string", "format": "date"},
            "policy": {"type": "string"},
            "facts_version": {"type": "integer"},
            "currency": {**MIXED, "description": "Of all amounts; null where there is none."},
            "notices": {"type": "array", "items": {"type": "string"}, "description": "What must be said beside."},
            "columns": {
                "type": "array", "items": {"type": "object"}, "description": "Each with name, label, unit and values.",
            },
            "rows": {"type": "array", "items": {"type": "object"}, "description": "Each with every column by name."},
            "row_count": {"type": "integer", "description": "Of the whole answer."},
            "totals": {"type": "object", "description": "Of the whole answer, by column."},
            "next": {**MIXED, "description": "What to send as cursor to go on; null at the end."},
        },
    },
    "Problem": {
        "type": "object",
        "title": "Problem",
        "description": "What cannot be done, where, and how to mend it (RFC 9457).",
        "required": ["title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "description": "Never changes: a program can tell by it."},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What is wrong with the value found."},
            "where": MIXED,
            "fix": MIXED,
            "found": {"type": "string", "description": "Of a name that is unknown."},
            "valid": {"type": "array", "items": {"type": "string"}, "description": "The nearest names that exist."},
            "errors": {"type": "array", "items": {"type": "object"}, "description": "Of each field: where, detail."},
        },
    },
}  # fmt: skip
PARTS = {
    "workspace": "The word of the workspace, as in the addresses of its pages.",
    "view": "The name of a view: see /views.",
    "client_id": "The id of a client.",
    "verb": "What is decided: note, lost, plan ...",
    "table": "clients, invoices, lines or marks.",
    "job": "The id that a large file was answered.",
    "token": "What an upload was answered.",
    "source": "The name of a connected system.",
    "Idempotency-Key": "Made up by you: sent twice with the same one it is done once.",
}
"""What the parts of addresses are, and the header."""
FAILED = {
    "description": "It cannot be done.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class Described(NinjaAPI):
    """An API whose description has a call of every operation, and how each fails."""

    def get_openapi_schema(self, **given: Any) -> Any:
        """The OpenAPI document."""
        made = super().get_openapi_schema(**given)
        made["components"]["schemas"] |= SHAPES
        for path, operations in made["paths"].items():
            for method, one in operations.items():
                one["responses"]["default"] = FAILED
                for part in one.get("parameters", ()):
                    part.setdefault("description", PARTS.get(part["name"], ""))
                one["x-codeSamples"] = [{"lang": "Shell", "source": call} for call in calls(method, path)]
        return made
