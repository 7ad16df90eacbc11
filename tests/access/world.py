"""The two companies with everything in them that an address can name: erased, merged, planned, invited, signed in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.web.company import CANARY, PEOPLE, opened, workspace_text
from tests.web.conftest import browser

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.access import invitations, keys, signins
from cartera.app.workspace.deciding import planning
from cartera.app.workspace.deciding.act import acting
from cartera.app.workspace.deciding.whom import clients_here
from cartera.app.workspace.identity.link import link_same
from cartera.app.workspace.privacy.erase import erase_person
from cartera.web.site import Site, serve

if TYPE_CHECKING:
    from django.test import Client as Browser

HERE, THERE = "acme", "rival"
MEMBERS = ("owner", "manager", "rep", "other_rep", "viewer")
CALLERS = (*MEMBERS, "stranger", None, "disabled")
ERASED, MERGED, LEADING = "c10", "c08", "c02"
OWN, OTHERS, FOREIGN, ABSENT, LETTERS = "c00", "c01", "z00", "nope", "C00"
CLIENTS = (OWN, OTHERS, FOREIGN, ABSENT, ERASED, MERGED, LETTERS)
SECRET = (CANARY, "Zanzibar", "Kiwi", "@z.example", PEOPLE["stranger"])  # of Rival; nobody of Acme reads them anywhere
SECRET_OF_ACME = ("Client 0", "Client 1", "@acme.example", "@c.example", "Bruno")


@dataclass
class World:
    """The site and its callers. names: kind of object -> label -> what names it in an address."""

    site: Site
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    _browsers: dict[str | None, Browser] = field(default_factory=dict)

    def browser(self, who: str | None) -> Browser:
        """The caller's browser; the same every time."""
        if who not in self._browsers:
            self._browsers[who] = browser(self.site, who)
        return self._browsers[who]

    @cached_property
    def key(self) -> str:
        """A key of the API of the rep, which may write."""
        book = self.book(HERE)
        return keys.make(EVERYTHING, book, self.user("rep"), "matrix", by="rep", is_read_only=False).token

    def user(self, who: str) -> Any:
        """The caller's account."""
        from cartera.ledger.models import User

        return User.objects.using(self.site.alias).get(email=PEOPLE[who])

    def book(self, word: str) -> Any:
        """One of the two companies."""
        return self.site.book(self.site.workspaces()[word])

    def state(self, word: str) -> tuple[int, int]:
        """Lines of the audit and version of the facts: what any write moves."""
        held = self.site.workspaces()[word]
        return held.audit_number, held.facts_version

    @contextmanager
    def as_if(self) -> Iterator[None]:
        """What happens inside is taken back."""
        from django.db import transaction

        with transaction.atomic(using=self.site.alias):
            yield
            transaction.set_rollback(True, using=self.site.alias)

    def filled(self, value: Any, chosen: Mapping[str, str]) -> Any:
        """The text with the objects that are chosen; for kinds that are not, the one that is there."""
        usual = {kind: labelled["here"] for kind, labelled in self.names.items()}
        return value.format(**usual | dict(chosen)) if isinstance(value, str) else value


def made(companies: Path, folder: Path) -> World:
    """A world of its own."""
    shutil.copytree(companies, folder, ignore=shutil.ignore_patterns("*-shm", "*-wal"))
    site = opened(folder)
    serve(site)
    world = World(site)
    fill(world, folder)
    return world


def fill(world: World, folder: Path) -> None:
    """What an address can name, in both companies."""
    acme, rival = world.book(HERE), world.book(THERE)
    assert all(world.browser(who) for who in CALLERS) and world.key, "signed in before anything is taken back"
    number, _ = link_same(EVERYTHING, acme, LEADING, MERGED, by="olga")
    erase_person(EVERYTHING, acme, workspace_text(folder, "Acme"), ERASED, by="olga")
    plans = {word: planned(book, client) for word, book, client in ((HERE, acme, OWN), (THERE, rival, FOREIGN))}
    world.names = {
        "client": {"here": OWN, "elsewhere": FOREIGN, "absent": ABSENT},
        "plan": {"here": plans[HERE], "elsewhere": plans[THERE], "absent": "plan-999"},
        "change": {"here": str(newest(acme)), "absent": "99999"},
        "batch": {"here": "1", "absent": "99999"},
        "saved": {"here": "1", "absent": "99999"},
        "pending": {"here": "0" * 32, "elsewhere": sent(world, rival, "stranger"), "absent": "f" * 32},
        "job": {
            "here": ordered(world, acme, "owner"), "elsewhere": ordered(world, rival, "stranger"), "absent": "99999",
        },
        "member": {
            "here": member(world, HERE, "viewer"), "elsewhere": member(world, THERE, "stranger"), "absent": "99999",
        },
        "invitation": {"here": invited(acme), "elsewhere": invited(rival), "absent": "99999"},
        "key": {"here": key(world, acme, "viewer"), "elsewhere": key(world, rival, "stranger"), "absent": "99999"},
        "handle": {"here": handle(world, "viewer"), "elsewhere": handle(world, "stranger"), "absent": "0" * 16},
        "source": {"here": source(acme, "books"), "elsewhere": source(rival, "kiwibooks"), "absent": "nowhere"},
        "today": {"here": datetime.now(UTC).date().isoformat()},
        "soon": {"here": (datetime.now(UTC).date() + timedelta(days=20)).isoformat()},
    }  # fmt: skip
    assert number


