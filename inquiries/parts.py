"""What is kept about clients who wanted something."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import moving
from inquiries import services
from inquiries.models import Inquiry

TABLES = (Inquiry,)


class InquiriesPart:
    """The ``ClientPart`` of inquiries."""

    stays: ClassVar[Mapping[str, str | Promise]] = {"inquiries": gettext_lazy("the card stays: it has an inquiry")}

    def appeared(self, clients: Collection[int]) -> None:
        """Found by the task every five minutes: a list of cards waits for nobody."""

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        return {pk: "inquiries" for (pk,) in Inquiry.objects.filter(client__in=clients).values_list("client").distinct()}

    def counted(self, client: int) -> dict[str, int]:
        """One query."""
        return {_("inquiries"): Inquiry.objects.filter(client=client).count()}

    def move(self, absorbed: int, survivor: int) -> dict[str, Any]:
        return moving.move_rows(TABLES, absorbed, survivor)

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        moving.restore_rows(TABLES, moved, absorbed, survivor)

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        """One query."""
        rows = Inquiry.objects.filter(client=client).order_by("pk")
        return {_("Inquiries"): moving.describe_rows(rows, ("came_on", "source", "wish", "budget", "state", "words"))}

    def reason_not_to_erase(self, client: int) -> str:
        """An inquiry never stands against it."""
        return ""

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        """What was wanted stays for the figures, the person goes; inquiries under their contacts too."""
        theirs = Inquiry.objects.filter(Q(client=client) | Q(phone__in=contacts) | Q(email__in=contacts))
        return {"inquiries": services.forget(theirs)}
