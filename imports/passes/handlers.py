"""The handler of a list: what its app does with the rows, told what it must know of the list, which nobody else may drive."""

from typing import Any

from django.utils import timezone

from imports.intake import spec_of
from imports.models import ListImport
from imports.specs import Handler, ListContext


class NotReadyError(Exception):
    """The list is not in a state in which this can be done."""


def lock(list_import: ListImport) -> ListImport:
    return ListImport.objects.select_for_update().get(pk=list_import.pk)


def context_of(
    list_import: ListImport, *, write: bool, whole: bool = True, again: bool = False, memory: dict[str, Any] | None = None
) -> ListContext:
    return ListContext(
        import_id=list_import.pk,
        source=list_import.source,
        takes_stores=list_import.takes_stores,
        now=timezone.now(),
        write=write,
        actor_id=list_import.created_by_id,
        new_stores=tuple(list_import.layout.get("stores", ())),
        prefer=frozenset(list_import.prefer),
        whole=whole,
        again=again,
        memory=memory,
    )


def handler_of(
    list_import: ListImport, *, write: bool, whole: bool = True, again: bool = False, memory: dict[str, Any] | None = None
) -> Handler:
    return spec_of(list_import).handler(context_of(list_import, write=write, whole=whole, again=again, memory=memory))
