"""What is known of the systems that facts come from? Who they are, what they sent, how far they were read."""

from __future__ import annotations

from django.db import models

from cartera.ledger.fields import RAW, Text
from cartera.ledger.models.workspace import Workspace


class Source(models.Model):
    """One company's books in one system. name: the word under which its facts stand. kind: of the connector.

    company: by which the system knows it. may_train: whether models may be fitted to its facts. state: ready,
    reconnect, paused. complete_since: documents from this day on are all there, null until the first load says so.
    mapping: the version of the maps that made its facts.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    name = Text()
    kind = Text()
    company = Text(default="")
    label = Text(default="")
    currency = Text(default="")
    time_zone = Text(default="UTC")
    country = Text(default="")
    settings = models.JSONField(default=dict)
    may_train = models.BooleanField(default=True)
    state = Text(default="ready")
    complete_since = models.DateField(null=True)
    mapping = models.IntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        """Named once."""

        constraints = (models.UniqueConstraint(fields=("workspace", "name"), name="source_once"),)

    def __str__(self) -> str:
        return self.name


class Sync(models.Model):
    """One run over a source; never deleted. outcome: running, done, incomplete, paused, reconnect, failed."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = Text(default="running")
    requests = models.IntegerField(default=0)
    records = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    problems = models.IntegerField(default=0)
    told = models.JSONField(default=dict)

    class Meta:
        """Found by source, newest first."""

        indexes = (models.Index(fields=("source", "started_at"), name="sync_by_source"),)

    def __str__(self) -> str:
        return f"{self.source_id} {self.started_at:%Y-%m-%d %H:%M} {self.outcome}"


class Position(models.Model):
    """How far one stream of a source has been read. phase: recent, older, all; empty once the first load is done.

    done_at: when it was last read to its end. begun_at: by the source's clock, when the reading under way began.
    problem: why it could not be read, empty when it could.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    stream = Text()
    phase = Text(default="")
    updated_at = models.DateTimeField(null=True)
    step = models.IntegerField(default=0)
    link = Text(default="")
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    swept_at = models.DateTimeField(null=True)
    problem = Text(default="")

    class Meta:
        """One per stream."""

        constraints = (models.UniqueConstraint(fields=("source", "stream"), name="position_once"),)

    def __str__(self) -> str:
        return f"{self.source_id} {self.stream}"


class RawRecord(models.Model):
    """A record as it came last. seen_on: the day it was first seen. deleted_at: when it was found to be gone."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    stream = Text()
    key = Text()
    payload = Text(personal=RAW)
    hash = Text()
    updated_at = models.DateTimeField(null=True)
    seen_on = models.DateField()
    sync = models.ForeignKey(Sync, null=True, on_delete=models.SET_NULL)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        """The key of a record is (source, stream, its id)."""

        constraints = (models.UniqueConstraint(fields=("source", "stream", "key"), name="record_once"),)

    def __str__(self) -> str:
        return f"{self.source_id} {self.stream} {self.key}"


class RawVersion(models.Model):
    """Everything that a record ever said, each once."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    stream = Text()
    key = Text()
    payload = Text(personal=RAW)
    hash = Text()
    updated_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()

    class Meta:
        """Found by record."""

        indexes = (models.Index(fields=("source", "stream", "key"), name="raw_version_of"),)

    def __str__(self) -> str:
        return f"{self.source_id} {self.stream} {self.key}"


class RawTouch(models.Model):
    """The facts of (to_stream, to_key) depend on the record (stream, key) as well: a payment on its invoice."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    stream = Text()
    key = Text()
    to_stream = Text()
    to_key = Text()

    class Meta:
        """Found from both ends."""

        indexes = (
            models.Index(fields=("source", "stream", "key"), name="touch_from"),
            models.Index(fields=("source", "to_stream", "to_key"), name="touch_to"),
        )

    def __str__(self) -> str:
        return f"{self.stream} {self.key} -> {self.to_stream} {self.to_key}"


class Problem(models.Model):
    """A record, or a stream, that is not a fact as it should be; resolved when it is."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE)
    stream = Text()
    key = Text(default="")
    code = Text()
    what = Text(personal=RAW)
    fix = Text(default="", personal=RAW)
    is_error = models.BooleanField(default=True)
    first_seen_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        """Found by record."""

        indexes = (models.Index(fields=("source", "stream", "key"), name="problem_of"),)

    def __str__(self) -> str:
        return f"{self.code} {self.stream} {self.key}"


class Secret(models.Model):
    """What opens a source, encrypted. version: rises with every saving, by which two refreshes find each other out."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, primary_key=True)
    ciphertext = Text()
    key_id = Text()
    version = models.IntegerField(default=1)
    expires_at = models.DateTimeField(null=True)
    refresh_expires_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"secret of {self.source_id}"
