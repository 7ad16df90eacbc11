"""How does the pretended firm write a document? Contact, lines, tax and sums, as Xero sends them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from cartera.sources.xero import firm
from cartera.sources.xero.books import made_id, net
from cartera.sources.xero.firm import House

NOTHING, CENT, TAX = Decimal("0.00"), Decimal("0.01"), Decimal("0.20")
ADVANCE = 20  # days before the first invoice on which a contact is written down
HOUR, HALF_HOUR = time(9), 1800


def document(house: House, about: str) -> dict[str, Any]:
    """Contact, lines and sums of a document; what it is about decides how much is bought."""
    rng = Random(f"larchmere {house.number} {about}")  # noqa: S311 - an invented firm keeps no secret
    rise = Decimal(1) if house.is_repeating else Decimal(rng.randint(80, 160)) / 100
    lines = [_line(house, item, rise) for item in house.items]
    tax = sum((one["TaxAmount"] for one in lines), NOTHING)
    net_sum = sum((one["LineAmount"] for one in lines), NOTHING) - (tax if house.is_inclusive else NOTHING)
    return {
        "Contact": {"ContactID": made_id("contact", house.number), "Name": house.name}, "LineItems": lines,
        "LineAmountTypes": "Inclusive" if house.is_inclusive else "Exclusive", "SubTotal": net_sum, "TotalTax": tax,
        "Total": net_sum + tax, "CurrencyCode": "EUR" if house.is_foreign else firm.CURRENCY,
        "CurrencyRate": firm.RATE if house.is_foreign else Decimal("1.0"),
    }  # fmt: skip


def _line(house: House, item: tuple[str, str, int], rise: Decimal) -> dict[str, Any]:
    code, name, price = item
    worth = (price * rise).quantize(CENT)
    tax = NOTHING if house.is_foreign else (worth * TAX).quantize(CENT)
    tracked = (("Sales rep", house.rep), ("Region", house.region))
    return {
        "Description": name, "ItemCode": code, "Quantity": Decimal("1.0"), "UnitAmount": worth,
        "LineAmount": worth + tax if house.is_inclusive else worth, "TaxAmount": tax, "AccountCode": "200",
        "TaxType": "NONE" if house.is_foreign else "OUTPUT2",
        "Tracking": [{"Name": category, "Option": option} for category, option in tracked],
    }  # fmt: skip


def contact(house: House, met: date) -> dict[str, Any]:
    """The contact of a client."""
    given, family = house.person.split(" ")
    site, (town, postcode) = house.name.lower().replace(" ", "-") + ".example", house.town
    place = {
        "AddressType": "STREET", "AddressLine1": f"{house.number + 1} Mill Lane", "City": town, "PostalCode": postcode,
        "Country": "United Kingdom",
    }  # fmt: skip
    return {
        "ContactID": made_id("contact", house.number), "ContactStatus": "ACTIVE", "Name": house.name,
        "AccountNumber": f"L{house.number:03}", "FirstName": given, "LastName": family,
        "EmailAddress": f"{given.lower()}@{site}", "Website": f"https://{site}", "Addresses": [place],
        "Phones": [{"PhoneType": "DEFAULT", "PhoneNumber": f"496 {house.number:04}", "PhoneAreaCode": "0117"}],
        "ContactGroups": [], "ContactPersons": [], "IsSupplier": False, "IsCustomer": True,
        "UpdatedDateUTC": at(met, house.number),
    }  # fmt: skip


def at(on: date, seconds: int) -> str:
    """A moment in the morning of a day; records of one day are some seconds apart."""
    return net(datetime.combine(on, HOUR, UTC) + timedelta(seconds=seconds % HALF_HOUR))
