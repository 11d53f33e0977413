import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('stores', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Expense',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='month')),
                ('channel', models.CharField(help_text='For example: SMS, 2GIS, street advertising.', max_length=60, verbose_name='channel')),
                ('purpose', models.CharField(choices=[('attract', 'to win new clients'), ('retain', 'to bring clients back'), ('other', 'other')], default='attract', max_length=8, verbose_name='purpose')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, validators=[django.core.validators.MinValueValidator(0)], verbose_name='sum, ₽')),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'expense',
                'verbose_name_plural': 'expenses',
                'ordering': ['-month', 'channel', 'pk'],
            },
        ),
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
            name='Segment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('definition', models.JSONField()),
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
        ),
        migrations.CreateModel(
            name='VisitorCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('visitors', models.PositiveIntegerField(verbose_name='visitors')),
            ],
            options={
                'verbose_name': 'visitors of a day',
                'verbose_name_plural': 'visitors by day',
                'ordering': ['-day', 'store'],
            },
        ),
        migrations.AddField(
            model_name='expense',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='expense',
            name='store',
            field=models.ForeignKey(blank=True, help_text='Empty: for the whole chain.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='store'),
        ),
        migrations.AddField(
            model_name='segment',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.UniqueConstraint(fields=('figure', 'scope', 'first', 'last'), name='snapshot_once'),
        ),
        migrations.AddField(
            model_name='visitorcount',
            name='store',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visitors', to='stores.store', verbose_name='store'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='expense_not_negative', violation_error_message='A sum is zero or more.'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['attract', 'retain', 'other'])), name='expense_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.UniqueConstraint(fields=('month', 'channel', 'purpose', 'store'), name='expense_once', violation_error_message='This expense is there already; change its sum.'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.UniqueConstraint(condition=models.Q(('store', None)), fields=('month', 'channel', 'purpose'), name='expense_of_the_chain_once', violation_error_message='This expense is there already; change its sum.'),
        ),
        migrations.AddIndex(
            model_name='visitorcount',
            index=models.Index(fields=['day'], name='visitors_by_day'),
        ),
        migrations.AddConstraint(
            model_name='visitorcount',
            constraint=models.UniqueConstraint(fields=('store', 'day'), name='visitors_once_a_day', violation_error_message='The visitors of this day are there already.'),
        ),
    ]
