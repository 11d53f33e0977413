"""The long parts of bringing a list in."""

from celery import shared_task
from django.utils import timezone

from imports import reading, services
from imports.models import ImportState, ListImport


@shared_task(acks_late=True, reject_on_worker_lost=True)
def preview_list(import_id: int) -> int:
    """Stage the rows of a list with what each would become; again from the start if it was cut. Returns rows."""
    list_import = ListImport.objects.get(pk=import_id)
    try:
        if not list_import.layout:
            services.find_layout(list_import)
    except reading.UnreadableFileError:
        return 0
    try:
        return services.preview(list_import).rows_done
    except services.NotReadyError:
        return 0


@shared_task(acks_late=True, reject_on_worker_lost=True)
def apply_list(import_id: int) -> int:
    """Apply a list from its last checkpoint; twice at once applies it once. Returns rows done."""
    list_import = ListImport.objects.get(pk=import_id)
    if list_import.state == ImportState.APPLIED:
        return list_import.rows_done
    return services.apply(list_import).rows_done


@shared_task
def resume_lists() -> int:
    """Wake lists whose task was lost with its worker. Returns how many were woken."""
    stuck = list(services.stalled(timezone.now()))
    for list_import in stuck:
        task = apply_list if list_import.state == ImportState.APPLYING else preview_list
        task.delay(list_import.pk)
    return len(stuck)
