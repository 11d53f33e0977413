"""A new chain prints its messages, and spends no more than a day of greetings by mistake; what was sent learns its program."""

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.db.models.functions import TruncDate

BULK_SEGMENTS = 10_000


def begin(apps, schema_editor):
    Route, Budget = apps.get_model("messaging", "Route"), apps.get_model("messaging", "Budget")
    for channel in ("sms", "email"):
        Route.objects.get_or_create(channel=channel, gateway="console", defaults={"is_on": True, "position": 9})
    Budget.objects.get_or_create(lane="bulk", defaults={"segments": BULK_SEGMENTS})
    Budget.objects.get_or_create(lane="urgent")
    Message, Client = apps.get_model("messaging", "Message"), apps.get_model("clients", "Client")
    home = Client.objects.filter(pk=OuterRef("client")).values("home_store")[:1]
    Message.objects.filter(purpose="advertising_email").update(channel="email")
    Message.objects.filter(store=None).update(store=Subquery(home))
    day = TruncDate("send_after")
    Message.objects.filter(occasion_key__startswith="birthday:").update(source="birthday", occasion_on=day, counted_from=day)


class Migration(migrations.Migration):
    dependencies = [("messaging", "0005_sending_times")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
