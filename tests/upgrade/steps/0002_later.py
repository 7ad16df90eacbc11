"""A step that makes two tables anew, slowly enough to be killed between the two."""

import time

from django.db import migrations, models


def wait(*_: object) -> None:
    """Time for a kill."""
    time.sleep(0.5)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.AddField("client", "colour", models.TextField(null=True)),
        migrations.RunPython(wait),
        migrations.AlterField("invoice", "number", models.TextField(default="")),
        migrations.RunPython(wait),
    ]
