"""What happened with the client? Documents, dealings, decisions and segments on one line of time, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.workspace.deciding.story import story
from cartera.tongue import day_text, say, text
from cartera.web import acts, frame
from cartera.web.asking import day

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.workspace.deciding.story import Said
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.web.door import Visit
    from cartera.web.pages.client.sections import Sections

SHOWN = "events"  # the word of the address
KINDS = {
    "invoices": text("Invoices"), "decisions": text("Decisions"), "contacts": text("Contacts made"),
    "segments": text("Segments"),
}  # fmt: skip
DEALINGS = ("interaction", "note", "contact")
MOST = 60


def events(visit: Visit, whom: Whom, parts: Sections) -> dict[str, Any]:
    """The line of time, some kinds of it or all, and the switches between them."""
    here = day(visit)
    chosen = visit.asked.more.get(SHOWN, "")
    told = story(visit.scope, visit.desk.book, whom, until=here)
    found = [*_documents(parts), *_segments(parts, here), *(_said(visit, one) for one in told), *_imported(parts, told)]
    rows = [one for one in found if not chosen or one["kind"] == chosen]
    rows.sort(key=lambda one: (one["on"], one["rank"]), reverse=True)
    is_whole = visit.asked.more.get("all") == "1"
    shown = rows if is_whole else rows[:MOST]
    more = frame.address(visit, asked=visit.asked.but(more={**visit.asked.more, "all": "1"}))
    return {"rows": shown, "more": more if len(rows) > len(shown) else "", "chips": chips(visit, chosen)}


def chips(visit: Visit, chosen: str) -> list[frame.Chip]:
    """The switches."""
    from cartera.tongue import spoken

    kept = {name: value for name, value in visit.asked.more.items() if name != SHOWN}
    all_of_them = frame.Chip(
        say("Everything"), frame.address(visit, asked=visit.asked.but(more=kept)), is_current=not chosen
    )
    return [
        all_of_them,
        *(
            frame.Chip(
                spoken(said), frame.address(visit, asked=visit.asked.but(more={**kept, SHOWN: one})),
                is_current=chosen == one,
            )
            for one, said in KINDS.items()
        ),
    ]  # fmt: skip


def _event(kind: str, on: date, words: str, rank: int, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "on": on, "day": day_text(on), "words": words, "rank": rank, **more}


def _documents(parts: Sections) -> list[dict[str, Any]]:
    return [
        _event("invoices", row["on"], row["what_said"], 2, worth=row["worth"], note=row["text"] or "")
        for row in parts.rows("invoices")
    ]


def _segments(parts: Sections, here: date) -> list[dict[str, Any]]:
    return [
        _event("segments", row["on"], row["what_said"], 3, note=row["text"] or "")
        for row in parts.rows("timeline")
        if row["on"] <= here
    ]


def _imported(parts: Sections, told: list[Said]) -> list[dict[str, Any]]:
    """Marks and interactions that came from files: those that no person said here."""
    own = {(one.on, one.kind) for one in told}
    found = [_event("decisions", row["on"], row["what_said"], 1, note=row["text"] or "")
             for row in parts.rows("marks") if (row["on"], "mark") not in own]  # fmt: skip
    return found + [
        _event("contacts", row["on"], row["what_said"], 1, note=row["text"] or "")
        for row in parts.rows("interactions")
        if (row["on"], "interaction") not in own
    ]


def _said(visit: Visit, one: Said) -> dict[str, Any]:
    """Something that a person said here, with its undo where this person may."""
    may = visit.scope.allows("undo") and (one.user_id == visit.user.pk or visit.scope.allows("undo_others"))
    undo = acts.address(visit, "undo", change=str(one.number)) if may and not one.is_undone else ""
    kind = "contacts" if one.kind in DEALINGS else "decisions"
    return _event(
        kind, one.on, one.words, 1, by=one.by, undo=undo, request_id=acts.new_id(), is_undone=one.is_undone,
    )  # fmt: skip
