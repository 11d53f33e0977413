import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clients', '0001_initial'),
        ('purchases', '0001_initial'),
        ('stores', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreementText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(unique=True, verbose_name='version')),
                ('text', models.TextField(verbose_name='text')),
                ('since', models.DateField(verbose_name='since')),
            ],
            options={
                'verbose_name': 'text of the agreement',
                'verbose_name_plural': 'texts of the agreement',
                'ordering': ['-version'],
            },
        ),
        migrations.CreateModel(
            name='ServiceTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('resizing', 'resizing'), ('repair', 'repair'), ('chain_repair', 'chain repair'), ('soldering', 'soldering'), ('stone_setting', 'stone setting'), ('polishing', 'polishing'), ('rhodium', 'rhodium plating'), ('cleaning', 'cleaning'), ('engraving', 'engraving'), ('appraisal', 'appraisal'), ('other', 'other')], max_length=15, unique=True, verbose_name='what to do')),
                ('days', models.PositiveSmallIntegerField(default=7, verbose_name='usual days')),
                ('price', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='usual price')),
                ('asks_passport', models.BooleanField(default=False, verbose_name='always asks for a passport')),
                ('passport_from', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='asks for a passport from a declared value of')),
            ],
            options={
                'verbose_name': 'term of a service',
                'verbose_name_plural': 'terms of services',
                'ordering': ['kind'],
            },
        ),
        migrations.CreateModel(
            name='Master',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('is_active', models.BooleanField(default=True, verbose_name='works')),
                ('store', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='works for')),
            ],
            options={
                'verbose_name': 'master',
                'verbose_name_plural': 'masters',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ServiceRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, verbose_name='ticket')),
                ('envelope', models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name='envelope')),
                ('envelopes', models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name='of envelopes')),
                ('accepted_on', models.DateField(verbose_name='taken in')),
                ('kind', models.CharField(choices=[('resizing', 'resizing'), ('repair', 'repair'), ('chain_repair', 'chain repair'), ('soldering', 'soldering'), ('stone_setting', 'stone setting'), ('polishing', 'polishing'), ('rhodium', 'rhodium plating'), ('cleaning', 'cleaning'), ('engraving', 'engraving'), ('appraisal', 'appraisal'), ('other', 'other')], max_length=15, verbose_name='what to do')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='the piece by appearance')),
                ('weight', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, verbose_name='weight, g')),
                ('flaws', models.CharField(blank=True, db_default='', max_length=300, verbose_name='visible flaws')),
                ('work', models.CharField(blank=True, max_length=300, verbose_name='details of the work')),
                ('engraving', models.CharField(blank=True, db_default='', max_length=120, verbose_name='text to engrave')),
                ('size_from', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='size now')),
                ('size_to', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='size wanted')),
                ('declared_value', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='declared value')),
                ('price', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='price of the work')),
                ('is_estimate', models.BooleanField(db_default=False, default=False, verbose_name='an estimate')),
                ('prepayment', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='prepaid')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                ('is_urgent', models.BooleanField(db_default=False, default=False, verbose_name='urgent')),
                ('note_inside', models.CharField(blank=True, db_default='', max_length=500, verbose_name='note for ourselves')),
                ('note_client', models.CharField(blank=True, db_default='', max_length=300, verbose_name='note for the client')),
                ('status', models.CharField(choices=[('received', 'received'), ('in_work', 'in work'), ('ready', 'ready'), ('handed_out', 'handed out'), ('cancelled', 'cancelled')], default='received', max_length=10, verbose_name='status')),
                ('ready_on', models.DateField(blank=True, null=True, verbose_name='ready since')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='handed out or cancelled')),
                ('handed_by', models.CharField(blank=True, choices=[('ticket', 'the ticket'), ('code', "a code from the client's phone"), ('document', 'a document')], db_default='', max_length=8, verbose_name='handed out by')),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken in by')),
                ('agreement', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workshop.agreementtext')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='clients.client', verbose_name='client')),
                ('lies_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='lies in')),
                ('master', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='workshop.master', verbose_name='master')),
                ('piece', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='services', to='purchases.piece', verbose_name='bought here')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='stores.store', verbose_name='store')),
                ('warranty_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='workshop.servicerequest', verbose_name='came back from')),
            ],
            options={
                'verbose_name': 'service request',
                'verbose_name_plural': 'service requests',
                'ordering': ['-accepted_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ServicePhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moment', models.CharField(choices=[('before', 'before'), ('after', 'after')], max_length=6, verbose_name='taken')),
                ('image', models.FileField(upload_to='service/%Y/%m/')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='workshop.servicerequest')),
            ],
            options={
                'verbose_name': 'photo of a piece',
                'verbose_name_plural': 'photos of pieces',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PriceOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('price', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='new price')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='why')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('answer', models.CharField(choices=[('open', 'waits for the client'), ('agreed', 'the client agreed'), ('declined', 'the client declined'), ('withdrawn', 'withdrawn')], default='open', max_length=9, verbose_name='answer')),
                ('how', models.CharField(blank=True, choices=[('phone', 'by phone'), ('in_person', 'in person'), ('page', "on the client's page")], max_length=9, verbose_name='how')),
                ('answered_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='workshop.servicerequest')),
            ],
            options={
                'verbose_name': 'offer of a price',
                'verbose_name_plural': 'offers of prices',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PassportView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(max_length=200, verbose_name='why')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passport_views', to='workshop.servicerequest')),
            ],
            options={
                'verbose_name': 'view of passport data',
                'verbose_name_plural': 'views of passport data',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Passport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.BinaryField()),
                ('delete_on', models.DateField(db_index=True, verbose_name='deleted on')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='passport', to='workshop.servicerequest')),
            ],
            options={
                'verbose_name': 'passport data',
                'verbose_name_plural': 'passport data',
            },
        ),
        migrations.CreateModel(
            name='HistoricalServiceRequest',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.CharField(max_length=40, verbose_name='ticket')),
                ('envelope', models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name='envelope')),
                ('envelopes', models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name='of envelopes')),
                ('accepted_on', models.DateField(verbose_name='taken in')),
                ('kind', models.CharField(choices=[('resizing', 'resizing'), ('repair', 'repair'), ('chain_repair', 'chain repair'), ('soldering', 'soldering'), ('stone_setting', 'stone setting'), ('polishing', 'polishing'), ('rhodium', 'rhodium plating'), ('cleaning', 'cleaning'), ('engraving', 'engraving'), ('appraisal', 'appraisal'), ('other', 'other')], max_length=15, verbose_name='what to do')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='the piece by appearance')),
                ('weight', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, verbose_name='weight, g')),
                ('flaws', models.CharField(blank=True, db_default='', max_length=300, verbose_name='visible flaws')),
                ('work', models.CharField(blank=True, max_length=300, verbose_name='details of the work')),
                ('engraving', models.CharField(blank=True, db_default='', max_length=120, verbose_name='text to engrave')),
                ('size_from', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='size now')),
                ('size_to', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='size wanted')),
                ('declared_value', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='declared value')),
                ('price', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='price of the work')),
                ('is_estimate', models.BooleanField(db_default=False, default=False, verbose_name='an estimate')),
                ('prepayment', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='prepaid')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                ('is_urgent', models.BooleanField(db_default=False, default=False, verbose_name='urgent')),
                ('note_inside', models.CharField(blank=True, db_default='', max_length=500, verbose_name='note for ourselves')),
                ('note_client', models.CharField(blank=True, db_default='', max_length=300, verbose_name='note for the client')),
                ('status', models.CharField(choices=[('received', 'received'), ('in_work', 'in work'), ('ready', 'ready'), ('handed_out', 'handed out'), ('cancelled', 'cancelled')], default='received', max_length=10, verbose_name='status')),
                ('ready_on', models.DateField(blank=True, null=True, verbose_name='ready since')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='handed out or cancelled')),
                ('handed_by', models.CharField(blank=True, choices=[('ticket', 'the ticket'), ('code', "a code from the client's phone"), ('document', 'a document')], db_default='', max_length=8, verbose_name='handed out by')),
                ('form_key', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('created_at', models.DateTimeField(blank=True, editable=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('accepted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken in by')),
                ('agreement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workshop.agreementtext')),
                ('client', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='clients.client', verbose_name='client')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lies_in', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='stores.store', verbose_name='lies in')),
                ('piece', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='purchases.piece', verbose_name='bought here')),
                ('store', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='stores.store', verbose_name='store')),
                ('master', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workshop.master', verbose_name='master')),
                ('warranty_of', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workshop.servicerequest', verbose_name='came back from')),
            ],
            options={
                'verbose_name': 'historical service request',
                'verbose_name_plural': 'historical service requests',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(verbose_name='sent')),
                ('received_at', models.DateTimeField(null=True, verbose_name='arrived')),
                ('from_store', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store')),
                ('received_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='to the store')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ways', to='workshop.servicerequest')),
            ],
            options={
                'verbose_name': 'hand-over between stores',
                'verbose_name_plural': 'hand-overs between stores',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ServiceStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('status', 'status'), ('price', 'price'), ('place', 'place'), ('master', 'master'), ('photo', 'photo'), ('note', 'note'), ('client', 'word of the client')], db_default='status', default='status', max_length=6, verbose_name='what happened')),
                ('status', models.CharField(choices=[('received', 'received'), ('in_work', 'in work'), ('ready', 'ready'), ('handed_out', 'handed out'), ('cancelled', 'cancelled')], max_length=10, verbose_name='status')),
                ('words', models.CharField(blank=True, db_default='', max_length=300, verbose_name='words')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='workshop.servicerequest')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='servicerequest',
            index=models.Index(fields=['client', 'accepted_on'], name='service_of_client'),
        ),
        migrations.AddIndex(
            model_name='servicerequest',
            index=models.Index(fields=['store', 'status', 'due_on'], name='service_board'),
        ),
        migrations.AddIndex(
            model_name='servicerequest',
            index=models.Index(fields=['number'], name='service_by_ticket'),
        ),
        migrations.AddIndex(
            model_name='servicerequest',
            index=models.Index(condition=models.Q(('status', 'ready')), fields=['ready_on'], name='service_waits_for_client'),
        ),
        migrations.AddConstraint(
            model_name='servicerequest',
            constraint=models.UniqueConstraint(fields=('store', 'accepted_on', 'number', 'envelope'), name='service_envelope_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='servicerequest',
            constraint=models.CheckConstraint(condition=models.Q(('envelope__gte', 1), ('envelope__lte', models.F('envelopes'))), name='service_envelope_of'),
        ),
        migrations.AddConstraint(
            model_name='servicerequest',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['received', 'in_work', 'ready', 'handed_out', 'cancelled'])), name='service_status_known'),
        ),
        migrations.AddConstraint(
            model_name='servicerequest',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['resizing', 'repair', 'chain_repair', 'soldering', 'stone_setting', 'polishing', 'rhodium', 'cleaning', 'engraving', 'appraisal', 'other'])), name='service_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='servicerequest',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__isnull', True), ('due_on__gte', models.F('accepted_on')), _connector='OR'), name='service_due_after_taken_in', violation_error_message='The due date is before the day of intake.'),
        ),
        migrations.AddConstraint(
            model_name='priceoffer',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', 'open')), fields=('request',), name='offer_open_once'),
        ),
        migrations.AddConstraint(
            model_name='priceoffer',
            constraint=models.CheckConstraint(condition=models.Q(('price__gte', 0)), name='offer_not_negative', violation_error_message='A price is zero or more.'),
        ),
        migrations.AddConstraint(
            model_name='passportview',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='passport_view_says_why'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('received_at', None)), fields=('request',), name='hand_over_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('from_store', models.F('to_store')), _negated=True), name='hand_over_between_two_stores'),
        ),
    ]
