"""Does the reference of the API say everything, to everybody, and does every call that it shows work?"""

from __future__ import annotations

import pytest
from tests.web.calling import Caller, key

from cartera.app.clock import now
from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting.connecting import connect
from cartera.app.workspace.jobs.running import work_off
from cartera.sources.kit.contract import Company
from cartera.sources.registry import connector
from cartera.web import exporting
from cartera.web.api import api
from cartera.web.api.page import document
from cartera.web.api.reference import kind, operations, shapes
from cartera.web.api.samples import SAMPLES
from cartera.web.jobs import works


def test_anybody_reads_it_and_finds_every_address(enter):
    page = enter(None).get("/api/v1/reference").content.decode()
    told = enter(None).get("/api/v1/openapi.json").json()
    for path, found in told["paths"].items():
        assert all(f"{method.upper()} {path}" in page for method in found)
    assert all(f'id="shape-{one.name}"' in page for one in shapes(document()))


def test_it_names_nobody(enter):
    page = enter(None).get("/api/v1/reference").content.decode()
    assert not [word for word in ("Client 0", "Zanzibar", "@acme.example", "Rival") if word in page]


def test_every_link_of_it_leads_somewhere():
    known = {one.name for one in shapes(document())}
    linked = {one.shape for each in operations(document()) for one in (*each.answers, *each.fields)}
    assert linked - {""} <= known


def test_every_field_that_can_be_sent_says_what_it_means():
    plain = {"note", "text"}
    silent = {f"{each.path} {one.name}" for each in operations(document()) for one in each.fields if not one.text}
    assert not {one for one in silent if one.rpartition(" ")[2] not in plain}


def test_every_address_shows_a_call_and_no_call_is_left_over():
    paths = api.get_openapi_schema(path_prefix="")["paths"]
    names = {
        f"{method.upper()} {path.partition('{workspace}')[2]}" for path, found in paths.items() for method in found
    }
    assert set(SAMPLES) == names


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "array", "items": {"$ref": "#/components/schemas/Made"}}, "list of Made"),
        ({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}, "date or null"),
        ({"enum": ["a", "b"], "type": "string"}, "a | b"),
        ({"const": "a"}, "a"),
        ({"type": ["string", "null"]}, "string or null"),
        ({}, "object"),
    ],
)
def test_a_kind_in_words(schema, said):
    assert kind(schema) == said


@pytest.mark.thorough
def test_every_call_of_the_reference_works(own_site, monkeypatch):
    caller = Caller(key(own_site))
    with monkeypatch.context() as few:
        few.setattr(exporting, "MOST_AT_ONCE", 5)
        begun = caller.call('curl -H "Authorization: Bearer $KEY" "$URL/views/clients?format=csv"')
    caller.known["JOB"] = begun.json()["id"]
    desk = own_site.desk(own_site.workspaces()["acme"])
    work_off(desk.book, desk.where, works("acme"))
    own = {"now": now(), "by": "olga", "name": "books"}
    connect(EVERYTHING, desk.book, connector("harvest"), Company("7", "Books"), {"token": "made there"}, **own)
    for calls in SAMPLES.values():
        for line in calls:
            caller.call(line)
