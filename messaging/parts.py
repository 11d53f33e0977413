"""What messages keep about clients."""

from collections.abc import Collection

from messaging.models import Errand, Hold, Message, Reply


class MessagingPart:
    """The ``ClientPart`` of messaging."""

    def appeared(self, clients: Collection[int]) -> None:
        """Nothing waits here for a card."""

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        """Clients with messages, answers, holds or errands."""
        kept = (model.objects.filter(client__in=clients).values_list("client") for model in (Message, Reply, Hold, Errand))
        return {pk: "messages" for rows in kept for (pk,) in rows if pk}
