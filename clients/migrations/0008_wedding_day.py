"""The wedding day, so that a chain has an occasion besides the birthday to begin with."""

from django.db import migrations


def add_wedding(apps, schema_editor):
    apps.get_model("clients", "OccasionKind").objects.get_or_create(
        name="годовщина свадьбы", defaults={"name_en": "wedding anniversary"}
    )


class Migration(migrations.Migration):
    dependencies = [("clients", "0007_occasions_and_language")]
    operations = [migrations.RunPython(add_wedding, migrations.RunPython.noop)]