def planned(book: Any, client: str) -> str:
    """The name of a new plan."""
    whom, act = clients_here(EVERYTHING, book, (client,)), acting(book, "olga")
    day = datetime.now(UTC).date() + timedelta(days=40)
    planning.plan(EVERYTHING, book, whom, planning.alike(book, whom, [day], Decimal(100)), act)
    from cartera.ledger.models import Invoice

    rows = Invoice.objects.using(book.alias).filter(workspace_id=book.workspace_id, state="planned")
    return str(rows.order_by("-pk").first().invoice_id)


def newest(book: Any) -> int:
    """The number of the newest change."""
    from cartera.ledger.models import Change

    return Change.objects.using(book.alias).filter(workspace_id=book.workspace_id).order_by("-number").first().number


def member(world: World, word: str, who: str) -> str:
    """The number of a member."""
    from cartera.ledger.models import Membership

    rows = Membership.objects.using(world.site.alias).filter(workspace_id=world.book(word).workspace_id)
    return str(rows.get(user__email=PEOPLE[who]).pk)


def invited(book: Any) -> str:
    """The number of a new invitation."""
    made = invitations.invite(EVERYTHING, book, f"guest@{book.name}.example".lower(), by="x", role="viewer")
    return str(made.invitation.pk)


def key(world: World, book: Any, who: str) -> str:
    """The number of a new key of the API."""
    return str(keys.make(EVERYTHING, book, world.user(who), f"{who}'s", by=who).key.pk)


def sent(world: World, book: Any, who: str) -> str:
    """What names a file that this person has sent and not imported yet."""
    from cartera.app.workspace.importing.pending import receive

    desk, user = world.site.desk(book.workspace), world.user(who)
    return receive(EVERYTHING, book, desk.where, f"{CANARY}.csv", [b"client,date,amount"], user=user.pk, by=who).token


def ordered(world: World, book: Any, who: str) -> str:
    """The number of a large file that this person has asked for."""
    from cartera.app.workspace.jobs.asking import ask_for

    name = CANARY if who == "stranger" else "clients"
    asked = {"view": "clients", "format": "csv", "query": f"?q={name}", "name": f"{name}.csv", "clients": None}
    return str(ask_for(book, "export", asked | {"options": None, "margin": True}, user=world.user(who), by=who).pk)


def source(book: Any, name: str) -> str:
    """The name of a connected system."""
    from cartera.app.workspace.connecting.connecting import connect
    from cartera.sources.kit.contract import Company
    from cartera.sources.registry import connector

    company = Company("1", f"{CANARY} books" if name == "kiwibooks" else "Acme books")
    system = connector("harvest")
    made = connect(EVERYTHING, book, system, company, {"token": CANARY}, now=datetime.now(UTC), by="olga", name=name)
    return str(made.name)


def handle(world: World, who: str) -> str:
    """What names a sign-in of this person."""
    there = world.browser(who)
    there.get("/account")
    return signins.handle_of(there.session.session_key)


def sees(who: str | None, client: str) -> bool:
    """Whether this caller sees the client: said here plainly, apart from the code that decides it."""
    number = int(client[1:]) if client[:1] == "c" and client[1:].isdecimal() else None
    if who not in MEMBERS or number is None or client == ERASED or number > 11:
        return False
    return {"owner": True, "viewer": True, "manager": number % 2 == 0, "rep": number % 2 == 0}.get(
        str(who), number % 2 == 1
    )


def hidden(who: str | None) -> tuple[str, ...]:
    """Words that must not stand in anything that this caller reads."""
    if who in MEMBERS:
        unseen = [f"Client {n:02}" for n in range(12) if not sees(who, f"c{n:02}")]
        return (*SECRET, *(one for one in unseen if one != f"Client {MERGED[1:]}"))
    return SECRET_OF_ACME


def told(answer: Any) -> str:
    """Everything that an answer says, its headers as well."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace") + json.dumps(dict(answer.headers))
