"""Rules of the chain become rows; what the environment still says otherwise than by default is taken over, once."""

import os

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from stores.ruling import VARIABLES, said_in


def take_over(apps, schema_editor):
    """Written with their history, and said; from now on these variables are not read."""
    said = {} if settings.TESTING else said_in(os.environ)
    Rule, RuleChange = (apps.get_model("stores", name) for name in ("Rule", "RuleChange"))
    Rule.objects.bulk_create(Rule(name=name, value=value) for name, value in said.items())
    RuleChange.objects.bulk_create(RuleChange(name=name, now=value, from_environment=True) for name, value in said.items())
    for variable in (variable for variable, name in VARIABLES.items() if name in said):
        print(f"    {variable} is a setting of the product from now on: /settings/ (taken over from the environment)")


class Migration(migrations.Migration):

    dependencies = [
        ('stores', '0002_permissions_and_look_ups'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChainMark',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('png', models.BinaryField()),
            ],
            options={
                'verbose_name': 'mark of the chain',
                'verbose_name_plural': 'marks of the chain',
            },
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('value', models.JSONField()),
            ],
            options={
                'verbose_name': 'setting',
                'verbose_name_plural': 'settings',
            },
        ),
        migrations.CreateModel(
            name='RuleChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('was', models.JSONField(null=True)),
                ('now', models.JSONField(null=True)),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('from_environment', models.BooleanField(default=False)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'change of a setting',
                'verbose_name_plural': 'changes of settings',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['name', '-id'], name='rule_changes_by_name')],
            },
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
