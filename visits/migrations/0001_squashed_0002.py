"""The tables of visits and of what is expected."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('visits', '0001_initial'),
        ('visits', '0002_what_a_visit_brings'),
    ]

    initial = True

    dependencies = [
        ('clients', '0001_squashed_0012'),
    ]

    operations = [
        migrations.CreateModel(
            name='TypicalInterval',
            fields=[
                ('kind', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('days', models.FloatField()),
                ('clients', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='ClientActivity',
            fields=[
                ('client', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='activity', serialize=False, to='clients.client')),
                ('first_day', models.DateField(db_index=True)),
                ('second_day', models.DateField(null=True)),
                ('last_day', models.DateField(db_index=True)),
                ('visit_days', models.IntegerField()),
                ('items', models.IntegerField()),
                ('spent', models.DecimalField(decimal_places=2, max_digits=14)),
                ('services', models.IntegerField()),
                ('own_interval', models.FloatField(null=True)),
                ('favourite_kind', models.CharField(blank=True, max_length=10)),
                ('first_kind', models.CharField(blank=True, max_length=10)),
                ('kept_ring', models.IntegerField()),
                ('kept_earrings', models.IntegerField()),
                ('kept_pendant', models.IntegerField()),
                ('kept_necklace', models.IntegerField()),
                ('kept_chain', models.IntegerField()),
                ('kept_bracelet', models.IntegerField()),
                ('kept_brooch', models.IntegerField()),
                ('kept_watch', models.IntegerField()),
                ('kept_other', models.IntegerField()),
                ('visits_on_1', models.IntegerField(help_text='Visit days that were a Monday; 7 is Sunday.')),
                ('visits_on_2', models.IntegerField()),
                ('visits_on_3', models.IntegerField()),
                ('visits_on_4', models.IntegerField()),
                ('visits_on_5', models.IntegerField()),
                ('visits_on_6', models.IntegerField()),
                ('visits_on_7', models.IntegerField()),
            ],
            options={
                'verbose_name_plural': 'client activities',
                'indexes': [models.Index(fields=['spent'], include=('client', 'visit_days', 'first_day', 'last_day', 'kept_ring', 'kept_earrings', 'kept_pendant', 'kept_necklace', 'kept_chain', 'kept_bracelet', 'kept_brooch', 'kept_watch', 'kept_other'), name='activity_facts')],
            },
        ),
        migrations.CreateModel(
            name='LifeModel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('r', models.FloatField()),
                ('alpha', models.FloatField()),
                ('a', models.FloatField()),
                ('b', models.FloatField()),
                ('p', models.FloatField(null=True)),
                ('q', models.FloatField(null=True)),
                ('v', models.FloatField(null=True)),
                ('clients', models.IntegerField()),
                ('fitted_on', models.DateField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='life_model_is_one')],
            },
        ),
        migrations.CreateModel(
            name='Rhythm',
            fields=[
                ('client', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='rhythm', serialize=False, to='clients.client')),
                ('interval', models.FloatField(null=True)),
                ('rule', models.CharField(choices=[('own', "the client's own visits"), ('kind', 'clients who began with the same kind of piece'), ('chain', 'all clients of the chain'), ('none', 'too early to say')], max_length=5)),
                ('expected_on', models.DateField(db_index=True, null=True)),
                ('silent_from', models.DateField(db_index=True, null=True)),
                ('chance', models.FloatField(null=True)),
                ('stake', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ('as_of', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['-stake'], name='rhythm_by_stake'), models.Index(fields=['client'], include=('silent_from', 'expected_on'), name='rhythm_facts')],
            },
        ),
        migrations.CreateModel(
            name='StaleDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.IntegerField()),
                ('day', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['scope', 'day'], name='stale_day')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.IntegerField()),
                ('client', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='clients.client')),
                ('day', models.DateField()),
                ('items', models.IntegerField()),
                ('total', models.DecimalField(decimal_places=2, max_digits=14)),
                ('first_day', models.DateField()),
                ('second_day', models.DateField(null=True)),
                ('previous_buying_day', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['scope', 'day'], include=('client', 'items', 'total', 'first_day', 'second_day', 'previous_buying_day'), name='visit_report')],
                'constraints': [models.UniqueConstraint(fields=('client', 'scope', 'day'), name='visit_once')],
            },
        ),
    ]
