"""A program has a key and a title of its own, and may be about any occasion of the card."""

from django.db import migrations, models

TITLES = {"birthday": "Поздравление с днём рождения"}


def name_programs(apps, schema_editor):
    for program in apps.get_model("campaigns", "Program").objects.all():
        program.title = TITLES.get(program.key, program.key)
        program.save()


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_birthday_program"), ("messaging", "0006_gateways_and_budgets"), ("clients", "0007_occasions_and_language")]
    operations = [
        *[migrations.RenameField(model, "kind", "key") for model in ("program", "historicalprogram")],
        *[
            migrations.AddField(model, "title", models.CharField(default="", max_length=80))
            for model in ("program", "historicalprogram")
        ],
        migrations.RunPython(name_programs, migrations.RunPython.noop),
    ]
