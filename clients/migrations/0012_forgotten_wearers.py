from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clients", "0011_matching_surname_trigrams")]

    operations = [
        migrations.AddField("wearer", "forgotten_at", models.DateTimeField(blank=True, null=True, verbose_name="forgotten")),
    ]
