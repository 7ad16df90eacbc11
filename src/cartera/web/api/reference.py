"""What does the reference of the API say? Its OpenAPI document as rows to be shown, on the page and in the docs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

SCHEMAS = "#/components/schemas/"
NULL = " or null"
FORMATS = {"date": "date", "date-time": "time", "binary": "file"}
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A name that is sent or answered. place: path, query, header or body; empty in an answer. shape: see `Shape`."""

    name: str
    kind: str
    text: str = ""
    place: str = ""
    is_required: bool = False
    shape: str = ""


@dataclass(frozen=True)
class Answered:
    """What comes back with a status. shape: the name of what it holds, empty for nothing or a file."""

    status: str
    kind: str
    shape: str = ""


@dataclass(frozen=True)
class Operation:
    """One address with one method. name: a word for links."""

    name: str
    method: str
    path: str
    summary: str
    text: str
    group: str
    fields: tuple[Field, ...]
    answers: tuple[Answered, ...]
    calls: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """What is sent or answered under a name of its own."""

    name: str
    text: str
    fields: tuple[Field, ...]


def groups(document: Json) -> list[tuple[str, list[Operation]]]:
    """The operations by group, in the order of the document."""
    return [(name, list(found)) for name, found in groupby(operations(document), key=lambda one: one.group)]


def operations(document: Json) -> list[Operation]:
    """Every address with every method."""
    pairs = ((path, method, one) for path, found in document["paths"].items() for method, one in found.items())
    return [operation(document, path, method, one) for path, method, one in pairs]


def operation(document: Json, path: str, method: str, one: Json) -> Operation:
    """One of them."""
    return Operation(
        name=str(one["operationId"]).removeprefix("cartera_web_api_").replace("_", "-"),
        method=method.upper(),
        path=path,
        summary=one["summary"],
        text=" ".join(one.get("description", "").split()),
        group=one["tags"][0],
        fields=(*map(parameter, one.get("parameters", ())), *sent(document, one.get("requestBody", {}))),
        answers=tuple(answered(status, found) for status, found in one["responses"].items()),
        calls=tuple(call["source"] for call in one.get("x-codeSamples", ())),
    )


def parameter(one: Json) -> Field:
    """A part of the address, or a header."""
    return field(one["name"], one["schema"] | {"description": one.get("description", "")}, one["in"], one["required"])


def sent(document: Json, body: Json) -> Iterable[Field]:
    """The fields of what is sent."""
    for found in body.get("content", {}).values():
        schema = found["schema"]
        whole = document["components"]["schemas"][named(schema)] if named(schema) else schema
        yield from fields(whole, "body")


def fields(schema: Json, place: str = "") -> tuple[Field, ...]:
    """The fields of an object."""
    required = schema.get("required", ())
    return tuple(field(name, one, place, name in required) for name, one in schema.get("properties", {}).items())


def field(name: str, schema: Json, place: str, is_required: bool) -> Field:
    """One field."""
    usual = schema.get("default")
    more = f" Else {usual}." if usual not in (None, "") else ""
    text = f"{schema.get('description', '')}{more}".strip()
    told = kind(schema).removesuffix(NULL) if place else kind(schema)  # what is not sent is left out
    return Field(name, told, text, place, bool(is_required), named(schema))


def answered(status: object, found: Json) -> Answered:
    """What one status brings."""
    contents: list[Json] = list(found.get("content", {}).values())
    schema: Json = contents[0]["schema"] if contents else {}
    told = "otherwise" if status == "default" else str(status)
    return Answered(told, kind(schema) if schema else "nothing", named(schema))


def shapes(document: Json) -> list[Shape]:
    """Everything that is answered, or sent inside of something, by its name."""
    schemas = document["components"]["schemas"]
    found: list[Shape] = []
    waiting = [one.shape for each in operations(document) for one in each.answers]
    waiting += [one.shape for each in operations(document) for one in each.fields]
    while waiting:
        name = waiting.pop(0)
        if name and name not in [one.name for one in found]:
            made = Shape(name, " ".join(schemas[name].get("description", "").split()), fields(schemas[name]))
            found.append(made)
            waiting += [one.shape for one in made.fields]
    return found


def kind(schema: Json) -> str:
    """What kind of value it is, in words."""
    if "anyOf" in schema:
        return " or ".join(map(kind, schema["anyOf"]))
    if "enum" in schema or "const" in schema:
        return " | ".join(map(str, schema.get("enum", [schema.get("const")])))
    found = schema.get("type", "object")
    if found == "array":
        return f"list of {kind(schema['items'])}"
    if isinstance(found, list):
        return " or ".join(found)
    return named(schema) or FORMATS.get(schema.get("format", ""), str(found))


def named(schema: Json) -> str:
    """The name of the shape that it is, or is a list of; empty for none."""
    if "anyOf" in schema:
        return next((name for name in map(named, schema["anyOf"]) if name), "")
    inner = schema.get("items", {}) if schema.get("type") == "array" else schema
    return str(inner.get("$ref", "")).removeprefix(SCHEMAS)
