"""A template says by which channel it goes and what it is; a message's reason becomes a code, its words stay words."""

from uuid import uuid4

from django.db import migrations, models
from django.db.models import Q

CODES = {"not sent in time": "late", "the worker stopped while sending": "lost"}


def understand(apps, schema_editor):
    for name in ("Template", "HistoricalTemplate"):
        templates = apps.get_model("messaging", name).objects
        templates.filter(purpose="").update(nature="service")
        templates.filter(purpose="advertising_email").update(channel="email", subject="…")
    Message = apps.get_model("messaging", "Message")
    for message in Message.objects.only("pk", "reason").iterator():
        code = CODES.get(message.reason, "gateway" if message.reason else "")
        words = message.reason if code == "gateway" else ""
        Message.objects.filter(pk=message.pk).update(token=uuid4(), code=code, words=words)
    suppressed = Message.objects.filter(~Q(words=""), state="suppressed")
    suppressed.filter(words__icontains="stop").update(code="stop")


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial")]
    operations = [
        *[
            migrations.AddField(model, name, field)
            for model in ("template", "historicaltemplate")
            for name, field in (
                ("channel", models.CharField(choices=[("sms", "SMS"), ("email", "e-mail")], default="sms", max_length=5)),
                ("nature", models.CharField(default="advertising", max_length=11)),
                ("subject", models.CharField(blank=True, default="", max_length=120)),
            )
        ],
        migrations.AddField("message", "words", models.CharField(blank=True, default="", max_length=200)),
        migrations.AddField("message", "code", models.CharField(blank=True, default="", max_length=12)),
        migrations.AddField("message", "token", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(understand, migrations.RunPython.noop),
    ]
