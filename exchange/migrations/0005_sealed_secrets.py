from django.db import migrations, models

PLAIN = "whsec_"


def seal(apps, _schema):
    from exchange.sealing import sealed

    hooks = apps.get_model("exchange", "Hook")
    for hook in hooks.objects.filter(secret__startswith=PLAIN):
        hooks.objects.filter(pk=hook.pk).update(secret=sealed(hook.secret))


def unseal(apps, _schema):
    from exchange.sealing import opened

    hooks = apps.get_model("exchange", "Hook")
    for hook in hooks.objects.exclude(secret__startswith=PLAIN):
        hooks.objects.filter(pk=hook.pk).update(secret=opened(hook.secret))


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_webhooks")]
    under_traffic = "a chain has a handful of webhooks: one short statement for each"

    operations = [
        migrations.AlterField("hook", "secret", models.CharField(max_length=255)),
        migrations.RunPython(seal, unseal, elidable=True),
    ]
