"""What does a customer of QuickBooks become? A client, under its parent if it is a job of one, and a person at it."""

from __future__ import annotations

from cartera.sources.kit.contract import Client, Contact, Context, Mapped, Payload
from cartera.sources.quickbooks.fields import made_on, ref, words

GONE = " (deleted)"  # QuickBooks puts it behind the name of a customer that was made inactive


def client(key: str, payload: Payload, context: Context) -> Mapped:
    """The client of a customer, inactive ones too, and its person when one is named."""
    address = payload.get("BillAddr") or {}
    made = Client(
        name=_name(payload),
        created_on=made_on(payload, context),
        email=_mail(payload),
        phone=_phone(payload),
        website=words(payload, "WebAddr", "URI"),
        street=_street(address),
        city=words(address, "City"),
        region=words(address, "CountrySubDivisionCode"),
        postcode=words(address, "PostalCode"),
        country=words(address, "Country"),
        currency=ref(payload, "CurrencyRef"),
        parent=ref(payload, "ParentRef") if payload.get("Job") in (True, "true") else None,
        more={"active": "no" if payload.get("Active") in (False, "false") else "yes"},
    )
    return Mapped(clients=(made,), contacts=_person(key, payload))


def _name(payload: Payload) -> str | None:
    name = words(payload, "DisplayName") or words(payload, "FullyQualifiedName") or words(payload, "CompanyName")
    return name.removesuffix(GONE) if name else None


def _person(key: str, payload: Payload) -> tuple[Contact, ...]:
    name = " ".join(filter(None, (words(payload, "GivenName"), words(payload, "FamilyName"))))
    if not name:
        return ()
    return (Contact(name, key, email=_mail(payload) or "", phone=_phone(payload) or "", is_primary=True),)


def _mail(payload: Payload) -> str | None:
    """The first address: QuickBooks takes several, with commas between them."""
    found = words(payload, "PrimaryEmailAddr", "Address")
    return found.replace(";", ",").split(",")[0].strip() or None if found else None


def _phone(payload: Payload) -> str | None:
    return words(payload, "PrimaryPhone", "FreeFormNumber")


def _street(address: Payload) -> str | None:
    found = [words(address, f"Line{count}") for count in range(1, 6)]
    return ", ".join(filter(None, found)) or None
