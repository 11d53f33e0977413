"""Closed evenings: made, whom to invite, who answered what, what it brought."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from analytics.figures import experiments
from analytics.models import Segment
from campaigns.evenings import announcing, answering, brought, clubs, door, holding, inviting, printed
from campaigns.evenings.announcing import News
from campaigns.evenings.answering import NoSeatsError
from campaigns.forms.evenings import AnswerForm, EveningForm, NewEveningForm
from campaigns.models import Answer, Club, Evening, EveningQuerySet, Invitation
from campaigns.once import asking, choosing, forecasting
from clients.models import Client, ClientQuerySet
from imports.exports import page_of
from stores.lookups import shows_contacts
from stores.models import Role, Store
from stores.policies import CrmRequest, everybody, managers
from stores.selectors import counter, whole_number


def evenings_of(request: CrmRequest) -> EveningQuerySet:
    return Evening.objects.filter(store__in=counter(request).stores).select_related("store")


def own(request: CrmRequest, pk: int) -> Evening:
    found: Evening = get_object_or_404(evenings_of(request), pk=pk)
    return found


def invitation(request: CrmRequest, evening: Evening, pk: int) -> Invitation:
    found: Invitation = get_object_or_404(evening.invitations.select_related("client"), pk=pk)
    found.evening = evening
    return found


@require_GET
@everybody
def evenings(request: CrmRequest) -> HttpResponse:
    """Those to come first, then those that were. Five queries, however many there are."""
    now, mine = timezone.now(), evenings_of(request)
    coming = holding.listed(mine.coming(now))
    page = page_of(request, mine.exclude(pk__in=[row.evening.pk for row in coming]))
    context = {"coming": coming, "page": page, "past": holding.listed(list(page.object_list))}
    return render(request, "campaigns/evenings/list.html", context)


@require_http_methods(["GET", "POST"])
@managers
def new_evening(request: CrmRequest) -> HttpResponse:
    here = counter(request)
    asked = whole_number(request.POST.get("store", ""))
    store = next((one for one in here.stores if one.pk == asked), here.store)
    stores = Store.objects.filter(pk__in=[one.pk for one in here.stores])
    with timezone.override(store.zone if store else ZoneInfo(settings.CHAIN_TIME_ZONE)):
        form = NewEveningForm(request.POST or None, stores=stores, initial={"store": store, "seats": 30})
        if request.method == "POST" and form.is_valid():
            return redirect("campaigns:evening", pk=_create(request, form).pk)
        return render(request, "campaigns/evenings/new.html", {"form": form}, status=422 if request.method == "POST" else 200)


def _create(request: CrmRequest, form: NewEveningForm) -> Evening:
    """One filled form is one evening, however often it comes."""
    key = form.cleaned_data["form_key"]
    if again := Evening.objects.filter(form_key=key, by=request.user).first():
        return again
    made: Evening = form.save(commit=False)
    made.by, made.form_key = request.user, key
    made.save()
    return made


@require_http_methods(["GET", "POST"])
@managers
def edit_evening(request: CrmRequest, pk: int) -> HttpResponse:
    """What is changed is saved; another time only when the person has seen whom it is told, and said whether it is."""
    before, found = own(request, pk), own(request, pk)
    with timezone.override(found.store.zone):
        form, tell = EveningForm(request.POST or None, instance=found), request.POST.get("tell", "")
        if request.method != "POST" or not form.is_valid():
            return _edit(request, form, before)
        plan = announcing.plan(found, News.MOVED) if announcing.is_moved(before, found) else None
        if plan and plan.guests and request.POST.get("seen") != found.starts_at.isoformat():
            return _edit(request, form, before, plan=plan, seen=found.starts_at.isoformat())
        if not holding.save(form.write, before, tells=tell == "yes", by=request.user, now=timezone.now()):
            return _edit(request, form, before)
    told = plan is not None and plan.guests and tell == "yes"
    messages.success(request, _("The evening is saved, and its guests are told.") if told else _("The evening is saved."))
    return redirect("campaigns:evening", pk=pk)


def _edit(request: CrmRequest, form: EveningForm, found: Evening, **more: Any) -> HttpResponse:
    status = 422 if request.method == "POST" and not more else 200
    return render(request, "campaigns/evenings/edit.html", {"form": form, "evening": found, **more}, status=status)


@require_GET
@everybody
@shows_contacts()
def evening(request: CrmRequest, pk: int) -> HttpResponse:
    """Who is invited and what they said; for managers whom else to invite, and what the evening brought."""
    found = own(request, pk)
    shown = request.GET.get("answer", "")
    listed = found.invitations.select_related("client__home_store", "answered_by").order_by("client__name_key", "pk")
    context = {
        "evening": found, "answers": holding.answers(found), "shown": shown, "taken": answering.taken(found),
        "page": page_of(request, listed.filter(answer=shown) if shown in Answer.values else listed),
        "plus": range(found.plus + 1), **(_for_managers(request, found) if request.user.role != Role.SELLER else {}),
    }  # fmt: skip
    return render(request, "campaigns/evenings/page.html", context)


def _for_managers(request: CrmRequest, found: Evening) -> dict[str, Any]:
    told: dict[str, Any] = {"left": inviting.left_out(found)}
    if not found.is_over and not found.cancelled_at:
        told["plan"] = announcing.plan(found, News.CANCELLED)
    if not found.has_begun:
        told |= {"clubs": clubs.listed(counter(request).stores), "segments": Segment.objects.order_by("name")}
    if found.has_begun and not found.cancelled_at:
        came = brought.outcome_of(found)
        told |= {
            "funnel": brought.funnel(found), "outcome": came, "verdict": came.verdict, "compared": came.effect.total,
            "few": experiments.FEW_BUYERS,
        }  # fmt: skip
    return told


@require_GET
@managers
def choose_evening(request: CrmRequest) -> HttpResponse:
    """From a list of clients to the evening that they are invited to; the address carries the list on."""
    coming = [row for row in holding.listed(evenings_of(request).coming(timezone.now())) if not row.evening.has_begun]
    context = {"coming": coming, "question": asking.asked(request.GET), "query": request.GET.urlencode()}
    return render(request, "campaigns/evenings/choose.html", context)


@require_http_methods(["GET", "POST"])
@managers
def invite(request: CrmRequest, pk: int) -> HttpResponse:
    """Whom a club, a question or a list means: who can be called and why not the others; posted, they are invited."""
    found, now = own(request, pk), timezone.now()
    clients, words = _meant(request, found, now)
    if request.method == "POST":
        if found.cancelled_at or found.has_begun:
            messages.error(request, _("The evening has begun or is cancelled: nobody is called any more."))
        else:
            _invite(request, found, clients, words, now)
        return redirect("campaigns:evening", pk=pk)
    preview = inviting.preview(found, clients, now=now)
    seen = forecasting.seen(len(preview.can), found.holdout)
    context = {"evening": found, "words": words, "preview": preview, "visible": seen, "most": inviting.MOST}
    return render(request, "campaigns/evenings/invite.html", context)


def _invite(request: CrmRequest, found: Evening, clients: ClientQuerySet, words: str, now: datetime) -> None:
    try:
        number = inviting.invite(found, clients, why=words, by=request.user, now=now)
    except inviting.TooManyError:
        messages.error(request, _("Too many clients for one evening: choose a narrower question."))
        return
    told = ngettext("%(n)s client is invited; the calls are with the sellers.",
                    "%(n)s clients are invited; the calls are with the sellers.", number)  # fmt: skip
    messages.success(request, told % {"n": number})


def _meant(request: CrmRequest, found: Evening, now: datetime) -> tuple[ClientQuerySet, str]:
    """The clients whom the address means, of the stores that the person sees, and where they come from in words."""
    here, today = counter(request), found.store.today(now)
    stores = None if here.sees_chain else here.stores
    if club := whole_number(request.GET.get("club", "")):
        chosen = get_object_or_404(Club.objects.visible_to(here.stores), pk=club)
        return inviting.members_of(chosen, stores), str(chosen)
    if segment := whole_number(request.GET.get("segment", "")):
        saved = get_object_or_404(Segment, pk=segment)
        return choosing.clients_of({"definition": saved.definition}, today=today, stores=stores), str(saved)
    question = asking.asked(request.GET)
    narrowed = [here.get(question.store)] if question.store else stores
    return choosing.clients_of(question.told, today=today, stores=narrowed), question.sentence


@require_POST
@everybody
def invite_client(request: CrmRequest, pk: int, client: int) -> HttpResponse:
    """A client who stands here is told of it by hand."""
    found, whom = own(request, pk), get_object_or_404(Client.objects.live(), pk=client)
    if found.cancelled_at or found.is_over:
        messages.error(request, _("The evening is over or cancelled."))
    else:
        inviting.invite_one(found, whom, why=_("from the card"), by=request.user, now=timezone.now())
        messages.success(request, _("On the list. Write down here what they answer."))
    return redirect("campaigns:evening", pk=pk)


@require_POST
@everybody
def answer(request: CrmRequest, pk: int, number: int) -> HttpResponse:
    """What a client said, by hand; or that it was a slip."""
    found, form = own(request, pk), AnswerForm(request.POST)
    one = invitation(request, found, number)
    if not form.is_valid():
        return HttpResponseBadRequest()
    if found.cancelled_at:
        messages.error(request, _("The evening is over or cancelled."))
    elif form.cleaned_data["said"] == "back":
        answering.take_back(one, by=request.user, now=timezone.now())
        messages.success(request, _("As if they had not answered yet."))
    else:
        _answer(request, one, form.cleaned_data)
    return redirect("campaigns:evening", pk=pk)


def _answer(request: CrmRequest, one: Invitation, said: dict[str, Any]) -> None:
    try:
        now = answering.answer(one, said["said"], guests=said["guests"], by=request.user, now=timezone.now())
    except NoSeatsError as error:
        words = ngettext(
            "Only %(n)s seat more is free: it stays as it was.",
            "Only %(n)s seats more are free: it stays as it was.",
            error.free,
        )
        messages.error(request, words % {"n": error.free})
        return
    if now.answer == Answer.WAITING:
        messages.warning(request, _("The seats are gone: the client is on the waiting list."))
    else:
        messages.success(request, f"{one.client}: {now.get_answer_display()}.")


@require_POST
@managers
def cancel_evening(request: CrmRequest, pk: int) -> HttpResponse:
    found = own(request, pk)
    if found.is_over:
        messages.error(request, _("The evening is over or cancelled."))
    elif holding.cancel(found, now=timezone.now(), tells=request.POST.get("tell") == "yes"):
        messages.success(request, _("The evening is cancelled; open calls about it are taken back."))
    return redirect("campaigns:evening", pk=pk)


@require_GET
@everybody
@shows_contacts()
def guest_list(request: CrmRequest, pk: int) -> HttpResponse:
    """Who will come, on paper."""
    found = own(request, pk)
    headers = {"Content-Disposition": f'inline; filename="evening-{found.pk}.pdf"'}
    return HttpResponse(printed.pdf(found, door.expected(found)), content_type="application/pdf", headers=headers)
