from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class AddCheckNotValid(AddConstraintNotValid):
    """On PostgreSQL the rows that are there are looked at by the next migration, without a lock; SQLite knows no such thing."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        else:
            migrations.AddConstraint.database_forwards(self, app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0001_squashed_0012'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='consent',
            name='consent_purpose_known',
        ),
        migrations.AlterField(
            model_name='consent',
            name='purpose',
            field=models.CharField(choices=[('personal_data', 'personal data'), ('advertising_sms', 'advertising by SMS'), ('advertising_email', 'advertising by e-mail'), ('calls', 'calls'), ('advertising_chat', 'advertising by messenger'), ('advertising_post', 'advertising by letters on paper'), ('advertising_push', 'advertising by notifications')], max_length=20, verbose_name='purpose'),
        ),
        migrations.AlterField(
            model_name='consenttext',
            name='purpose',
            field=models.CharField(choices=[('personal_data', 'personal data'), ('advertising_sms', 'advertising by SMS'), ('advertising_email', 'advertising by e-mail'), ('calls', 'calls'), ('advertising_chat', 'advertising by messenger'), ('advertising_post', 'advertising by letters on paper'), ('advertising_push', 'advertising by notifications')], max_length=20, verbose_name='purpose'),
        ),
        AddCheckNotValid(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['personal_data', 'advertising_sms', 'advertising_email', 'calls', 'advertising_chat', 'advertising_post', 'advertising_push'])), name='consent_purpose_known'),
        ),
    ]
