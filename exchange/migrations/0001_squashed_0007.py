"""The tables of sources, their documents, webhooks and door counters."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('exchange', '0001_initial'),
        ('exchange', '0002_goods_from_1c'),
        ('exchange', '0003_files_of_goods'),
        ('exchange', '0004_webhooks'),
        ('exchange', '0005_sealed_secrets'),
        ('exchange', '0006_door_counters'),
        ('exchange', '0007_told_and_asked'),
    ]

    initial = True

    dependencies = [
        ('purchases', '0001_squashed_0006'),
        ('stores', '0001_squashed_0005'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Hook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                ('address', models.URLField(max_length=500, verbose_name='address')),
                ('secret', models.CharField(max_length=255)),
                ('kinds', models.JSONField(default=list, verbose_name='told of')),
                ('since', models.JSONField(default=dict)),
                ('off_at', models.DateTimeField(null=True, verbose_name='switched off')),
                ('failing_since', models.DateTimeField(null=True, verbose_name='fails since')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'webhook',
                'verbose_name_plural': 'webhooks',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                ('store', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='of this store alone')),
                ('may_send', models.BooleanField(default=True, verbose_name='sends receipts and returns')),
                ('may_quote', models.BooleanField(default=True, verbose_name='asks for bills')),
                ('may_look_up', models.BooleanField(default=True, verbose_name='looks clients up')),
                ('may_fill', models.BooleanField(default=False, verbose_name='fills the catalogue and stock')),
                ('may_count', models.BooleanField(db_default=False, default=False, verbose_name='counts visitors at the door')),
                ('a_minute', models.PositiveIntegerField(default=3000, validators=[django.core.validators.MinValueValidator(1)], verbose_name='requests a minute')),
                ('look_ups_an_hour', models.PositiveIntegerField(default=600, validators=[django.core.validators.MinValueValidator(1)], verbose_name='look-ups an hour')),
                ('price_type', models.CharField(blank=True, help_text="Which of 1C's prices is the tag's; empty: the retail one.", max_length=200, verbose_name='type of prices')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'source of documents',
                'verbose_name_plural': 'sources of documents',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Pull',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='pull', to='exchange.source', verbose_name='source')),
                ('token', models.CharField(max_length=1000)),
                ('since', models.DateTimeField(verbose_name='from')),
                ('reached', models.JSONField(default=dict)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next time')),
                ('taken_at', models.DateTimeField(null=True, verbose_name='last taken')),
                ('failing_since', models.DateTimeField(null=True, verbose_name='fails since')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='last answer')),
                ('off_at', models.DateTimeField(null=True, verbose_name='switched off')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'pulling from MoySklad',
                'verbose_name_plural': 'pulling from MoySklad',
                'ordering': ['source__name'],
            },
        ),
        migrations.CreateModel(
            name='SourceKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='exchange.source')),
                ('beginning', models.CharField(max_length=12)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ('used_at', models.DateTimeField(null=True, verbose_name='last used')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='revoked')),
            ],
            options={
                'verbose_name': 'key of a source',
                'verbose_name_plural': 'keys of sources',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='HookCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='exchange.hook')),
                ('kind', models.CharField(choices=[('receipt.saved', 'a receipt was saved'), ('receipt.returned', 'pieces of a receipt came back'), ('return.undone', 'a return was taken back'), ('receipt.corrected', 'a receipt was corrected'), ('receipt.voided', 'a receipt was voided'), ('receipt.restored', 'a voided receipt stands again'), ('card.registered', 'a client was registered'), ('request.ready', 'a piece in service is ready'), ('bonuses.moved', 'bonuses were earned or spent')], max_length=20, verbose_name='what happened')),
                ('key', models.BigIntegerField()),
                ('body', models.TextField(verbose_name='text')),
                ('state', models.CharField(choices=[('waiting', 'waits'), ('sending', 'is being sent'), ('sent', 'taken'), ('failed', 'not taken')], default='waiting', max_length=8, verbose_name='state')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next try')),
                ('answer', models.CharField(blank=True, max_length=200, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='happened')),
            ],
            options={
                'verbose_name': 'call of a webhook',
                'verbose_name_plural': 'calls of webhooks',
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'sending'])), fields=['due_at'], name='hook_call_due')],
                'constraints': [models.UniqueConstraint(fields=('hook', 'kind', 'key'), name='hook_call_once'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sending', 'sent', 'failed'])), name='hook_call_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Meaning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('store', 'store'), ('seller', 'seller'), ('kind', 'kind of piece'), ('article', 'article'), ('warehouse', 'warehouse')], max_length=9, verbose_name='what it is')),
                ('word', models.CharField(max_length=120, verbose_name='word')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='meanings', to='exchange.source')),
                ('store', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='store')),
                ('seller', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='seller')),
                ('kind', models.CharField(blank=True, max_length=10, verbose_name='kind of piece')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': "what a till's word means",
                'verbose_name_plural': 'what words of tills mean',
                'ordering': ['subject', 'word'],
                'constraints': [models.CheckConstraint(condition=models.Q(('subject__in', ['store', 'seller', 'kind', 'article', 'warehouse'])), name='meaning_subject_known'), models.UniqueConstraint(condition=models.Q(('source', None)), fields=('subject', 'word'), name='meaning_once_for_all'), models.UniqueConstraint(fields=('subject', 'word', 'source'), name='meaning_once_in_source'), models.CheckConstraint(condition=models.Q(models.Q(('kind', ''), ('seller', None), ('store__isnull', False), ('subject', 'store')), models.Q(('kind', ''), ('store', None), ('subject', 'seller')), models.Q(('seller', None), ('store', None), ('subject__in', ['kind', 'article']), models.Q(('kind', ''), _negated=True)), models.Q(('kind', ''), ('seller', None), ('subject', 'warehouse')), _connector='OR'), name='meaning_fits_its_subject')],
            },
        ),
        migrations.CreateModel(
            name='GoodsFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='exchange.source', verbose_name='source')),
                ('exchange', models.CharField(help_text='The exchange that brought it, as its cookie names it.', max_length=40)),
                ('name', models.CharField(max_length=200, verbose_name='file')),
                ('path', models.CharField(max_length=300)),
                ('member', models.CharField(blank=True, max_length=200)),
                ('size', models.BigIntegerField(default=0, verbose_name='size')),
                ('state', models.CharField(choices=[('arriving', 'arriving'), ('received', 'received'), ('reading', 'being read'), ('applied', 'applied'), ('waits', 'waits'), ('refused', 'refused')], default='arriving', max_length=8, verbose_name='state')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='in words')),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('refused', models.JSONField(blank=True, default=list)),
                ('left', models.JSONField(blank=True, default=dict)),
                ('received_at', models.DateTimeField(auto_now_add=True, verbose_name='received')),
                ('touched_at', models.DateTimeField(null=True, verbose_name='read last')),
            ],
            options={
                'verbose_name': 'file of goods',
                'verbose_name_plural': 'files of goods',
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['received', 'reading'])), fields=['id'], name='goods_file_to_read')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['arriving', 'received', 'reading', 'applied', 'waits', 'refused'])), name='goods_file_state_known'), models.UniqueConstraint(fields=('source', 'exchange', 'name'), name='goods_file_once_an_exchange')],
            },
        ),
        migrations.CreateModel(
            name='DoorCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doors', to='exchange.source')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store')),
                ('device', models.CharField(max_length=60)),
                ('day', models.DateField()),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('came', models.PositiveIntegerField()),
                ('told_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'count of a door',
                'verbose_name_plural': 'counts of doors',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['store', 'day'], name='door_count_of_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('begins_at__lt', models.F('ends_at'))), name='door_count_begins_before_it_ends'), models.UniqueConstraint(fields=('source', 'device', 'begins_at', 'ends_at'), name='door_count_once')],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exchange.source')),
                ('kind', models.CharField(max_length=10)),
                ('external_id', models.CharField(max_length=80)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('values', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'kind', 'external_id'), name='term_once')],
            },
        ),
        migrations.CreateModel(
            name='TillDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='exchange.source', verbose_name='source')),
                ('till', models.CharField(blank=True, max_length=60, verbose_name='till')),
                ('external_id', models.CharField(blank=True, max_length=64, verbose_name='its own number')),
                ('digest', models.CharField(max_length=64)),
                ('raw', models.TextField(verbose_name='as it came')),
                ('operation', models.CharField(blank=True, choices=[('sale', 'sale'), ('return', 'return')], max_length=6, verbose_name='operation')),
                ('at', models.DateTimeField(null=True, verbose_name='rung up')),
                ('state', models.CharField(choices=[('received', 'received'), ('applied', 'applied'), ('waits', 'waits'), ('refused', 'refused')], default='received', max_length=8, verbose_name='state')),
                ('reason', models.CharField(blank=True, choices=[('store', 'the store is not known'), ('other_store', 'the source may tell of another store alone'), ('seller', 'the seller is not known'), ('kind', 'the kind of piece is not known'), ('article', 'the article is not known, and says nothing of its kind'), ('card', "the card number is nobody's"), ('right', 'the coupon is not known'), ('price', 'the price is beyond belief'), ('future', "its day is still to come: the till's clock is ahead"), ('number', 'the base has another receipt of this number'), ('differs', 'the same document came before with another text'), ('fiscal', 'its fiscal number belongs to something else'), ('sale', 'its sale has not come yet'), ('which_sale', 'several sales fit, or none'), ('pieces', 'these pieces are not in the sale, or came back before'), ('voided', 'its sale is void'), ('trouble', 'something broke; it is tried again'), ('invalid', 'it cannot be read'), ('put_aside', 'put aside by a person')], max_length=12, verbose_name='reason')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='in words')),
                ('waits_for', models.CharField(blank=True, max_length=150)),
                ('decided', models.JSONField(blank=True, default=dict)),
                ('outcome', models.JSONField(blank=True, default=dict)),
                ('phone', models.CharField(blank=True, help_text='Of its client (E.164).', max_length=20, verbose_name='phone')),
                ('purchase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='till_documents', to='purchases.purchase', verbose_name='purchase')),
                ('received_at', models.DateTimeField(auto_now_add=True, verbose_name='received')),
                ('tried_at', models.DateTimeField(null=True, verbose_name='tried')),
                ('settled_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by')),
            ],
            options={
                'verbose_name': 'till document',
                'verbose_name_plural': 'till documents',
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'received')), fields=['id'], name='till_document_to_apply'), models.Index(condition=models.Q(('state', 'waits')), fields=['id'], name='till_document_waiting'), models.Index(condition=models.Q(('state', 'waits')), fields=['waits_for'], name='till_document_waits_for'), models.Index(condition=models.Q(('phone', ''), _negated=True), fields=['phone'], name='till_document_of_a_phone'), models.Index(fields=['source', '-id'], name='till_document_of_source')],
                'constraints': [models.UniqueConstraint(fields=('source', 'till', 'external_id', 'digest'), name='till_document_once'), models.UniqueConstraint(condition=models.Q(('state', 'applied')), fields=('source', 'till', 'external_id'), name='till_document_applied_once'), models.CheckConstraint(condition=models.Q(('state__in', ['received', 'applied', 'waits', 'refused'])), name='till_document_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('state__in', ['received', 'applied'])), models.Q(('state__in', ['waits', 'refused']), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='till_document_waits_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Ware',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exchange.source')),
                ('external_id', models.CharField(max_length=80)),
                ('article', models.CharField(max_length=40, verbose_name='article')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'external_id'), name='ware_once')],
            },
        ),
    ]
