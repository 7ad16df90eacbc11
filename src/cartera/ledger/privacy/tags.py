"""What in the ledger tells about a person? Every text column says so itself, or stands here with the reason why not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models

from cartera.ledger.fields import AUTHOR, Personal, Text

# Columns of every version of a fact, by name.
OF_VERSIONS = {
    "source": "the name of a system",
    "stream": "a kind of fact",
    "key": "names the fact; rewritten when a person is erased",
    "digest": "a digest",
    "client_id": "names the client; rewritten when a person is erased",
}
IMPERSONAL = {
    "Workspace.name": "the company's own name", "Workspace.audit_hash": "a digest", "Workspace.currency": "a code",
    "Workspace.time_zone": "a code", "Workspace.language": "a code", "Workspace.fiscal_year_start": "a day",
    "Workspace.policy": "rules", "Workspace.settings": "answers to our own questions",
    "User.password": "a digest that no password can be read from", "User.language": "a code",
    "User.theme": "a word of ours",
    "Membership.role": "a word of ours", "Membership.sees": "a word of ours", "Membership.team": "a team's name",
    "Membership.grants": "words of ours",
    "Change.kind": "a word of ours", "Change.subject": "a client's id; rewritten when a person is erased",
    "Change.reason": "a code", "Change.told": "counts and ids; searched when a person is erased",
    "AuditEntry.by_digest": "a keyed digest", "AuditEntry.verb": "a word of ours",
    "AuditEntry.value_digest": "a keyed digest", "AuditEntry.previous": "a digest", "AuditEntry.hash": "a digest",
    "AuditValue.client_id": "names the client; the row goes when a person is erased",
    "Mark.mark": "a word of ours", "Mark.reason": "a code",
    "Interaction.channel": "a word of ours", "Interaction.direction": "a word of ours",
    "Contact.role": "goes with its row", "Contact.preferred_channel": "goes with its row",
    "Contact.consent": "goes with its row",
    "Link.to_id": "names the client; rewritten when a person is erased", "Link.relation": "a word of ours",
    "Link.method": "a word of ours",
    "Rate.currency": "a code", "Rate.rate": "a number",
    "Client.rep": "who of us looks after it", "Client.region": "too wide for a person",
    "Client.country": "too wide for a person", "Client.industry": "too wide for a person", "Client.currency": "a code",
    "Invoice.invoice_id": "names the document; searched when a person is erased", "Invoice.kind": "a word of ours",
    "Invoice.state": "a word of ours", "Invoice.currency": "a code",
    "Invoice.credits": "names a document; searched when a person is erased", "Invoice.rep": "who of us sold it",
    "Invoice.number": "a number of the accounts", "Invoice.fulfilled_by": "names a document",
    "Line.product": "what was sold", "Line.category": "what was sold", "Line.quantity": "a number",
    "SourceFile.sha256": "a digest", "SourceFile.name": "a file's name; searched when a person is erased",
    "SourceFile.data": "emptied when a person in it is erased",
    "Batch.source": "the name of a system", "Batch.fingerprint": "a header", "Batch.told": "counts; searched likewise",
    "RejectedRow.code": "a word of ours", "RejectedRow.column": "a header", "RejectedRow.hint": "a sentence of ours",
    "Confirmation.model": "a table", "Confirmation.source": "the name of a system",
    "Confirmation.stream": "a kind of fact",
    "Confirmation.key": "names the fact; rewritten when a person is erased",
    "Mapping.fingerprint": "a header", "Mapping.answers": "names of columns; searched when a person is erased",
    "Lease.name": "a word of ours", "Lease.owner": "a process",
    "Job.kind": "a word of ours", "Job.language": "a code", "Job.state": "a word of ours", "Job.owner": "a process",
    "Job.arguments": "what was asked; all of them go when a person is erased", "Job.told": "goes with its row",
    "Erasure.mask": "a keyed digest",
    "SignIn.session_key": "a random word", "SignIn.session_data": "signed; holds the person's number",
    "Invitation.role": "a word of ours", "Invitation.sees": "a word of ours", "Invitation.team": "a team's name",
    "Invitation.token_hash": "a digest", "Invitation.grants": "words of ours",
    "ApiKey.name": "what the program is called", "ApiKey.prefix": "letters of a random word",
    "ApiKey.token_hash": "a digest", "Failure.who": "a keyed digest",
    "Source.name": "a word for a system", "Source.kind": "a word of ours", "Source.company": "names its books",
    "Source.label": "the company's own name", "Source.currency": "a code", "Source.time_zone": "a code",
    "Source.country": "a code", "Source.settings": "answers to our own questions", "Source.state": "a word of ours",
    "Sync.outcome": "a word of ours", "Sync.told": "what could not be read; searched when a person is erased",
    "Position.stream": "a kind of record", "Position.phase": "a word of ours", "Position.link": "a place in a list",
    "Position.problem": "why a list could not be read",
    "RawRecord.stream": "a kind of record", "RawRecord.key": "rewritten when a person is erased",
    "RawRecord.hash": "a digest",
    "RawVersion.stream": "a kind of record", "RawVersion.key": "rewritten when a person is erased",
    "RawVersion.hash": "a digest",
    "RawTouch.stream": "a kind of record", "RawTouch.key": "rewritten when a person is erased",
    "RawTouch.to_stream": "a kind of record", "RawTouch.to_key": "rewritten when a person is erased",
    "Problem.stream": "a kind of record", "Problem.key": "rewritten when a person is erased",
    "Problem.code": "a word of ours",
    "Secret.ciphertext": "encrypted", "Secret.key_id": "a digest",
    "SavedView.page": "a word of ours", "PolicyVersion.name": "what the rules are called",
    "PolicyVersion.text": "rules",
    "Receipt.key": "a random word", "Receipt.answer": "what was told; all of them go when a person is erased",
}  # fmt: skip
KINDS = (models.TextField, models.CharField, models.JSONField, models.BinaryField)


def all_models() -> list[Any]:
    """Every table of the ledger."""
    return list(apps.get_app_config("ledger").get_models())


def personal(model: Any) -> dict[str, Personal]:
    """Column -> what it tells about a client or its people; who of us decided is not among them."""
    tags = {one.name: getattr(one, "personal", None) for one in model._meta.get_fields()}
    return {name: tag for name, tag in tags.items() if tag is not None and tag != AUTHOR}


def untold(tables: Iterable[Any]) -> list[str]:
    """Text columns of which nobody says whether they tell about a person: Model.column."""
    return [
        f"{model.__name__}.{one.name}"
        for model in tables
        for one in model._meta.get_fields()
        if isinstance(one, KINDS)
        and getattr(one, "personal", None) is None
        and f"{model.__name__}.{one.name}" not in IMPERSONAL
        and not (hasattr(model, "COLUMNS") and one.name in OF_VERSIONS)
    ]


def unknown() -> list[str]:
    """Entries of the list above for columns that do not exist, or that are tagged as well."""
    there = {
        f"{model.__name__}.{one.name}"
        for model in all_models()
        for one in model._meta.get_fields()
        if isinstance(one, KINDS) and not (isinstance(one, Text) and one.personal)
    }
    return sorted(IMPERSONAL.keys() - there)
