"""The tables of bonuses, tiers, rights, certificates and friends."""

import django.db.models.deletion
import django.utils.timezone
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from loyalty.migrations import _begin


class Migration(migrations.Migration):

    replaces = [
        ('loyalty', '0001_initial'),
        ('loyalty', '0002_rights_certificates_and_cards'),
        ('loyalty', '0003_friends'),
        ('loyalty', '0004_reservations'),
        ('loyalty', '0005_occasions_and_codes'),
        ('loyalty', '0006_word_of_a_certificate_that_ends'),
        ('loyalty', '0007_lists_seal_and_lighter_indexes'),
        ('loyalty', '0008_confirmed_at_a_till'),
    ]

    initial = True

    dependencies = [
        ('clients', '0001_squashed_0012'),
        ('stores', '0001_squashed_0005'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FriendsSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': "friends' seal",
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owed', models.PositiveIntegerField(default=0, verbose_name='owed')),
                ('opened_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'bonus account',
                'verbose_name_plural': 'bonus accounts',
                'constraints': [models.CheckConstraint(condition=models.Q(('owed__gte', 0)), name='account_owes_nothing_below_zero')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, db_default='', default='', max_length=40, verbose_name='number in the system before')),
                ('number_key', models.CharField(blank=True, editable=False, max_length=40, null=True, unique=True)),
                ('code_key', models.CharField(max_length=12, unique=True, verbose_name='code')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='stores.store', verbose_name='store')),
                ('client', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='clients.client', verbose_name='buyer')),
                ('seller', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='seller')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='face value')),
                ('left', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='left')),
                ('paid_by', models.CharField(choices=[('cash', 'cash'), ('card', 'bank card'), ('transfer', 'transfer'), ('before', 'in the system before')], max_length=8, verbose_name='paid by')),
                ('sold_on', models.DateField(verbose_name='day of sale')),
                ('until_on', models.DateField(verbose_name='holds until')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                ('form_key', models.UUIDField(editable=False, unique=True)),
            ],
            options={
                'verbose_name': 'certificate',
                'verbose_name_plural': 'certificates',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code_key__regex', '^[ABCDEFGHJKMNPQRSTUVWXYZ23456789]{12}$')), name='certificate_code_is_readable'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='certificate_is_something', violation_error_message='Type a sum above zero.'), models.CheckConstraint(condition=models.Q(('left__gte', 0), ('left__lte', models.F('amount'))), name='certificate_left_within_amount'), models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('sold_on'))), name='certificate_ends_after_its_sale'), models.CheckConstraint(condition=models.Q(('cancelled_at', None), ('left', 0), _connector='OR'), name='certificate_cancelled_is_empty'), models.CheckConstraint(condition=models.Q(('paid_by__in', ['cash', 'card', 'transfer', 'before'])), name='certificate_paid_by_known')],
            },
        ),
        migrations.CreateModel(
            name='CertificateMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='loyalty.certificate', verbose_name='certificate')),
                ('kind', models.CharField(choices=[('sold', 'sold'), ('spent', 'spent'), ('back', 'given back'), ('cancelled', 'cancelled')], max_length=9, verbose_name='what happened')),
                ('sum', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='sum')),
                ('on', models.DateField(verbose_name='day')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('receipt_key', models.CharField(blank=True, db_index=True, max_length=60)),
                ('key', models.CharField(max_length=120, unique=True)),
            ],
            options={
                'verbose_name': 'move of a certificate',
                'verbose_name_plural': 'moves of certificates',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['sold', 'back']), ('sum__gt', 0)), models.Q(('kind__in', ['spent', 'cancelled']), ('sum__lt', 0)), _connector='OR'), name='certificate_moves_as_its_kind')],
            },
        ),
        migrations.CreateModel(
            name='Debt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='debts', to='loyalty.account', verbose_name='bonus account')),
                ('kind', models.CharField(choices=[('spend', 'spent bonuses that there were no more'), ('revoke', 'earned bonuses that were spent before a return'), ('paid', 'paid by new bonuses')], max_length=6, verbose_name='why')),
                ('amount', models.IntegerField(verbose_name='bonuses')),
                ('on', models.DateField(verbose_name='day')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('receipt_key', models.CharField(blank=True, db_index=True, max_length=60)),
                ('key', models.CharField(max_length=100, unique=True)),
            ],
            options={
                'verbose_name': 'debt of bonuses',
                'verbose_name_plural': 'debts of bonuses',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='debt_is_something'), models.CheckConstraint(condition=models.Q(('kind__in', ['spend', 'revoke', 'paid'])), name='debt_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='LoyaltyCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='loyalty.account', verbose_name='bonus account')),
                ('number_key', models.CharField(max_length=40, unique=True)),
                ('shown', models.CharField(max_length=40, verbose_name='number')),
                ('status', models.CharField(choices=[('issued', 'holds'), ('blocked', 'blocked'), ('replaced', 'replaced')], default='issued', max_length=8, verbose_name='status')),
                ('issued_on', models.DateField(verbose_name='issued')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'plastic card',
                'verbose_name_plural': 'plastic cards',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['issued', 'blocked', 'replaced'])), name='plastic_status_known'), models.CheckConstraint(condition=models.Q(('number_key', ''), _negated=True), name='plastic_has_a_number'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('status', 'issued')), models.Q(models.Q(('status', 'issued'), _negated=True), ('ended_on__isnull', False)), _connector='OR'), name='plastic_ends_on_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='loyalty.account', verbose_name='bonus account')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='clients.client', verbose_name='client')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('may_spend', models.BooleanField(default=True, verbose_name='may spend')),
            ],
            options={
                'verbose_name': 'member of a bonus account',
                'verbose_name_plural': 'members of bonus accounts',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('client',), name='member_of_one_account'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='member_leaves_after_joining')],
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('referrer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='brought', to='clients.client', verbose_name='who brought')),
                ('friend', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='brought_by', to='clients.client', verbose_name='friend')),
                ('status', models.CharField(choices=[('registered', 'has not bought yet'), ('rewarded', 'bonuses are given'), ('void', 'no bonuses')], default='registered', max_length=10, verbose_name='status')),
                ('reason', models.CharField(blank=True, choices=[('', ''), ('same', "both cards are one person's, or one family's"), ('limit', 'more friends than the terms allow in a year'), ('returned', 'the purchase came back'), ('erased', 'the data of one of the two were erased')], max_length=8, verbose_name='why none')),
                ('on', models.DateField(verbose_name='day')),
                ('rewarded_on', models.DateField(blank=True, null=True, verbose_name='bonuses given on')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'friend brought by a friend',
                'verbose_name_plural': 'friends brought by friends',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['registered', 'rewarded', 'void'])), name='referral_status_known'), models.CheckConstraint(condition=models.Q(('status', 'void'), ('reason', ''), _connector='OR'), name='referral_void_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('referrer', models.F('friend')), _negated=True), ('status', 'void'), _connector='OR'), name='referral_is_of_another')],
            },
        ),
        migrations.CreateModel(
            name='ReferralTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='holds since')),
                ('for_referrer', models.PositiveIntegerField(default=0, verbose_name='to who brought the friend')),
                ('for_friend', models.PositiveIntegerField(default=0, verbose_name='to the friend')),
                ('floor', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='first purchase from')),
                ('delay_days', models.PositiveSmallIntegerField(default=14, verbose_name='days after the purchase')),
                ('most_a_year', models.PositiveSmallIntegerField(default=10, verbose_name='friends a year, at most')),
                ('life_days', models.PositiveSmallIntegerField(default=365, verbose_name='bonuses live, days')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'terms for friends',
                'verbose_name_plural': 'terms for friends',
                'ordering': ['-since', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('floor__gte', 0), ('life_days__gte', 1)), name='referral_terms_make_sense')],
            },
        ),
        migrations.CreateModel(
            name='Reservation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, unique=True)),
                ('basket', models.CharField(max_length=120, unique=True)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reservations', to='loyalty.account')),
                ('spends', models.PositiveIntegerField(default=0, verbose_name='bonuses')),
                ('member', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='loyalty.member')),
                ('proven', models.PositiveIntegerField(db_default=0, default=0, verbose_name='confirmed by a code')),
                ('until', models.DateTimeField(db_index=True, verbose_name='until')),
            ],
            options={
                'verbose_name': 'reservation of bonuses',
                'verbose_name_plural': 'reservations of bonuses',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Right',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('occasion_key', models.CharField(max_length=80, unique=True)),
                ('code_key', models.CharField(max_length=8, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('client', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rights', to='clients.client', verbose_name='client')),
                ('benefit', models.CharField(choices=[('percent', 'a percent off'), ('sum', 'a sum off'), ('gift', 'a piece as a gift')], max_length=7, verbose_name='gives')),
                ('value', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='how much')),
                ('floor', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='from a sum of')),
                ('kinds', models.JSONField(blank=True, default=list, verbose_name='only for')),
                ('not_on', models.JSONField(blank=True, default=list, verbose_name='not for')),
                ('with_tier', models.BooleanField(default=False, verbose_name='together with the discount of the tier')),
                ('from_on', models.DateField(verbose_name='holds from')),
                ('until_on', models.DateField(verbose_name='holds until')),
                ('uses', models.PositiveIntegerField(default=1, verbose_name='uses')),
                ('uses_left', models.PositiveIntegerField(default=1, verbose_name='uses left')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='issued')),
            ],
            options={
                'verbose_name': 'coupon',
                'verbose_name_plural': 'coupons',
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('client__isnull', False)), fields=['client', 'until_on'], name='right_of_client')],
                'constraints': [models.CheckConstraint(condition=models.Q(('code_key__regex', '^[ABCDEFGHJKMNPQRSTUVWXYZ23456789]{8}$')), name='right_code_is_readable'), models.CheckConstraint(condition=models.Q(('benefit__in', ['percent', 'sum', 'gift'])), name='right_benefit_known'), models.CheckConstraint(condition=models.Q(('value__gt', 0), models.Q(models.Q(('benefit', 'percent'), _negated=True), ('value__lte', 100), _connector='OR')), name='right_gives_something', violation_error_message='Type a sum above zero, or a percent up to 100.'), models.CheckConstraint(condition=models.Q(('floor__gte', 0)), name='right_floor_not_negative'), models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='right_ends_after_it_begins', violation_error_message='The last day is before the first one. Put one of the two right.'), models.CheckConstraint(condition=models.Q(('uses__gte', 1), ('uses_left__gte', 0), ('uses_left__lte', models.F('uses'))), name='right_uses_left_within_uses')],
            },
        ),
        migrations.CreateModel(
            name='RightUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('right', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='used', to='loyalty.right', verbose_name='coupon')),
                ('receipt_key', models.CharField(max_length=60, unique=True)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='taken off')),
                ('on', models.DateField(verbose_name='day')),
                ('back_on', models.DateField(blank=True, null=True, verbose_name='given back')),
                ('is_drawn', models.BooleanField(default=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'use of a coupon',
                'verbose_name_plural': 'uses of coupons',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='use_takes_nothing_below_zero')],
            },
        ),
        migrations.CreateModel(
            name='Terms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='holds since')),
                ('mode', models.CharField(choices=[('off', 'nothing'), ('discount', 'a discount by tier'), ('bonuses', 'bonuses'), ('both', 'a discount by tier and bonuses')], max_length=8, verbose_name='gives')),
                ('earn_percent', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=5, verbose_name='earns, %')),
                ('spend_share_percent', models.DecimalField(decimal_places=2, default=Decimal('30'), max_digits=5, verbose_name='bonuses pay up to, %')),
                ('least_paid', models.DecimalField(decimal_places=2, default=Decimal('1'), max_digits=12, verbose_name='paid in money a piece, at least')),
                ('delay_days', models.PositiveSmallIntegerField(default=14, verbose_name='can be spent after, days')),
                ('life_days', models.PositiveSmallIntegerField(default=365, verbose_name='lives, days')),
                ('welcome', models.PositiveIntegerField(default=0, verbose_name='for the first card')),
                ('welcome_life_days', models.PositiveSmallIntegerField(default=90, verbose_name='for the first card, lives, days')),
                ('birthday', models.PositiveIntegerField(default=0, verbose_name='for the birthday')),
                ('birthday_before_days', models.PositiveSmallIntegerField(default=7, verbose_name='days before the birthday')),
                ('birthday_life_days', models.PositiveSmallIntegerField(default=30, verbose_name='for the birthday, lives, days')),
                ('code_from', models.PositiveIntegerField(blank=True, null=True, verbose_name='a code by SMS above')),
                ('tells_came', models.BooleanField(default=False, verbose_name='tells that bonuses came')),
                ('tells_spent', models.BooleanField(default=False, verbose_name='tells what was spent')),
                ('tells_ends', models.BooleanField(db_default=False, default=False, verbose_name='tells that a certificate ends')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'terms of loyalty',
                'verbose_name_plural': 'terms of loyalty',
                'ordering': ['-since', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('mode__in', ['off', 'discount', 'bonuses', 'both'])), name='terms_mode_known'), models.CheckConstraint(condition=models.Q(('earn_percent__range', (0, 100)), ('spend_share_percent__range', (0, 100))), name='terms_percents_are_shares', violation_error_message='A percent is from 0 to 100.'), models.CheckConstraint(condition=models.Q(('least_paid__gte', 1)), name='terms_leave_something_to_pay', violation_error_message='At least 1 rouble of a piece is paid in money.'), models.CheckConstraint(condition=models.Q(('birthday_life_days__gte', 1), ('life_days__gte', 1), ('welcome_life_days__gte', 1)), name='terms_lots_live', violation_error_message='Bonuses live a day at least.'), models.CheckConstraint(condition=models.Q(('birthday_before_days__lte', 60)), name='terms_birthday_is_near', violation_error_message='At most 60 days before the birthday.')],
            },
        ),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='loyalty.account', verbose_name='bonus account')),
                ('amount', models.PositiveIntegerField(verbose_name='bonuses')),
                ('left', models.PositiveIntegerField(verbose_name='left')),
                ('source', models.CharField(choices=[('purchase', 'purchase'), ('birthday', 'birthday'), ('welcome', 'first card'), ('referral', 'a friend came'), ('goodwill', "by the chain's good will"), ('import', 'from a list')], max_length=8, verbose_name='from')),
                ('from_on', models.DateField(verbose_name='can be spent from')),
                ('until_on', models.DateField(verbose_name='lives until')),
                ('moved_on', models.DateField()),
                ('terms', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='loyalty.terms', verbose_name='terms of loyalty')),
                ('occasion_key', models.CharField(max_length=80, unique=True)),
            ],
            options={
                'verbose_name': 'lot of bonuses',
                'verbose_name_plural': 'lots of bonuses',
                'ordering': ['until_on', 'pk'],
                'indexes': [models.Index(condition=models.Q(('left__gt', 0)), fields=['account', 'until_on'], include=('left', 'from_on'), name='lot_with_some_left'), models.Index(condition=models.Q(('left__gt', 0)), fields=['until_on'], name='lot_to_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='lot_is_something'), models.CheckConstraint(condition=models.Q(('left__gte', 0), ('left__lte', models.F('amount'))), name='lot_left_within_amount'), models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='lot_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('source__in', ['purchase', 'birthday', 'welcome', 'referral', 'goodwill', 'import'])), name='lot_source_known')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='loyalty.lot', verbose_name='lot of bonuses')),
                ('kind', models.CharField(choices=[('earn', 'earned'), ('spend', 'spent'), ('unspend', 'given back'), ('expire', 'ended'), ('revoke', 'taken back')], max_length=8, verbose_name='what happened')),
                ('amount', models.IntegerField(verbose_name='bonuses')),
                ('on', models.DateField(verbose_name='day')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('receipt_key', models.CharField(blank=True, db_index=True, max_length=60)),
                ('key', models.CharField(max_length=100, unique=True)),
            ],
            options={
                'verbose_name': 'move of bonuses',
                'verbose_name_plural': 'moves of bonuses',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('kind__in', ['earn', 'unspend'])), models.Q(('amount__lt', 0), ('kind__in', ['spend', 'expire', 'revoke'])), _connector='OR'), name='entry_moves_as_its_kind')],
            },
        ),
        migrations.CreateModel(
            name='Tier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('terms', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tiers', to='loyalty.terms', verbose_name='terms of loyalty')),
                ('name', models.CharField(blank=True, max_length=40, verbose_name='name')),
                ('from_spent', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='from a spend of')),
                ('earn_percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='earns, %')),
                ('discount_percent', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='discount, %')),
            ],
            options={
                'verbose_name': 'tier',
                'verbose_name_plural': 'tiers',
                'ordering': ['from_spent'],
                'constraints': [models.CheckConstraint(condition=models.Q(('from_spent__gte', 0), models.Q(('earn_percent', None), ('earn_percent__range', (0, 100)), _connector='OR'), models.Q(('discount_percent', None), ('discount_percent__range', (0, 100)), _connector='OR')), name='tier_percents_are_shares', violation_error_message='A percent is from 0 to 100.'), models.UniqueConstraint(fields=('terms', 'from_spent'), name='tier_once_a_spend')],
            },
        ),
        migrations.RunPython(_begin.leave_unasked, migrations.RunPython.noop),
        migrations.RunPython(_begin.keep_seal, migrations.RunPython.noop),
    ]
