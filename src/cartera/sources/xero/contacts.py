"""Who is a client? A contact of Xero with a sales document, or that Xero calls a customer; who are its persons?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cartera.sources.kit.contract import Client, Contact, Context, Mapped, Payload, Problem
from cartera.sources.xero.invoices import unknown
from cartera.sources.xero.tracking import rep_of_groups
from cartera.tongue import text

SALES = ("invoices", "credit_notes", "templates", "estimates")  # lists whose records make a contact a client
KNOWN = ("ACTIVE", "ARCHIVED", "GDPRREQUEST")
ERASED = "GDPRREQUEST"
NO_SALE = text("contacts without a sale")
FLAGGED = {"created": "first seen"}  # of what created_on is the day
PHONES = ("DEFAULT", "OFFICE", "DDI", "MOBILE")  # the first that is there; a fax is none
STREETS = ("AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4")


def client(key: str, payload: Payload, context: Context) -> Mapped:
    """The client and its persons. Xero tells no day of creation, so that the first-seen day stands for it."""
    if not _is_client(key, payload, context):
        return Mapped(left_out=NO_SALE)
    status = str(payload.get("ContactStatus") or KNOWN[0])
    said: tuple[Problem, ...] = () if status in KNOWN else (unknown(status),)
    merged = payload.get("MergedToContactID")
    if status == ERASED:
        seen_on = context.seen_on("clients", key)
        return Mapped(clients=(Client(payload.get("Name"), created_on=seen_on, more=FLAGGED),))
    place = _address(payload)
    made = Client(
        payload.get("Name"), created_on=context.seen_on("clients", key), rep=rep_of_groups(payload, context),
        email=payload.get("EmailAddress") or None, phone=_phone(payload), website=payload.get("Website") or None,
        street=", ".join(str(place[one]) for one in STREETS if place.get(one)) or None, city=place.get("City") or None,
        region=place.get("Region") or None, postcode=place.get("PostalCode") or None,
        country=place.get("Country") or None, currency=payload.get("DefaultCurrency") or None,
        same=str(merged) if merged else None, more=_more(payload, status),
    )  # fmt: skip
    return Mapped(clients=(made,), contacts=tuple(_persons(key, payload)), problems=said)


def _is_client(key: str, payload: Payload, context: Context) -> bool:
    return bool(payload.get("IsCustomer")) or any(context.is_touched("clients", key, by) for by in SALES)


def _more(payload: Payload, status: str) -> dict[str, str]:
    """What else may tell clients apart or bring two together."""
    named = {"code": "AccountNumber", "tax_number": "TaxNumber", "company_number": "CompanyNumber"}
    found = {ours: str(payload[theirs]) for ours, theirs in named.items() if payload.get(theirs)}
    groups = sorted(str(one["Name"]) for one in payload.get("ContactGroups") or () if one.get("Name"))
    found |= {"group": ", ".join(groups)} if groups else {}
    return found | FLAGGED | ({} if status == KNOWN[0] else {"contact_status": status.lower()})


def _persons(key: str, payload: Payload) -> Iterator[Contact]:
    """The contact's own person first, then the others."""
    own = _name(payload)
    if own:
        yield Contact(own, key, email=payload.get("EmailAddress") or "", phone=_phone(payload) or "", is_primary=True)
    others = (one for one in payload.get("ContactPersons") or () if _name(one))
    for number, one in enumerate(others, 1):
        yield Contact(
            _name(one), key, part=str(number), email=one.get("EmailAddress") or "", is_primary=not own and number == 1
        )


def _name(one: Mapping[str, Any]) -> str:
    return " ".join(str(one[part]).strip() for part in ("FirstName", "LastName") if one.get(part))


def _phone(payload: Payload) -> str | None:
    found = {one.get("PhoneType"): one for one in payload.get("Phones") or () if one.get("PhoneNumber")}
    one: Mapping[str, Any] = next((found[kind] for kind in PHONES if kind in found), {})
    return " ".join(_filled(one, ("PhoneCountryCode", "PhoneAreaCode", "PhoneNumber"))) or None


def _address(payload: Payload) -> Mapping[str, Any]:
    """The street's before that of the post-office box, the first that says something."""
    found: dict[Any, Mapping[str, Any]] = {}
    for one in payload.get("Addresses") or ():
        if list(_filled(one, (*STREETS, "City", "PostalCode"))):
            found.setdefault(one.get("AddressType"), one)
    return found.get("STREET") or found.get("POBOX") or {}


def _filled(one: Mapping[str, Any], names: Iterable[str]) -> Iterator[str]:
    yield from (str(one[name]) for name in names if one.get(name))
