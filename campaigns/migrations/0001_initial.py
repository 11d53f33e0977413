"""Programs, and the compliment to begin with, so that a new chain greets from its first day."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


TEXT = "{name}, с днём рождения! Ваш «{store}» дарит скидку 10 % до конца месяца."
TITLE = "Поздравление с днём рождения"


def begin(apps, schema_editor):
    template = apps.get_model("messaging", "Template").objects.create(key="birthday", title=TITLE, text=TEXT)
    apps.get_model("campaigns", "Program").objects.create(key="birthday", title=TITLE, template=template)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clients', '0001_initial'),
        ('messaging', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalProgram',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, verbose_name='key')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('days_before', models.PositiveSmallIntegerField(default=0, help_text='0: on the day itself.', validators=[django.core.validators.MaxValueValidator(60)], verbose_name='days before')),
                ('is_on', models.BooleanField(default=True, verbose_name='on')),
                ('hour', models.PositiveSmallIntegerField(default=10, verbose_name='sent from')),
                ('holdout', models.PositiveSmallIntegerField(default=0, verbose_name='compared without a message, %')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical program',
                'verbose_name_plural': 'historical programs',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Program',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, unique=True, verbose_name='key')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('days_before', models.PositiveSmallIntegerField(default=0, help_text='0: on the day itself.', validators=[django.core.validators.MaxValueValidator(60)], verbose_name='days before')),
                ('is_on', models.BooleanField(default=True, verbose_name='on')),
                ('hour', models.PositiveSmallIntegerField(default=10, verbose_name='sent from')),
                ('holdout', models.PositiveSmallIntegerField(default=0, verbose_name='compared without a message, %')),
            ],
            options={
                'verbose_name': 'program',
                'verbose_name_plural': 'programs',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='historicalprogram',
            name='email_template',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='For those who agreed to e-mail and not to SMS.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='messaging.template', verbose_name='e-mail'),
        ),
        migrations.AddField(
            model_name='historicalprogram',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalprogram',
            name='occasion',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='clients.occasionkind', verbose_name='occasion'),
        ),
        migrations.AddField(
            model_name='historicalprogram',
            name='template',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='messaging.template', verbose_name='SMS'),
        ),
        migrations.AddField(
            model_name='program',
            name='email_template',
            field=models.ForeignKey(blank=True, help_text='For those who agreed to e-mail and not to SMS.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='messaging.template', verbose_name='e-mail'),
        ),
        migrations.AddField(
            model_name='program',
            name='occasion',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.occasionkind', verbose_name='occasion'),
        ),
        migrations.AddField(
            model_name='program',
            name='template',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='messaging.template', verbose_name='SMS'),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.CheckConstraint(condition=models.Q(('hour__gte', 9), ('hour__lt', 21)), name='program_in_decent_hours', violation_error_message='Messages go between 9:00 and 21:00.'),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.CheckConstraint(condition=models.Q(('holdout__lte', 50)), name='program_greets_most', violation_error_message='At most half of the clients can go without a message.'),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
