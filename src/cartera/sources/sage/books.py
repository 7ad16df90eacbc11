"""Which books does a pretended Sage hold? A small wholesaler's, made up, the same until any later day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from cartera.calendar import add_days, add_months
from cartera.sources.sage.lists import LISTS

START = date(2023, 1, 16)
CENT = Decimal("0.01")
PAID_AFTER, LATE_AFTER, VOID_AFTER, CREDITED_AFTER = 24, 80, 5, 40  # days
BASE, RATE = "GBP", {"GBP": Decimal(1), "EUR": Decimal("0.8512")}
TAX = Decimal("0.2")


@dataclass(frozen=True)
class House:
    """A client. gap: weeks between two documents, 0 for one every month by a series. is_quick: quick entries only."""

    name: str
    person: str
    city: str
    gap: int
    net: int
    currency: str = BASE
    begins: int = 0  # months after the start
    until: int | None = None
    is_quick: bool = False


HOUSES = (
    House("Ashdown Hotels", "Grace Lyall", "Brighton", 0, 2400),
    House("Bexley Schools", "Omar Siddiq", "London", 6, 1150),
    House("Corvid Brewing", "Jess Marlow", "Leeds", 4, 860),
    House("Delft Interieur", "Sanne Visser", "Delft", 8, 3300, "EUR"),
    House("Eastgate Garage", "Pat Nolan", "Hull", 9, 240, is_quick=True),
    House("Fenwick & Sons", "Alan Fenwick", "York", 23, 510, is_quick=True),
    House("Gourmandise", "Luc Perrin", "Lille", 7, 1750, "EUR", until=20),
    House("Hartley Nursery", "Emma Hartley", "Bath", 20, 690, until=38),
    House("Inkwell Studio", "Dev Patel", "London", 5, 980, begins=9),
    House("Jubilee Care", "Ann Brookes", "Derby", 0, 760, begins=4),
    House("Kingfisher Inns", "Rob Tully", "Oxford", 29, 4100, begins=15),
    House("Lowland Dairy", "Isla Gray", "Perth", 6, 1320, begins=22),
)
GOODS = ("Table linen", "Glassware", "Cutlery", "Candles", "Delivery crates")
REPS = ("Helen Marsh", "Joe Addo")


@dataclass
class Books:
    """The rows of each list by their id. clock: what time it is there. business: by which it is asked for."""

    clock: datetime
    business: str = "b1"
    name: str = "Marsh Wholesale Ltd"
    rows: dict[str, dict[str, dict[str, Any]]] = field(
        default_factory=lambda: {one.path.strip("/"): {} for one in LISTS.values()}
    )

    def put(self, path: str, row: dict[str, Any]) -> None:
        """A row as it is now, in place of the one with its id."""
        shown = str(row.get("displayed_as") or row["id"])
        self.rows[path][row["id"]] = {"displayed_as": shown, "$path": f"/{path}/{row['id']}", **row}


def generated(day: date) -> Books:
    """The books as they are on a day."""
    books = Books(datetime.combine(day, time(12), UTC))
    for word, said in (
        ("DRAFT", "Draft"),
        ("UNPAID", "Unpaid"),
        ("PART_PAID", "Part paid"),
        ("PAID", "Paid"),
        ("VOID", "Void"),
    ):
        books.put("artefact_statuses", {"id": word, "displayed_as": said})
    for place, house in enumerate(HOUSES):
        _contact(books, place, house)
        for count, on in enumerate(_days(house, day)):
            (_quick if house.is_quick else _sale)(books, place, count, on, day)
    _quotes(books, day)
    return books


def key(*parts: int) -> str:
    """An id such as Sage's: 32 digits, of what it is the id of."""
    return f"{int(''.join(f'{one:05}' for one in parts)):032x}"


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


def _contact(books: Books, place: int, house: House) -> None:
    born = at(add_months(START, house.begins) - timedelta(days=20))
    first = house.person.split()[0].lower()
    books.put(
        "contacts",
        {
            "id": key(1, place), "displayed_as": house.name, "name": house.name, "reference": f"C{place:03}",
            "created_at": born, "updated_at": born, "contact_types": [{"id": "CUSTOMER", "displayed_as": "Customer"}],
            "email": f"accounts@{house.name.split()[0].lower()}.example", "tax_number": None, "system": False,
            "main_address": {
                "address_line_1": f"{place + 1} Market Street", "address_line_2": "", "city": house.city,
                "postal_code": f"ZZ{place} 1AA", "country": {"id": "GB", "displayed_as": "United Kingdom"},
            },
            "main_contact_person": {
                "id": key(9, place), "name": house.person, "job_title": "Buyer", "telephone": f"020 7946 0{place:03}",
                "email": f"{first}@{house.name.split()[0].lower()}.example", "is_main_contact": True,
            },
            "currency": _currency(house.currency), "is_active": house.until is None, "gdpr_obfuscated": False,
            "has_unfinished_recurring_invoices": house.gap == 0, "deleted_at": None, "balance": Decimal("0.0"),
        },
    )  # fmt: skip


