"""An evening as a whole: moved to another day, given more seats, called off."""

from datetime import datetime

from django.db import transaction

from campaigns import touching
from campaigns.evenings import answering
from campaigns.models import Arm, Evening, Touch, WhyOut
from messaging import errands
from stores.models import Employee


@transaction.atomic
def changed(evening: Evening, *, by: Employee, now: datetime) -> None:
    """Purchases of both arms count from the evening's day, whichever it is now; more seats let in who waits."""
    Touch.objects.filter(source=evening.source).exclude(counted_from=evening.day).update(counted_from=evening.day)
    answering.seats_changed(evening, by=by, now=now)


@transaction.atomic
def cancel(evening: Evening, *, now: datetime) -> bool:
    """Open calls about it are taken back; nobody is compared. Whether it was news."""
    errands.call_off(f"{evening.source}:", now=now)
    locked = answering.lock(evening.pk)
    if locked.cancelled_at:
        return False
    locked.cancelled_at = now
    locked.save(update_fields=["cancelled_at"])
    touching.end(Touch.objects.filter(source=locked.source, arm=Arm.TREATED), WhyOut.DECIDED)
    return True


def cannot_be_told(evening: Evening) -> int:
    """How many said that they come and should hear that it does not take place. One query."""
    return evening.invitations.seated().count()
