"""Whose each errand is: taken from the pool, given, put back, shared out; who leaves, leaves theirs to the pool. Public."""

import heapq
from collections.abc import Mapping, Sequence

import structlog
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from messaging.models import Errand
from stores.models import Employee, Role, Store

log = structlog.get_logger(__name__)
OPEN = Q(outcome=Errand.Outcome.OPEN)


def take(errand: Errand, *, by: Employee) -> bool:
    """The errand is theirs; of two who take it at once one gets it. Whether it is theirs now."""
    Errand.objects.filter(OPEN, pk=errand.pk, assignee=None).update(assignee=by)
    return Errand.objects.filter(OPEN, pk=errand.pk, assignee=by).exists()


def put_back(errand: Errand, *, by: Employee) -> bool:
    """Their errand is anybody's again. Whether it was theirs."""
    return bool(Errand.objects.filter(OPEN, pk=errand.pk, assignee=by).update(assignee=None))


def give(errand: Errand, *, to: Employee | None) -> None:
    """An open errand is theirs, whoever had it; None gives it to the pool."""
    Errand.objects.filter(OPEN, pk=errand.pk).update(assignee=to)


def people_of(stores: Sequence[Store]) -> "QuerySet[Employee]":
    """Who works in the stores and may have errands, by name. One query."""
    working = Employee.objects.filter(is_active=True, stores__in=stores).exclude(role=Role.ADMIN)
    return working.distinct().order_by("last_name", "first_name", "pk")


def manager_of(store: Store | None) -> Employee | None:
    """The manager of the store with the fewest open errands; None where there is none."""
    managers = Employee.objects.filter(is_active=True, role=Role.MANAGER, stores=store) if store else Employee.objects.none()
    loads = _loads(list(managers))
    return min(managers, key=lambda one: (loads[one.pk], one.pk), default=None)


@transaction.atomic
def share_out(store: Store) -> int:
    """Open errands of the store that are nobody's, shared out among its sellers by day. Returns how many found an owner."""
    waiting = Errand.objects.select_for_update().filter(OPEN, store=store, assignee=None).order_by("due_on", "pk")
    errands = list(waiting)
    share(errands)
    shared = [errand for errand in errands if errand.assignee_id]
    Errand.objects.bulk_update(shared, ["assignee"], batch_size=500)
    log.info("errands.shared_out", store=store.pk, errands=len(shared))
    return len(shared)


def share(errands: Sequence[Errand]) -> None:
    """Name an owner for each among the sellers of its store, nothing is saved; where nobody sells they stay in the pool.

    Two queries a store.
    """
    by_store: dict[int, list[Errand]] = {}
    for errand in errands:
        if errand.store_id:
            by_store.setdefault(errand.store_id, []).append(errand)
    for store, theirs in by_store.items():
        sellers = list(Employee.objects.filter(is_active=True, role=Role.SELLER, stores=store))
        for errand, owner in zip(theirs, fair(_loads(sellers), len(theirs)), strict=False):
            errand.assignee_id = owner


def fair(loads: Mapping[int, int], number: int) -> list[int]:
    """Whose each of ``number`` new errands is: always theirs who has the fewest, the lower key first. Nobody's without people."""
    queue = [(load, person) for person, load in loads.items()]
    heapq.heapify(queue)
    owners = []
    for _each in range(number if queue else 0):
        load, person = queue[0]
        heapq.heapreplace(queue, (load + 1, person))
        owners.append(person)
    return owners


def _loads(people: Sequence[Employee]) -> dict[int, int]:
    """How many open errands each has. One query."""
    found = Errand.objects.filter(OPEN, assignee__in=people).order_by().values_list("assignee").annotate(times=Count("pk"))
    return {person.pk: 0 for person in people} | dict(found)


def leave(employee: Employee) -> None:
    """Open errands of one who is dismissed, or works in their store no more, are anybody's again."""
    theirs = Errand.objects.filter(OPEN, assignee=employee)
    if employee.is_active:
        theirs = theirs.exclude(store__in=employee.stores.all())
    number = theirs.update(assignee=None)
    if number:
        log.info("errands.back_to_pool", employee=employee.pk, errands=number)
