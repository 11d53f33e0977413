"""What comes from a site: the same answer whatever becomes of it."""

from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest

from inquiries import services
from inquiries.forms import StrangersForm
from inquiries.models import Inquiry, Source, WebForm
from stores.recognising import callers


def take(request: HttpRequest, form: StrangersForm, web_form: WebForm) -> Inquiry | None:
    """Write down what a person sent by a valid form; None for machines, and for whoever sends too much.

    An address may send as often as ``settings.STRANGERS_RATE`` says, a contact be left three times.
    """
    over = callers.is_over(request, "strangers", settings.STRANGERS_RATE)
    if over or form.is_machines:
        return None
    contact = form.cleaned_data["contact"]._replace(name=form.cleaned_data["name"])
    if services.left_today(contact) >= services.MOST_A_DAY:
        return None
    return services.note(
        form.cleaned_data["wish"], contact, source=Source.FORM, store=web_form.store, consent_text=web_form.consent_text,
        form_key=uuid4(),
    )  # fmt: skip
