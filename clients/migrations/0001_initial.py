"""The tables of cards, search keys in byte order, indexes that only PostgreSQL has, and what a new chain begins with."""

from datetime import date

from django.contrib.postgres.operations import TrigramExtension
import clients.fields
import datetime
import django.db.models.deletion
import django.db.models.functions.text
import simple_history.models
from django.conf import settings
from django.db import migrations, models


TEXTS = {
    "personal_data": "Согласен(на) на обработку моих персональных данных для обслуживания и программы лояльности.",
    "advertising_sms": "Согласен(на) получать поздравления и предложения по SMS.",
    "advertising_email": "Согласен(на) получать поздравления и предложения по электронной почте.",
    "calls": "Согласен(на), чтобы мне звонили о моих украшениях и предложениях.",
}

# With the collation "C" one index serves `LIKE 'prefix%'` and ORDER BY; with a language's it serves only the order,
# and the planner walks through it instead of using the index that knows prefixes.
BYTE_ORDER = {"name_key": 250, "person_key": 190, "phone_reversed": 20, "phone": 20, "email": 254}


def index_for_postgres(apps, schema_editor):
    """On an expression: on the column itself the trigrams offer themselves for equality, believed to be cheap, and cost
    17 ms where the unique index costs 0.02."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for column, length in BYTE_ORDER.items():
        schema_editor.execute(f'ALTER TABLE clients_client ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"')
    schema_editor.execute("CREATE INDEX client_phone_trigrams ON clients_client USING gin ((phone || '') gin_trgm_ops)")
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS fuzzystrmatch")
    schema_editor.execute("CREATE INDEX surname_trigrams ON clients_surname USING gin (key gin_trgm_ops)")


def begin(apps, schema_editor):
    """The first wording of the consents, and an occasion besides the birthday."""
    for purpose, text in TEXTS.items():
        apps.get_model("clients", "ConsentText").objects.create(purpose=purpose, version=1, text=text, since=date(2026, 1, 1))
    apps.get_model("clients", "OccasionKind").objects.create(name="годовщина свадьбы", name_en="wedding anniversary")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('imports', '0001_initial'),
        ('stores', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Client',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('complete', 'complete'), ('incomplete', 'incomplete'), ('merged', 'merged'), ('erased', 'erased')], default='complete', max_length=10, verbose_name='state')),
                ('last_name', models.CharField(blank=True, max_length=80, verbose_name='surname')),
                ('first_name', models.CharField(blank=True, max_length=80, verbose_name='first name')),
                ('middle_name', models.CharField(blank=True, max_length=80, verbose_name='patronymic')),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='birth date')),
                ('phone', clients.fields.E164Field(blank=True, max_length=20, null=True, region=None, verbose_name='phone')),
                ('email', models.CharField(blank=True, max_length=254, null=True, verbose_name='e-mail')),
                ('registered_on', models.DateField(blank=True, null=True, verbose_name='registered')),
                ('ring_size', models.DecimalField(blank=True, decimal_places=2, help_text='Inner diameter in mm.', max_digits=4, null=True, verbose_name='ring size')),
                ('language', models.CharField(choices=[('ru', 'Russian'), ('en', 'English')], db_default='ru', default='ru', max_length=5, verbose_name='is written to in')),
                ('metal', models.CharField(blank=True, choices=[('yellow', 'yellow gold'), ('rose', 'rose gold'), ('white', 'white gold'), ('silver', 'silver'), ('platinum', 'platinum')], max_length=10, verbose_name='likes metal')),
                ('likes', models.CharField(blank=True, max_length=300, verbose_name='likes and wears')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('as_written', models.JSONField(blank=True, default=dict, editable=False, help_text='What a list said where it could not be understood, by field.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('name_key', models.CharField(blank=True, editable=False, max_length=250)),
                ('person_key', models.CharField(blank=True, editable=False, max_length=190)),
                ('phone_reversed', models.CharField(blank=True, editable=False, max_length=20)),
                ('birthday', models.PositiveSmallIntegerField(editable=False, help_text='Month × 100 + day.', null=True)),
            ],
            options={
                'verbose_name': 'client',
                'verbose_name_plural': 'clients',
                'ordering': ['name_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ClientKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40, verbose_name='source')),
                ('key', models.CharField(max_length=64, verbose_name='code')),
            ],
            options={
                'verbose_name': 'code of a client',
                'verbose_name_plural': 'codes of clients',
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('personal_data', 'personal data'), ('advertising_sms', 'advertising by SMS'), ('advertising_email', 'advertising by e-mail'), ('calls', 'calls')], max_length=20, verbose_name='purpose')),
                ('given', models.BooleanField(verbose_name='given')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ConsentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('personal_data', 'personal data'), ('advertising_sms', 'advertising by SMS'), ('advertising_email', 'advertising by e-mail'), ('calls', 'calls')], max_length=20, verbose_name='purpose')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('text', models.TextField(verbose_name='text')),
                ('since', models.DateField(verbose_name='since')),
            ],
            options={
                'verbose_name': 'text of a consent',
                'verbose_name_plural': 'texts of consents',
                'ordering': ['purpose', '-version'],
            },
        ),
        migrations.CreateModel(
            name='ContactBeside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('phone', 'phone'), ('email', 'e-mail')], max_length=5, verbose_name='kind')),
                ('value', models.CharField(db_index=True, max_length=254, verbose_name='contact')),
                ('words', models.CharField(blank=True, max_length=100, verbose_name='whose, or when to call')),
                ('is_written_to', models.BooleanField(default=False, verbose_name='is written to')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'further contact',
                'verbose_name_plural': 'further contacts',
                'ordering': ['-kind', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ContactConflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=20, verbose_name='field')),
                ('offered', models.CharField(max_length=254, verbose_name='offered')),
                ('origin', models.CharField(max_length=60, verbose_name='from')),
                ('decision', models.CharField(choices=[('open', 'to decide'), ('kept', 'kept as it was'), ('taken', 'new value taken')], default='open', max_length=5, verbose_name='decision')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'conflict of contacts',
                'verbose_name_plural': 'conflicts of contacts',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ContactProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('phone', 'phone'), ('email', 'e-mail')], max_length=5, verbose_name='field')),
                ('value', models.CharField(max_length=254, verbose_name='contact')),
                ('state', models.CharField(choices=[('confirmed', 'confirmed'), ('doubtful', 'doubtful')], max_length=9, verbose_name='is')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='why')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'word about a contact',
                'verbose_name_plural': 'words about contacts',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ErasedMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'mark of an erasure',
                'verbose_name_plural': 'marks of erasures',
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('card', models.BigIntegerField(unique=True, verbose_name='card')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='act')),
                ('basis', models.CharField(max_length=200, verbose_name='on the ground of')),
                ('kept', models.JSONField(default=dict, help_text='What stays without a name, counted.')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'verbose_name': 'act of erasure',
                'verbose_name_plural': 'acts of erasure',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='FactSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fields', models.CharField(max_length=200, verbose_name='fields')),
                ('origin', models.CharField(help_text='counter, service desk, list 12 row 7', max_length=60, verbose_name='from')),
                ('at', models.DateTimeField(verbose_name='at')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalClient',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('state', models.CharField(choices=[('complete', 'complete'), ('incomplete', 'incomplete'), ('merged', 'merged'), ('erased', 'erased')], default='complete', max_length=10, verbose_name='state')),
                ('last_name', models.CharField(blank=True, max_length=80, verbose_name='surname')),
                ('first_name', models.CharField(blank=True, max_length=80, verbose_name='first name')),
                ('middle_name', models.CharField(blank=True, max_length=80, verbose_name='patronymic')),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='birth date')),
                ('phone', clients.fields.E164Field(blank=True, max_length=20, null=True, region=None, verbose_name='phone')),
                ('email', models.CharField(blank=True, max_length=254, null=True, verbose_name='e-mail')),
                ('registered_on', models.DateField(blank=True, null=True, verbose_name='registered')),
                ('ring_size', models.DecimalField(blank=True, decimal_places=2, help_text='Inner diameter in mm.', max_digits=4, null=True, verbose_name='ring size')),
                ('language', models.CharField(choices=[('ru', 'Russian'), ('en', 'English')], db_default='ru', default='ru', max_length=5, verbose_name='is written to in')),
                ('metal', models.CharField(blank=True, choices=[('yellow', 'yellow gold'), ('rose', 'rose gold'), ('white', 'white gold'), ('silver', 'silver'), ('platinum', 'platinum')], max_length=10, verbose_name='likes metal')),
                ('likes', models.CharField(blank=True, max_length=300, verbose_name='likes and wears')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('as_written', models.JSONField(blank=True, default=dict, editable=False, help_text='What a list said where it could not be understood, by field.')),
                ('created_at', models.DateTimeField(blank=True, editable=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical client',
                'verbose_name_plural': 'historical clients',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('facts', models.JSONField(default=dict)),
                ('moved', models.JSONField(default=dict)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='undone')),
            ],
            options={
                'verbose_name': 'two cards made one',
                'verbose_name_plural': 'cards made one',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Occasion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.PositiveSmallIntegerField(verbose_name='day')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='since')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
            ],
            options={
                'verbose_name': 'occasion',
                'verbose_name_plural': 'occasions',
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='OccasionKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='occasion')),
                ('name_en', models.CharField(blank=True, max_length=60, verbose_name='in English')),
            ],
            options={
                'verbose_name': 'kind of occasion',
                'verbose_name_plural': 'kinds of occasions',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.FloatField(verbose_name='likeness')),
                ('kind', models.CharField(choices=[('same', 'the same person'), ('likely', 'perhaps the same person')], max_length=6, verbose_name='proposed as')),
                ('reasons', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('open', 'to decide'), ('merged', 'made one card'), ('different', 'different people')], default='open', max_length=9, verbose_name='decision')),
                ('found_at', models.DateTimeField(verbose_name='found')),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'pair of cards',
                'verbose_name_plural': 'pairs of cards',
                'ordering': ['-score', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Surname',
            fields=[
                ('key', models.CharField(max_length=80, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='Wearer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_name', models.CharField(max_length=80, verbose_name='first name')),
                ('relation', models.CharField(choices=[('wife', 'wife'), ('husband', 'husband'), ('mother', 'mother'), ('father', 'father'), ('daughter', 'daughter'), ('son', 'son'), ('sister', 'sister'), ('brother', 'brother'), ('friend', 'friend'), ('other', 'somebody else')], default='other', max_length=10, verbose_name="is the client's")),
                ('day', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='day')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='since')),
                ('ring_size', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='ring size')),
                ('is_surprise', models.BooleanField(default=False, verbose_name='a surprise: do not mention')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('forgotten_at', models.DateTimeField(blank=True, null=True, verbose_name='forgotten')),
            ],
            options={
                'verbose_name': 'somebody the client buys for',
                'verbose_name_plural': 'people whom clients buy for',
                'ordering': ['first_name', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='client',
            name='home_store',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clients', to='stores.store', verbose_name='home store'),
        ),
        migrations.AddField(
            model_name='client',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='clients.client'),
        ),
        migrations.AddField(
            model_name='client',
            name='reached_through',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reaches', to='clients.client', verbose_name='reached through'),
        ),
        migrations.AddField(
            model_name='client',
            name='registered_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='registered by'),
        ),
        migrations.AddField(
            model_name='clientkey',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='clients.client'),
        ),
        migrations.AddField(
            model_name='clientkey',
            name='list_import',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='imports.listimport'),
        ),
        migrations.AddField(
            model_name='consent',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consent',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='clients.client'),
        ),
        migrations.AddField(
            model_name='consent',
            name='where',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='where'),
        ),
        migrations.AddConstraint(
            model_name='consenttext',
            constraint=models.UniqueConstraint(fields=('purpose', 'version'), name='consent_text_version_once'),
        ),
        migrations.AddField(
            model_name='consent',
            name='text_version',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='clients.consenttext', verbose_name='text'),
        ),
        migrations.AddField(
            model_name='contactbeside',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contactbeside',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts_beside', to='clients.client'),
        ),
        migrations.AddField(
            model_name='contactbeside',
            name='list_import',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='imports.listimport'),
        ),
        migrations.AddField(
            model_name='contactconflict',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contactconflict',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='clients.client'),
        ),
        migrations.AddField(
            model_name='contactconflict',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contactproof',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contactproof',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proofs', to='clients.client'),
        ),
        migrations.AddField(
            model_name='erasure',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='factsource',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='factsource',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='clients.client'),
        ),
        migrations.AddField(
            model_name='historicalclient',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalclient',
            name='home_store',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='stores.store', verbose_name='home store'),
        ),
        migrations.AddField(
            model_name='historicalclient',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='clients.client'),
        ),
        migrations.AddField(
            model_name='historicalclient',
            name='reached_through',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='clients.client', verbose_name='reached through'),
        ),
        migrations.AddField(
            model_name='historicalclient',
            name='registered_by',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='registered by'),
        ),
        migrations.AddField(
            model_name='merge',
            name='absorbed',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merged_as', to='clients.client'),
        ),
        migrations.AddField(
            model_name='merge',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='survivor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='clients.client'),
        ),
        migrations.AddField(
            model_name='merge',
            name='undone_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='occasion',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='occasion',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occasions', to='clients.client'),
        ),
        migrations.AddField(
            model_name='occasion',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.occasionkind', verbose_name='occasion'),
        ),
        migrations.AddField(
            model_name='pair',
            name='decided_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pair',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clients.client'),
        ),
        migrations.AddField(
            model_name='pair',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clients.client'),
        ),
        migrations.AddField(
            model_name='wearer',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wearer',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wearers', to='clients.client'),
        ),
        migrations.AddField(
            model_name='wearer',
            name='occasion',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.occasionkind', verbose_name='occasion'),
        ),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(fields=['name_key', 'phone'], name='client_by_name'),
        ),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(fields=['name_key', 'phone_reversed'], name='client_by_name_and_ending'),
        ),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(condition=models.Q(('person_key', ''), _negated=True), fields=['person_key'], name='client_by_person'),
        ),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(fields=['phone_reversed'], name='client_by_phone_ending'),
        ),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(fields=['email'], name='client_by_email'),
        ),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(fields=['birth_date', 'first_name'], name='client_by_birth_date'),
        ),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(condition=models.Q(('state', 'complete')), fields=['birthday', 'home_store'], name='client_by_birthday'),
        ),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(condition=models.Q(('state', 'incomplete')), fields=['home_store', '-id'], name='client_to_complete'),
        ),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(condition=models.Q(('state__in', ('complete', 'incomplete'))), fields=['home_store', 'id'], include=('birthday',), name='client_at_home'),
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['complete', 'incomplete', 'merged', 'erased'])), name='client_state_known'),
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'complete'), _negated=True), models.Q(models.Q(('last_name', ''), _negated=True), models.Q(('first_name', ''), _negated=True), ('first_name', django.db.models.functions.text.Trim('first_name')), ('last_name', django.db.models.functions.text.Trim('last_name'))), _connector='OR'), name='client_complete_has_a_name', violation_error_message='A complete card has a surname and a first name.'),
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'complete'), _negated=True), models.Q(('birth_date__gt', datetime.date(1900, 1, 1)), ('birth_date__isnull', False)), _connector='OR'), name='client_complete_has_a_birth_date', violation_error_message='A complete card has a birth date.'),
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'complete'), _negated=True), models.Q(('phone__isnull', False), ('phone__regex', '^\\+[0-9]{8,15}$')), _connector='OR'), name='client_complete_has_a_phone', violation_error_message='A complete card has a phone.'),
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'complete'), _negated=True), models.Q(('email__isnull', False), ('email__regex', '^[^@\\s,;<>]+@[^@\\s,;<>]+\\.[^@\\s,;<>.]{2,}$')), _connector='OR'), name='client_complete_has_an_email', violation_error_message='A complete card has an e-mail.'),
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.CheckConstraint(condition=models.Q(('phone__isnull', True), ('phone__regex', '^\\+[0-9]{8,15}$'), _connector='OR'), name='client_phone_is_e164'),
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['complete', 'incomplete'])), fields=('phone',), name='client_phone_once', violation_error_message='This phone is on another card.'),
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='client_merged_into_another'),
        ),
        migrations.AddConstraint(
            model_name='clientkey',
            constraint=models.UniqueConstraint(fields=('source', 'key'), name='client_key_once_in_source'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['client', 'purpose', '-id'], name='consent_latest'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['purpose', 'client', 'id'], include=('given',), name='consent_by_purpose'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(condition=models.Q(('given', False), ('purpose', 'personal_data')), fields=['client'], name='consent_to_data_taken_back'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['personal_data', 'advertising_sms', 'advertising_email', 'calls'])), name='consent_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='contactbeside',
            constraint=models.UniqueConstraint(fields=('client', 'kind', 'value'), name='contact_beside_once'),
        ),
        migrations.AddConstraint(
            model_name='contactbeside',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['phone', 'email'])), name='contact_beside_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='contactconflict',
            constraint=models.UniqueConstraint(condition=models.Q(('decision', 'open')), fields=('client', 'field', 'offered'), name='conflict_open_once'),
        ),
        migrations.AddIndex(
            model_name='contactproof',
            index=models.Index(fields=['client', 'field', '-id'], name='proof_newest'),
        ),
        migrations.AddConstraint(
            model_name='contactproof',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['confirmed', 'doubtful'])), name='proof_state_known'),
        ),
        migrations.AddConstraint(
            model_name='contactproof',
            constraint=models.CheckConstraint(condition=models.Q(('field__in', ['phone', 'email'])), name='proof_field_known'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('absorbed',), name='merge_absorbs_a_card_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('survivor', models.F('absorbed')), _negated=True), name='merge_is_of_two_cards'),
        ),
        migrations.AddIndex(
            model_name='occasion',
            index=models.Index(fields=['kind', 'day'], name='occasion_by_day'),
        ),
        migrations.AddConstraint(
            model_name='occasion',
            constraint=models.UniqueConstraint(fields=('client', 'kind'), name='occasion_once_of_its_kind', violation_error_message='The card has a day of this kind already.'),
        ),
        migrations.AddConstraint(
            model_name='occasion',
            constraint=models.CheckConstraint(condition=models.Q(('day__gte', 101), ('day__lte', 1231)), name='occasion_is_a_day'),
        ),
        migrations.AddIndex(
            model_name='pair',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['-score', 'id'], name='pair_to_decide'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='pair_once'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='pair_older_first'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'merged', 'different'])), name='pair_state_known'),
        ),
        migrations.AddIndex(
            model_name='wearer',
            index=models.Index(condition=models.Q(('day__isnull', False)), fields=['day'], name='wearer_by_day'),
        ),
        migrations.AddConstraint(
            model_name='wearer',
            constraint=models.CheckConstraint(condition=models.Q(('first_name', ''), _negated=True), name='wearer_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='wearer',
            constraint=models.CheckConstraint(condition=models.Q(('day__isnull', True), models.Q(('day__gte', 101), ('day__lte', 1231)), _connector='OR'), name='wearer_day_is_a_day'),
        ),
        migrations.AddConstraint(
            model_name='wearer',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['wife', 'husband', 'mother', 'father', 'daughter', 'son', 'sister', 'brother', 'friend', 'other'])), name='wearer_relation_known'),
        ),
        TrigramExtension(),
        migrations.RunPython(index_for_postgres, migrations.RunPython.noop),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
