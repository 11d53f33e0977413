"""Why a step of a service request cannot be taken."""

from workshop.models import ServiceStep


class StatusError(Exception):
    """A service request cannot go from its status to the one asked for."""


class OpenOfferError(StatusError):
    """The client has not answered yet about another price."""


class HandedOutError(StatusError):
    """Somebody handed the piece out already: ``step``."""

    def __init__(self, step: ServiceStep | None) -> None:
        super().__init__("handed out")
        self.step = step


class OnItsWayError(StatusError):
    """The piece is on its way between two stores."""


class AnsweredError(Exception):
    """The offer was answered, or withdrawn, already."""


class PlaceError(Exception):
    """The piece cannot be sent there, or handed out here: it is closed, on its way, or lies elsewhere."""
