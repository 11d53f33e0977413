"""The birthday program with its first text, so that a new chain greets from its first day."""

from django.db import migrations

TEXT = "{name}, с днём рождения! Ваш «{store}» дарит скидку 10 % до конца месяца."


def add_program(apps, schema_editor):
    template, _made = apps.get_model("messaging", "Template").objects.get_or_create(
        key="birthday", defaults={"title": "Поздравление с днём рождения", "text": TEXT}
    )
    apps.get_model("campaigns", "Program").objects.get_or_create(kind="birthday", defaults={"template": template})


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial"), ("messaging", "0001_initial")]
    operations = [migrations.RunPython(add_program, migrations.RunPython.noop)]
