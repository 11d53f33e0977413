"""The tables of lists."""

import django.db.models.deletion
import imports.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('imports', '0001_initial'),
        ('imports', '0002_values'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ListImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spec', models.CharField(max_length=20, verbose_name='kind of list')),
                ('source', models.CharField(default='list', help_text='Codes of clients are unique within one source.', max_length=40, verbose_name='source')),
                ('file', models.FileField(storage=imports.models.private_storage, upload_to='lists/%Y/%m', verbose_name='file')),
                ('file_name', models.CharField(max_length=255, verbose_name='file name')),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('layout', models.JSONField(default=dict, editable=False, help_text='Encoding, delimiter, sheet, header row, columns.')),
                ('prefer', models.JSONField(default=list, editable=False, help_text="Columns of which the list's word is taken where the card has another.")),
                ('goal', models.CharField(choices=[('columns', 'show me the columns'), ('preview', 'prepare the preview'), ('apply', 'apply')], default='columns', editable=False, max_length=10)),
                ('corrects', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='corrections', to='imports.listimport', verbose_name='corrects')),
                ('state', models.CharField(choices=[('uploaded', 'reading the file'), ('read', 'columns to look through'), ('planning', 'preparing the preview'), ('asking', 'values to look through'), ('planned', 'preview is ready'), ('applying', 'applying'), ('paused', 'paused'), ('applied', 'applied'), ('undoing', 'taking back'), ('undone', 'taken back'), ('failed', 'the file could not be read')], default='uploaded', max_length=10, verbose_name='state')),
                ('error', models.TextField(blank=True, verbose_name='error')),
                ('takes_stores', models.BooleanField(default=False, editable=False)),
                ('rows_total', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('rows_done', models.PositiveIntegerField(default=0, verbose_name='rows done')),
                ('counts', models.JSONField(default=dict, editable=False)),
                ('failures', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Times in a row that the work broke off.')),
                ('rows_per_second', models.FloatField(editable=False, help_text='Of late.', null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='brought in')),
                ('touched_at', models.DateTimeField(editable=False, help_text='Last sign of work.', null=True)),
                ('started_at', models.DateTimeField(editable=False, null=True)),
                ('finished_at', models.DateTimeField(editable=False, null=True, verbose_name='finished')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'list',
                'verbose_name_plural': 'lists',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('rows_done__lte', models.F('rows_total'))), name='import_not_past_its_end'), models.UniqueConstraint(condition=models.Q(('state__in', ['applying', 'paused', 'undoing'])), fields=('spec', 'source', 'sha256'), name='import_applied_by_one')],
            },
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spec', models.CharField(max_length=20)),
                ('source', models.CharField(max_length=40)),
                ('digest', models.CharField(max_length=32)),
                ('decision', models.CharField(choices=[('same', 'same person, the card keeps its own'), ('take', 'same person, take what the list says'), ('other', 'another person'), ('skip', 'skip the row')], max_length=5, verbose_name='decision')),
                ('subject', models.BigIntegerField(help_text='Primary key of the card that the row then belongs to.', null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'settled row',
                'verbose_name_plural': 'settled rows',
                'constraints': [models.UniqueConstraint(fields=('spec', 'source', 'digest'), name='settlement_once')],
            },
        ),
        migrations.CreateModel(
            name='StagedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='imports.listimport')),
                ('number', models.PositiveIntegerField(help_text='1 is the first after the header.', verbose_name='row')),
                ('raw', models.JSONField(verbose_name='as it stood')),
                ('outcome', models.CharField(choices=[('created', 'created'), ('updated', 'updated'), ('unchanged', 'unchanged'), ('incomplete', 'incomplete'), ('conflict', 'conflict'), ('rejected', 'rejected')], max_length=10, verbose_name='outcome')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('key', models.CharField(blank=True, help_text='What the row stands for, where a list may say it twice.', max_length=32)),
                ('subject', models.BigIntegerField(help_text='Primary key of the card concerned.', null=True, verbose_name='client')),
                ('target', models.BigIntegerField(help_text='Primary key of the piece or service request that the row made.', null=True)),
                ('resembles', models.BigIntegerField(help_text="Primary key of a card that may be the same person's.", null=True, verbose_name='resembles')),
                ('likeness', models.CharField(blank=True, help_text='In what the two are alike.', max_length=10)),
                ('earlier', models.PositiveIntegerField(help_text='Row of this list whose planned card it contradicts or resembles.', null=True)),
                ('changes', models.JSONField(default=dict, help_text='Field → [what there was, what the list brings].')),
                ('planned', models.CharField(blank=True, choices=[('created', 'created'), ('updated', 'updated'), ('unchanged', 'unchanged'), ('incomplete', 'incomplete'), ('conflict', 'conflict'), ('rejected', 'rejected')], help_text="The preview's word, where the base changed since.", max_length=10)),
                ('decision', models.CharField(blank=True, choices=[('same', 'same person, the card keeps its own'), ('take', 'same person, take what the list says'), ('other', 'another person'), ('skip', 'skip the row')], max_length=5, verbose_name='decision')),
                ('undone', models.CharField(blank=True, help_text='"back", or why something of the row stays.', max_length=200)),
                ('replaced_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='imports.listimport')),
            ],
            options={
                'verbose_name': 'row',
                'verbose_name_plural': 'rows',
                'ordering': ['number'],
                'indexes': [models.Index(fields=['list_import', 'outcome', 'number'], name='staged_by_outcome'), models.Index(condition=models.Q(('subject', None), _negated=True), fields=['subject'], name='staged_by_subject'), models.Index(condition=models.Q(('decision', ''), models.Q(('outcome', 'conflict'), models.Q(('likeness', ''), _negated=True), _connector='OR')), fields=['list_import', 'number'], name='staged_to_decide'), models.Index(condition=models.Q(('key', ''), _negated=True), fields=['list_import', 'key', 'number'], name='staged_by_key')],
                'constraints': [models.UniqueConstraint(fields=('list_import', 'number'), name='staged_row_once'), models.CheckConstraint(condition=models.Q(('outcome__in', ['created', 'updated', 'unchanged', 'incomplete', 'conflict', 'rejected'])), name='staged_row_outcome_known')],
            },
        ),
        migrations.CreateModel(
            name='ValueMeaning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spec', models.CharField(max_length=20)),
                ('source', models.CharField(max_length=40)),
                ('column', models.CharField(help_text="Name of the spec's column.", max_length=40)),
                ('key', models.CharField(blank=True, help_text='The writing, folded; empty for an empty cell.', max_length=120)),
                ('meaning', models.CharField(help_text='What stands in the row instead.', max_length=120)),
                ('list_import', models.ForeignKey(help_text='Where it holds for this file alone.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='imports.listimport')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'explained value',
                'verbose_name_plural': 'explained values',
                'constraints': [models.UniqueConstraint(condition=models.Q(('list_import', None)), fields=('spec', 'source', 'column', 'key'), name='value_meaning_once'), models.UniqueConstraint(condition=models.Q(('list_import__isnull', False)), fields=('list_import', 'column', 'key'), name='value_meaning_once_a_list'), models.CheckConstraint(condition=models.Q(('meaning', ''), _negated=True), name='value_meaning_says_something')],
            },
        ),
        migrations.CreateModel(
            name='ColumnMap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spec', models.CharField(max_length=20)),
                ('shape', models.CharField(help_text='Digest of the headers.', max_length=32)),
                ('columns', models.JSONField(help_text="Name of the spec's column → position.")),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'remembered columns',
                'verbose_name_plural': 'remembered columns',
                'constraints': [models.UniqueConstraint(fields=('spec', 'shape'), name='column_map_once')],
            },
        ),
    ]
