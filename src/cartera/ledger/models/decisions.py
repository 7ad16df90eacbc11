"""What do people say about clients? Marks, notes, owners, dealings, contacts, and which clients are one."""

from __future__ import annotations

from django.db import models

from cartera.ledger.fields import AUTHOR, NAME, REACH, WORDS, Text
from cartera.ledger.models.version import Version


class Mark(Version):
    """Cancelled, lost or reactivated, as a person said."""

    client_id = Text()
    mark = Text()
    marked_on = models.DateField()
    recorded_at = models.DateTimeField()
    by = Text(default="", personal=AUTHOR)
    reason = Text(default="")
    note = Text(default="", personal=WORDS)
    review_on = models.DateField(null=True)

    COLUMNS = ("client_id", "mark", "marked_on", "recorded_at", "by", "reason", "note", "review_on")


class Note(Version):
    """What somebody wants remembered about a client."""

    client_id = Text()
    at = models.DateTimeField()
    by = Text(default="", personal=AUTHOR)
    text = Text(personal=WORDS)

    COLUMNS = ("client_id", "at", "by", "text")


class Assignment(Version):
    """Whose client it is, whatever the sources say; an empty rep is nobody."""

    client_id = Text()
    rep = Text(default="", personal=NAME)
    since_on = models.DateField()

    COLUMNS = ("client_id", "rep", "since_on")


class Interaction(Version):
    """A call, an e-mail, a meeting, a chat or a visit."""

    client_id = Text()
    at = models.DateTimeField()
    channel = Text()
    direction = Text(default="")
    subject = Text(default="", personal=WORDS)
    by = Text(default="", personal=AUTHOR)

    COLUMNS = ("client_id", "at", "channel", "direction", "subject", "by")


class Step(Version):
    """What somebody will do next about a client, and when; done_on: when it was done."""

    client_id = Text()
    due_on = models.DateField()
    text = Text(default="", personal=WORDS)
    at = models.DateTimeField()
    by = Text(default="", personal=AUTHOR)
    done_on = models.DateField(null=True)

    COLUMNS = ("client_id", "due_on", "text", "at", "by", "done_on")


class Contact(Version):
    """A person at a client."""

    client_id = Text()
    name = Text(personal=NAME)
    role = Text(default="")
    email = Text(default="", personal=REACH)
    phone = Text(default="", personal=REACH)
    is_primary = models.BooleanField(default=False)
    preferred_channel = Text(default="")
    consent = Text(default="")

    COLUMNS = ("client_id", "name", "role", "email", "phone", "is_primary", "preferred_channel", "consent")


class Link(Version):
    """How two clients belong together. relation: same (one client), parent (client_id rolls up to to_id), different."""

    client_id = Text()
    to_id = Text()
    relation = Text()
    method = Text(default="")
    score = models.IntegerField(null=True)

    COLUMNS = ("client_id", "to_id", "relation", "method", "score")


class Rate(Version):
    """Units of the workspace's currency for one unit of another on a day, as text: rates have many decimals."""

    day = models.DateField()
    currency = Text()
    rate = Text()

    COLUMNS = ("day", "currency", "rate")
