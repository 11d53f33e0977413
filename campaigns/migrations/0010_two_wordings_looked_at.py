from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class ValidateCheck(ValidateConstraint):
    """SQLite looked at its rows when it got the check."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0009_newsletters_and_two_wordings'),
    ]

    operations = [
        ValidateCheck(model_name='touch', name='touch_wording_of_who_is_written_to'),
    ]
