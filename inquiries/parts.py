"""What is kept about clients who wanted something."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import moving
from inquiries import services
from inquiries.appointments import services as appointments
from inquiries.models import Appointment, Inquiry

TABLES = (Inquiry, Appointment)


class InquiriesPart:
    """The ``ClientPart`` of inquiries."""

    stays: ClassVar[Mapping[str, str | Promise]] = {
        "inquiries": gettext_lazy("the card stays: it has an inquiry"),
        "appointments": gettext_lazy("the card stays: it has an appointment"),
    }

    def appeared(self, clients: Collection[int]) -> None:
        """Found by the task every five minutes: a list of cards waits for nobody."""

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        expected = {
            pk: "appointments" for (pk,) in Appointment.objects.filter(client__in=clients).values_list("client").distinct()
        }
        asked = {pk: "inquiries" for (pk,) in Inquiry.objects.filter(client__in=clients).values_list("client").distinct()}
        return expected | asked

    def counted(self, client: int) -> dict[str, int]:
        """Two queries."""
        expected = Appointment.objects.filter(client=client).count()
        return {_("inquiries"): Inquiry.objects.filter(client=client).count(), _("appointments"): expected}

    def move(self, absorbed: int, survivor: int) -> dict[str, Any]:
        return moving.move_rows(TABLES, absorbed, survivor)

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        moving.restore_rows(TABLES, moved, absorbed, survivor)

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        """Two queries."""
        rows = Inquiry.objects.filter(client=client).order_by("pk")
        expected = Appointment.objects.filter(client=client).select_related("store").order_by("pk")
        return {
            _("Inquiries"): moving.describe_rows(rows, ("came_on", "source", "wish", "budget", "state", "words")),
            _("Appointments"): moving.describe_rows(expected, ("starts_at", "store", "articles", "words", "state")),
        }

    def reason_not_to_erase(self, client: int) -> str:
        """An inquiry never stands against it."""
        return ""

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        """What was wanted stays for the figures, the person goes; inquiries under their contacts too."""
        theirs = Inquiry.objects.filter(Q(client=client) | Q(phone__in=contacts) | Q(email__in=contacts))
        expected = appointments.forget(client, list(theirs.values_list("pk", flat=True)))
        told = {"inquiries": services.forget(theirs)}
        return told | {"appointments": expected} if expected else told
