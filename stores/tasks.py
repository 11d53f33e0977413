"""What nobody needs any more goes by night."""

from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from stores import lookups

ATTEMPTS_KEPT, SIGN_INS_KEPT = timedelta(days=1), timedelta(days=180)


@shared_task
def forget_old() -> int:
    """Sessions that ended, wrong passwords, sign-ins and look-ups of long ago. Safe to run twice. Returns rows but sessions."""
    now = timezone.now()
    SessionStore.clear_expired()
    attempts: int = AccessAttempt.objects.filter(attempt_time__lt=now - ATTEMPTS_KEPT).delete()[0]
    sign_ins: int = AccessLog.objects.filter(attempt_time__lt=now - SIGN_INS_KEPT).delete()[0]
    return attempts + sign_ins + lookups.forget(timezone.localdate())
