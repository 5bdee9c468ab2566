"""Rows are only ever added: the database refuses everything else (see `_append_only`)."""

from __future__ import annotations

from django.db import migrations

from dondoc.office.migrations._append_only import guard, unguard


class Migration(migrations.Migration):
    dependencies = [("office", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
