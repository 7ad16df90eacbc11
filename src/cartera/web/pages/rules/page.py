"""Are my windows right, and what if I change them? Numbers to be moved, and what would change, client by client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.policies import NAMES
from cartera.app.workspace.steering import rules, rules_called, text_of
from cartera.errors import PolicyError
from cartera.tongue import say
from cartera.web import frame
from cartera.web.asking import ask
from cartera.web.door import POST, Route
from cartera.web.pages.rules.steering import discard_draft, publish_version, save_draft, upload
from cartera.web.pages.rules.tried import in_force, numbers, tried
from cartera.web.shown import Door, table

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.web.door import Visit

PROOFS = "rules/proofs"
MOST = 50  # clients that change, shown at once


def page(visit: Visit) -> HttpResponse:
    """The rules that are tried beside those in force; numbers that contradict each other are said where they stand."""
    held = in_force(visit)
    try:
        wanted, fault = tried(visit, visit.asked.more), None
    except PolicyError as problem:
        wanted, fault = held, problem
    given = {
        "title": say("Rules"), "families": NAMES, "family": wanted.name, "fault": fault,
        "numbers": numbers(wanted, held),
        "typed": visit.asked.more, "is_other": wanted != held, "versions": versions(visit), "text": text_of(wanted),
        "may_draft": visit.scope.allows("draft"), "may_publish": visit.scope.allows("publish"),
        "answer": ask(visit, "rules", policy=wanted), "back": frame.address(visit, "rules"),
    }  # fmt: skip
    given |= {"definitions": table(given["answer"])}
    given |= effects(visit, held, wanted) if wanted != held else {}
    # A number that is moved shows at once what would change; how well it would have warned takes longer and follows.
    follows = visit.is_fragment and not fault
    given |= {"proofs": frame.address(visit, PROOFS, asked=visit.asked)} if follows else proofs(visit, wanted)
    return frame.page(visit, "rules/page.html", given, status=422 if fault else 200)


def warned(visit: Visit) -> HttpResponse:
    """The proofs alone. PolicyError: the numbers contradict each other, which the page has said."""
    return frame.page(visit, "rules/warned.html", proofs(visit, tried(visit, visit.asked.more)))


def effects(visit: Visit, held: Any, wanted: Any) -> dict[str, Any]:
    """Segments before and after, and the clients that change."""
    moved = ask(visit, "whatif", policy=held, against=wanted)
    segments = ask(visit, "whatif_segments", policy=held, against=wanted)
    rows = moved.rows.slice(0, MOST).to_pylist()
    columns = [one for one in moved.columns if one.name != "client_id"]
    return {
        "moved": moved, "segments": table(segments), "left": max(0, moved.rows.num_rows - MOST),
        "moved_table": table(moved, rows, columns=columns, door=doors(visit)),
    }  # fmt: skip


def proofs(visit: Visit, wanted: Any) -> dict[str, Any]:
    """How well these rules would have warned, and which windows the clients' own gaps propose."""
    backtest, windows = ask(visit, "backtest", policy=wanted), ask(visit, "windows", policy=wanted)
    proposed = {row["number"]: row["proposed"] for row in windows.rows.to_pylist() if row["proposed"] != row["current"]}
    more = {**visit.asked.more, **{name: str(value) for name, value in proposed.items()}}
    return {
        "backtest": backtest, "backtest_table": table(backtest), "windows": windows, "windows_table": table(windows),
        "try_proposed": frame.address(visit, "rules", asked=visit.asked.but(more=more)) if proposed else "",
    }  # fmt: skip


def doors(visit: Visit) -> Door:
    """A client's name leads to its own page."""
    return lambda column, row: frame.address(visit, f"clients/{row['client_id']}") if column.name == "name" else ""


def versions(visit: Visit) -> list[dict[str, Any]]:
    """Every version with the address that compares it with the rules in force, and that of its file."""
    return [
        {
            "told": one, "is_draft": one.number is None,
            "href": frame.address(visit, "rules", asked=visit.asked.but(policy=one.key, more={})),
            "file": frame.address(visit, f"rules/{one.key}.toml"),
        }
        for one in rules(visit.scope, visit.desk.book, by=visit.by, user=visit.user.pk)
    ]  # fmt: skip


def file(visit: Visit, key: str) -> HttpResponse:
    """A version as TOML."""
    from django.http import HttpResponse

    found = rules_called(visit.scope, visit.desk.book, key, by=visit.by, user=visit.user.pk)
    headers = {"Content-Disposition": f'attachment; filename="{key}.toml"'}
    return HttpResponse(text_of(found.policy), content_type="application/toml; charset=utf-8", headers=headers)


ROUTES = (
    Route("rules", page, "rules"),
    Route(PROOFS, warned, "rules-proofs"),
    Route("rules/<slug:key>.toml", file, "rules-file"),
    Route("rules/draft", save_draft, "rules-draft", may="draft", methods=POST),
    Route("rules/upload", upload, "rules-upload", may="draft", methods=POST),
    Route("rules/publish", publish_version, "rules-publish", may="publish", methods=POST),
    Route("rules/discard", discard_draft, "rules-discard", may="draft", methods=POST),
)
