"""What loyalty shows at the counter: the bill of a sale while it is typed, and the code that confirms a large spend."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.models import Client
from loyalty.certificates import acts as certificates
from loyalty.certificates.acts import CertificateRefusedError, Part
from loyalty.certificates.words import words_of
from loyalty.models import Certificate
from messaging import codes
from messaging.models import Channel, CodePurpose
from messaging.tasks import send_code_soon
from purchases import bills, services
from purchases.bills import CodeNeededError
from purchases.forms import PieceFormSet, SaleForm
from purchases.models import Piece
from purchases.paying_forms import BonusForm
from purchases.payments import NOTHING
from stores.policies import CrmRequest, everybody
from stores.selectors import counter, store_of, whole_number

# In the session: the form and the client of the sale for which a code was said; the sale may come back for another reason.
PROVED = "spend_proved"


@require_POST
@everybody
def bill(request: CrmRequest) -> HttpResponse:
    """The bill of what is typed so far, of an exchange too: half of a line is none yet. Saves and reserves nothing."""
    store = store_of(request)
    form, pieces = SaleForm(request.POST, store=store), PieceFormSet(request.POST, prefix="pieces")
    form.is_valid(), pieces.is_valid()
    lines = [line for one in pieces.forms if one.is_whole and (line := one.line())]
    said, codes_said, coming = form.cleaned_data, form.said_codes(), _coming(request)
    day = said.get("sold_on") or store.today()
    try:
        with transaction.atomic():
            if coming:
                services.return_pieces(coming[0].purchase, coming, by=request.user, on=day, in_exchange=True)
            told = bills.shown(lines, said.get("client"), day, form.wish(), codes_said.right)
            transaction.set_rollback(bool(coming))
    except (services.AlreadyReturnedError, services.VoidedError):
        return HttpResponse(status=204)  # saved meanwhile: the page that asks is about to go
    to_pay = told.to_pay if told else sum((line.price for line in lines), NOTHING)
    to_pay -= sum((piece.price for piece in coming), NOTHING)
    paid, errors = _paid_by(codes_said.certificates, max(NOTHING, to_pay), day)
    context = {"told": told, "errors": [*form.errors.get("codes", []), *errors], "to_pay": to_pay, "paid": paid}
    return render(request, "purchases/_bill.html", {**context, "rest": to_pay - sum(part.sum for part in paid)})


def _coming(request: CrmRequest) -> list[Piece]:
    """Pieces that come back in an exchange: their bonuses are with the client again, as far as the bill goes. One query."""
    keys = [whole_number(key) for key in request.POST.getlist("piece")]
    mine = Piece.objects.kept().filter(purchase__store__in=counter(request).stores, pk__in=keys)
    return list(mine.select_related("purchase__store").order_by("pk")) if keys else []


def _paid_by(held: Sequence[Certificate], to_pay: Decimal, day: date) -> tuple[list[Part], list[str]]:
    """What certificates would pay, or why one does not."""
    try:
        return certificates.cover(held, to_pay, on=day), []
    except CertificateRefusedError as error:
        return [], [words_of(error)]


@require_POST
@everybody
def send_code(request: CrmRequest) -> HttpResponse:
    """Send the client of a sale a code that they read out; the answer says whether it goes."""
    form = SaleForm(request.POST, store=store_of(request))
    form.is_valid()
    client, now = form.cleaned_data.get("client"), timezone.now()
    row = None
    if client and client.phone:
        row = codes.ask(CodePurpose.SPEND, Channel.SMS, client.phone, client=client, subject=str(client.pk), now=now)
    if row is None:
        return HttpResponse(_("No code can go to this client now: spend less, or put the phone right in the card."))
    send_code_soon(row.pk)
    return HttpResponse(_("The code is on its way. Ask the client to read it out."))


def proves(request: CrmRequest, client: Client | None, form: BonusForm) -> bool:
    """Whether the client of a sale has said the code for it, now or before this form came back. Raises CodeNeededError."""
    code = form.cleaned_data["code"]
    mine = [str(form.cleaned_data["form_key"]), client.pk if client else 0]
    if not client or not code or request.session.get(PROVED) == mine:
        return bool(client) and request.session.get(PROVED) == mine
    now = timezone.now()
    if codes.check(CodePurpose.SPEND, client.phone or "", code, subject=str(client.pk), now=now) is None:
        raise CodeNeededError
    request.session[PROVED] = mine
    return True
