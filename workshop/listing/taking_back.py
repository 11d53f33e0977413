"""A services' list taken back."""

from collections.abc import Sequence

from imports.models import Outcome, StagedRow
from imports.specs import BACK, ListContext
from purchases.listing.taking_back import STAYS, changed_by_others, forget_waiting, lock_clients
from visits import derived
from workshop.models import ServiceRequest, ServiceStep


def take_requests_back(rows: Sequence[StagedRow], context: ListContext) -> list[str]:
    """Undo what rows of a services' list did; as ``Handler.undo``. Inside the caller's transaction."""
    clients, words = lock_clients(rows), forget_waiting(rows, context)
    requests = ServiceRequest.objects.in_bulk([row.target for row in rows if row.target])
    touched = changed_by_others(ServiceRequest.history, requests.keys(), context)
    touched |= set(ServiceStep.objects.filter(request__in=requests).values_list("request", flat=True))
    for row in rows:
        request = requests.get(row.target or 0)
        if row.target is None or row.outcome not in (Outcome.CREATED, Outcome.INCOMPLETE, Outcome.UPDATED):
            continue
        if request and row.changes:
            words[row.pk] = _put_back(request, row)
        elif request and request.pk in touched:
            words[row.pk] = STAYS
        else:
            words[row.pk] = BACK
            if request:
                request.delete()
    derived.refresh(clients)
    return [words.get(row.pk, "") for row in rows]


def _put_back(request: ServiceRequest, row: StagedRow) -> str:
    """What the row changed goes back where it still stands."""
    stays = [field for field, (was, brought) in row.changes.items() if getattr(request, field) not in (was, brought)]
    for field, (was, _brought) in row.changes.items():
        if field not in stays:
            setattr(request, field, was)
    request._change_reason = f"undo of list {row.list_import_id}"  # type: ignore[attr-defined]
    request.save()
    return STAYS if stays else BACK
