"""Under which names are the decisions and the journal found? One line per command."""

from __future__ import annotations

import typer

from cartera.cli.spread import spread
from cartera.cli.workspace import audit, mark, plan, plans, undo
from cartera.cli.workspace.group import Audits, Plans

PANEL = "Decisions in a workspace"


def add_decisions(app: typer.Typer) -> None:
    """The commands that decide, list decisions and take them back."""
    planning = typer.Typer(cls=Plans, no_args_is_help=True)
    planning.command("add", epilog="Example: cartera plan Acme 2026-05-01 1200")(plan.plan_command)
    planning.command("move", epilog="Example: cartera plan move plan-12 2026-06-01")(plan.move_command)
    planning.command("drop", epilog="Example: cartera plan drop plan-12")(plan.drop_command)
    planning.command("match", epilog="Example: cartera plan match plan-12 A-2026-031")(plan.match_command)
    app.add_typer(planning, name="plan", help="Plan an invoice, move it, drop it, or match it with the one issued.")
    app.command("plans", epilog="Example: cartera plans --broken")(spread(plans.plans_command))
    app.command("reviews", epilog="Example: cartera reviews --until 2026-12-31")(spread(plans.reviews_command))
    app.command("mark", epilog="Example: cartera mark Acme lost --reason price")(mark.mark_command)
    app.command("note", epilog="Example: cartera note Acme 'asked for a quote'")(mark.note_command)
    app.command("assign", epilog="Example: cartera assign Acme 'Marta Ruiz'")(mark.assign_command)
    app.command("undo", epilog="Example: cartera undo 12")(undo.undo_command)
    journal = typer.Typer(cls=Audits)
    journal.command("list", epilog="Example: cartera audit --format csv")(spread(audit.audit_command))
    journal.command("verify", epilog="Example: cartera audit verify")(audit.verify_command)
    app.command("history", epilog="Example: cartera history Acme")(spread(audit.history_command))
    app.add_typer(journal, name="audit", help="Who changed what, when and why; and whether anybody changed that.")