def _sale(books: Books, place: int, count: int, on: date, day: date) -> None:
    """An invoice; most are paid, one in fifteen is void, one in twelve is credited in part later."""
    house, own = HOUSES[place], key(2, place, count)
    row = document(place, count, on) | {
        "id": own, "displayed_as": f"SI-{place}{count:03}", "invoice_number": f"SI-{place}{count:03}",
        "due_date": (on + timedelta(days=30)).isoformat(), "last_paid": None, "sent": False, "void_reason": None,
        "shipping_net_amount": Decimal("0.0"),
    }  # fmt: skip
    if (place + count) % 15 == 14 and on + timedelta(days=VOID_AFTER) <= day:
        row |= _state("VOID", on + timedelta(days=VOID_AFTER)) | {"void_reason": "entered twice"}
    else:
        row |= _paid(row, on, place + count, day)
        row["last_paid"] = row["payments_allocations"][0]["date"] if row["payments_allocations"] else None
        if (place + count) % 12 == 7 and on + timedelta(days=CREDITED_AFTER) <= day:
            _credit(books, place, count, on + timedelta(days=CREDITED_AFTER), own)
    row["invoice_lines"] = _lines(row["net_amount"], place + count)
    if house.gap == 0:
        row["recurring_invoice"] = {
            "id": key(5, place), "frequency": 1, "recurrence_type": "MONTHLY", "recurrence_status_identifier": "ACTIVE",
        }  # fmt: skip
    books.put("sales_invoices", row)


def _quick(books: Books, place: int, count: int, on: date, day: date) -> None:
    """A document without lines; one in nine gives something back."""
    is_credit = count % 9 == 8
    row = document(place, count, on) | {
        "id": key(3, place, count), "reference": f"Q{place}{count:03}", "details": GOODS[(place + count) % len(GOODS)],
        "quick_entry_type": {"id": "CREDIT_NOTE"} if is_credit else {"id": "INVOICE"},
        "due_date": (on + timedelta(days=30)).isoformat(),
    }  # fmt: skip
    books.put("sales_quick_entries", row | ({} if is_credit else _paid(row, on, place + count, day)))


def _credit(books: Books, place: int, count: int, on: date, invoice: str) -> None:
    """A tenth of the invoice, allocated to it."""
    row = document(place, count, on, share=Decimal("0.1"))
    of = {"id": invoice, "$path": f"/sales_invoices/{invoice}"}
    told = {"date": on.isoformat(), "type": "Allocation", "amount": row["total_amount"], "artefact": of}
    more = {"credit_note_number": f"CN-{place}{count:03}", "credit_note_lines": _lines(row["net_amount"], place)}
    paid = _state("PAID", on) | {"outstanding_amount": Decimal("0.0"), "payments_allocations": [told]}
    books.put("sales_credit_notes", row | paid | more | {"id": key(4, place, count)})


def document(place: int, count: int, on: date, *, share: Decimal = Decimal(1)) -> dict[str, Any]:
    """What all sales documents have in common, unpaid."""
    house = HOUSES[place]
    net = (Decimal(house.net) * (100 + (count * 37) % 23) / 100 * share).quantize(CENT)
    tax, rate = (net * TAX).quantize(CENT), RATE[house.currency]
    return {
        "contact": {"id": key(1, place), "displayed_as": house.name, "$path": f"/contacts/{key(1, place)}"},
        "contact_name": house.name, "date": on.isoformat(), "created_at": at(on), "updated_at": at(on),
        "net_amount": net, "tax_amount": tax, "total_amount": net + tax, "outstanding_amount": net + tax,
        "currency": _currency(house.currency), "exchange_rate": (1 / rate).quantize(Decimal("0.000001")),
        "inverse_exchange_rate": rate,
        "base_currency_net_amount": (net * rate).quantize(CENT), "payments_allocations": [],
        "base_currency_total_amount": ((net + tax) * rate).quantize(CENT),
        "deleted_at": None, **_state("UNPAID", on),
    }  # fmt: skip


def _paid(row: dict[str, Any], on: date, luck: int, day: date) -> dict[str, Any]:
    paid = on + timedelta(days=LATE_AFTER if luck % 5 == 0 else PAID_AFTER)
    if paid > day:
        return {}
    told = {"date": paid.isoformat(), "type": "Customer Receipt", "amount": row["total_amount"], "artefact": None}
    return _state("PAID", paid) | {"outstanding_amount": Decimal("0.0"), "payments_allocations": [told]}


def _lines(net: Decimal, luck: int) -> list[dict[str, Any]]:
    half = (net / 2).quantize(CENT)
    who = {
        "id": f"r{luck % 2}",
        "displayed_as": REPS[luck % 2],
        "analysis_type": {"id": "t1", "displayed_as": "Sales rep"},
    }
    return [
        {
            "id": f"{place}", "description": GOODS[(luck + place) % len(GOODS)], "quantity": Decimal("1.0"),
            "product": {"id": f"p{(luck + place) % len(GOODS)}", "displayed_as": GOODS[(luck + place) % len(GOODS)]},
            "unit_price": amount, "net_amount": amount, "analysis_type_categories": [who],
        }
        for place, amount in enumerate((half, net - half))
    ]  # fmt: skip


def _quotes(books: Books, day: date) -> None:
    """One that was accepted, one that waits, one that was declined."""
    for place, word in enumerate(("ACCEPTED", "PENDING", "DECLINED")):
        on = day - timedelta(days=9)
        row = document(8 - place, place, on, share=Decimal(3))
        for name in ("outstanding_amount", "payments_allocations", "deleted_at"):
            del row[name]  # a quote has none
        more = {"quote_number": f"SQ-{place}", "expiry_date": (day + timedelta(days=21)).isoformat(), "invoice": None}
        lines = {"quote_lines": _lines(row["net_amount"], place)}
        state = {"status": {"id": word, "displayed_as": word.capitalize()}}
        books.put("sales_quotes", row | more | lines | state | {"id": key(6, place), "displayed_as": f"SQ-{place}"})


def _state(word: str, on: date) -> dict[str, Any]:
    return {"status": {"id": word, "displayed_as": word.capitalize()}, "updated_at": at(on)}


def _currency(code: str) -> dict[str, str]:
    return {"id": code, "displayed_as": code}


def at(day: date) -> str:
    """A moment of that day, as Sage writes it."""
    return f"{day.isoformat()}T09:30:00Z"
