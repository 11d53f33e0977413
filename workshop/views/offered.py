"""What the desk offers: terms of services and masters, on pages of the settings."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stores.deciding.ruling import ChangedSinceError
from stores.policies import CrmRequest, admins
from stores.redirects import back
from stores.selectors import whole_number
from workshop import offered
from workshop.models import Master, ServiceKind, ServiceTerm
from workshop.offered_forms import MasterForm, TermForm
from workshop.terms import usual

PAGE = 20


class Offer(NamedTuple):
    """A kind of service with what holds for it; ``is_said`` where the chain has said so itself."""

    kind: str
    label: Any
    term: ServiceTerm
    is_said: bool


@require_GET
@admins
def overview(request: CrmRequest) -> HttpResponse:
    """Every kind of service, every master, and what was changed. Five queries."""
    said = {term.kind: term for term in ServiceTerm.objects.all()}
    offers = [Offer(kind, label, said.get(kind) or usual(kind), kind in said) for kind, label in ServiceKind.choices]
    masters = Master.objects.select_related("store").order_by("-is_active", "name")
    page = Paginator(offered.history(), PAGE).get_page(request.GET.get("page"))
    return render(request, "workshop/offered.html", {"offers": offers, "masters": masters, "page": page})


@require_http_methods(["GET", "POST"])
@admins
def term(request: CrmRequest, kind: str) -> HttpResponse:
    """What is usual for one kind of service."""
    if kind not in ServiceKind.values:
        raise Http404
    form = TermForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid() and form.write():
        messages.success(request, _("Saved."))
        return redirect("workshop:offered")
    context = {"form": form, "kind": kind, "title": ServiceKind(kind).label, **_changes(request, "term", kind)}
    return render(request, "workshop/offered_row.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@admins
def master(request: CrmRequest, pk: int = 0) -> HttpResponse:
    """A master, or a new one."""
    row = get_object_or_404(Master, pk=pk) if pk else Master()
    name = row.name
    form = MasterForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid() and (form.write() if pk else form.save()):
        messages.success(request, _("Saved."))
        return redirect("workshop:offered")
    context = {"form": form, "title": name or _("A new master"), "pk": pk, **(_changes(request, "master", pk) if pk else {})}
    return render(request, "workshop/offered_row.html", context, status=422 if request.method == "POST" else 200)


def _changes(request: CrmRequest, table: str, key: str | int) -> dict[str, Any]:
    found = [told for told in offered.history() if (told.table, told.key) == (table, key)]
    return {"page": Paginator(found, PAGE).get_page(request.GET.get("page"))}


@require_POST
@admins
def undo(request: CrmRequest) -> HttpResponse:
    """The newest change of a term or a master is put back."""
    table, pk = request.POST.get("table", ""), whole_number(request.POST.get("change", ""))
    if table not in offered.TABLES or not pk:
        raise Http404
    try:
        offered.undo(table, pk, by=request.user)
        messages.success(request, _("Put back as it was."))
    except ObjectDoesNotExist:
        raise Http404 from None
    except ChangedSinceError:
        messages.warning(request, _("It was changed once more since; put the newest change back first."))
    return back(request, "/settings/desk/services/")
