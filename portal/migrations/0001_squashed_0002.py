"""The tables of the client's page."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('portal', '0001_initial'),
        ('portal', '0002_forms_from_clients_phones'),
    ]

    initial = True

    dependencies = [
        ('clients', '0001_squashed_0012'),
        ('messaging', '0001_squashed_0015'),
        ('purchases', '0001_squashed_0006'),
        ('stores', '0001_squashed_0005'),
        ('workshop', '0001_squashed_0002'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('store', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='store')),
                ('last_name', models.CharField(max_length=80, verbose_name='surname')),
                ('first_name', models.CharField(max_length=80, verbose_name='first name')),
                ('middle_name', models.CharField(blank=True, max_length=80, verbose_name='patronymic')),
                ('birth_date', models.DateField(verbose_name='birth date')),
                ('phone', models.CharField(max_length=16, verbose_name='phone')),
                ('email', models.CharField(blank=True, max_length=254, verbose_name='e-mail')),
                ('no_email', models.CharField(blank=True, choices=[('none', 'has no e-mail'), ('declined', 'did not want to give it')], max_length=8, verbose_name='why no e-mail')),
                ('heard_from', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.heardfrom')),
                ('language', models.CharField(max_length=5)),
                ('consents', models.JSONField(default=dict)),
                ('came_at', models.DateTimeField(verbose_name='filled in')),
                ('proved_at', models.DateTimeField(null=True, verbose_name='phone proved')),
                ('client', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='clients.client')),
                ('taken_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_at', models.DateTimeField(null=True, verbose_name='taken')),
            ],
            options={
                'verbose_name': "form from a client's phone",
                'verbose_name_plural': "forms from clients' phones",
                'ordering': ['proved_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('proved_at__isnull', False), ('taken_at', None)), fields=['store', 'proved_at'], name='arrival_waiting'), models.Index(fields=['came_at'], name='arrival_by_age')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('client', None), ('taken_at', None)), models.Q(('client__isnull', False), ('proved_at__isnull', False), ('taken_at__isnull', False)), _connector='OR'), name='arrival_taken_with_its_card'), models.CheckConstraint(condition=models.Q(('email', ''), ('no_email', ''), _connector='OR'), name='arrival_has_an_email_or_none')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='clients.client')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='store')),
                ('purchase', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='purchases.purchase')),
                ('request', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='workshop.servicerequest')),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('asked_on', models.DateField(verbose_name='asked')),
                ('score', models.PositiveSmallIntegerField(null=True, verbose_name='score')),
                ('words', models.TextField(blank=True, verbose_name='words')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ('errand', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='messaging.errand')),
                ('pause', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='messaging.pause')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('score__isnull', False)), fields=['store', 'answered_at'], name='review_answered')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('purchase__isnull', False), ('request__isnull', True)), models.Q(('purchase__isnull', True), ('request__isnull', False)), _connector='OR'), name='review_of_one_thing'), models.CheckConstraint(condition=models.Q(('score__isnull', True), ('score__lte', 10), _connector='OR'), name='review_up_to_ten'), models.UniqueConstraint(fields=('purchase',), name='review_of_a_purchase_once'), models.UniqueConstraint(fields=('request',), name='review_of_a_service_once')],
            },
        ),
    ]
