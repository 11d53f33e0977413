import django.core.validators
import django.db.models.deletion
import simple_history.models
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clients', '0001_initial'),
        ('imports', '0001_initial'),
        ('stores', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('corrected', 'corrected'), ('attached', 'given its client'), ('voided', 'voided'), ('restored', 'brought back'), ('undone', 'correction undone')], max_length=10)),
                ('version', models.PositiveIntegerField(help_text='The version of the receipt that it made.')),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
                'ordering': ['-version'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalPiece',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('article', models.CharField(db_index=True, max_length=40, verbose_name='article')),
                ('kind', models.CharField(choices=[('ring', 'ring'), ('earrings', 'earrings'), ('pendant', 'pendant'), ('necklace', 'necklace'), ('chain', 'chain'), ('bracelet', 'bracelet'), ('brooch', 'brooch'), ('watch', 'watch'), ('other', 'other')], max_length=10, verbose_name='kind')),
                ('price', models.DecimalField(decimal_places=2, max_digits=12, validators=[django.core.validators.MinValueValidator(0)], verbose_name='price')),
                ('discount', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='discount')),
                ('occurrence', models.PositiveSmallIntegerField(default=1, editable=False, help_text='n-th of its article and price.')),
                ('returned_on', models.DateField(blank=True, null=True, verbose_name='returned')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical piece',
                'verbose_name_plural': 'historical pieces',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPurchase',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('no_card_reason', models.CharField(blank=True, choices=[('declined', 'the client declined'), ('hurry', 'no time: a queue'), ('tourist', 'passing through, will not return'), ('list', 'the list names no client')], max_length=20, verbose_name='why without a card')),
                ('sold_on', models.DateField(verbose_name='day of sale')),
                ('receipt_number', models.CharField(blank=True, max_length=40, null=True, verbose_name='receipt number')),
                ('occasion', models.CharField(blank=True, choices=[('birthday', 'birthday'), ('anniversary', 'anniversary'), ('wedding', 'engagement, wedding'), ('child', 'birth of a child'), ('holiday', 'a holiday'), ('none', 'no occasion, just so'), ('other', 'another occasion')], db_default='', default='', max_length=12, verbose_name='occasion')),
                ('voided_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='voided')),
                ('void_reason', models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='why it was voided')),
                ('version', models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                ('form_key', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False, help_text='One filled form is one sale.')),
                ('created_at', models.DateTimeField(blank=True, editable=False)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical purchase',
                'verbose_name_plural': 'historical purchases',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.CharField(db_index=True, max_length=40, verbose_name='article')),
                ('kind', models.CharField(choices=[('ring', 'ring'), ('earrings', 'earrings'), ('pendant', 'pendant'), ('necklace', 'necklace'), ('chain', 'chain'), ('bracelet', 'bracelet'), ('brooch', 'brooch'), ('watch', 'watch'), ('other', 'other')], max_length=10, verbose_name='kind')),
                ('price', models.DecimalField(decimal_places=2, max_digits=12, validators=[django.core.validators.MinValueValidator(0)], verbose_name='price')),
                ('discount', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='discount')),
                ('occurrence', models.PositiveSmallIntegerField(default=1, editable=False, help_text='n-th of its article and price.')),
                ('returned_on', models.DateField(blank=True, null=True, verbose_name='returned')),
            ],
            options={
                'verbose_name': 'piece',
                'verbose_name_plural': 'pieces',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Purchase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('no_card_reason', models.CharField(blank=True, choices=[('declined', 'the client declined'), ('hurry', 'no time: a queue'), ('tourist', 'passing through, will not return'), ('list', 'the list names no client')], max_length=20, verbose_name='why without a card')),
                ('sold_on', models.DateField(verbose_name='day of sale')),
                ('receipt_number', models.CharField(blank=True, max_length=40, null=True, verbose_name='receipt number')),
                ('occasion', models.CharField(blank=True, choices=[('birthday', 'birthday'), ('anniversary', 'anniversary'), ('wedding', 'engagement, wedding'), ('child', 'birth of a child'), ('holiday', 'a holiday'), ('none', 'no occasion, just so'), ('other', 'another occasion')], db_default='', default='', max_length=12, verbose_name='occasion')),
                ('voided_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='voided')),
                ('void_reason', models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='why it was voided')),
                ('version', models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, help_text='One filled form is one sale.', unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'purchase',
                'verbose_name_plural': 'purchases',
                'ordering': ['-sold_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Tender',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('cash', 'cash'), ('card', 'bank card'), ('certificate', 'certificate'), ('prepayment', 'prepayment'), ('transfer', 'transfer')], max_length=12, verbose_name='paid by')),
                ('sum', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='sum')),
            ],
            options={
                'verbose_name': 'payment',
                'verbose_name_plural': 'payments',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Uin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(db_index=True, max_length=16, verbose_name='UIN')),
            ],
            options={
                'verbose_name': 'UIN',
                'verbose_name_plural': 'UINs',
            },
        ),
        migrations.CreateModel(
            name='WaitingLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spec', models.CharField(max_length=20)),
                ('fingerprint', models.CharField(max_length=32, unique=True)),
                ('source', models.CharField(max_length=40)),
                ('code', models.CharField(blank=True, db_index=True, max_length=64)),
                ('phone', models.CharField(blank=True, db_index=True, max_length=20)),
                ('person_key', models.CharField(blank=True, db_index=True, max_length=190)),
                ('values', models.JSONField()),
                ('origin', models.CharField(max_length=60)),
                ('number', models.PositiveIntegerField(default=0, help_text='Row of the list.')),
                ('occurrence', models.PositiveSmallIntegerField(default=1, help_text='Which of its like in its list.')),
            ],
            options={
                'verbose_name': 'line that waits for its client',
                'verbose_name_plural': 'lines that wait for their clients',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='correction',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalpiece',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalpurchase',
            name='client',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='clients.client', verbose_name='client'),
        ),
        migrations.AddField(
            model_name='historicalpurchase',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalpurchase',
            name='seller',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='seller'),
        ),
        migrations.AddField(
            model_name='historicalpurchase',
            name='store',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='stores.store', verbose_name='store'),
        ),
        migrations.AddField(
            model_name='historicalpurchase',
            name='wearer',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='clients.wearer', verbose_name='for whom'),
        ),
        migrations.AddField(
            model_name='purchase',
            name='client',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='purchases', to='clients.client', verbose_name='client'),
        ),
        migrations.AddField(
            model_name='purchase',
            name='seller',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sales', to=settings.AUTH_USER_MODEL, verbose_name='seller'),
        ),
        migrations.AddField(
            model_name='purchase',
            name='store',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='purchases', to='stores.store', verbose_name='store'),
        ),
        migrations.AddField(
            model_name='purchase',
            name='wearer',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='clients.wearer', verbose_name='for whom'),
        ),
        migrations.AddField(
            model_name='piece',
            name='exchanged_in',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='taken_back', to='purchases.purchase'),
        ),
        migrations.AddField(
            model_name='piece',
            name='purchase',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='purchases.purchase'),
        ),
        migrations.AddField(
            model_name='historicalpiece',
            name='exchanged_in',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='purchases.purchase'),
        ),
        migrations.AddField(
            model_name='historicalpiece',
            name='purchase',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='purchases.purchase'),
        ),
        migrations.AddField(
            model_name='correction',
            name='purchase',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='purchases.purchase'),
        ),
        migrations.AddField(
            model_name='tender',
            name='purchase',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tenders', to='purchases.purchase'),
        ),
        migrations.AddField(
            model_name='uin',
            name='piece',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uins', to='purchases.piece'),
        ),
        migrations.AddField(
            model_name='waitingline',
            name='list_import',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='imports.listimport'),
        ),
        migrations.AddIndex(
            model_name='purchase',
            index=models.Index(fields=['client', 'sold_on'], name='purchase_of_client'),
        ),
        migrations.AddIndex(
            model_name='purchase',
            index=models.Index(fields=['store', '-sold_on', '-id'], name='purchase_of_store'),
        ),
        migrations.AddIndex(
            model_name='purchase',
            index=models.Index(fields=['-sold_on', '-id'], name='purchase_newest'),
        ),
        migrations.AddIndex(
            model_name='purchase',
            index=models.Index(condition=models.Q(('client', None)), fields=['sold_on', 'store'], name='purchase_without_card'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('client__isnull', False), ('no_card_reason', '')), models.Q(('client__isnull', True), models.Q(('no_card_reason', ''), _negated=True)), _connector='OR'), name='purchase_has_a_card_or_a_reason', violation_error_message='Choose the client, or say why there is no card.'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('void_reason', ''), ('voided_at', None)), models.Q(('voided_at__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='purchase_voided_with_a_reason', violation_error_message='Say why the receipt is voided.'),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('store', 'sold_on', 'receipt_number'), name='purchase_receipt_once_a_day', violation_error_message='This receipt is already in the base for this store and day.'),
        ),
        migrations.AddIndex(
            model_name='piece',
            index=models.Index(condition=models.Q(('returned_on', None)), fields=['kind', '-price'], name='piece_highest_of_kind'),
        ),
        migrations.AddIndex(
            model_name='piece',
            index=models.Index(condition=models.Q(('exchanged_in__isnull', False)), fields=['exchanged_in'], name='piece_exchanged'),
        ),
        migrations.AddConstraint(
            model_name='piece',
            constraint=models.CheckConstraint(condition=models.Q(('price__gte', 0), ('discount__gte', 0)), name='piece_price_not_negative', violation_error_message='A price is zero or more.'),
        ),
        migrations.AddConstraint(
            model_name='piece',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['ring', 'earrings', 'pendant', 'necklace', 'chain', 'bracelet', 'brooch', 'watch', 'other'])), name='piece_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='piece',
            constraint=models.UniqueConstraint(fields=('purchase', 'article', 'price', 'occurrence'), name='piece_line_once'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(fields=('purchase', 'version'), name='correction_once_a_version'),
        ),
        migrations.AddConstraint(
            model_name='tender',
            constraint=models.CheckConstraint(condition=models.Q(('sum', 0), _negated=True), name='tender_is_something'),
        ),
        migrations.AddConstraint(
            model_name='tender',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['cash', 'card', 'certificate', 'prepayment', 'transfer'])), name='tender_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='tender',
            constraint=models.UniqueConstraint(fields=('purchase', 'kind'), name='tender_kind_once'),
        ),
        migrations.AddConstraint(
            model_name='uin',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^[0-9]{16}$')), name='uin_is_16_digits', violation_error_message='A UIN is 16 digits.'),
        ),
        migrations.AddConstraint(
            model_name='uin',
            constraint=models.UniqueConstraint(fields=('piece', 'number'), name='uin_once_on_a_piece'),
        ),
    ]
