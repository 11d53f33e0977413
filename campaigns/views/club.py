"""Clubs: who belongs, whom the question proposes, who is added and left out by hand."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.evenings import clubs
from campaigns.forms.evenings import ClubForm, NewClubForm, WhyForm
from campaigns.models import Club, ClubMember
from clients.models import Client
from imports.exports import page_of
from stores.chain_day import day_of
from stores.lookups import shows_contacts
from stores.models import Store
from stores.policies import CrmRequest, everybody, managers
from stores.selectors import counter, whole_number

# So many are admitted at most by one press.
MOST = 2_000
PROPOSED = 50


def _seen(request: CrmRequest, pk: int) -> Club:
    found: Club = get_object_or_404(Club.objects.visible_to(counter(request).stores).select_related("store", "segment"), pk=pk)
    return found


def _own(request: CrmRequest, pk: int) -> Club:
    """A club that this person may change: that of the chain is theirs who see the chain. Raises Http404."""
    found = _seen(request, pk)
    if found.store is None and not counter(request).sees_chain:
        raise Http404
    return found


@require_GET
@everybody
def all_clubs(request: CrmRequest) -> HttpResponse:
    return render(request, "campaigns/clubs/list.html", {"clubs": clubs.listed(counter(request).stores)})


def _form_facts(request: CrmRequest) -> dict[str, Any]:
    here = counter(request)
    return {"stores": Store.objects.filter(pk__in=[one.pk for one in here.stores]), "sees_chain": here.sees_chain}


@require_http_methods(["GET", "POST"])
@managers
def new_club(request: CrmRequest) -> HttpResponse:
    here = counter(request)
    initial = {"store": None if here.sees_chain else here.store, "segment": whole_number(request.GET.get("segment", "")) or None}
    form = NewClubForm(request.POST or None, initial=initial, **_form_facts(request))
    if request.method == "POST" and form.is_valid():
        return redirect("campaigns:club", pk=_create(request, form).pk)
    return render(request, "campaigns/clubs/edit.html", {"form": form}, status=422 if request.method == "POST" else 200)


def _create(request: CrmRequest, form: NewClubForm) -> Club:
    """One filled form is one club, however often it comes."""
    key = form.cleaned_data["form_key"]
    if again := Club.objects.filter(form_key=key, by=request.user).first():
        return again
    made: Club = form.save(commit=False)
    made.by, made.form_key = request.user, key
    made.save()
    return made


@require_http_methods(["GET", "POST"])
@managers
def edit_club(request: CrmRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    form = ClubForm(request.POST or None, instance=found, **_form_facts(request))
    if request.method == "POST" and form.is_valid() and form.write():
        messages.success(request, _("The club is saved."))
        return redirect("campaigns:club", pk=pk)
    context = {"form": form, "club": found}
    return render(request, "campaigns/clubs/edit.html", context, status=422 if request.method == "POST" else 200)


@require_GET
@everybody
@shows_contacts()
def club(request: CrmRequest, pk: int) -> HttpResponse:
    """Members, or with ``?left`` who left; and whom the question proposes."""
    found, here, is_left = _seen(request, pk), counter(request), "left" in request.GET
    waiting = clubs.proposed(found, None if here.sees_chain else here.stores, day_of(timezone.now()))
    context = {
        "club": found, "is_left": is_left, "page": page_of(request, clubs.members(found, left=is_left)),
        "proposed": list(waiting.select_related("home_store")[:PROPOSED]), "waiting": waiting.count() if found.segment_id else 0,
        "is_own": found.store_id is not None or here.sees_chain,
    }  # fmt: skip
    return render(request, "campaigns/clubs/page.html", context)


@require_POST
@managers
def admit(request: CrmRequest, pk: int) -> HttpResponse:
    """One who is proposed by their key, or all."""
    found, here, today = _own(request, pk), counter(request), day_of(timezone.now())
    waiting = clubs.proposed(found, None if here.sees_chain else here.stores, today)
    if "all" not in request.POST:
        waiting = waiting.filter(pk=whole_number(request.POST.get("client", "")))
    keys = list(waiting.values_list("pk", flat=True)[:MOST])
    why = _("proposed by “%(question)s”") % {"question": found.segment}
    number = clubs.admit(found, keys, why=why, by=request.user, today=today)
    words = ngettext("%(n)s client is in the club now.", "%(n)s clients are in the club now.", number)
    messages.success(request, words % {"n": number})
    return redirect("campaigns:club", pk=pk)


@require_POST
@everybody
def add_to_club(request: CrmRequest, pk: int, client: int) -> HttpResponse:
    """From the card, with why."""
    found, whom = _seen(request, pk), get_object_or_404(Client.objects.live(), pk=client)
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    clubs.admit(found, [whom.pk], why=why, by=request.user, today=day_of(timezone.now()))
    messages.success(request, _("%(client)s is in the club.") % {"client": whom})
    return redirect("campaigns:club", pk=pk)


@require_POST
@managers
def leave_club(request: CrmRequest, pk: int, client: int) -> HttpResponse:
    """A member leaves, or one who is proposed is not to be."""
    found, whom = _own(request, pk), get_object_or_404(Client, pk=client)
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    clubs.leave(found, whom, why=why, by=request.user, today=day_of(timezone.now()))
    words = _("%(client)s is not in the club any more. It can be undone in the list of who left.")
    messages.success(request, words % {"client": whom})
    return redirect("campaigns:club", pk=pk)


@require_POST
@managers
def undo_member(request: CrmRequest, pk: int, number: int) -> HttpResponse:
    """An admission or a leaving that was a slip."""
    found = _own(request, pk)
    member = get_object_or_404(ClubMember.objects.filter(club=found).select_related("client"), pk=number)
    clubs.take_back(member)
    messages.success(request, _("Taken back: %(client)s.") % {"client": member.client})
    return redirect("campaigns:club", pk=pk)
