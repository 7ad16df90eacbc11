"""Which contacts or interactions does a file hold? Columns known by name; which client a row means is found later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from cartera.errors import InputError
from cartera.sources.files import dates
from cartera.sources.files.kinds import flag_of
from cartera.sources.files.named import Named, Row, named_table, require
from cartera.sources.files.names import normalised
from cartera.sources.files.reading import Problem
from cartera.tongue import say

CLIENT = "client, customer, company, client name, customer name, account, cliente, empresa, kunde, klant, societe"
CONTACTS = {
    "client_id": "customer id, account id, client number, customer number",
    "client": CLIENT,
    "name": "contact, contact name, full name, person, nome, nombre, nom, naam",
    "role": "title, job title, position, function, cargo, funcao, puesto, fonction, functie",
    "email": "e mail, email address, mail, correo, courriel",
    "phone": "telephone, mobile, phone number, telefone, telefono, tel, telefon, telefoon",
    "is_primary": "primary, main, main contact, principal",
    "preferred_channel": "channel, preferred, prefers, canal",
    "consent": "opt in, gdpr, marketing consent, consentimento, consentimiento, consentement",
}
INTERACTIONS = {
    "client_id": CONTACTS["client_id"],
    "client": CLIENT,
    "at": "date, day, on, when, time, timestamp, date time, data, fecha, datum",
    "channel": "kind, type, activity, activity type, canal, tipo",
    "direction": "sense, in out, inbound outbound",
    "subject": "about, note, notes, summary, title, topic, assunto, asunto, objet, betreff",
    "by": "user, owner, author, rep, who, agent, usuario",
}
CHANNELS = ("call", "e-mail", "meeting", "chat", "visit")
CHANNEL_WORDS = {
    "call": "call, phone, phone call, telephone, ligacao, llamada, appel, anruf, telefoontje",
    "e-mail": "e mail, email, mail, correo, courriel",
    "meeting": "meeting, video, video call, reuniao, reunion, rendez vous, termin, besprechung, vergadering",
    "chat": "chat, message, whatsapp, sms, text, mensagem, mensaje",
    "visit": "visit, on site, visita, visite, besuch, bezoek",
}
CHANNEL_OF = {word: channel for channel, words in CHANNEL_WORDS.items() for word in words.split(", ")}
DIRECTION_OF = {
    "": "", "in": "in", "inbound": "in", "incoming": "in", "received": "in", "out": "out", "outbound": "out",
    "outgoing": "out", "sent": "out",
}  # fmt: skip


@dataclass
class People:
    """The rows of a file that can be read, each with its values, and those that cannot."""

    table: Named
    rows: list[tuple[Row, dict[str, Any]]] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)


def read_contacts(path: Path) -> People:
    """Every contact of the file. InputError: it has no column for the client or for the contact's name."""
    table = named_table(path, CONTACTS)
    if "name" not in table.headers and "client_id" in table.headers and "client" in table.headers:
        raise InputError(
            say("there is no column for the contact's name."),
            where=table.name,
            fix=say("Call it `contact`, beside `client`."),
        )
    require(table, ("client_id|client", "name"), "client,contact,role,email,phone")
    return _read(table, _contact)


def read_interactions(path: Path) -> People:
    """Every interaction of the file. InputError: it has no column for the client, the day or the channel."""
    table = named_table(path, INTERACTIONS)
    require(table, ("client_id|client", "at", "channel"), "client,date,channel,subject,by")
    return _read(table, _interaction)


def channel_called(text: str) -> str | None:
    """call, e-mail, meeting, chat or visit; None for any other word."""
    return CHANNEL_OF.get(normalised(text))


def moment_in(cell: str) -> datetime | None:
    """The moment that a cell names, in no zone or in its own; noon where it names a day alone; None for neither."""
    text = cell.strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        day = dates.read(text)
        return datetime.combine(day, time(12)) if isinstance(day, date) else None
    return datetime.combine(found.date(), time(12)) if ":" not in text else found


def _read(table: Named, one: Callable[[Named, Row], dict[str, Any] | Problem]) -> People:
    found = People(table, refused=list(table.refused))
    for row in table.rows:
        values = one(table, row)
        if isinstance(values, Problem):
            found.refused.append(values)
        else:
            found.rows.append((row, values))
    return found


def _contact(table: Named, row: Row) -> dict[str, Any] | Problem:
    if not row.text("name"):
        return table.problem(row, "MISSING_NAME", "name", "Give the contact's name.")
    flag = flag_of(row.text("is_primary")) if row.text("is_primary") else False
    if flag is None:
        return table.problem(row, "BAD_WORD", "is_primary", "")
    texts = {name: row.text(name) for name in ("name", "role", "email", "phone", "preferred_channel", "consent")}
    return {**texts, "is_primary": flag}


def _interaction(table: Named, row: Row) -> dict[str, Any] | Problem:
    at, channel = moment_in(row.raw("at")), channel_called(row.text("channel"))
    direction = DIRECTION_OF.get(row.text("direction").casefold())
    if at is None:
        return table.problem(
            row, "BAD_DATE", "at", dates.hint(row.text("at")) or "Write 2026-03-31 or 2026-03-31 14:30."
        )
    if channel is None:
        return table.problem(row, "UNKNOWN_CHANNEL", "channel", f"Use one of: {', '.join(CHANNELS)}.")
    if direction is None:
        return table.problem(row, "UNKNOWN_DIRECTION", "direction", "Write in or out, or leave it empty.")
    return {
        "at": at, "channel": channel, "direction": direction, "subject": row.text("subject"), "by": row.text("by"),
    }  # fmt: skip
