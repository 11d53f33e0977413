"""The board of the service desk, one request with its story, its photos and its printed ticket."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from imports.exports import export_rows, page_of
from stores.lookups import shows_contacts
from stores.models import Role, Store
from stores.policies import CrmRequest, everybody
from stores.selectors import counter, store_of
from stores.texts import paper
from workshop import board, passports, printed, services, telling
from workshop.filters import BoardFilter
from workshop.forms import HandOutForm, NoteForm, OfferForm, PhotosForm, WhyForm
from workshop.models import Master, PassportView, PriceOffer, ServiceKind, ServicePhoto, ServiceRequest, ServiceStatus
from workshop.resources import BoardResource
from workshop.selectors import OPEN_STATUSES

SIZES = ("a5", "80", "58", "label")


@require_GET
@everybody
def services_list(request: CrmRequest) -> HttpResponse:
    """Open requests of my stores: by status side by side, or as a list; ``?export`` gives a workbook."""
    today = store_of(request).today()
    narrowed = BoardFilter(request.GET, board.board(counter(request).stores), today=today)
    if "export" in request.GET:
        return export_rows(request, "services", BoardResource, narrowed.qs)
    wanted, counted = narrowed.asked, board.counts(narrowed.but_for("status", "due"), today)
    words = {
        "overdue": _("overdue"),
        "today": _("due today"),
        "urgent": _("urgent"),
        "asked": _("price asked"),
        "coming": _("on its way to us"),
    }
    as_list = bool(wanted.get("status") or wanted.get("q") or request.GET.get("view") == "list")
    context = {
        "page": page_of(request, narrowed.qs) if as_list else None,
        "columns": [] if as_list else board.columns(narrowed.but_for("status")), "today": today, "wanted": wanted,
        "total": counted["all"],
        "statuses": [(s.value, s.label, counted[s.value]) for s in OPEN_STATUSES],
        "dues": [(name, words[name], counted[name]) for name in board.DUE],
        "kinds": ServiceKind.choices, "masters": Master.objects.filter(is_active=True),
    }  # fmt: skip
    return render(request, "workshop/services.html", context)


@require_GET
@everybody
@shows_contacts()
def service(request: CrmRequest, pk: int) -> HttpResponse:
    return page(request, pk)


def page(request: CrmRequest, pk: int, *, status: int = 200, **forms: object) -> HttpResponse:
    """A request with its story and what can be done with it; ``forms`` are those that were filled wrongly."""
    beside = ("client", "store", "lies_in", "accepted_by", "master", "warranty_of", "piece")
    found = get_object_or_404(ServiceRequest.objects.select_related(*beside), pk=pk)
    mine, whole = board.of_stores(counter(request).stores).filter(pk=pk).exists(), telling.ticket_of(found)
    context = {
        "service": found, "steps": found.steps.select_related("by"), "photos": found.photos.all(), "mine": mine,
        "next_steps": [(s, ServiceStatus(s).label) for s in services.STEPS[found.status] if s != ServiceStatus.HANDED_OUT],
        "can_hand_out": found.status == ServiceStatus.READY, "closed": found.is_closed,
        "here": telling.place_of(found) in counter(request).stores,
        "offer": found.offers.filter(answer=PriceOffer.Answer.OPEN).first(),
        "hows": [how for how in PriceOffer.How.choices if how[0] != PriceOffer.How.PAGE],
        "way": found.ways.filter(received_at=None).select_related("to_store", "from_store").first(),
        "beside": [other for other in whole if other.pk != pk], "returns": found.returns.all(),
        "to_pay": telling.to_pay(found), "stores": [s for s in Store.objects.open() if s != telling.place_of(found)],
        "masters": Master.objects.filter(is_active=True), "own_stores": counter(request).stores,
        "passport": passports.masked(found) if mine else None,
        "views": PassportView.objects.filter(request__in=whole).select_related("by") if request.user.role != Role.SELLER else [],
        "hand_out": HandOutForm(number=found.number), "price": OfferForm(), "note": NoteForm(), "photo": PhotosForm(),
        "together": [(one, telling.to_pay(one)) for one in whole if one.status == ServiceStatus.READY], "why": WhyForm(), **forms,
    }  # fmt: skip
    return render(request, "workshop/service.html", context, status=status)


@require_GET
@everybody
def photo(request: CrmRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(ServicePhoto, pk=pk)
    return FileResponse(found.image.open("rb"), content_type="image/jpeg")


@require_GET
@everybody
@shows_contacts()
def ticket(request: CrmRequest, pk: int) -> HttpResponseBase:
    """The ticket, or the labels of its envelopes, to print; ``?pdf`` as a file."""
    found = get_object_or_404(ServiceRequest.objects.select_related("client", "store", "accepted_by", "agreement"), pk=pk)
    size = request.GET.get("size", "a5")
    size = size if size in SIZES else "a5"
    whole = telling.ticket_of(found)
    if "pdf" in request.GET:
        file = HttpResponse(printed.pdf(whole, size), content_type="application/pdf")
        file["Content-Disposition"] = f'inline; filename="ticket-{found.pk}.pdf"'
        return file
    context = {
        "service": found, "envelopes": whole, "size": size, "agreement": printed.agreement(whole),
        "to_pay": telling.to_pay_together(whole),
        "sizes": [("a5", "A5"), ("80", _("80 mm roll")), ("58", _("58 mm roll")), ("label", _("labels of envelopes"))],
        "bars": paper.svg_bars(found.number), "square": printed.square(found),
    }  # fmt: skip
    return render(request, "workshop/ticket.html", context)
