"""The rows of consents are looked at without a lock; and the words of the consent to notifications."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations
from django.utils import timezone

PURPOSE = "advertising_push"
TEXT = "Даю согласие получать поздравления и предложения уведомлениями на устройствах, на которых уведомления включены на моей странице."


class ValidateCheck(ValidateConstraint):
    """SQLite looked at its rows when it got the check."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)


def write(apps, schema_editor):
    facts = {"text": TEXT, "since": timezone.localdate()}
    apps.get_model("clients", "ConsentText").objects.get_or_create(purpose=PURPOSE, version=1, defaults=facts)


class Migration(migrations.Migration):

    under_traffic = "one row among the texts of consents; the check is validated without a lock"

    dependencies = [
        ('clients', '0013_notifications'),
    ]

    operations = [
        ValidateCheck(model_name='consent', name='consent_purpose_known'),
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
