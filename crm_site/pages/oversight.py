"""What an admin's start says of the chain beside its figures, asked for in one question."""

from typing import Any

from django.db.models import BigAutoField, DateTimeField, F, Func, IntegerField, QuerySet, Subquery
from django.utils import timezone

from clients import rights
from crm_site.backups import keeping
from crm_site.pages.beginning import beginning, steps_done
from exchange import selectors as exchange_selectors
from messaging import sending
from messaging.models import SendingStamp
from stores.bases.prepared import Given, Prepared
from stores.models import Employee

STEPS = ("is_named", "has_store", "has_staff", "sends_sms", "has_clients", "has_sold")


def _how_many(rows: "QuerySet[Any]") -> Subquery:
    counted = rows.order_by().annotate(how_many=Func(F("pk"), function="COUNT", output_field=IntegerField()))
    return Subquery(counted.values("how_many"), output_field=IntegerField())


def _overseen() -> Any:
    return (
        Employee.objects.filter(pk=Given("employee", BigAutoField()))
        .only("pk")
        .annotate(
            stamp=Subquery(SendingStamp.objects.values("value")[:1]),
            to_erase=_how_many(rights.live_taken_back()),
            documents_wait=_how_many(exchange_selectors.waiting_documents()),
            hooks_off=_how_many(exchange_selectors.hooks_given_up()),
            pulls_failing=_how_many(exchange_selectors.pulls_failing(Given("before", DateTimeField()))),
            **steps_done(),
        )
    )


_OVERSEEN: Prepared[Any] = Prepared(_overseen)


def oversight(admin: Employee, *, begins: bool) -> dict[str, Any]:
    """What is to be erased, what waits of tills, which webhooks gave up, whether MoySklad answers, how sending and copies are;
    the first steps where they are wanted. One query, a second where no copy was ever made.
    """
    now = timezone.now()
    [told] = _OVERSEEN.rows(employee=admin.pk, before=now - exchange_selectors.PASSING_TROUBLE)
    return {
        "sending_closed": sending.is_strange(told.stamp),
        "copies": keeping.state(now),
        "to_erase": told.to_erase,
        "documents_wait": told.documents_wait,
        "hooks_off": told.hooks_off,
        "pulls_failing": told.pulls_failing,
        "beginning": beginning(*(getattr(told, step) for step in STEPS)) if begins else None,
    }
