"""The outbox; a new chain prints its messages, and spends no more than a day of greetings by mistake."""

import django.db.models.deletion
import messaging.texts
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


BULK_SEGMENTS = 10_000


def begin(apps, schema_editor):
    route, budget = apps.get_model("messaging", "Route"), apps.get_model("messaging", "Budget")
    for channel in ("sms", "email"):
        route.objects.create(channel=channel, gateway="console", is_on=True, position=9)
    budget.objects.create(lane="bulk", segments=BULK_SEGMENTS)
    budget.objects.create(lane="urgent")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clients', '0001_initial'),
        ('stores', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lane', models.CharField(choices=[('urgent', 'urgent'), ('bulk', 'bulk')], max_length=6, unique=True, verbose_name='queue')),
                ('segments', models.PositiveIntegerField(blank=True, null=True, verbose_name='segments a day')),
                ('money', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='money a day')),
            ],
            options={
                'verbose_name': 'daily budget',
                'verbose_name_plural': 'daily budgets',
                'ordering': ['-lane'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalBudget',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('lane', models.CharField(choices=[('urgent', 'urgent'), ('bulk', 'bulk')], db_index=True, max_length=6, verbose_name='queue')),
                ('segments', models.PositiveIntegerField(blank=True, null=True, verbose_name='segments a day')),
                ('money', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='money a day')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical daily budget',
                'verbose_name_plural': 'historical daily budgets',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalRoute',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('channel', models.CharField(choices=[('sms', 'SMS'), ('email', 'e-mail')], max_length=5, verbose_name='goes by')),
                ('gateway', models.CharField(max_length=20, verbose_name='gateway')),
                ('is_on', models.BooleanField(default=False, verbose_name='in use')),
                ('position', models.PositiveSmallIntegerField(default=1, help_text='The first that works is taken.', verbose_name='order')),
                ('price', models.DecimalField(decimal_places=2, default=0, max_digits=7, verbose_name='price of a segment')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical gateway in use',
                'verbose_name_plural': 'historical gateways in use',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalTemplate',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('key', models.SlugField(verbose_name='key')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('channel', models.CharField(choices=[('sms', 'SMS'), ('email', 'e-mail')], default='sms', max_length=5, verbose_name='goes by')),
                ('nature', models.CharField(choices=[('advertising', 'advertising: needs consent; every greeting is'), ('service', 'service: about what the client left or asked for')], default='advertising', max_length=11, verbose_name='what it is')),
                ('subject', models.CharField(blank=True, help_text='Of an e-mail.', max_length=120, validators=[messaging.texts.validate_placeholders], verbose_name='subject')),
                ('text', models.TextField(validators=[messaging.texts.validate_placeholders], verbose_name='text')),
                ('subject_en', models.CharField(blank=True, max_length=120, validators=[messaging.texts.validate_placeholders], verbose_name='subject in English')),
                ('text_en', models.TextField(blank=True, help_text='For clients who are written to in English; without it they get the Russian text.', validators=[messaging.texts.validate_placeholders], verbose_name='text in English')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical template',
                'verbose_name_plural': 'historical templates',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('occasion_key', models.CharField(max_length=80, verbose_name='occasion')),
                ('source', models.CharField(blank=True, help_text='The program or what else queued it.', max_length=50, verbose_name='from')),
                ('occasion_on', models.DateField(null=True, verbose_name='day of the occasion')),
                ('counted_from', models.DateField(editable=False, help_text='Store-local day from which visits count as its effect.', null=True)),
                ('channel', models.CharField(choices=[('sms', 'SMS'), ('email', 'e-mail')], default='sms', max_length=5, verbose_name='goes by')),
                ('lane', models.CharField(choices=[('urgent', 'urgent'), ('bulk', 'bulk')], default='bulk', max_length=6, verbose_name='queue')),
                ('purpose', models.CharField(blank=True, choices=[('personal_data', 'personal data'), ('advertising_sms', 'advertising by SMS'), ('advertising_email', 'advertising by e-mail'), ('calls', 'calls')], max_length=20, verbose_name='consent')),
                ('recipient', models.CharField(max_length=254, verbose_name='recipient')),
                ('language', models.CharField(choices=[('ru', 'Russian'), ('en', 'English')], default='ru', max_length=5)),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                ('text', models.TextField(verbose_name='text as sent')),
                ('state', models.CharField(choices=[('pending', 'waiting'), ('sending', 'being sent'), ('sent', 'sent'), ('delivered', 'delivered'), ('failed', 'failed'), ('unknown', 'unknown whether it arrived'), ('expired', 'expired'), ('suppressed', 'suppressed')], default='pending', max_length=10, verbose_name='state')),
                ('reason', models.CharField(blank=True, choices=[('consent', 'no consent'), ('stop', 'on the stop list'), ('pause', 'advertising to the client is paused'), ('cap', 'the client has been contacted often enough'), ('holdout', 'compared without a message'), ('card', 'the card is incomplete'), ('contact', 'nowhere to send to'), ('road', 'the program has no way to reach the client'), ('length', 'longer than the operator takes'), ('night', 'waits for the morning'), ('late', 'not sent in time'), ('gateway', 'the gateway did not take it'), ('rejected', 'rejected for good'), ('undelivered', 'not delivered'), ('doubt', 'no clear answer'), ('lost', 'the worker stopped while sending'), ('decided', 'decided by a person'), ('restored', 'restored: may have gone'), ('merged', 'two cards became one')], max_length=12, verbose_name='reason')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name="the gateway's words")),
                ('send_after', models.DateTimeField(verbose_name='not before')),
                ('expires_at', models.DateTimeField(verbose_name='not after')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('segments', models.PositiveSmallIntegerField(default=1, verbose_name='segments')),
                ('cost', models.DecimalField(decimal_places=2, default=0, max_digits=9, verbose_name='cost')),
                ('gateway', models.CharField(blank=True, max_length=20, verbose_name='gateway')),
                ('provider_id', models.CharField(blank=True, editable=False, max_length=120)),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('claim', models.UUIDField(editable=False, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='queued')),
                ('claimed_at', models.DateTimeField(editable=False, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('delivered_at', models.DateTimeField(blank=True, null=True, verbose_name='delivered')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='MessageEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('kind', models.CharField(choices=[('claimed', 'taken by a worker'), ('sent', 'handed over'), ('refused', 'not taken; to be tried again'), ('rejected', 'rejected for good'), ('doubt', 'no clear answer'), ('lost', 'the worker stopped while sending'), ('receipt', 'receipt'), ('waits', 'put off'), ('suppressed', 'suppressed'), ('expired', 'expired'), ('decided', 'decided by a person'), ('restored', 'the base was restored from a copy')], max_length=10, verbose_name='what happened')),
                ('gateway', models.CharField(blank=True, max_length=20, verbose_name='gateway')),
                ('reason', models.CharField(blank=True, choices=[('consent', 'no consent'), ('stop', 'on the stop list'), ('pause', 'advertising to the client is paused'), ('cap', 'the client has been contacted often enough'), ('holdout', 'compared without a message'), ('card', 'the card is incomplete'), ('contact', 'nowhere to send to'), ('road', 'the program has no way to reach the client'), ('length', 'longer than the operator takes'), ('night', 'waits for the morning'), ('late', 'not sent in time'), ('gateway', 'the gateway did not take it'), ('rejected', 'rejected for good'), ('undelivered', 'not delivered'), ('doubt', 'no clear answer'), ('lost', 'the worker stopped while sending'), ('decided', 'decided by a person'), ('restored', 'restored: may have gone'), ('merged', 'two cards became one')], max_length=12, verbose_name='reason')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='words')),
            ],
            options={
                'verbose_name': 'step of a message',
                'verbose_name_plural': 'steps of messages',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='OneTimeCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('sign_in', "the client's own page"), ('contact', 'confirming a contact'), ('hand_out', 'handing out')], max_length=8, verbose_name='for')),
                ('channel', models.CharField(choices=[('sms', 'SMS'), ('email', 'e-mail')], max_length=5, verbose_name='goes by')),
                ('recipient', models.CharField(max_length=254, verbose_name='recipient')),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('browser', models.CharField(blank=True, editable=False, max_length=64)),
                ('subject', models.CharField(blank=True, max_length=40)),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('created_at', models.DateTimeField(verbose_name='asked for')),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('used_at', models.DateTimeField(null=True, verbose_name='used')),
            ],
            options={
                'verbose_name': 'one-time code',
                'verbose_name_plural': 'one-time codes',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='why')),
                ('until', models.DateField(blank=True, help_text='Empty: until somebody ends it.', null=True, verbose_name='until')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='ended')),
            ],
            options={
                'verbose_name': 'pause of advertising',
                'verbose_name_plural': 'pauses of advertising',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sender', models.CharField(max_length=254, verbose_name='sender')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('gateway', models.CharField(max_length=20, verbose_name='gateway')),
                ('provider_id', models.CharField(max_length=120)),
                ('is_stop', models.BooleanField(default=False, verbose_name='asks to stop')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Route',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('sms', 'SMS'), ('email', 'e-mail')], max_length=5, verbose_name='goes by')),
                ('gateway', models.CharField(max_length=20, verbose_name='gateway')),
                ('is_on', models.BooleanField(default=False, verbose_name='in use')),
                ('position', models.PositiveSmallIntegerField(default=1, help_text='The first that works is taken.', verbose_name='order')),
                ('price', models.DecimalField(decimal_places=2, default=0, max_digits=7, verbose_name='price of a segment')),
                ('failures', models.PositiveIntegerField(default=0, editable=False)),
                ('rejections', models.PositiveIntegerField(default=0, editable=False)),
                ('open_until', models.DateTimeField(editable=False, null=True)),
                ('trouble', models.CharField(blank=True, editable=False, max_length=200)),
                ('trouble_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'gateway in use',
                'verbose_name_plural': 'gateways in use',
                'ordering': ['channel', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Spending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('lane', models.CharField(choices=[('urgent', 'urgent'), ('bulk', 'bulk')], max_length=6, verbose_name='queue')),
                ('gateway', models.CharField(max_length=20, verbose_name='gateway')),
                ('messages', models.IntegerField(default=0, verbose_name='messages')),
                ('segments', models.IntegerField(default=0, verbose_name='segments')),
                ('money', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='money')),
            ],
            options={
                'verbose_name': 'spending of a day',
                'verbose_name_plural': 'spending of days',
                'ordering': ['-day'],
            },
        ),
        migrations.CreateModel(
            name='StopEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.CharField(max_length=254, unique=True, verbose_name='recipient')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
            ],
            options={
                'verbose_name': 'entry of the stop list',
                'verbose_name_plural': 'stop list',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Template',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True, verbose_name='key')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('channel', models.CharField(choices=[('sms', 'SMS'), ('email', 'e-mail')], default='sms', max_length=5, verbose_name='goes by')),
                ('nature', models.CharField(choices=[('advertising', 'advertising: needs consent; every greeting is'), ('service', 'service: about what the client left or asked for')], default='advertising', max_length=11, verbose_name='what it is')),
                ('subject', models.CharField(blank=True, help_text='Of an e-mail.', max_length=120, validators=[messaging.texts.validate_placeholders], verbose_name='subject')),
                ('text', models.TextField(validators=[messaging.texts.validate_placeholders], verbose_name='text')),
                ('subject_en', models.CharField(blank=True, max_length=120, validators=[messaging.texts.validate_placeholders], verbose_name='subject in English')),
                ('text_en', models.TextField(blank=True, help_text='For clients who are written to in English; without it they get the Russian text.', validators=[messaging.texts.validate_placeholders], verbose_name='text in English')),
            ],
            options={
                'verbose_name': 'template',
                'verbose_name_plural': 'templates',
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='Errand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('occasion_key', models.CharField(max_length=80, unique=True, verbose_name='occasion')),
                ('reason', models.CharField(max_length=200, verbose_name='why')),
                ('script', models.TextField(blank=True, verbose_name='what to say')),
                ('is_service', models.BooleanField(default=False, verbose_name='service, not advertising')),
                ('due_on', models.DateField(verbose_name='due')),
                ('outcome', models.CharField(choices=[('open', 'to do'), ('done', 'done'), ('no_answer', 'no answer'), ('dropped', 'dropped')], default='open', max_length=10, verbose_name='outcome')),
                ('tries', models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name='times without an answer')),
                ('done_at', models.DateTimeField(null=True, verbose_name='done at')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='errands', to='clients.client', verbose_name='client')),
            ],
            options={
                'verbose_name': 'errand',
                'verbose_name_plural': 'errands',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='errand',
            name='done_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='errand',
            name='store',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='store'),
        ),
        migrations.AddField(
            model_name='historicalbudget',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalroute',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaltemplate',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='message',
            name='client',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='clients.client', verbose_name='client'),
        ),
        migrations.AddField(
            model_name='message',
            name='consent',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='clients.consent'),
        ),
        migrations.AddField(
            model_name='message',
            name='store',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='home store'),
        ),
        migrations.AddField(
            model_name='messageevent',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='messageevent',
            name='message',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='messaging.message'),
        ),
        migrations.AddField(
            model_name='onetimecode',
            name='client',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.client'),
        ),
        migrations.AddField(
            model_name='onetimecode',
            name='message',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='messaging.message'),
        ),
        migrations.AddField(
            model_name='pause',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pause',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='clients.client', verbose_name='client'),
        ),
        migrations.AddField(
            model_name='reply',
            name='client',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='clients.client', verbose_name='client'),
        ),
        migrations.AddConstraint(
            model_name='route',
            constraint=models.UniqueConstraint(fields=('channel', 'gateway'), name='route_once'),
        ),
        migrations.AddConstraint(
            model_name='spending',
            constraint=models.UniqueConstraint(fields=('day', 'lane', 'gateway'), name='spending_once'),
        ),
        migrations.AddConstraint(
            model_name='template',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'email'), _negated=True), models.Q(('subject', ''), _negated=True), _connector='OR'), name='template_email_has_a_subject', violation_error_message='An e-mail has a subject.'),
        ),
        migrations.AddField(
            model_name='message',
            name='template',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='messaging.template'),
        ),
        migrations.AddIndex(
            model_name='errand',
            index=models.Index(condition=models.Q(('outcome', 'open')), fields=['store', 'due_on'], name='errand_to_do'),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['open', 'done', 'no_answer', 'dropped'])), name='errand_outcome_known'),
        ),
        migrations.AddIndex(
            model_name='messageevent',
            index=models.Index(fields=['message', 'id'], name='event_of_message'),
        ),
        migrations.AddIndex(
            model_name='onetimecode',
            index=models.Index(fields=['expires_at'], name='code_by_expiry'),
        ),
        migrations.AddConstraint(
            model_name='onetimecode',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['sign_in', 'contact', 'hand_out'])), name='code_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.UniqueConstraint(fields=('gateway', 'provider_id'), name='reply_once'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'pending')), fields=['lane', 'send_after', 'id'], name='message_due'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'sending')), fields=['claimed_at'], name='message_on_its_way'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state__in', ['unknown', 'failed', 'expired', 'suppressed'])), fields=['state', '-id'], name='message_to_look_at'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['store', 'state', '-id'], name='message_of_store'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['client', '-id'], name='message_of_client'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['source', 'occasion_on'], name='message_of_source'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('sent_at__isnull', False)), fields=['sent_at'], name='message_by_sending'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('occasion_key',), name='message_occasion_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('token',), name='message_token_once'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'expired', 'suppressed'])), name='message_state_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('send_after'))), name='message_expires_after_due'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('client__isnull', False), ('source', 'test'), _connector='OR'), name='message_has_a_client'),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
