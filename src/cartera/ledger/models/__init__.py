"""The ledger's tables. FACTS are those that keep versions: everything that the questions read, and nothing else."""

from cartera.ledger.models.access import ApiKey, Failure, Invitation, SignIn
from cartera.ledger.models.decisions import Assignment, Contact, Interaction, Link, Mark, Note, Rate, Step
from cartera.ledger.models.facts import Client, Invoice, Line
from cartera.ledger.models.imports import Batch, Confirmation, Lease, Mapping, RejectedRow, SourceFile
from cartera.ledger.models.jobs import Job
from cartera.ledger.models.journal import AuditEntry, AuditValue, Change
from cartera.ledger.models.people import Membership, User
from cartera.ledger.models.privacy import Erasure
from cartera.ledger.models.sources import (
    Position,
    Problem,
    RawRecord,
    RawTouch,
    RawVersion,
    Secret,
    Source,
    Sync,
)
from cartera.ledger.models.steering import PolicyVersion, Receipt, SavedView
from cartera.ledger.models.version import Version
from cartera.ledger.models.workspace import Workspace

# Clients last: when a change is taken back, what it decided about them is gone before they are looked at.
FACTS: tuple[type[Version], ...] = (Invoice, Mark, Note, Assignment, Interaction, Step, Contact, Link, Rate, Client)

__all__ = [
    "FACTS",
    "ApiKey",
    "Assignment",
    "AuditEntry",
    "AuditValue",
    "Batch",
    "Change",
    "Client",
    "Confirmation",
    "Contact",
    "Erasure",
    "Failure",
    "Interaction",
    "Invitation",
    "Invoice",
    "Job",
    "Lease",
    "Line",
    "Link",
    "Mapping",
    "Mark",
    "Membership",
    "Note",
    "PolicyVersion",
    "Position",
    "Problem",
    "Rate",
    "RawRecord",
    "RawTouch",
    "RawVersion",
    "Receipt",
    "RejectedRow",
    "SavedView",
    "Secret",
    "SignIn",
    "Source",
    "SourceFile",
    "Step",
    "Sync",
    "User",
    "Version",
    "Workspace",
]
