"""The tables of figures, targets, expenses, reports and boards."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('analytics', '0001_initial'),
        ('analytics', '0002_targets'),
        ('analytics', '0003_reports_on_mondays'),
        ('analytics', '0004_boards'),
    ]

    initial = True

    dependencies = [
        ('stores', '0001_squashed_0005'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FigureCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('clients', models.PositiveIntegerField(default=0)),
                ('snapshots', models.PositiveIntegerField(default=0)),
                ('wrong', models.PositiveIntegerField(default=0)),
                ('differences', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Recount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('as_of', models.DateField()),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('clients', models.PositiveIntegerField(default=0)),
                ('compared', models.PositiveIntegerField(default=0)),
                ('wrong', models.PositiveIntegerField(default=0)),
                ('differences', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Board',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('period', models.CharField(choices=[('month', 'this month'), ('last-month', 'last month'), ('quarter', 'this quarter'), ('year', 'this year'), ('12-months', '12 months'), ('last-year', 'last year')], default='month', max_length=10, verbose_name='period')),
                ('audience', models.CharField(choices=[('own', 'only me'), ('store', 'managers of one store'), ('managers', 'all managers and admins')], default='own', max_length=8, verbose_name='who sees it')),
                ('audience_store', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='store')),
                ('at', models.DateTimeField(auto_now=True, verbose_name='at')),
            ],
            options={
                'verbose_name': 'board',
                'verbose_name_plural': 'boards',
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'name'), name='board_name_once', violation_error_message='You have a board of this name already; give it another one.'), models.CheckConstraint(condition=models.Q(('audience__in', ['own', 'store', 'managers'])), name='board_audience_known'), models.CheckConstraint(condition=models.Q(('period__in', ['month', 'last-month', 'quarter', 'year', '12-months', 'last-year'])), name='board_period_known'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'store'), ('audience_store__isnull', False)), models.Q(models.Q(('audience', 'store'), _negated=True), ('audience_store', None)), _connector='OR'), name='board_of_a_store_names_it', violation_error_message='Choose the store whose managers see the board.')],
            },
        ),
        migrations.CreateModel(
            name='BoardTile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tiles', to='analytics.board')),
                ('place', models.PositiveSmallIntegerField()),
                ('what', models.CharField(max_length=30)),
                ('store', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stores.store')),
            ],
            options={
                'verbose_name': 'figure of a board',
                'verbose_name_plural': 'figures of boards',
                'ordering': ['place', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('board', 'what', 'store'), name='board_tile_once'), models.UniqueConstraint(condition=models.Q(('store', None)), fields=('board', 'what'), name='board_tile_of_the_page_once')],
            },
        ),
        migrations.CreateModel(
            name='Expense',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='month')),
                ('channel', models.CharField(help_text='For example: SMS, 2GIS, street advertising.', max_length=60, verbose_name='channel')),
                ('purpose', models.CharField(choices=[('attract', 'to win new clients'), ('retain', 'to bring clients back'), ('other', 'other')], default='attract', max_length=8, verbose_name='purpose')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, validators=[django.core.validators.MinValueValidator(0)], verbose_name='sum, ₽')),
                ('store', models.ForeignKey(blank=True, help_text='Empty: for the whole chain.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='store')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'expense',
                'verbose_name_plural': 'expenses',
                'ordering': ['-month', 'channel', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='expense_not_negative', violation_error_message='A sum is zero or more.'), models.CheckConstraint(condition=models.Q(('purpose__in', ['attract', 'retain', 'other'])), name='expense_purpose_known'), models.UniqueConstraint(fields=('month', 'channel', 'purpose', 'store'), name='expense_once', violation_error_message='This expense is there already; change its sum.'), models.UniqueConstraint(condition=models.Q(('store', None)), fields=('month', 'channel', 'purpose'), name='expense_of_the_chain_once', violation_error_message='This expense is there already; change its sum.')],
            },
        ),
        migrations.CreateModel(
            name='Segment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('definition', models.JSONField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('at', models.DateTimeField(auto_now=True, verbose_name='at')),
            ],
            options={
                'verbose_name': 'segment',
                'verbose_name_plural': 'segments',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figure', models.CharField(max_length=20)),
                ('scope', models.IntegerField()),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('data', models.JSONField(null=True)),
                ('computed_at', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('progress', models.PositiveSmallIntegerField(default=0)),
                ('parts', models.PositiveSmallIntegerField(default=1)),
                ('error', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('figure', 'scope', 'first', 'last'), name='snapshot_once')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='month')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='store')),
                ('seller', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='seller')),
                ('measure', models.CharField(choices=[('revenue', 'revenue, ₽'), ('capture', 'receipts with a card, %'), ('returning', 'share of regulars, %'), ('conversion', 'conversion, %')], max_length=10, verbose_name='what of')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='target')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now=True)),
                ('noted_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'target',
                'verbose_name_plural': 'targets',
                'ordering': ['-month', 'store', 'seller', 'measure'],
                'constraints': [models.CheckConstraint(condition=models.Q(('value__gt', 0)), name='target_is_something'), models.CheckConstraint(condition=models.Q(('measure__in', ['revenue', 'capture', 'returning', 'conversion'])), name='target_measure_known'), models.CheckConstraint(condition=models.Q(('measure', 'revenue'), ('value__lte', 100), _connector='OR'), name='target_share_at_most_all'), models.CheckConstraint(condition=models.Q(models.Q(('measure', 'conversion'), _negated=True), ('seller', None), _connector='OR'), name='target_door_is_the_stores'), models.UniqueConstraint(fields=('month', 'store', 'seller', 'measure'), name='target_once'), models.UniqueConstraint(condition=models.Q(('seller', None)), fields=('month', 'store', 'measure'), name='target_of_a_store_once')],
            },
        ),
        migrations.CreateModel(
            name='VisitorCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visitors', to='stores.store', verbose_name='store')),
                ('day', models.DateField(verbose_name='day')),
                ('visitors', models.PositiveIntegerField(verbose_name='visitors')),
            ],
            options={
                'verbose_name': 'visitors of a day',
                'verbose_name_plural': 'visitors by day',
                'ordering': ['-day', 'store'],
                'indexes': [models.Index(fields=['day'], name='visitors_by_day')],
                'constraints': [models.UniqueConstraint(fields=('store', 'day'), name='visitors_once_a_day', violation_error_message='The visitors of this day are there already.')],
            },
        ),
        migrations.CreateModel(
            name='WeeklyLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('store', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stores.store')),
                ('board', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='analytics.board')),
                ('told', models.DateField()),
            ],
            options={
                'verbose_name': 'report on Mondays',
                'verbose_name_plural': 'reports on Mondays',
                'constraints': [models.UniqueConstraint(condition=models.Q(('board', None)), fields=('employee',), name='weekly_report_once'), models.UniqueConstraint(fields=('employee', 'board'), name='weekly_board_once')],
            },
        ),
    ]
