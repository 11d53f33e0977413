"""The tables of stores, staff and settings."""

import datetime
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import phonenumber_field.modelfields
import simple_history.models
import stores.models
import timezone_field.fields
from django.conf import settings
from django.db import migrations, models

from stores.migrations import _begin


class Migration(migrations.Migration):

    replaces = [
        ('stores', '0001_initial'),
        ('stores', '0002_permissions_and_look_ups'),
        ('stores', '0003_rules'),
        ('stores', '0004_pins'),
        ('stores', '0005_notices'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
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
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('said', models.JSONField()),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
                'ordering': ['pk'],
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
            name='Store',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='Short name for reports and commands.', max_length=60, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='city')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('phone', phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=30, region=None, verbose_name='phone')),
                ('time_zone', timezone_field.fields.TimeZoneField(default='Asia/Vladivostok', verbose_name='time zone')),
                ('opens_at', models.TimeField(default=datetime.time(10, 0), verbose_name='opens at')),
                ('closes_at', models.TimeField(default=datetime.time(20, 0), verbose_name='closes at')),
                ('closed_weekdays', models.CharField(blank=True, help_text='Digits from 1 for Monday to 7 for Sunday: 67 is closed at the weekend.', max_length=7, validators=[django.core.validators.RegexValidator('^[1-7]*$')], verbose_name='closed on weekdays')),
                ('is_active', models.BooleanField(default=True, verbose_name='works')),
            ],
            options={
                'verbose_name': 'store',
                'verbose_name_plural': 'stores',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('opens_at__lt', models.F('closes_at'))), name='store_opens_before_it_closes', violation_error_message='A store opens before it closes.'), models.CheckConstraint(condition=models.Q(('phone', ''), ('phone__regex', '^\\+[0-9]{8,15}$'), _connector='OR'), name='store_phone_is_e164'), models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='store_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Employee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('role', models.CharField(choices=[('seller', 'seller'), ('manager', 'manager'), ('admin', 'admin')], default='seller', max_length=10, verbose_name='role')),
                ('middle_name', models.CharField(blank=True, max_length=80, verbose_name='patronymic')),
                ('language', models.CharField(choices=[('ru', 'Russian'), ('en', 'English')], default='ru', max_length=5, verbose_name='language')),
                ('rights', models.JSONField(blank=True, default=dict, verbose_name='permissions of the chain')),
                ('session_epoch', models.PositiveIntegerField(default=0, editable=False)),
                ('second_factor_due', models.DateTimeField(blank=True, editable=False, null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('stores', models.ManyToManyField(blank=True, related_name='employees', to='stores.store', verbose_name='works in')),
            ],
            options={
                'verbose_name': 'employee',
                'verbose_name_plural': 'employees',
                'ordering': ['last_name', 'first_name', 'username'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['seller', 'manager', 'admin'])), name='employee_role_known')],
            },
            managers=[
                ('objects', stores.models.EmployeeManager()),
            ],
        ),
        migrations.CreateModel(
            name='Pin',
            fields=[
                ('employee', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='pin', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('digest', models.CharField(max_length=128)),
                ('stamp', models.CharField(max_length=16)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('failed_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'PIN',
                'verbose_name_plural': 'PIN',
            },
        ),
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='what for')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_keys', to=settings.AUTH_USER_MODEL, verbose_name='acts as')),
                ('beginning', models.CharField(editable=False, max_length=12)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ('used_at', models.DateTimeField(editable=False, null=True, verbose_name='last used')),
                ('revoked_at', models.DateTimeField(editable=False, null=True, verbose_name='revoked')),
            ],
            options={
                'verbose_name': 'key for another system',
                'verbose_name_plural': 'keys for other systems',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExportRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=80, verbose_name='what')),
                ('rows', models.PositiveIntegerField(verbose_name='rows')),
                ('query', models.CharField(blank=True, max_length=500, verbose_name='with')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
            ],
            options={
                'verbose_name': 'export',
                'verbose_name_plural': 'exports',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalEmployee',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(db_index=True, error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('role', models.CharField(choices=[('seller', 'seller'), ('manager', 'manager'), ('admin', 'admin')], default='seller', max_length=10, verbose_name='role')),
                ('middle_name', models.CharField(blank=True, max_length=80, verbose_name='patronymic')),
                ('language', models.CharField(choices=[('ru', 'Russian'), ('en', 'English')], default='ru', max_length=5, verbose_name='language')),
                ('rights', models.JSONField(blank=True, default=dict, verbose_name='permissions of the chain')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical employee',
                'verbose_name_plural': 'historical employees',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalEmployee_stores',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('employee', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('store', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='stores.store')),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='stores.historicalemployee')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': 'HistoricalEmployee_stores',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='LookUps',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='look_ups', to=settings.AUTH_USER_MODEL, verbose_name='employee')),
                ('day', models.DateField(verbose_name='day')),
                ('place', models.CharField(max_length=40)),
                ('shown', models.PositiveIntegerField(default=0, verbose_name='shown')),
                ('refused', models.PositiveIntegerField(default=0, verbose_name='refused')),
            ],
            options={
                'verbose_name': 'look-ups of a day',
                'verbose_name_plural': 'look-ups of days',
                'ordering': ['-day'],
                'indexes': [models.Index(fields=['day'], name='look_ups_by_day')],
                'constraints': [models.UniqueConstraint(fields=('employee', 'day', 'place'), name='look_ups_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='RuleChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('was', models.JSONField(null=True)),
                ('now', models.JSONField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('from_environment', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'change of a setting',
                'verbose_name_plural': 'changes of settings',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['name', '-id'], name='rule_changes_by_name')],
            },
        ),
        migrations.CreateModel(
            name='DayOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days_off', to='stores.store', verbose_name='store')),
                ('day', models.DateField(verbose_name='day')),
                ('why', models.CharField(blank=True, max_length=80, verbose_name='why')),
            ],
            options={
                'verbose_name': 'day off',
                'verbose_name_plural': 'days off',
                'ordering': ['day'],
                'constraints': [models.UniqueConstraint(fields=('store', 'day'), name='day_off_once')],
            },
        ),
        migrations.RunPython(_begin.take_over, migrations.RunPython.noop),
    ]
