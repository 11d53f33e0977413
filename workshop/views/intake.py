"""Taking in: who brings it, what is left, and what is to be done with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from clients import selectors as clients_selectors
from clients import services as clients_services
from clients.forms import SayingForm
from clients.locking import GoneError
from clients.models import Client
from clients.sameness import matching
from clients.services import PhoneTakenError
from clients.typed import GONE
from purchases import selectors as purchases_selectors
from stores import lookups
from stores.lookups import shows_contacts
from stores.policies import CrmRequest, everybody
from stores.selectors import store_of, whole_number
from visits import selectors as visits_selectors
from workshop import intake, selectors
from workshop.forms import KnownVisitorForm, TicketForms
from workshop.models import ServiceRequest
from workshop.passports import KeyMissingError
from workshop.terms import Terms

WORDS = (
    gettext_lazy("yellow metal"), gettext_lazy("white metal"), gettext_lazy("red metal"), gettext_lazy("silver-coloured metal"),
    gettext_lazy("one white stone"), gettext_lazy("several white stones"), gettext_lazy("coloured stone"), gettext_lazy("pearl"),
    gettext_lazy("no stones"), gettext_lazy("scratches"),
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@everybody
@shows_contacts(when="client")
def take_in(request: CrmRequest) -> HttpResponse:
    terms = Terms(store_of(request))
    if request.method == "GET":
        return _empty(request, terms)
    forms = TicketForms(terms, request.POST, request.FILES)
    if "one_more" in request.POST or not forms.is_valid():
        return _page(request, forms, forms.visitor.data.get("client"), status=200 if "one_more" in request.POST else 422)
    holder = None
    try:
        if taken := intake.take_in(forms, by=request.user):
            return _taken(request, taken)
    except PhoneTakenError as refusal:
        holder = refusal.holder
        forms.visitor.add_error("phone", _("This phone is on the card of %(name)s.") % {"name": holder.full_name})
    except GoneError:
        forms.visitor.add_error(None, _("The person of this card was erased meanwhile: take in as a new client."))
    except KeyMissingError:
        forms.passport.add_error(None, _("Passport data cannot be kept: the key is missing. Tell the admin."))
    return _page(request, forms, request.POST.get("client"), status=422, holder=holder)


def _empty(request: CrmRequest, terms: Terms) -> HttpResponse:
    """An empty form; ``?q`` finds a phone, a card's number or a ticket at once, ``?warranty`` is a piece that came back."""
    first = ServiceRequest.objects.filter(pk=whole_number(request.GET.get("warranty", ""))).first()
    asked = whole_number(request.GET.get("client", "")) or (first.client_id if first else 0)
    client = clients_selectors.standing_for(asked)
    if (text := request.GET.get("q", "").strip()) and client is None:
        client = _found(text)
        if client is None:
            messages.warning(request, _("Nobody was found by “%(text)s”.") % {"text": text[:40]})
    if asked and client is None:
        messages.warning(request, GONE)
    initial: dict[str, Any] = {"due_on": terms.due("resizing")}
    if first and client:
        kept = ("kind", "description", "weight", "size_from", "size_to", "engraving", "declared_value", "piece")
        initial = {name: getattr(first, name) for name in kept} | {
            "warranty_of": first.pk,
            "price": "0",
            "due_on": terms.due(first.kind),
        }
    return _page(request, TicketForms(terms, client=client, initial=initial), client.pk if client else "")


def _found(text: str) -> Client | None:
    """The one client whose ticket, phone or card's number this is; None where it is nobody's or several people's."""
    tickets = {
        found.client_id: found.client for found in selectors.find_services(text) if found.number == selectors.ticket_number(text)
    }
    people = list(tickets.values()) or clients_selectors.find_clients(text, limit=2)
    return people[0] if len(people) == 1 else None


def _taken(request: CrmRequest, taken: intake.Taken) -> HttpResponse:
    if taken.differing:
        messages.warning(request, _("Some answers differ from the card: they wait there for a decision."))
    messages.success(request, _("Taken in: ticket %(number)s.") % {"number": taken.ticket[0].number})
    there = redirect("workshop:service", pk=taken.ticket[0].pk)
    return HttpResponseClientRedirect(there.url) if request.htmx else there


def _page(request: CrmRequest, forms: TicketForms, client: Any, status: int = 200, holder: Client | None = None) -> HttpResponse:
    known = Client.objects.live().filter(pk=whole_number(str(client or ""))).first()
    pieces = purchases_selectors.pieces_of(known) if known else []
    boxes = forms.visitor.consent_fields
    if known and isinstance(forms.visitor, KnownVisitorForm):
        boxes = forms.visitor.not_agreed(clients_services.words_of(known))
    context = {
        "forms": forms, "visitor": forms.visitor, "form": forms.first, "client": known, "holder": holder, "pieces": pieces,
        "boxes": boxes,
        "words": WORDS, "terms": forms.terms.as_json(), "more": _shown(request, forms),
    }  # fmt: skip
    return render(request, "workshop/take_in.html", context, status=status)


def _shown(request: CrmRequest, forms: TicketForms) -> Any:
    """Further envelopes as typed, with one more where the button asked for it."""
    if "one_more" not in request.POST:
        return forms.more
    counted = request.POST.copy()
    counted["more-TOTAL_FORMS"] = str(min(9, whole_number(counted.get("more-TOTAL_FORMS", "")) + 1))
    counted.setdefault("more-INITIAL_FORMS", "0")
    return type(forms.more)(counted, prefix="more", form_kwargs={"terms": forms.terms})


@require_POST
@everybody
def visitor_matches(request: CrmRequest) -> HttpResponse:
    """Cards that may be the visitor's, with first name and last visit; one alone is proposed for Enter."""
    details = SayingForm(request.POST).details()
    proposals = matching.propose(details.name, birth_date=details.birth_date, phone=details.phone)
    if proposals and lookups.is_over(request, "visitor_matches"):
        proposals = []  # the intake itself goes on
    last = visits_selectors.last_visits([proposal.client for proposal in proposals])
    same = [p for p in proposals if p.kind != matching.Nearness.SIMILAR and clients_services.same_person(p.client, details)]
    found = [(proposal, last.get(proposal.client.pk)) for proposal in proposals]
    context = {"found": found, "only": same[0] if len(same) == 1 else None, "erased": clients_services.erased_on(details)}
    return render(request, "workshop/_visitors.html", context)


@require_GET
@everybody
@shows_contacts()
def own_pieces(request: CrmRequest) -> HttpResponse:
    """The client's last pieces, each by one key."""
    client = get_object_or_404(Client.objects.live(), pk=whole_number(request.GET.get("client", "")))
    return render(request, "workshop/_own_pieces.html", {"pieces": purchases_selectors.pieces_of(client)})
