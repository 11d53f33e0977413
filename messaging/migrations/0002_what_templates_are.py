"""A template says by which channel it goes and what it is; the consent it needs follows. Reasons become codes."""

from uuid import uuid4

from django.db import migrations, models

CODES = {"not sent in time": "late", "the worker stopped while sending": "lost"}


def understand(apps, schema_editor):
    Template, Message = apps.get_model("messaging", "Template"), apps.get_model("messaging", "Message")
    Template.objects.filter(purpose="").update(nature="service")
    Template.objects.filter(purpose="advertising_email").update(channel="email", subject="…")
    for message in Message.objects.only("pk").iterator():
        Message.objects.filter(pk=message.pk).update(token=uuid4())
    for words, code in CODES.items():
        Message.objects.filter(reason=words).update(words=code)
    Message.objects.exclude(reason="").exclude(reason__in=CODES).update(words="gateway")


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
        migrations.AddField("message", "token", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(understand, migrations.RunPython.noop),
        migrations.RemoveField("template", "purpose"),
        migrations.RemoveField("historicaltemplate", "purpose"),
        migrations.RemoveField("message", "reason"),
        migrations.AddField("message", "reason", models.CharField(blank=True, default="", max_length=12)),
        migrations.RunSQL(
            "UPDATE messaging_message SET reason = words, words = '' WHERE words <> ''", migrations.RunSQL.noop
        ),
    ]
