"""The service desk: take in, follow, hand out, print the ticket."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from imports.exports import export, page_of
from purchases import selectors, services
from purchases.models import ServiceRequest, ServiceStatus
from purchases.sale_views import store_of
from purchases.services import StatusError
from stores.policies import CrmRequest, everybody
from stores.selectors import counter


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
