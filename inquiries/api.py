"""Inquiries from sites that have a form of their own: without a key, as the embedded form, and with its limits. Public."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from inquiries import strangers
from inquiries.forms import StrangersForm, opened_now
from inquiries.models import WebForm

router = Router(tags=["inquiries"])


class Opened(Schema):
    """What a form carries from the moment at which it was shown."""

    opened: str


class Asked(Schema):
    """``form``: the address of a form that an admin made; ``contact`` a phone or an e-mail; ``consent`` to keep it;
    ``website`` is left empty."""

    form: str
    name: str
    contact: str
    wish: str
    consent: bool
    opened: str
    website: str = ""


class Received(Schema):
    """The answer to everything that could be read."""

    state: str = "received"


class Wrong(Schema):
    """Field → what is wrong with it."""

    errors: dict[str, list[str]]


@router.get("opened/", response=Opened, auth=None, summary="Open a form")
def opened(request: HttpRequest) -> Opened:
    """Ask for this when the form is shown; what is sent within three seconds of it is a machine's."""
    return Opened(opened=opened_now())


@router.post("", response={202: Received, 422: Wrong}, auth=None, summary="Leave an inquiry")
def leave(request: HttpRequest, asked: Asked) -> Status[Received | Wrong]:
    """Always the same answer, whether or not it was kept: machines learn nothing."""
    form, web_form = StrangersForm(asked.dict()), WebForm.objects.filter(slug=asked.form, is_active=True).first()
    if not form.is_valid():
        return Status(422, Wrong(errors={name: [str(one) for one in errors] for name, errors in form.errors.items()}))
    if web_form is None:
        return Status(422, Wrong(errors={"form": [_("There is no such form.")]}))
    strangers.take(request, form, web_form)
    return Status(202, Received())
