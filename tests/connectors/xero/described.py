"""Would Xero take a request, and does an answer look like one of Xero's? As its specification says, read in Python."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import yaml
from jsonschema import Draft4Validator
from tests.shared import shared

from cartera.sources.kit.pretend import Call
from cartera.sources.xero.lists import API

# With a zone: without one it is none by RFC 3339, to which the format refers.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
CHECKS: Mapping[str, Callable[[str], object]] = {
    "integer": int,
    "boolean": ("true", "false").index,
    "date": date.fromisoformat,
    "uuid": UUID,
    "date-time": lambda text: MOMENT.fullmatch(text) or _raise(text),
}
# What takes the place of the old right, which is all that the specification knows.
OLD, PAYMENTS = "accounting.transactions.read", ("/Payments", "/Overpayments", "/Prepayments")
NEW, NEW_PAYMENTS = "accounting.invoices.read", "accounting.payments.read"


@cache
def specification(name: str = "xero_accounting") -> dict[str, Any]:
    """Xero's own document."""
    text = shared("payloads", "xero", f"{name}.yaml").read_text()
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def refusals(call: Call, scope: str) -> list[str]:
    """Why the request would be refused, with these rights; empty when it would not."""
    if call.path == "/connections":
        return [] if "get" in specification("xero-identity")["paths"]["/Connections"] else ["path"]
    path, operation, parts = _operation(call)
    if operation is None:
        return [f"{call.method} {call.path} is no operation"]
    told = list(_parameters(operation))
    given = {("query", name): value for name, value in call.words.items()}
    known = {(one["in"], one["name"]) for one in told}
    found = [f"{name} is no parameter of {path}" for place, name in given if (place, name) not in known]
    given |= {("header", name): value for name, value in call.headers.items()}
    for one in told:
        value = given.get((one["in"], one["name"].lower() if one["in"] == "header" else one["name"]))
        found += _wrong(one, parts[one["name"]] if one["in"] == "path" else value)
    if not call.headers.get("authorization", "").startswith("Bearer "):
        found.append("no authorisation")
    return found + ([] if _rights(path, operation) & set(scope.split()) else [f"{path} needs another right"])


def misshapen(name: str, body: str) -> list[str]:
    """What in an answer of a list is not as the specification says."""
    document = specification()
    answer = document["paths"][f"/{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema = {**answer, "components": document["components"]}
    return [f"{'/'.join(map(str, one.path))}: {one.message[:200]}" for one in Draft4Validator(schema).iter_errors(
        json.loads(body)
    )]  # fmt: skip


def _operation(call: Call) -> tuple[str, dict[str, Any] | None, dict[str, str]]:
    """Path, operation, and what stands in the path."""
    asked = call.path.removeprefix(API)
    for path, verbs in specification()["paths"].items():
        if match := re.fullmatch(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path)), asked):
            found = verbs.get(call.method.lower())
            told = [*verbs.get("parameters", ()), *((found or {}).get("parameters", ()))]
            return path, found and found | {"parameters": told}, match.groupdict()
    return asked, None, {}


def _parameters(operation: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in operation["parameters"]:
        yield specification()["components"]["parameters"][one["$ref"].rpartition("/")[2]] if "$ref" in one else one


def _wrong(one: Mapping[str, Any], value: str | None) -> list[str]:
    """What is wrong about the value of a parameter."""
    if value is None:
        return [f"{one['name']} is missing"] if one.get("required") else []
    schema = one["schema"]
    parts = value.split(",") if schema["type"] == "array" else [value]
    kind = schema.get("items", schema)
    check = CHECKS.get(kind.get("format") or kind["type"], str)
    try:
        for part in parts:
            check(part)
    except ValueError:
        return [f"{one['name']}={value} is no {kind.get('format') or kind['type']}"]
    return []


def _rights(path: str, operation: Mapping[str, Any]) -> set[str]:
    """Any of these opens the operation."""
    found = {right for one in operation["security"] for right in one["OAuth2"]}
    if OLD in found:
        found.add(NEW_PAYMENTS if path.startswith(PAYMENTS) else NEW)
    return found


def _raise(text: str) -> None:
    raise ValueError(text)
