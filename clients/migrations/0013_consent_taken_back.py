from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clients", "0012_forgotten_wearers")]

    operations = [
        migrations.AddIndex(
            "consent",
            models.Index(
                condition=models.Q(given=False, purpose="personal_data"), fields=["client"], name="consent_to_data_taken_back"
            ),
        ),
    ]
