"""The service desk: take in, follow, hand out, print the ticket."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import matching
from clients import services as clients_services
from clients.forms import SayingForm
from clients.models import Client
from clients.services import ContactDetails, PhoneTakenError
from imports.exports import export, page_of
from purchases import selectors, services
from purchases.forms import KnownVisitorForm, ServiceForm, VisitorForm
from purchases.models import ServiceRequest, ServiceStatus
from purchases.sale_views import store_of
from purchases.services import StatusError
from stores.policies import CrmRequest, everybody
from stores.selectors import counter, whole_number

USUAL_DAYS = 7


@require_http_methods(["GET", "POST"])
@everybody
def take_in(request: CrmRequest) -> HttpResponse:
    store = store_of(request)
    if request.method == "GET":
        client = Client.objects.live().filter(pk=whole_number(request.GET.get("client", ""))).first()
        form = ServiceForm(store=store, initial={"due_on": store.today() + timedelta(days=USUAL_DAYS)})
        return _page(request, KnownVisitorForm(initial={"client": client}) if client else VisitorForm(), form, client)
    visitor = (KnownVisitorForm if request.POST.get("client") else VisitorForm)(request.POST)
    form = ServiceForm(request.POST, store=store)
    if not (visitor.is_valid() & form.is_valid()):
        return _page(request, visitor, form, visitor.cleaned_data.get("client"), status=422)
    try:
        client = _visitor(request, visitor)
    except PhoneTakenError as taken:
        visitor.add_error("phone", _("This phone is on the card of %(name)s.") % {"name": taken.holder.full_name})
        return _page(request, visitor, form, visitor.cleaned_data.get("client"), status=422, holder=taken.holder)
    if client is None:
        return _page(request, visitor, form, None, status=422)
    taken_in = services.take_in(form.request_for(client), by=request.user)
    messages.success(request, _("Taken in: ticket %(number)s.") % {"number": taken_in.number})
    return redirect("purchases:service", pk=taken_in.pk)


def _visitor(request: CrmRequest, form: VisitorForm) -> Client | None:
    """The visitor's card: the one chosen, with what they gave now filled in; else a new complete one.

    None, with the words at the fields, when a new card would lack something. Raises PhoneTakenError.
    """
    details: ContactDetails = form.details()
    client: Client | None = form.cleaned_data["client"]
    if client:
        done = clients_services.complete_card(client, found=details, by=request.user, origin="service desk")
        clients_services.record_consents(client, form.yeses(), by=request.user, where=counter(request).store)
        if done.differing:
            messages.warning(request, _("Some answers differ from the card: they wait there for a decision."))
        return client
    lacking = [name for name in ("first_name", "phone", "email") if not getattr(details, name)]
    for name in lacking:
        form.add_error(name, _("A new client: this is needed for the card."))
    if not form.cleaned_data["consent_personal_data"]:
        lacking.append("consent_personal_data")
        form.add_error("consent_personal_data", _("Without this consent a card cannot be kept."))
    if lacking:
        return None
    if form.cleaned_data["behind"]:
        holder = get_object_or_404(Client.objects.live(), pk=form.cleaned_data["behind"], phone=details.phone)
        return clients_services.register_behind(
            holder, details, by=request.user, store=counter(request).store, consents=form.consents()
        )
    return clients_services.register(
        details, by=request.user, store=counter(request).store, consents=form.consents(), origin="service desk"
    )


def _page(
    request: CrmRequest,
    visitor: VisitorForm,
    form: ServiceForm,
    client: Client | None,
    status: int = 200,
    holder: Client | None = None,
) -> HttpResponse:
    context = {"visitor": visitor, "form": form, "client": client, "holder": holder}
    return render(request, "purchases/take_in.html", context, status=status)


@require_GET
@everybody
def visitor_matches(request: CrmRequest) -> HttpResponse:
    """Cards that may be the visitor's, with first name and last visit; one alone is proposed for Enter."""
    details = SayingForm(request.GET).details()
    proposals = matching.propose(details.name, birth_date=details.birth_date, phone=details.phone)
    last = selectors.last_visits([proposal.client for proposal in proposals])
    same = [p for p in proposals if p.kind != matching.Kind.SIMILAR and clients_services.same_person(p.client, details)]
    found = [(proposal, last.get(proposal.client.pk)) for proposal in proposals]
    return render(request, "purchases/_visitors.html", {"found": found, "only": same[0] if len(same) == 1 else None})


@require_GET
@everybody
def services_list(request: CrmRequest) -> HttpResponse:
    """Open requests of my stores by due date; ``?export`` gives a workbook."""
    found = selectors.services_due(counter(request).stores)
    if (status := request.GET.get("status", "")) in ServiceStatus.values:
        found = found.filter(status=status)
    if "export" in request.GET:
        rows = ([s.number, s.accepted_on, str(s.client), s.get_kind_display(), s.due_on, s.get_status_display()] for s in found)
        header = [_("Ticket"), _("Taken in"), _("Client"), _("Service"), _("Due"), _("Status")]
        return export(request, "services", header, rows)
    today = store_of(request).today()
    statuses = [(s.value, s.label) for s in selectors.OPEN_STATUSES]
    context = {"page": page_of(request, found), "today": today, "statuses": statuses, "status": status}
    return render(request, "purchases/services.html", context)


@require_GET
@everybody
def service(request: CrmRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ServiceRequest.objects.select_related("client", "store", "accepted_by"), pk=pk)
    context = {
        "service": found,
        "steps": found.steps.select_related("by"),
        "next_steps": [(s, ServiceStatus(s).label) for s in services.STEPS[found.status]],
        "closed": found.status in (ServiceStatus.HANDED_OUT, ServiceStatus.CANCELLED),
        "mine": found.store in counter(request).stores,
    }
    return render(request, "purchases/service.html", context)


@require_POST
@everybody
def move(request: CrmRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ServiceRequest.objects.filter(store__in=counter(request).stores), pk=pk)
    try:
        moved = services.move(found, request.POST.get("status", ""), by=request.user)
        messages.success(request, _("Now: %(status)s.") % {"status": moved.get_status_display()})
    except StatusError:
        messages.error(request, _("This request cannot take that step from where it is now."))
    return redirect("purchases:service", pk=pk)


@require_GET
@everybody
def ticket(request: CrmRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ServiceRequest.objects.select_related("client", "store", "accepted_by"), pk=pk)
    return render(request, "purchases/ticket.html", {"service": found})
