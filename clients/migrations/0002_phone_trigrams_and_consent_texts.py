"""Search keys in byte order, digits from the middle of a phone (both PostgreSQL alone), and the first wording of the consents."""

from datetime import date

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

TEXTS = {
    "personal_data": "Согласен(на) на обработку моих персональных данных для обслуживания и программы лояльности.",
    "advertising_sms": "Согласен(на) получать поздравления и предложения по SMS.",
    "advertising_email": "Согласен(на) получать поздравления и предложения по электронной почте.",
    "calls": "Согласен(на), чтобы мне звонили о моих украшениях и предложениях.",
}


# With the collation "C" one index serves `LIKE 'prefix%'` and ORDER BY; with a language's it serves only the order,
# and the planner walks through it instead of using the index that knows prefixes.
BYTE_ORDER = {"name_key": 250, "person_key": 190, "phone_reversed": 20, "phone": 20, "email": 254}


def add_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column, length in BYTE_ORDER.items():
            schema_editor.execute(f'ALTER TABLE clients_client ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"')
        schema_editor.execute(
            "CREATE INDEX client_phone_trigrams ON clients_client USING gin (phone gin_trgm_ops)"
        )


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX client_phone_trigrams")


def add_texts(apps, schema_editor):
    consent_text = apps.get_model("clients", "ConsentText")
    for purpose, text in TEXTS.items():
        consent_text.objects.get_or_create(purpose=purpose, version=1, defaults={"text": text, "since": date(2026, 1, 1)})


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]
    operations = [
        TrigramExtension(),
        migrations.RunPython(add_index, drop_index),
        migrations.RunPython(add_texts, migrations.RunPython.noop),
    ]
