"""A word before an appointment, by the outbox's own rules; one that is moved or called off takes it along."""

from datetime import datetime, timedelta

from django.utils import translation

from inquiries.appointments import links
from inquiries.models import Appointment, Coming, Reception
from messaging import service_texts
from messaging import services as messaging_services
from stores import quiet_hours
from stores.texts import writing

SHORT = timedelta(hours=2)


def remind(appointment: Appointment, *, now: datetime) -> None:
    """Take back what was to be said, and say what holds now. Who has no card is not written to."""
    client = appointment.client
    if client is None:
        return
    key = f"appointment:{appointment.pk}:"
    messaging_services.call_off(client, key, now=now)
    at = when(appointment, now)
    if at is None or appointment.state != Coming.BOOKED:
        return
    values = {
        "due": _hour(appointment, client.language), "store": appointment.store.name,
        "store_phone": str(appointment.store.phone), "link": links.address_of(client=client.pk),
    }  # fmt: skip
    service_texts.tell(
        client,
        "appointment",
        occasion_key=f"{key}{appointment.version}",
        values=values,
        now=at,
        expires=appointment.starts_at - at,
    )


def when(appointment: Appointment, now: datetime) -> datetime | None:
    """The day before, or two hours before where that is what the store does or the day before is over; not at night."""
    hours = Reception.objects.filter(store=appointment.store_id).values_list("remind_hours", flat=True).first() or 24
    for before in (timedelta(hours=hours), SHORT):
        at = appointment.starts_at - before
        if quiet_hours.is_quiet(at, appointment.store.zone):
            at = quiet_hours.morning(at, appointment.store.zone)
        if now < at < appointment.starts_at:
            return at
    return None


def _hour(appointment: Appointment, language: str) -> str:
    """``28 ноября, 14:30``."""
    with translation.override(language):
        return f"{writing.day_in_words(appointment.local.date(), language)}, {appointment.local:%H:%M}"
