"""What nobody needs any more goes by night, and what is still needed stays."""

from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.utils import timezone

from stores import tasks
from stores.models import Employee, LookUps
from tests.conftest import SignIn


def test_old_sign_ins_sessions_and_look_ups_go(seller: Employee, signed_in: SignIn) -> None:
    now = timezone.now()
    signed_in(seller)
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(minutes=1))
    for hours in (23, 25):
        made = AccessAttempt.objects.create(username=f"x{hours}", failures_since_start=1)
        AccessAttempt.objects.filter(pk=made.pk).update(attempt_time=now - timedelta(hours=hours))
    AccessLog.objects.all().delete()
    for days in (179, 181):
        log = AccessLog.objects.create(username="x")
        AccessLog.objects.filter(pk=log.pk).update(attempt_time=now - timedelta(days=days))
    LookUps.objects.create(employee=seller, day=timezone.localdate() - timedelta(days=200), place="card")

    assert (tasks.forget_old(), tasks.forget_old()) == (3, 0)
    assert (AccessAttempt.objects.get().username, AccessLog.objects.count(), LookUps.objects.count()) == ("x23", 1, 0)
    assert not Session.objects.filter(session_key="old").exists()
    assert Session.objects.count() == 1
