"""Which books does a pretended Harvest hold? Those of a small studio, the same until any later day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from cartera.calendar import add_days, add_months

START = date(2023, 1, 9)
CENT = Decimal("0.01")
PAID_AFTER, LATE_AFTER = 21, 75  # days
STREAMS = ("clients", "contacts", "invoices", "estimates")


@dataclass(frozen=True)
class House:
    """A client. gap: weeks between two invoices, 0 for one at the same day of every month. until: the last month."""

    name: str
    person: str
    place: str
    gap: int
    net: int
    currency: str = "EUR"
    begins: int = 0  # months after the start
    until: int | None = None


HOUSES = (
    House("Alder & Finch", "Nora Finch", "Bristol, BR 10115", 0, 1800),
    House("Brook Dental", "Tomas Brook", "Leeds, LS 20099", 0, 650),
    House("Cobalt Robotics", "Ines Duarte", "Porto, PT 40200", 5, 4200),
    House("Dunmore Estates", "Keith Dunmore", "Quay House\nHarbour Road", 19, 2600),
    House("Elm Street Bakery", "Ada Moreau", "Lyon, FR 69002", 24, 480),
    House("Fjord Outfitters", "Liv Haugen", "Bergen, NO 5003", 7, 1500, "USD"),
    House("Gable Architects", "Paul Gable", "Ghent, BE 9000", 6, 3100, until=22),
    House("Harrow Press", "Mina Harrow", "York, NY 10007", 11, 900, until=30),
    House("Iris Clinic", "Ruth Okafor", "Accra, GH 23302", 0, 1200, begins=14),
    House("Juniper Foods", "Ben Adler", "Graz, AT 8010", 8, 2050, begins=6),
    House("Kestrel Maps", "Yuki Tanaka", "Kyoto, JP 60481", 4, 740, "USD", begins=20),
    House("Larkspur Events", "Carla Rossi", "Turin, IT 10121", 37, 5200, begins=3),
)
WORK = ("Design", "Programming", "Workshops", "Hosting")


@dataclass
class Books:
    """The rows of each list by their id. clock: what time it is there."""

    clock: datetime
    rows: dict[str, dict[int, dict[str, Any]]] = field(default_factory=lambda: {name: {} for name in STREAMS})
    payments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    name: str = "Studio Lantern"

    def put(self, stream: str, row: dict[str, Any]) -> None:
        """A row as it is now, in place of the one with its id."""
        self.rows[stream][row["id"]] = row


def generated(day: date) -> Books:
    """The books as they are on a day."""
    books = Books(datetime.combine(day, time(12), UTC))
    for place, house in enumerate(HOUSES):
        own = 5_000 + place
        _people(books, own, house)
        for count, on in enumerate(_days(house, day)):
            books.put("invoices", _invoice(own, house, count, on, day=day))
    _more(books, day)
    return books


def _days(house: House, day: date) -> Iterator[date]:
    """The days on which the client is invoiced, until the day itself."""
    first = add_months(START, house.begins)
    end = day if house.until is None else min(day, add_months(START, house.until))
    count, on = 0, first
    while on <= end:
        yield on
        count += 1
        wander = (count * 5) % 7 - 3
        on = add_days(first, 7 * house.gap * count + wander) if house.gap else add_months(first, count)


def _people(books: Books, own: int, house: House) -> None:
    born = _at(add_months(START, house.begins) - timedelta(days=20))
    first, _, last = house.person.partition(" ")
    books.put(
        "clients",
        {
            "id": own, "name": house.name, "is_active": house.until is None, "address": f"1 Main St.\n{house.place}",
            "created_at": born, "updated_at": born, "currency": house.currency,
        },
    )  # fmt: skip
    books.put(
        "contacts",
        {
            "id": own + 1_000, "title": "Owner", "first_name": first, "last_name": last,
            "email": f"{first.lower()}@{house.name.split()[0].lower()}.example",
            "phone_office": f"+44 20 7946 0{own % 1000:03}", "phone_mobile": "", "fax": "",
            "created_at": born, "updated_at": born,
            "client": {"id": own, "name": house.name},
        },
    )  # fmt: skip


def _invoice(own: int, house: House, count: int, on: date, *, day: date) -> dict[str, Any]:
    """Most are paid after three weeks, some late; one in forty is written off."""
    net = Decimal(house.net) * (100 + (count * 37) % 23) / 100
    paid = on + timedelta(days=LATE_AFTER if (own + count) % 5 == 0 else PAID_AFTER)
    state = "paid" if paid <= day else "open"
    state = "closed" if state == "paid" and (own * 7 + count) % 41 == 0 else state
    row = document(own, house, net, on, key=(on - START).days * 100 + own, number=f"{on:%y%m}-{own % 100:02}")
    row |= {
        "due_amount": row["amount"] if state == "open" else Decimal("0.0"), "state": state,
        "due_date": (on + timedelta(days=30)).isoformat(), "paid_at": None, "closed_at": None, "estimate": None,
        "paid_date": paid.isoformat() if state == "paid" else None, "retainer": None,
        "recurring_invoice_id": None if house.gap else 900 + own,
        "updated_at": _at(on if state == "open" else paid),
    }  # fmt: skip
    return row | ({"closed_at": _at(paid)} if state == "closed" else {})


def document(own: int, house: House, net: Decimal, on: date, *, key: int, number: str) -> dict[str, Any]:
    """What invoices and estimates have in common: two lines, a tax of a fifth."""
    half, tax = (net / 2).quantize(CENT), (net / 5).quantize(CENT)
    lines = [
        {
            "id": key * 10 + place, "kind": "Service", "description": WORK[(own + place) % 4],
            "quantity": Decimal("1.0"), "unit_price": amount, "amount": amount, "taxed": True, "taxed2": False,
            "project": None,
        }
        for place, amount in enumerate((half, net.quantize(CENT) - half), 1)
    ]  # fmt: skip
    return {
        "id": key, "client_key": f"{key:040x}", "number": number, "purchase_order": "",
        "amount": net.quantize(CENT) + tax, "tax": Decimal("20.0"), "tax_amount": tax,
        "tax2": None, "tax2_amount": Decimal("0.0"), "discount": None,
        "discount_amount": Decimal("0.0"), "subject": house.name, "notes": "", "issue_date": on.isoformat(),
        "created_at": _at(on), "updated_at": _at(on), "currency": house.currency,
        "client": {"id": own, "name": house.name}, "creator": {"id": 1, "name": ("Ana Prado", "Milo Weiss")[own % 2]},
        "line_items": lines,
    }  # fmt: skip


def _more(books: Books, day: date) -> None:
    """A draft, an accepted estimate that is invoiced in part, one that was sent, and one that was declined."""
    draft = document(5_002, HOUSES[2], Decimal(3900), day + timedelta(days=12), key=1, number="D-1")
    more = {"due_amount": draft["amount"], "state": "draft", "due_date": None, "paid_date": None}
    books.put("invoices", draft | more | {"created_at": _at(day), "updated_at": _at(day)})
    for place, state in enumerate(("accepted", "sent", "declined")):
        house, on = HOUSES[9 - place], day - timedelta(days=10)
        row = document(5_009 - place, house, Decimal(8000), on, key=700 + place, number=f"E-{place + 1}")
        accepted = _at(day - timedelta(days=4)) if state == "accepted" else None
        books.put("estimates", row | {"state": state, "accepted_at": accepted, "declined_at": None})
    of = [row for row in books.rows["invoices"].values() if row["client"]["id"] == 5_009]
    if of:
        of[-1]["estimate"] = {"id": 700}


def _at(day: date) -> str:
    return f"{day.isoformat()}T09:30:00Z"
