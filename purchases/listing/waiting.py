"""Lines of lists that wait for their client: attached as soon as the card appears."""

from collections import defaultdict
from collections.abc import Collection
from typing import cast

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from clients.models import Client, ClientKey
from imports import intake, specs
from imports.bulk import batched
from imports.models import ListImport, Outcome, StagedRow
from imports.specs import ListContext, SourceRow
from purchases.listing.lines import LineHandler, find_clients
from purchases.listing.reading import Who
from purchases.models import WaitingLine

CHUNK = 500


def attach(clients: Collection[int]) -> None:
    """Give these cards the lines that waited for them. Two queries when nothing waits."""
    if not WaitingLine.objects.exists():
        return
    lines = WaitingLine.objects.select_for_update().filter(_theirs(clients)).order_by("pk")
    by_list: dict[tuple[str, str, int | None], list[WaitingLine]] = defaultdict(list)
    for line in lines:
        by_list[line.spec, line.source, line.list_import_id].append(line)
    for (spec, source, list_import), waiting in by_list.items():
        _attach(spec, source, list_import or 0, waiting)


def forget(client: int, contacts: Collection[str]) -> None:
    """Lines that wait for this person are not attached any more: nothing of their text stays."""
    WaitingLine.objects.filter(_theirs([client]) | Q(phone__in=contacts)).delete()


def _theirs(clients: Collection[int]) -> Q:
    cards = Client.objects.filter(pk__in=clients)
    codes = ClientKey.objects.filter(client__in=clients).values("key")
    return (
        Q(code__in=codes) & ~Q(code="")
        | Q(phone__in=cards.exclude(phone=None).values("phone"))
        | Q(person_key__in=cards.exclude(person_key="").values("person_key"))
    )


def _attach(spec: str, source: str, list_import: int, waiting: list[WaitingLine]) -> None:
    context = ListContext(list_import, source, takes_stores=False, now=timezone.now(), write=True, actor_id=None)
    keys = [line.pk for line in waiting]
    WaitingLine.objects.filter(pk__in=keys).delete()
    brought = ListImport.objects.filter(pk=list_import).first()
    rows = [
        SourceRow(line.number or at, [], intake.explained(brought, line.values) if brought else line.values)
        for at, line in enumerate(waiting, start=1)
    ]
    handler = cast("LineHandler", specs.registered()[spec].handler(context))
    handler.waited_as = {row.number: line.occurrence for row, line in zip(rows, waiting, strict=True)}
    verdicts = handler.decide(rows)
    settled = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED)
    again = []
    for line, verdict in zip(waiting, verdicts, strict=True):
        if verdict.outcome not in settled:
            again.append(line)
        elif line.list_import_id:
            StagedRow.objects.filter(list_import=line.list_import_id, number=line.number).update(
                subject=verdict.client, target=verdict.target, changes=dict(verdict.changes), reason="attached"
            )
    held = set(
        WaitingLine.objects.filter(fingerprint__in=[line.fingerprint for line in again]).values_list("fingerprint", flat=True)
    )
    WaitingLine.objects.bulk_create([line for line in again if line.fingerprint not in held])


def sweep(context: ListContext) -> None:
    """Attach lines of this list's source whose client is in the base by now, however the card came to be."""
    lines = list(WaitingLine.objects.filter(source=context.source))
    people = {line.pk: Who(line.code, line.phone, line.person_key, said="?") for line in lines}
    found = find_clients(context.source, set(people.values()))
    ready = {person.client for person in found.values()}
    for some in batched(sorted(ready), CHUNK):
        with transaction.atomic():
            attach(some)
