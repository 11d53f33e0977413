"""What the chain decided about cards without an e-mail is a setting of the product: one place for all of them."""

from django.db import migrations


def move(apps, schema_editor):
    if apps.get_model("clients", "CardRules").objects.filter(greets_without_email=True).exists():
        name = {"name": "greets_without_email"}
        apps.get_model("stores", "Rule").objects.get_or_create(**name, defaults={"value": True})
        apps.get_model("stores", "RuleChange").objects.create(**name, now=True)


class Migration(migrations.Migration):
    dependencies = [("clients", "0007_households"), ("stores", "0003_rules")]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="CardRules"),
    ]
