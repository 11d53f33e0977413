"""The columns whose meaning the migration before took over. Apart, as PostgreSQL alters no table with changes pending."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("messaging", "0002_what_templates_are")]
    operations = [
        migrations.RemoveField("template", "purpose"),
        migrations.RemoveField("historicaltemplate", "purpose"),
        migrations.RemoveField("message", "reason"),
        migrations.RenameField("message", "code", "reason"),
    ]
