"""What the search box looks in: surnames in plain Latin letters, and trigrams of names, e-mails and notes (PostgreSQL)."""

from django.db import migrations, models

from clients.writing import spelling

BATCH = 5_000
# On expressions: on the columns themselves they would offer themselves for beginnings and equality too.
TRIGRAMS = {
    "client_name_trigrams": "(name_key || '')",
    "client_email_trigrams": "(email || '')",
    "client_note_trigrams": "(note || ' ' || likes)",
}


def fold_surnames(apps, schema_editor):
    surname = apps.get_model("clients", "Surname")
    rows = [surname(key=key, fold=spelling.fold(key)) for key in surname.objects.values_list("key", flat=True)]
    surname.objects.bulk_update(rows, ["fold"], batch_size=BATCH)


def index_for_postgres(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, expression in TRIGRAMS.items():
            schema_editor.execute(f"CREATE INDEX {name} ON clients_client USING gin ({expression} gin_trgm_ops)")


def drop_for_postgres(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in TRIGRAMS:
            schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):

    dependencies = [
        ("clients", "0003_further_contacts"),
    ]

    operations = [
        migrations.AddField(
            model_name="surname",
            name="fold",
            field=models.CharField(db_default="", db_index=True, max_length=160),
        ),
        migrations.RunPython(fold_surnames, migrations.RunPython.noop),
        migrations.RunPython(index_for_postgres, drop_for_postgres),
    ]
