"""What must a person decide before this import? Refused rows, sums that differ, many changes, names that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.errors import Question
from cartera.tongue import limit, listed, number, say, say_many

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
    reasons = listed(f"{number(found)} {code}" for code, found in reading.counts.reasons.most_common())
    unclear = say_many(
        "{count} row cannot be read ({reasons}). Import the others?",
        "{count} rows cannot be read ({reasons}). Import the others?",
        count=count, reasons=reasons,
    )  # fmt: skip
    rows = say_many("{count} row", "{count} rows", count=others)
    yes = say_many(
        "imports {rows} and leaves this one", "imports {rows} and leaves these {count}", count=count, rows=rows
    )
    return Question("rejects", unclear, "--with-rejects", {"": yes})


def _differences(reading: Reading) -> Question:
    wrong = [control for control in reading.controls if not control.agrees]
    told = [
        say("{name} says {stated}, the rows give {found}", name=one.name, stated=str(one.stated), found=str(one.found))
        for one in wrong[:NAMED]
    ]
    if len(wrong) > NAMED:
        told.append(say("and {count} more", count=len(wrong) - NAMED))
    unclear = say("The file's own sums differ from its rows: {sums}.", sums="; ".join(told))
    return Question("differences", unclear, "--with-differences", {"": say("imports the rows as they stand")})


def _renamed(plan: Plan) -> Question:
    told = "; ".join(
        say("{name} has the documents of {before}", name=repr(one.name), before=repr(one.before))
        for one in plan.renamed[:NAMED]
    )
    readings = {
        "same": say("it is the same client under a new name: nothing is doubled"),
        "other": say("it is another client: its documents are added to those already there"),
    }
    count = sum(one.count for one in plan.renamed)
    same = say_many(
        "{count} document has the same number, day and amount",
        "{count} documents have the same number, day and amount",
        count=count,
    )
    return Question("renamed", say("Was a client renamed? {told}.", told=told), "--renamed", readings, "same", (same,))


def _changes(plan: Plan, changed: int) -> Question:
    share = limit(changed / plan.held_count, 0)
    unclear = say(
        "{count} of the {all} invoices that are there ({share}) would change.",
        count=changed, all=plan.held_count, share=share,
    )  # fmt: skip
    return Question("changes", unclear, "--with-changes", {"": say("changes them; the old values are kept")})
