"""What messages keep about clients."""

from collections.abc import Collection

from messaging.models import Message


class MessagingPart:
    """The ``ClientPart`` of messaging."""

    def appeared(self, clients: Collection[int]) -> None:
        """Nothing waits here for a card."""

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        """Clients with messages."""
        return {pk: "messages" for (pk,) in Message.objects.filter(client__in=clients).values_list("client")}
