import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clients', '0001_initial'),
        ('messaging', '0001_initial'),
        ('purchases', '0001_initial'),
        ('stores', '0001_initial'),
        ('workshop', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('asked_on', models.DateField(verbose_name='asked')),
                ('score', models.PositiveSmallIntegerField(null=True, verbose_name='score')),
                ('words', models.TextField(blank=True, verbose_name='words')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='clients.client')),
                ('errand', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='messaging.errand')),
                ('pause', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='messaging.pause')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='review',
            name='purchase',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='purchases.purchase'),
        ),
        migrations.AddField(
            model_name='review',
            name='request',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='workshop.servicerequest'),
        ),
        migrations.AddField(
            model_name='review',
            name='store',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stores.store', verbose_name='store'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('score__isnull', False)), fields=['store', 'answered_at'], name='review_answered'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('purchase__isnull', False), ('request__isnull', True)), models.Q(('purchase__isnull', True), ('request__isnull', False)), _connector='OR'), name='review_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('score__isnull', True), ('score__lte', 10), _connector='OR'), name='review_up_to_ten'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('purchase',), name='review_of_a_purchase_once'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('request',), name='review_of_a_service_once'),
        ),
    ]
