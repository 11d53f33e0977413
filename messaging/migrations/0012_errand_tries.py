from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0011_merged_reason")]

    operations = [
        migrations.AddField(
            "errand",
            "tries",
            models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="times without an answer"),
        ),
    ]
