"""Do our sums agree with the books? Month by month, to the cent, against what accounting says; typed on the page."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseRedirect

from cartera.app.workspace.reconcile import MONTH, documents, reconcile
from cartera.app.workspace.stated import state, stated
from cartera.tongue import UNKNOWN, say, say_many
from cartera.web import frame
from cartera.web.pages.data import forms, saying
from cartera.web.pages.data.saying import UNDATED
from cartera.web.rows import PAGE, pages

if TYPE_CHECKING:
    from cartera.web.door import Visit


CENT = Decimal("0.01")


def page(visit: Visit) -> HttpResponse:
    """The months with their totals; what was typed is kept first."""
    if visit.request.method == "POST":
        return typed(visit)
    return shown(visit, {})


def typed(visit: Visit) -> HttpResponse:
    """The totals kept, or the page again with what is wrong."""
    found, wrong = forms.totals_in(visit.request.POST.dict())
    if wrong:
        return shown(visit, wrong)
    keys = {tuple(key.partition(" ")[::2]): total for key, total in found.items()}
    totals = {(month, code): total for (month, code), total in keys.items() if MONTH.fullmatch(month)}
    state(visit.scope, visit.desk.book, totals, by=visit.by)
    return HttpResponseRedirect(frame.address(visit, "data/sums"))


def shown(visit: Visit, wrong: dict[str, str]) -> HttpResponse:
    """The newest month first."""
    rows = months(visit)
    differing = sum(bool(row["difference"]) for row in rows)
    compared = sum(row["stated"] is not None for row in rows)
    context: dict[str, Any] = {
        **UNDATED, "rows": saying.compared(rows[::-1], typed_in(visit) if wrong else {}, wrong),
        "here": frame.address(visit, "data/sums"),
        "sentence": sentence(compared, differing), "data": frame.address(visit, "data"),
    }  # fmt: skip
    return frame.page(visit, "data/sums.html", context, status=422 if wrong else 200)


def typed_in(visit: Visit) -> dict[str, str]:
    """What was sent, by the key of its field."""
    return {name.removeprefix("total "): value for name, value in visit.request.POST.items()}


def months(visit: Visit) -> list[dict[str, Any]]:
    """Every month and currency, beside what is stated for it."""
    scope, book = visit.scope, visit.desk.book
    totals = stated(scope, book)
    found = reconcile(scope, book, {}, day=visit.today).answer.rows.to_pylist()
    rows = {(row["month"], row["currency"] or ""): row for row in found}
    for key in totals:
        empty = {"month": key[0], "currency": key[1], "found": Decimal(0), "document_count": 0, "batches": ""}
        rows.setdefault(key, empty)
    return [_beside(visit, key, rows[key], totals.get(key)) for key in sorted(rows)]


def _beside(visit: Visit, key: tuple[str, str], row: dict[str, Any], total: Decimal | None) -> dict[str, Any]:
    ours = row["found"].quantize(CENT)
    href = frame.address(
        visit, f"data/sums/{key[0]}", asked=visit.asked.but(more={"currency": key[1]} if key[1] else {})
    )
    told: dict[str, Any] = {"key": f"{key[0]} {key[1]}", "stated": total, "href": href}
    told |= {"amount": ours, "count": row["document_count"], "month": key[0], "currency": key[1]}
    return row | told | {"difference": None if total is None else ours - total}


def sentence(compared: int, differing: int) -> str:
    """How many months agree."""
    if not compared:
        return say("No total was typed yet: type what accounting says.")
    if not differing:
        return say_many("The total agrees.", "All {count} totals agree.", count=compared)
    told = say_many("{count} total", "{count} totals", count=compared)
    return say_many("{count} of {totals} differs.", "{count} of {totals} differ.", count=differing, totals=told)


def month(visit: Visit, month: str) -> HttpResponse:
    """The documents of a month, to find the difference in."""
    if not MONTH.fullmatch(month):
        raise Http404
    visit = replace(visit, route=f"data/sums/{month}")
    key = (month, visit.asked.more.get("currency", ""))
    found = documents(visit.scope, visit.desk.book, key)
    ours = sum((row["amount"] or Decimal(0) for row in found), Decimal(0)).quantize(CENT)
    total = stated(visit.scope, visit.desk.book).get(key)
    first = (visit.asked.page - 1) * PAGE
    context = {
        **UNDATED, "month": saying.month(month), "rows": [_document(visit, row) for row in found[first : first + PAGE]],
        "sum": saying.cents(ours), "stated": saying.cents(total), "currency": key[1], "is_stated": total is not None,
        "off": saying.cents(None if total is None else ours - total), "pages": pages(visit, len(found)),
        "back": frame.address(visit, "data/sums"),
    }  # fmt: skip
    return frame.page(visit, "data/month.html", context)


def _document(visit: Visit, row: dict[str, Any]) -> dict[str, str]:
    client = row["client_id"]
    return {
        "on": saying.day(row["issued_on"]),
        "number": row["number"] or UNKNOWN,
        "client": client or UNKNOWN,
        "client_href": frame.address(visit, f"clients/{client}") if client else "",
        "kind": saying.one_of(row["kind"]),
        "amount": saying.cents(row["amount"]),
        "batch": str(row["batch"]),
        "batch_href": frame.address(visit, f"data/imports/{row['batch']}"),
    }
