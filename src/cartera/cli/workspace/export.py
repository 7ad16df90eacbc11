"""The command `export`: the facts of a workspace as tables that any program reads."""

from __future__ import annotations

import sys
from typing import Annotated

from cartera.app.scope import EVERYTHING
from cartera.cli.options import PRINTING, option
from cartera.cli.printing import tell
from cartera.cli.program import command
from cartera.cli.progress import waiting
from cartera.cli.workspace.options import By, Workspace

Output = Annotated[str, option("--output", "-o", panel=PRINTING, metavar="FOLDER", text="A new folder for the tables.")]
Format = Annotated[str, option("--format", "-f", panel=PRINTING, metavar="csv|parquet", text="Of the tables.")]
Raw = Annotated[bool, option("--raw", panel=PRINTING, text="CSV: leave text alone that a spreadsheet would run.")]


def export_command(
    output: Output, *, workspace: Workspace = None, kind: Format = "csv", raw: Raw = False, by: By = None
) -> None:
    """Write the facts of a workspace and what people said in it into a folder of tables, which import takes back."""
    from cartera.app.workspace.export import export
    from cartera.app.workspace.place import chosen

    with waiting("Exporting"):
        made = export(EVERYTHING, chosen(workspace), output, kind=kind, raw=raw, by=by)
    rows = ", ".join(f"{count:,} {name if count > 1 else name[:-1]}" for name, count in made.rows.items()) or "no rows"
    sys.stdout.write(f"Exported into {made.folder}: {rows}.\nTo read it: {command('show', 'composition', output)}\n")
    tell(made.notices)
