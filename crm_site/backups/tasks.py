"""Copies by themselves: made at night, thinned out, and missed aloud."""

from pathlib import Path

import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from crm_site.backups import alarm, keeping, making
from crm_site.backups.archive import ArchiveError
from crm_site.backups.base import BaseError
from crm_site.backups.making import BusyError

log = structlog.get_logger(__name__)


@shared_task
def keep_backups() -> int:
    """The night's copy where it is due, and a letter where there is none. Safe to run twice. Returns copies made."""
    made = make_backup() if keeping.is_due(timezone.now()) else 0
    alarm.tell_admins(timezone.now())
    return made


@shared_task
def make_backup() -> int:
    """A copy now; those that need not stay go. Returns copies made."""
    try:
        making.make(Path(settings.BACKUP_DIR))
    except BusyError:
        return 0
    except (ArchiveError, BaseError, OSError) as error:
        log.exception("backup.failed")
        keeping.remember_failure(str(error)[:500])
        return 0
    keeping.forget_failure()
    keeping.prune()
    return 1
