"""The compliment names the store so that it need not be declined; a text of the chain's own stays."""

from django.db import migrations

WAS = "{name}, с днём рождения! Ваш «{store}» дарит скидку 10 % до конца месяца."
IS = "{name}, с днём рождения! Магазин «{store}» дарит вам скидку 10 % до конца месяца."


def _said(was, now):
    def change(apps, schema_editor):
        apps.get_model("messaging", "Template").objects.filter(key="birthday", text=was).update(text=now)

    return change


class Migration(migrations.Migration):

    dependencies = [('campaigns', '0001_initial')]

    operations = [migrations.RunPython(_said(WAS, IS), _said(IS, WAS))]
