"""The long parts of bringing a list in."""

import structlog
from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from imports import intake
from imports.models import ListImport
from imports.passes import engine

log = structlog.get_logger(__name__)


@shared_task(acks_late=True, reject_on_worker_lost=True)
def advance_list(import_id: int) -> int:
    """Do what is next with a list; twice at once does it once. Returns rows done."""
    return engine.advance(ListImport.objects.get(pk=import_id)).rows_done


def wake(import_id: int) -> None:
    """Go on with a list soon. Without a broker the beat's next turn does it."""
    try:
        advance_list.apply_async((import_id,), retry=False)
    except (OperationalError, OSError) as error:
        log.warning("list.not_woken", list=import_id, error=str(error)[:200])


@shared_task
def resume_lists() -> int:
    """Wake lists whose task was lost with its worker. Returns how many were woken."""
    stuck = list(engine.stalled(timezone.now()))
    for list_import in stuck:
        wake(list_import.pk)
    return len(stuck)


@shared_task
def forget_files() -> int:
    """Delete files that were kept long enough; their rows stay. Returns how many were deleted."""
    old = list(engine.past_keeping(timezone.now()))
    for list_import in old:
        intake.forget_file(list_import)
        engine.give_up(list_import)
    return len(old)
