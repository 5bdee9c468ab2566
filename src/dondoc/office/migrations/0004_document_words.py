"""By what documents are listed and found: a table that can be made again at any time (`dondoc search rebuild`)."""

from __future__ import annotations

from typing import Any

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import dondoc.office.models.documents
from dondoc.rules.search import listed

BATCH = 200


def fill(apps: Any, schema_editor: Any) -> None:
    """Make the rows for the documents that are there already."""
    headers = apps.get_model("office", "DocumentHeader").objects.select_related("document", "replaced_by")
    words = apps.get_model("office", "DocumentWords")
    made = []
    for header in headers.order_by("id").iterator(chunk_size=BATCH):
        made.append(_row(words, header))
        if len(made) == BATCH:
            words.objects.bulk_create(made)
            made = []
    words.objects.bulk_create(made)


def _row(words: Any, header: Any) -> Any:
    document, later = header.document, getattr(header, "replaced_by", None)
    return words(
        header_id=header.pk,
        document_id=document.pk,
        office_id=document.office_id,
        recorded_at=header.recorded_at,
        replaced_at=later.recorded_at if later else None,
        day=header.effective_on,
        issued_on=header.issued_on,
        received_on=document.received_on,
        **listed(
            number=header.number,
            kind=header.kind,
            issuer=header.issuer_name,
            subject=header.subject,
            short_title=header.short_title,
            signer=header.signer,
            incoming=header.incoming_number,
            text=document.text,
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0003_documents_and_clauses"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentWords",
            fields=[
                (
                    "header",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="office.documentheader",
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
                ("day", models.DateField(help_text="issued, or else received")),
                ("issued_on", models.DateField(null=True)),
                ("received_on", models.DateField()),
                ("kind", models.TextField(help_text="in small letters")),
                ("number_key", models.TextField()),
                ("issuer_key", models.TextField()),
                ("signer_key", models.TextField()),
                ("incoming_key", models.TextField()),
                ("hierarchy", models.CharField(max_length=10)),
                ("head", models.TextField()),
                ("folded", models.TextField()),
                (
                    "tokens",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func(
                                models.Func(models.F("folded"), function="btrim"),
                                models.Value(" "),
                                function="string_to_array",
                            ),
                            function="array_to_tsvector",
                        ),
                        output_field=dondoc.office.models.documents.Tokens(),
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="office.document"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="office.office",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["office", "day", "document"], name="words_by_day"),
                    models.Index(fields=["office", "received_on", "document"], name="words_by_received"),
                    models.Index(fields=["office", "number_key", "document"], name="words_by_number"),
                    models.Index(fields=["office", "issuer_key", "day", "document"], name="words_by_issuer"),
                    models.Index(fields=["office", "kind", "day", "document"], name="words_by_kind"),
                    django.contrib.postgres.indexes.GinIndex(fields=["tokens"], name="words_by_word"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="documentlink",
            index=models.Index(fields=["target_number"], name="documentlink_by_number"),
        ),
        # The long words stand apart from the keys: a list that is only ordered and counted does not read them.
        migrations.RunSQL(
            "alter table office_documentwords set (toast_tuple_target = 128)",
            migrations.RunSQL.noop,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
