from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

PROBLEMS = [
    ("piece", "the piece"), ("service", "work in service"), ("price", "the price"), ("staff", "how they were served"),
    ("other", "something else"),
]  # fmt: skip
ABOUT = models.CheckConstraint(
    condition=models.Q(("problem", ""), ("result", "complained"), _connector="OR"), name="errand_problem_of_a_complaint"
)


class AddCheckNotValid(AddConstraintNotValid):
    """On PostgreSQL the rows that are there are looked at by the next migration, without a lock; SQLite knows no such thing."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        else:
            migrations.AddConstraint.database_forwards(self, app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    dependencies = [("messaging", "0012_messengers")]

    operations = [
        migrations.AddField(
            model_name="errand",
            name="problem",
            field=models.CharField(
                blank=True, choices=PROBLEMS, db_default="", help_text="Of a complaint.", max_length=8,
                verbose_name="what was wrong",
            ),
        ),
        AddCheckNotValid(model_name="errand", constraint=ABOUT),
    ]  # fmt: skip
