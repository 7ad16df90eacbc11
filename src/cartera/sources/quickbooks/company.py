"""Which books does a pretended QuickBooks hold? Those of a gardening firm, the same until any later day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from cartera.calendar import add_days, add_months
from cartera.sources.quickbooks.books import ZONE, Books
from cartera.sources.quickbooks.sales import ITEMS, Sale, at, ref, settled, sold, template

REALM, NAME = "9130357766900696", "Greenfield Gardens"
START = date(2023, 1, 9)
COUNTER = 90  # the client of everything that is sold over the counter
TEMPLATES, ESTIMATES, RECEIPTS = 900_000, 800_000, 700_000  # where the keys of these begin


@dataclass(frozen=True)
class House:
    """A client. weeks: between two invoices, 0 for one at the same day of every month. pays: days until it pays.

    begins, until: the first and the last month, counted from the start. parent: the place of the house it belongs to.
    """

    name: str
    person: str
    city: str
    weeks: int
    net: int
    rep: str
    pays: int = 25
    begins: int = 0
    until: int | None = None
    parent: int | None = None
    currency: str = "USD"


HOUSES = (
    House("Alder Court Homes", "Nina Alder", "Bayshore, CA, 94326", 0, 620, "Mia Torres", pays=14),
    House("Alder Court Pool", "Nina Alder", "Bayshore, CA, 94326", 9, 340, "Mia Torres", parent=0),
    House("Bellweather Hotel", "Omar Bell", "San Mateo, CA, 94401", 0, 1480, "Sam Reed", pays=31),
    House("Cedar Grove School", "Ruth Cole", "Fremont, CA, 94536", 13, 2150, "Mia Torres", pays=45),
    House("Dockside Offices", "Ken Park", "Oakland, CA, 94607", 6, 880, "Sam Reed"),
    House("Elmwood Dental", "Priya Nair", "Berkeley, CA, 94704", 0, 210, "Sam Reed", pays=9, begins=7),
    House("Foxglove Weddings", "Ada Fox", "Napa, CA, 94558", 17, 3900, "Mia Torres", pays=20),
    House("Granary Lofts", "Leo Grant", "Oakland, CA, 94612", 8, 1260, "Sam Reed", until=25),
    House("Granary Roof Terrace", "Leo Grant", "Oakland, CA, 94612", 15, 540, "Sam Reed", until=27, parent=7),
    House("Hillcrest Villas", "June Hill", "Los Gatos, CA, 95030", 5, 1710, "Mia Torres", pays=33),
    House("Island Nursery", "Carl Ives", "Vancouver, BC, V5K 0A1", 11, 960, "Sam Reed", begins=4, currency="CAD"),
    House("Juniper Square", "Ines Jara", "Palo Alto, CA, 94301", 10, 2420, "Mia Torres", until=38),
    House("Kite Street Cafe", "Tom Kite", "San Jose, CA, 95112", 7, 185, "Sam Reed", pays=12, begins=15, until=41),
    House("Laurel Clinic", "Eve Laurent", "Sunnyvale, CA, 94086", 0, 430, "Mia Torres", begins=20),
    House("Meadow Park Estate", "Ray Meadows", "Woodside, CA, 94062", 26, 5600, "Mia Torres", pays=60),
    House(
        "North Pier Museum", "Ana North", "San Francisco, CA, 94111", 12, 1930, "Sam Reed", begins=10, pays=40, until=35
    ),
)


def generated(day: date) -> Books:
    """The books as they are in the afternoon of a day."""
    books = Books(datetime.combine(day, time(15), ZONE).astimezone(UTC))
    books.put("CompanyInfo", {"Id": "1", "CompanyName": NAME, "Country": "US"}, at=at(START))
    prefs = {"CurrencyPrefs": {"MultiCurrencyEnabled": True, "HomeCurrency": {"value": "USD"}}}
    books.put("Preferences", {"Id": "1", **prefs}, at=at(START))
    for key, (name, kind, parent) in enumerate(ITEMS, 1):
        under = {"SubItem": True, "ParentRef": {"value": str(50 + len(parent)), "name": parent}} if parent else {}
        books.put("Item", {"Id": str(key), "Name": name, "Type": kind, "Active": True, **under}, at=at(START))
    for place, house in enumerate(HOUSES):
        _house(books, place, house, day)
    _counter(books, day)
    _estimates(books, day)
    return books


def _house(books: Books, place: int, house: House, day: date) -> None:
    """A client, its invoices with what pays and corrects them, and the template that makes them."""
    first = add_months(START, house.begins)
    if first > day:
        return
    books.put("Customer", _customer(place, house), at=at(first))
    days = list(_days(house, day))
    for count, on in enumerate(days):
        sale = Sale(place, count, on, house.net, house.rep, house.currency, house.pays)
        _sale(books, sale, is_recurring=not house.weeks, day=day)
    if not house.weeks:
        following = add_months(first, len(days))
        sale = Sale(place, 0, following, house.net, house.rep, house.currency, house.pays)
        books.put(
            "RecurringTransaction", template(sale, str(TEMPLATES + place), first), at=at(days[-1]), made=at(first)
        )


def _days(house: House, day: date) -> Iterator[date]:
    """The days of its invoices, until the day itself."""
    first = add_months(START, house.begins)
    end = day if house.until is None else min(day, add_months(START, house.until))
    count, on = 0, first
    while on <= end:
        yield on
        count += 1
        wander = (count * 5) % 7 - 3
        on = add_days(first, 7 * house.weeks * count + wander) if house.weeks else add_months(first, count)


def _sale(books: Books, sale: Sale, *, is_recurring: bool, day: date) -> None:
    """An invoice as it is on a day, and the payments and the credit memo that have come until then."""
    row, changed_on = sold(sale, day)
    if is_recurring:
        row |= {"RecurDataRef": {"value": str(TEMPLATES + sale.place)}}
    books.put("Invoice", row, at=at(changed_on), made=at(sale.on))
    for entity, more, on in settled(sale, day):
        books.put(entity, more, at=at(on))


def _customer(place: int, house: House) -> dict[str, Any]:
    given, family = house.person.split()
    city, region, postcode = house.city.split(", ")
    mail = f"{given}.{family}@{house.name.split()[0]}.example".lower()
    found = {
        "Id": str(place + 1), "DisplayName": house.name, "CompanyName": house.name, "GivenName": given,
        "FamilyName": family, "Active": True, "Job": house.parent is not None,
        "CurrencyRef": {"value": house.currency}, "PrimaryEmailAddr": {"Address": mail},
        "PrimaryPhone": {"FreeFormNumber": f"(650) 555-01{place:02}"},
        "BillAddr": {"Line1": f"{place * 7 + 3} Garden Way", "City": city, "CountrySubDivisionCode": region,
                     "PostalCode": postcode, "Lat": "INVALID", "Long": "INVALID"},
    }  # fmt: skip
    return found | ({} if house.parent is None else {"ParentRef": {"value": str(house.parent + 1)}})


def _counter(books: Books, day: date) -> None:
    """Sales over the counter: a receipt a month, one a year for nobody in particular, and a refund every spring."""
    name = {"Id": str(COUNTER), "DisplayName": "Counter sales", "Active": True, "CurrencyRef": {"value": "USD"}}
    books.put("Customer", name, at=at(START))
    count, on = 0, add_days(START, 3)
    while on <= day:
        row, _ = sold(Sale(COUNTER - 1, count, on, 260 + 15 * (count % 5), "Sam Reed", pays=0), on)
        row |= {"Id": str(RECEIPTS + count), "DocNumber": f"S{1000 + count}", "Balance": 0}
        if count % 12 == 11:
            del row["CustomerRef"]
        entity = "RefundReceipt" if count % 12 == 2 else "SalesReceipt"
        books.put(entity, row, at=at(on))
        count, on = count + 1, add_months(add_days(START, 3), count + 1)


def _estimates(books: Books, day: date) -> None:
    """An estimate every two months: pending for 20 days, then accepted or rejected, invoiced after 80."""
    count, on = 0, add_days(START, 16)
    while on <= day:
        place, age = (count * 3) % len(HOUSES), (day - on).days
        house, is_rejected = HOUSES[place], count % 4 == 3
        status = "Pending" if age < 20 else "Rejected" if is_rejected else "Accepted" if age < 80 else "Closed"
        sale = Sale(place, 9_000 + count, on, house.net * 2, house.rep, house.currency)
        row, _ = sold(sale, on)
        changed_on = add_days(on, 0 if age < 20 else 20 if age < 80 or is_rejected else 80)
        row |= {"Id": str(ESTIMATES + count), "TxnStatus": status, "ExpirationDate": str(add_days(on, 120))}
        del row["Balance"]
        if status == "Closed":
            made = Sale(place, 9_500 + count, changed_on, house.net * 2, house.rep, house.currency, house.pays)
            row |= {"LinkedTxn": [ref("Invoice", made.key)]}
            invoice, updated_on = sold(made, day)
            invoice |= {"LinkedTxn": [ref("Estimate", row["Id"])]}
            books.put("Invoice", invoice, at=at(updated_on), made=at(changed_on))
            for entity, more, paid_on in settled(made, day):
                books.put(entity, more, at=at(paid_on))
        books.put("Estimate", row, at=at(changed_on), made=at(on))
        count, on = count + 1, add_months(add_days(START, 16), 2 * (count + 1))
