"""The surnames that the cards have, and on PostgreSQL the index and the function that find the misspelt ones."""

from django.db import migrations

from clients import names

CHUNK = 5_000


def fill(apps, schema_editor):
    client, surname = apps.get_model("clients", "Client"), apps.get_model("clients", "Surname")
    written = client.objects.filter(state__in=("complete", "incomplete")).values_list("last_name", flat=True).distinct()
    keys = {names.key(word)[:80] for word in written.order_by().iterator()} - {""}
    surname.objects.bulk_create([surname(key=key) for key in sorted(keys)], ignore_conflicts=True, batch_size=CHUNK)


def add_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS fuzzystrmatch")
        schema_editor.execute("CREATE INDEX surname_trigrams ON clients_surname USING gin (key gin_trgm_ops)")


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX surname_trigrams")


class Migration(migrations.Migration):
    dependencies = [("clients", "0010_service_desk")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(add_index, drop_index),
    ]
