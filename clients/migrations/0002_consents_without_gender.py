"""A new wording of the consents: whoever gives one is neither he nor she. What was agreed to before keeps its own words."""

from django.db import migrations
from django.utils import timezone

TEXTS = {
    "personal_data": "Даю согласие на обработку моих персональных данных для обслуживания и участия в программе лояльности.",
    "advertising_sms": "Даю согласие получать поздравления и предложения по SMS.",
    "advertising_email": "Даю согласие получать поздравления и предложения по электронной почте.",
    "calls": "Даю согласие на звонки о моих изделиях и о предложениях магазина.",
}


def say_anew(apps, schema_editor):
    """Only where the chain still uses the words that it began with."""
    texts = apps.get_model("clients", "ConsentText").objects
    for purpose, text in TEXTS.items():
        if texts.filter(purpose=purpose).order_by("-version").values_list("version", flat=True).first() == 1:
            texts.create(purpose=purpose, version=2, text=text, since=timezone.localdate())


def take_back(apps, schema_editor):
    for purpose, text in TEXTS.items():
        apps.get_model("clients", "ConsentText").objects.filter(purpose=purpose, version=2, text=text).delete()


class Migration(migrations.Migration):

    dependencies = [('clients', '0001_initial')]

    operations = [migrations.RunPython(say_anew, take_back)]
