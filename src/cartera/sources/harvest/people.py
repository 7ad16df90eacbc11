"""Who are Harvest's clients? Companies with an address in free text, and the contacts that were entered at them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cartera.sources.kit.contract import Client, Contact, Context, Mapped, Payload
from cartera.sources.kit.parsing import moment

LAST_LINE = re.compile(
    r"(?P<city>[^,\d]+), (?P<region>[A-Za-z][A-Za-z .]*?) (?P<postcode>[A-Z0-9][A-Z0-9 -]*\d[A-Z0-9 -]*)"
)


def client(key: str, payload: Payload, context: Context) -> Mapped:
    """A client with its contacts."""
    created = moment(payload.get("created_at"))
    made = Client(
        str(payload.get("name") or ""),
        created_on=context.day_of(created) if created else None,
        currency=payload.get("currency"),
        **_address(str(payload.get("address") or "")),
        more={} if payload.get("is_active", True) else {"archived": "yes"},
    )
    return Mapped(clients=(made,), contacts=tuple(_contacts(key, context)))


def _address(text: str) -> dict[str, str]:
    """City, region and postcode of a last line such as `Anytown, LA 71223`; else the text as it is."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return {}
    match = LAST_LINE.fullmatch(lines[-1])
    if match is None:
        return {"street": "\n".join(lines)}
    street = {"street": "\n".join(lines[:-1])} if lines[1:] else {}
    return street | match.groupdict()


def _contacts(key: str, context: Context) -> Iterator[Contact]:
    """The persons at a client, who was entered first before the others."""
    found = sorted(context.touching("clients", key, "contacts"), key=lambda one: (len(one[0]), one[0]))
    for place, (own, payload) in enumerate(found):
        names = (payload.get("first_name"), payload.get("last_name"))
        yield Contact(
            " ".join(str(name) for name in names if name) or str(payload.get("email") or ""),
            key,
            part=own,
            role=str(payload.get("title") or ""),
            email=str(payload.get("email") or ""),
            phone=str(payload.get("phone_office") or payload.get("phone_mobile") or ""),
            is_primary=place == 0,
        )
