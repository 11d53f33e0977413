"""The client's row is locked before any other, in every app. Public."""

from collections.abc import Collection

from clients.models import CardState, Client


class GoneError(Exception):
    """The person was erased meanwhile: nothing is written on their card any more."""


def lock(client: Client | None) -> Client | None:
    """Take the client's row for this transaction, before any other. Returns the card that stands for it now.

    A card may have become part of another between the form and here.
    """
    locked = client and Client.objects.select_for_update().get(pk=client.pk)
    while locked and locked.state == CardState.MERGED and locked.merged_into_id:
        locked = Client.objects.select_for_update().get(pk=locked.merged_into_id)
    return locked


def standing(client: Client | None) -> Client | None:
    """As ``lock``, for what is written anew. Raises GoneError where the person was erased."""
    locked = lock(client)
    if locked and locked.state == CardState.ERASED:
        raise GoneError
    return locked


def lock_all(clients: Collection[int]) -> dict[int, Client]:
    """As ``lock`` for several, in the order of their keys. Returns the card that stands for each that was asked for."""
    rows = {card.pk: card for card in Client.objects.select_for_update().filter(pk__in=clients).order_by("pk")}
    return {key: lock(card) or card if card.state == CardState.MERGED else card for key, card in rows.items()}
