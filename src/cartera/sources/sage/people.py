"""Who are Sage's clients? Contacts of the type customer; a contact may be a supplier as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cartera.sources.kit.contract import Client, Contact, Context, Mapped, Payload
from cartera.sources.kit.parsing import moment

OWN = "main"
MORE = {"code": "reference", "tax_number": "tax_number", "company_number": "registered_number"}


def client(key: str, payload: Payload, context: Context) -> Mapped:
    """A client with its main person. Of somebody who was erased in Sage nothing is kept but that there is one."""
    if payload.get("system"):
        return Mapped(left_out="system contacts")
    created = moment(payload.get("created_at"))
    born = context.day_of(created) if created else None
    if payload.get("gdpr_obfuscated"):
        return Mapped(clients=(Client(None, created_on=born),))
    person: Any = payload.get("main_contact_person") or {}
    more = {ours: str(payload[theirs]) for ours, theirs in MORE.items() if payload.get(theirs)}
    made = Client(
        str(payload.get("name") or payload.get("displayed_as") or ""),
        created_on=born,
        email=payload.get("email") or person.get("email") or None,
        phone=person.get("telephone") or person.get("mobile") or None,
        currency=id_of(payload.get("currency")),
        **_address(payload.get("main_address") or {}),
        more=more if payload.get("is_active", True) else more | {"archived": "yes"},
    )
    return Mapped(clients=(made,), contacts=tuple(_person(key, person)))


def id_of(value: Any) -> str | None:
    """The id of something that a record names; None when it names nothing."""
    return str(value["id"]) if isinstance(value, dict) and value.get("id") else None


def _address(told: Any) -> dict[str, str]:
    lines = [str(told[name]) for name in ("address_line_1", "address_line_2") if told.get(name)]
    found = {
        "street": "\n".join(lines), "city": told.get("city"), "region": told.get("region"),
        "postcode": told.get("postal_code"), "country": id_of(told.get("country")),
    }  # fmt: skip
    return {name: str(one) for name, one in found.items() if one}


def _person(key: str, told: Any) -> Iterator[Contact]:
    name = str(told.get("name") or "")
    email, phone = (str(told.get(one) or "") for one in ("email", "telephone"))
    if name or email:
        own = phone or str(told.get("mobile") or "")
        yield Contact(
            name or email, key, part=OWN, role=str(told.get("job_title") or ""), email=email, phone=own, is_primary=True
        )
