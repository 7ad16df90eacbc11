"""What must a person decide before this import? Refused rows, sums that differ, many changes, names that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.errors import Question

if TYPE_CHECKING:
    from cartera.app.workspace.importing.answers import Answers
    from cartera.app.workspace.importing.plan import Plan
    from cartera.sources.files import Reading

MOST_CHANGED = 0.05  # of the invoices that are there
FEW = 3  # so many corrections are usual, however small the ledger
NAMED = 5


def questions(reading: Reading, plan: Plan, answers: Answers) -> list[Question]:
    """The open ones, in the order in which a person meets them."""
    found = []
    if reading.problems and not answers.with_rejects:
        found.append(_rejects(reading))
    if any(not control.agrees for control in reading.controls) and not answers.with_differences:
        found.append(_differences(reading))
    if plan.renamed and answers.renamed is None:
        found.append(_renamed(plan))
    changed = plan.documents.altered
    if changed > max(FEW, MOST_CHANGED * plan.held_count) and not answers.with_changes:
        found.append(_changes(plan, changed))
    return found


def _rejects(reading: Reading) -> Question:
    count, others = len(reading.problems), reading.counts.accepted
    reasons = ", ".join(f"{number:,} {code}" for code, number in reading.counts.reasons.most_common())
    unclear = f"{_rows(count)} cannot be read ({reasons}). Import the others?"
    left = "this one" if count == 1 else f"these {count:,}"
    return Question("rejects", unclear, "--with-rejects", {"": f"imports {_rows(others)} and leaves {left}"})


def _differences(reading: Reading) -> Question:
    wrong = [control for control in reading.controls if not control.agrees]
    told = "; ".join(f"{one.name} says {one.stated}, the rows give {one.found}" for one in wrong[:NAMED])
    more = f"; and {len(wrong) - NAMED:,} more" if len(wrong) > NAMED else ""
    unclear = f"The file's own sums differ from its rows: {told}{more}."
    return Question("differences", unclear, "--with-differences", {"": "imports the rows as they stand"})


def _renamed(plan: Plan) -> Question:
    told = "; ".join(f"{one.name!r} has the documents of {one.before!r}" for one in plan.renamed[:NAMED])
    readings = {
        "same": "it is the same client under a new name: nothing is doubled",
        "other": "it is another client: its documents are added to those already there",
    }
    count = sum(one.count for one in plan.renamed)
    have = "document has" if count == 1 else "documents have"
    reasons = (f"{count:,} {have} the same number, day and amount",)
    return Question("renamed", f"Was a client renamed? {told}.", "--renamed", readings, "same", reasons)


def _changes(plan: Plan, changed: int) -> Question:
    share = f"{changed / plan.held_count:.0%}"
    unclear = f"{changed:,} of the {plan.held_count:,} invoices that are there ({share}) would change."
    return Question("changes", unclear, "--with-changes", {"": "changes them; the old values are kept"})


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
