from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import migrations

CHUNK = 1_000


def note_days(apps, schema_editor):
    """Requests taken in before these columns: the days of their steps, in the store's own zone."""
    step, request = apps.get_model("purchases", "ServiceStep"), apps.get_model("purchases", "ServiceRequest")
    zones = {pk: ZoneInfo(str(zone)) for pk, zone in apps.get_model("stores", "Store").objects.values_list("pk", "time_zone")}
    days: dict[int, dict[str, object]] = {}
    told = step.objects.filter(status__in=["ready", "handed_out", "cancelled"]).order_by("pk")
    for key, store, status, now, at in told.values_list("request", "request__store", "status", "request__status", "at").iterator():
        if status == "ready" or status == now:
            days.setdefault(key, {})["ready_on" if status == "ready" else "closed_on"] = _day(at, zones[store])
    keys = sorted(days)
    for start in range(0, len(keys), CHUNK):
        found = list(request.objects.filter(pk__in=keys[start : start + CHUNK]))
        for one in found:
            one.ready_on = days[one.pk].get("ready_on") if one.status in ("ready", "handed_out") else None
            one.closed_on = days[one.pk].get("closed_on")
        request.objects.bulk_update(found, ["ready_on", "closed_on"])


def _day(at: datetime, zone: ZoneInfo):
    return at.astimezone(zone).date()


class Migration(migrations.Migration):
    dependencies = [("purchases", "0006_service_desk")]

    operations = [migrations.RunPython(note_days, migrations.RunPython.noop)]
