"""The tables of inquiries, wishes and appointments."""

import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('inquiries', '0001_initial'),
        ('inquiries', '0002_appointments'),
    ]

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('clients', '0001_squashed_0012'),
        ('messaging', '0001_squashed_0015'),
        ('purchases', '0001_squashed_0006'),
        ('stores', '0001_squashed_0005'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CatalogueSeen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('counter', 'in the store'), ('phone', 'by phone'), ('form', 'on the site'), ('event', 'at an event'), ('friend', "by a friend's word")], max_length=8, verbose_name='source')),
                ('came_on', models.DateField(verbose_name='came on')),
                ('won_until', models.DateField(editable=False)),
                ('store', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='store')),
                ('seller', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='seller')),
                ('client', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='clients.client', verbose_name='client')),
                ('name', models.CharField(blank=True, default='', max_length=100, verbose_name='name')),
                ('phone', models.CharField(blank=True, default='', max_length=20, verbose_name='phone')),
                ('email', models.CharField(blank=True, default='', max_length=254, verbose_name='e-mail')),
                ('wish', models.CharField(blank=True, default='', max_length=300, verbose_name='what they want')),
                ('kind', models.CharField(blank=True, choices=[('ring', 'ring'), ('earrings', 'earrings'), ('pendant', 'pendant'), ('necklace', 'necklace'), ('chain', 'chain'), ('bracelet', 'bracelet'), ('brooch', 'brooch'), ('watch', 'watch'), ('other', 'other')], default='', max_length=10, verbose_name='kind')),
                ('metal', models.CharField(blank=True, choices=[('gold', 'gold'), ('red_gold', 'red gold'), ('white_gold', 'white gold'), ('yellow_gold', 'yellow gold'), ('silver', 'silver'), ('platinum', 'platinum'), ('palladium', 'palladium'), ('other', 'other')], default='', max_length=12, verbose_name='metal')),
                ('size', models.CharField(blank=True, default='', max_length=10, verbose_name='size')),
                ('budget', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='budget')),
                ('article_key', models.CharField(blank=True, default='', max_length=40, verbose_name='article')),
                ('for_day', models.DateField(blank=True, null=True, verbose_name='for which day')),
                ('consent_text', models.TextField(blank=True, default='', verbose_name='what was agreed to')),
                ('state', models.CharField(choices=[('new', 'new'), ('contacted', 'talked to'), ('agreed', 'agreed on a day'), ('won', 'bought'), ('lost', 'not bought')], default='new', max_length=10, verbose_name='status')),
                ('lost_reason', models.CharField(blank=True, choices=[('price', 'the price'), ('range', 'nothing to their taste'), ('size', 'no such size'), ('time', 'still thinking'), ('elsewhere', 'bought elsewhere'), ('silent', 'no answer, or not said')], default='', max_length=10, verbose_name='why not')),
                ('words', models.CharField(blank=True, default='', max_length=300, verbose_name='note')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='next step')),
                ('step_at', models.DateTimeField(verbose_name='last step')),
                ('steps', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('errand', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='messaging.errand')),
                ('purchase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='inquiries', to='purchases.purchase', verbose_name='receipt')),
                ('woken_at', models.DateTimeField(blank=True, null=True, verbose_name='the piece came')),
                ('woken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='catalogue.article')),
                ('erased_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, help_text='One filled form is one inquiry.', unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'inquiry',
                'verbose_name_plural': 'inquiries',
                'ordering': ['-came_on', '-pk'],
                'indexes': [models.Index(fields=['state', 'next_on'], name='inquiry_by_state'), models.Index(fields=['store', 'came_on'], name='inquiry_of_store'), models.Index(condition=models.Q(('client__isnull', False)), fields=['client'], name='inquiry_of_client'), models.Index(condition=models.Q(('erased_at', None)), fields=['step_at'], name='inquiry_to_erase')],
                'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['counter', 'phone', 'form', 'event', 'friend'])), name='inquiry_source_known'), models.CheckConstraint(condition=models.Q(('state__in', ['new', 'contacted', 'agreed', 'won', 'lost'])), name='inquiry_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'lost'), models.Q(('lost_reason', ''), _negated=True)), models.Q(models.Q(('state', 'lost'), _negated=True), ('lost_reason', '')), _connector='OR'), name='inquiry_lost_with_a_reason', violation_error_message='Say why nothing was bought.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'agreed'), _negated=True), ('next_on__isnull', False), _connector='OR'), name='inquiry_agreed_on_a_day'), models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('client', None), ('email', ''), ('name', ''), ('phone', ''), ('wish', ''), ('words', '')), _connector='OR'), name='inquiry_erased_wholly')],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='stores.store', verbose_name='store')),
                ('client', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='clients.client', verbose_name='client')),
                ('inquiry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='appointments', to='inquiries.inquiry', verbose_name='inquiry')),
                ('seller', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='seller')),
                ('starts_at', models.DateTimeField(verbose_name='when')),
                ('place', models.PositiveSmallIntegerField(editable=False)),
                ('articles', models.CharField(blank=True, default='', max_length=200, verbose_name='put aside')),
                ('words', models.CharField(blank=True, default='', max_length=300, verbose_name='note')),
                ('state', models.CharField(choices=[('booked', 'expected'), ('came', 'came'), ('absent', 'did not come'), ('cancelled', 'cancelled')], default='booked', max_length=10, verbose_name='status')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, help_text='One filled form is one appointment.', unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'appointment',
                'verbose_name_plural': 'appointments',
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('client__isnull', False)), fields=['client'], name='appointment_of_client'), models.Index(condition=models.Q(('inquiry__isnull', False)), fields=['inquiry'], name='appointment_of_inquiry')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['booked', 'came', 'absent', 'cancelled'])), name='appointment_state_known'), models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('store', 'starts_at', 'place'), name='appointment_place_once', violation_error_message='This hour is taken. Choose another.'), models.UniqueConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), ('seller__isnull', False)), fields=('seller', 'starts_at'), name='appointment_seller_once', violation_error_message='This seller has somebody at that hour. Choose another.')],
            },
        ),
        migrations.CreateModel(
            name='AppointmentStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='inquiries.appointment')),
                ('state', models.CharField(choices=[('booked', 'expected'), ('came', 'came'), ('absent', 'did not come'), ('cancelled', 'cancelled')], max_length=10)),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store')),
                ('starts_at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Reception',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('store', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reception', to='stores.store', verbose_name='store')),
                ('at_once', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name='how many at once')),
                ('remind_hours', models.PositiveSmallIntegerField(choices=[(24, 'the day before'), (2, 'two hours before')], default=24, verbose_name='reminder')),
                ('is_open', models.BooleanField(default=True, verbose_name='clients choose an hour themselves')),
            ],
            options={
                'verbose_name': 'appointments of a store',
                'verbose_name_plural': 'appointments of stores',
                'constraints': [models.CheckConstraint(condition=models.Q(('at_once__range', (1, 50))), name='reception_at_once', violation_error_message='From one to fifty at once.')],
            },
        ),
        migrations.CreateModel(
            name='WebForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='address')),
                ('title', models.CharField(max_length=100, verbose_name='heading')),
                ('store', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='store')),
                ('consent_text', models.TextField(default='Даю согласие на обработку моих персональных данных, чтобы магазин связался со мной по этому обращению. Они удаляются через 180 дней после последнего разговора.', verbose_name='what is agreed to')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'form on the site',
                'verbose_name_plural': 'forms on the site',
                'ordering': ['slug'],
            },
        ),
    ]
