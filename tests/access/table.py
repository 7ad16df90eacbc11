"""Who may go where? One line per address; an address without a line fails the test, so nobody can forget one.

A new page: one line in PAGES, in the order of web/routes.py; a new operation of the API: one line in API.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

OWNER, LEAD, DECIDE, EVERYBODY = (
    ("owner",),
    ("owner", "manager"),
    ("owner", "manager", "rep", "other_rep"),
    ("owner", "manager", "rep", "other_rep", "viewer"),
)
TAKING = ("owner", "manager")  # reps and viewers export only where an owner has granted it
NOTHING_KEPT = "it keeps nothing: what was read waits in the person's own folder until it is imported"
SET_UP = "it needs a link that is made on the server; tests/web/accounts follows it"


@dataclass(frozen=True)
class Row:
    """An address. who: the callers that may. at: its path under the workspace, with {client}, {member} ... for objects.

    post: what a POST sends that does something; None where it answers no POST. form: the fields that its own page hides
    are sent along. quiet: why its POST writes no line of the audit. quick: whether the quick tests look at it too.
    tried: the test that sends it where one sending alone does nothing, and looks for its line.
    """

    who: tuple[str, ...]
    at: str
    post: Mapping[str, Any] | None = None
    form: bool = False
    quiet: str = ""
    quick: bool = False
    tried: str = ""


ACT = {"form": True}
PAGES: dict[str, Row] = {
    "begin": Row(EVERYBODY, ""),
    "today": Row(EVERYBODY, "today"),
    "today-rules": Row(EVERYBODY, "today/rules", {"version": "1"}, quiet="it keeps that the caller has read something"),
    "portfolio": Row(EVERYBODY, "portfolio"),
    "moves": Row(EVERYBODY, "moves"),
    "coming": Row(EVERYBODY, "coming"),
    "clients": Row(EVERYBODY, "clients?peek={client}", quick=True),
    "clients-bulk": Row(
        DECIDE, "clients/bulk?verb=note&client={client}", {"text": "likes blue", "request_id": "bulk{client}"}
    ),
    "clients-cleanup": Row(EVERYBODY, "clients/cleanup"),
    "clients-save": Row(EVERYBODY, "clients/save", {"name": "mine", "query": ""}),
    "clients-forget": Row(EVERYBODY, "clients/forget", {"number": "{saved}"}, tried="tests/web/pages/test_clients.py"),
    "client": Row(EVERYBODY, "clients/{client}"),
    "client-peek": Row(EVERYBODY, "clients/{client}/peek"),
    "client-why": Row(EVERYBODY, "clients/{client}/why"),
    "client-figures": Row(EVERYBODY, "clients/{client}/figures"),
    "client-family": Row(EVERYBODY, "clients/{client}/family"),
    "value": Row(EVERYBODY, "value"),
    "cohorts": Row(EVERYBODY, "cohorts"),
    "team": Row(EVERYBODY, "team"),
    "picture": Row(EVERYBODY, "picture/composition"),
    "plan": Row(EVERYBODY, "plan"),
    "rules": Row(EVERYBODY, "rules"),
    "rules-proofs": Row(EVERYBODY, "rules/proofs"),
    "rules-file": Row(EVERYBODY, "rules/kopilot.toml"),
    "rules-draft": Row(DECIDE, "rules/draft", {}, tried="tests/web/pages/test_rules.py"),
    "rules-upload": Row(DECIDE, "rules/upload", {}, tried="tests/web/pages/test_rules.py"),
    "rules-publish": Row(LEAD, "rules/publish", {}, tried="tests/web/pages/test_rules.py"),
    "rules-discard": Row(DECIDE, "rules/discard", {}, tried="tests/web/pages/test_rules.py"),
    "export": Row(TAKING, "export/clients.csv"),
    "job": Row(EVERYBODY, "jobs/{job}"),
    "job-file": Row(EVERYBODY, "jobs/{job}/file"),
    "find": Row(EVERYBODY, "find?q=client"),
    "do-plan": Row(DECIDE, "do/plan?client={client}", {"day": "{soon}", "amount": "120"}, **ACT),
    "do-move": Row(DECIDE, "do/move?plan={plan}", {"day": "{soon}"}, **ACT),
    "do-drop": Row(DECIDE, "do/drop?plan={plan}", {"reason": "price"}, **ACT),
    "do-match": Row(DECIDE, "do/match?plan={plan}", {}, **ACT, tried="tests/web/test_acts.py"),
    "do-lost": Row(DECIDE, "do/lost?client={client}", {"reason": "price"}, quick=True, **ACT),
    "do-cancelled": Row(
        DECIDE, "do/cancelled?client={client}", {"reason": "price"}, **ACT, tried="tests/web/test_acts.py"
    ),
    "do-reactivate": Row(DECIDE, "do/reactivate?client={client}", {}, **ACT, tried="tests/web/test_acts.py"),
    "do-note": Row(DECIDE, "do/note?client={client}", {"text": "likes blue"}, **ACT),
    "do-log": Row(
        DECIDE,
        "do/log?client={client}",
        {"channel": "call", "direction": "out", "about": "the offer", "on": "{today}"},
        **ACT,
    ),
    "do-step": Row(DECIDE, "do/step?client={client}", {"day": "{soon}", "text": "call"}, **ACT),
    "do-finish": Row(DECIDE, "do/finish?client={client}", {}, **ACT, tried="tests/web/test_acts.py"),
    "do-reached": Row(DECIDE, "do/reached?client={client}", {}, **ACT),
    "do-no-answer": Row(DECIDE, "do/no-answer?client={client}", {}, **ACT),
    "do-meeting": Row(DECIDE, "do/meeting?client={client}", {"day": "{soon}"}, **ACT),
    "do-assign": Row(LEAD, "do/assign?client={client}", {"rep": "Bruno", "since": "{today}"}, **ACT),
    "do-contact": Row(DECIDE, "do/contact?client={client}", {"name": "Jo Smith"}, **ACT),
    "do-echo": Row(EVERYBODY, "do/echo?name=day&day=2026-12-03"),
    "do-undo": Row(DECIDE, "do/undo?change={change}", {}, **ACT),
    "data": Row(OWNER, "data"),
    "data/upload": Row(OWNER, "data/upload", {}, quiet=NOTHING_KEPT),
    "data/pending": Row(OWNER, "data/pending/{pending}"),
    "data/pending/read": Row(OWNER, "data/pending/{pending}/read", {}, quiet=NOTHING_KEPT),
    "data/pending/totals": Row(OWNER, "data/pending/{pending}/totals", {}, quiet=NOTHING_KEPT),
    "data/pending/import": Row(OWNER, "data/pending/{pending}/import", {}, tried="tests/web/pages/test_data.py"),
    "data/pending/drop": Row(OWNER, "data/pending/{pending}/drop", {}, quiet=NOTHING_KEPT),
    "data/imports": Row(OWNER, "data/imports/{batch}"),
    "data/imports/undo": Row(OWNER, "data/imports/{batch}/undo", {}, tried="tests/web/pages/test_data.py"),
    "data/imports/rejects": Row(OWNER, "data/imports/{batch}/rejects"),
    "data/imports/rejects.csv": Row(OWNER, "data/imports/{batch}/rejects.csv"),
    "data/sums": Row(OWNER, "data/sums", {}, quiet="it compares and keeps nothing"),
    "data/sums/month": Row(OWNER, "data/sums/2026-01"),
    "data/problems": Row(OWNER, "data/problems"),
    "data/doubles": Row(OWNER, "data/doubles"),
    "data/doubles/tell": Row(OWNER, "data/doubles/same", {"first": "c02", "second": "c04", "request_id": "doubles"}),
    "sources": Row(OWNER, "data/sources"),
    "sources-one": Row(OWNER, "data/sources/{source}"),
    "sources-sync": Row(
        OWNER, "data/sources/{source}/sync", {}, quiet="it asks for work; the sync itself is written down"
    ),
    "sources-set": Row(OWNER, "data/sources/{source}/set", {"setting": "estimates", "value": "none"}),
    "sources-disconnect": Row(OWNER, "data/sources/{source}/disconnect", {}, tried="tests/web/pages/test_sources.py"),
    "connect": Row(OWNER, "data/connect"),
    "connect-system": Row(OWNER, "data/connect/xero", {}, quiet="it sends a person on and keeps nothing"),
    "connected": Row(OWNER, "data/connected", {}, tried="tests/web/pages/test_sources.py"),
    "connected-choose": Row(OWNER, "data/connected/choose", {}, tried="tests/web/pages/test_sources.py"),
    "data/windows": Row(EVERYBODY, "data/windows"),
    "data/windows/choose": Row(OWNER, "data/windows/choose", {}, tried="tests/web/pages/test_data.py"),
    "settings": Row(EVERYBODY, "settings", quick=True),
    "settings-save": Row(OWNER, "settings/save", {"name": "Acme", "currency": "USD"}, quick=True),
    "people": Row(OWNER, "settings/people", quick=True),
    "people-invite": Row(OWNER, "settings/people/invite", {"email": "new@acme.example", "role": "viewer"}, quick=True),
    "person": Row(OWNER, "settings/people/{member}", quick=True),
    "person-change": Row(OWNER, "settings/people/{member}/change", {"role": "manager"}, quick=True),
    "person-disable": Row(OWNER, "settings/people/{member}/disable", {}, quick=True),
    "person-enable": Row(OWNER, "settings/people/{member}/enable", {}, quick=True),
    "person-remove": Row(OWNER, "settings/people/{member}/remove", {}, quick=True),
    "person-reset": Row(OWNER, "settings/people/{member}/reset", {}, quick=True),
    "invitation-withdraw": Row(OWNER, "settings/invitations/{invitation}/withdraw", {}, quick=True),
    "keys": Row(EVERYBODY, "settings/keys", quick=True),
    "keys-make": Row(EVERYBODY, "settings/keys/make", {"name": "Warehouse"}, quick=True),
    "keys-revoke": Row(EVERYBODY, "settings/keys/{key}/revoke", {}, quick=True),
    "sign-ins": Row(EVERYBODY, "settings/sign-ins", quick=True),
    "sign-ins-end": Row(OWNER, "settings/sign-ins/{handle}/end", {}, quick=True),
    "audit": Row(LEAD, "settings/audit", quick=True),
    "audit-take": Row(LEAD, "settings/audit/take", {}, quick=True),
    "backup": Row(TAKING, "settings/backup", quick=True),
    "backup-tables": Row(TAKING, "settings/backup/tables", {}),
    "backup-whole": Row(OWNER, "settings/backup/whole", {}, quiet="refused here: the file holds two companies"),
}
"""Name of the route -> who may."""

ALONE: dict[str, str] = {
    "home": "leads on",
    "api-reference": "the description of the API, as openapi.json: it says nothing of anybody",
    "health": "says ok to everybody, and nothing else",
    "sign-in": "open to everybody; slowly after five failures",
    "sign-out": "ends the caller's own sign-in",
    "welcome": SET_UP,
    "enter": SET_UP,
    "join": SET_UP,
    "reset": SET_UP,
    "own": "the way out of the sample",
    "account": "the caller's own account",
    "account-save": "the caller's own account",
    "account-password": "the caller's own account",
    "account-sign-out": "the caller's own sign-ins",
    "account-end": "the caller's own sign-ins",
}
"""Addresses outside of a workspace: they name no client and no workspace, and are tried in tests/web/accounts."""

API: dict[str, Row] = {
    "GET /{workspace}/views": Row(EVERYBODY, "views"),
    "GET /{workspace}/views/{view}": Row(EVERYBODY, "views/clients"),
    "GET /{workspace}/clients/{client_id}": Row(EVERYBODY, "clients/{client}"),
    "GET /{workspace}/clients/{client_id}/explain": Row(EVERYBODY, "clients/{client}/explain"),
    "POST /{workspace}/do/{verb}": Row(DECIDE, "do/note", {"client": ["{client}"], "text": "likes blue"}),
    "GET /{workspace}/imports": Row(OWNER, "imports"),
    "POST /{workspace}/imports": Row(OWNER, "imports", {}, quiet=NOTHING_KEPT),
    "GET /{workspace}/imports/pending/{token}": Row(OWNER, "imports/pending/{pending}"),
    "DELETE /{workspace}/imports/pending/{token}": Row(OWNER, "imports/pending/{pending}", {}, quiet=NOTHING_KEPT),
    "POST /{workspace}/imports/pending/{token}/read": Row(
        OWNER, "imports/pending/{pending}/read", {"reading": {}}, quiet=NOTHING_KEPT
    ),
    "POST /{workspace}/imports/pending/{token}/accept": Row(OWNER, "imports/pending/{pending}/accept", {}),
    "PUT /{workspace}/facts/{table}": Row(
        OWNER, "facts/clients", {"rows": [{"name": "New"}]}, tried="tests/web/test_api_facts.py"
    ),
    "POST /{workspace}/sync/{source}": Row(
        OWNER, "sync/{source}", {}, quiet="it asks for work; the sync itself is written down"
    ),
    "GET /{workspace}/changes": Row(EVERYBODY, "changes"),
    "GET /{workspace}/jobs/{job}": Row(EVERYBODY, "jobs/{job}"),
    "GET /{workspace}/jobs/{job}/file": Row(EVERYBODY, "jobs/{job}/file"),
}
"""Operation of the API -> who may, with a key as with a sign-in."""
