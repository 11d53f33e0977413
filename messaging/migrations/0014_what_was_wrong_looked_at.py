from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class ValidateCheck(ValidateConstraint):
    """SQLite looked at its rows when it got the check."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    dependencies = [("messaging", "0013_what_was_wrong")]

    operations = [ValidateCheck(model_name="errand", name="errand_problem_of_a_complaint")]
