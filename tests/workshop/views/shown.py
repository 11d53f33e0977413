"""Requests as the board shows them."""

from tests.answers import Answer


def shown(page: Answer) -> list[int]:
    """Of the list, else of the board's columns in turn."""
    if page.context["page"]:
        return [service.pk for service in page.context["page"]]
    return [service.pk for column in page.context["columns"] for service, _steps in column.cards]
