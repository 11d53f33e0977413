"""Campaigns: from a list of clients to a draft, under way, and what came of it."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns import tasks
from campaigns.forms.letters import NewsletterForm
from campaigns.forms.programs import CampaignForm, OnceForm, TrialForm
from campaigns.letters import keeping
from campaigns.models import Arm, Campaign, Way, WhyOut
from campaigns.once import asking, choosing, forecasting, freezing, measuring, running, wordings
from campaigns.resources import ReachedResource
from imports.exports import export_rows, page_of
from messaging import services as messaging_services
from messaging import texts
from messaging.models import Lane, Route
from messaging.tasks import wake
from stores.chain_day import day_of
from stores.policies import CrmRequest, managers
from stores.selectors import counter

KEPT = 300
# A campaign by e-mail with a page of blocks; its draft is begun by this word.
NEWSLETTER = "newsletter"
LASTS = timedelta(days=14)
# More than these are written down by a worker: it takes longer than a page should.
AT_ONCE = 20_000
DONE = {
    "start": gettext_lazy("The campaign has started."),
    "pause": gettext_lazy("The campaign is paused: nothing more is made until it goes on."),
    "go_on": gettext_lazy("The campaign goes on."),
}


@require_GET
@managers
def campaigns(request: CrmRequest) -> HttpResponse:
    found = _visible(request).select_related("by")
    return render(request, "campaigns/once/list.html", {"page": page_of(request, found)})


def _visible(request: CrmRequest) -> Any:
    here = counter(request)
    return Campaign.objects.visible_to(None if here.sees_chain else here.stores)


def _own(request: CrmRequest, pk: int) -> Campaign:
    found: Campaign = get_object_or_404(_visible(request), pk=pk)
    return found


@require_http_methods(["GET", "POST"])
@managers
def new_campaign(request: CrmRequest) -> HttpResponse:
    """A draft about the clients of a list, as its address hands them over."""
    question, today = asking.asked(request.GET), day_of(timezone.now())
    way = request.GET.get("way", "")
    begin = {"way": way if way in Way.values else Way.CALL, "occasion_until": today + LASTS, "title": question.sentence[:80]}
    form = _form_class(is_newsletter=way == NEWSLETTER)(request.POST or None, initial=begin, today=today)
    if request.method == "POST" and form.is_valid() and not question.is_empty:
        return redirect("campaigns:campaign", pk=_create(request, form, question).pk)
    context = {"form": form, "question": question}
    return render(request, "campaigns/once/new.html", context, status=422 if request.method == "POST" else 200)


def _form_class(*, is_newsletter: bool) -> type[OnceForm]:
    return NewsletterForm if is_newsletter else CampaignForm


def _create(request: CrmRequest, form: OnceForm, question: asking.Question) -> Campaign:
    """One filled form is one draft, however often it comes."""
    if again := Campaign.objects.filter(form_key=form.cleaned_data["form_key"], by=request.user).first():
        return again
    here, made = counter(request), form.save(commit=False)
    made.question, made.sentence = question.told, question.sentence
    made.by, made.store = request.user, here.store
    if made.is_newsletter:
        made.way = Way.EMAIL
    made.form_key = form.cleaned_data["form_key"]
    made.save()
    made.stores.set([here.get(question.store)] if question.store else [] if here.sees_chain else here.stores)
    campaign: Campaign = made
    return campaign


@require_http_methods(["GET", "POST"])
@managers
def campaign(request: CrmRequest, pk: int) -> HttpResponse:
    """A draft with what it would do, or what is under way and what came of it."""
    found, now = _own(request, pk), timezone.now()
    if not found.is_draft:
        return render(request, "campaigns/once/page.html", _as_it_goes(found))
    told, form_class = _outlook(_own(request, pk), now), _form_class(is_newsletter=found.is_newsletter)
    form = form_class(request.POST or None, instance=found, today=day_of(now), room=wordings.room_for(found, told["outlook"]))
    if request.method == "POST" and form.is_valid() and form.write():
        messages.success(request, _("The draft is saved."))
        return redirect("campaigns:campaign", pk=pk)
    context = {"campaign": found, "form": form, "trial": TrialForm(), **told}
    return render(request, "campaigns/once/draft.html", context, status=422 if request.method == "POST" else 200)


def _outlook(found: Campaign, now: datetime) -> dict[str, Any]:
    """Whom the draft would choose; kept for some minutes, as it is counted over everybody who is meant."""
    key = f"campaigns:outlook:{found.pk}:{'-'.join(found.ways)}:{found.topic_id}:{day_of(now)}"
    outlook: forecasting.Outlook | None = cache.get(key)
    if outlook is None:
        outlook = forecasting.outlook(found, now=now)
        cache.set(key, outlook, KEPT)
    told = forecasting.forecast(found, outlook)
    return {
        "outlook": outlook, "price": forecasting.price(found, outlook), "forecast": told,
        "visible": forecasting.visible(found, outlook), "length": texts.length(found.text) if found.text else None,
    }  # fmt: skip


def _as_it_goes(found: Campaign) -> dict[str, Any]:
    kept = keeping.kept(found) if found.is_newsletter else None
    return {
        "campaign": found, "progress": measuring.progress(found), "left": measuring.left_out(found), "result": found.result,
        "letter": keeping.copy_of(kept) if kept else "",
    }  # fmt: skip


@require_POST
@managers
def freeze(request: CrmRequest, pk: int) -> HttpResponse:
    """Write everybody down: at once, or in the background where they are many."""
    found, now = _own(request, pk), timezone.now()
    if choosing.meant(found, day_of(now)).order_by().values("pk")[: AT_ONCE + 1].count() > AT_ONCE:
        tasks.freeze_soon(pk)
        messages.success(request, _("So many are written down in the background: come back in a minute."))
        return redirect("campaigns:campaign", pk=pk)
    try:
        number = freezing.freeze(found, now=now)
    except freezing.UnwrittenError:
        messages.error(request, _("The letter is still to be written."))
        return redirect("campaigns:compose", pk=pk)
    except freezing.NobodyError:
        messages.error(request, _("Nobody can be contacted: look at why, and change the way or the question."))
    else:
        if number:
            messages.success(request, _("Everybody is written down. Start when you are ready."))
    return redirect("campaigns:campaign", pk=pk)


@require_POST
@managers
def step(request: CrmRequest, pk: int, name: str) -> HttpResponse:
    """Start, pause, go on or cancel; pressed twice is pressed once."""
    found = _own(request, pk)
    if name == "cancel":
        if running.cancel(found, now=timezone.now()):
            messages.success(request, _("The campaign is cancelled: what had not gone yet is called off."))
    elif name not in running.STEPS:
        raise Http404
    elif running.move(found, name):
        messages.success(request, str(DONE[name]))
        tasks.run_campaigns_soon()
    return redirect("campaigns:campaign", pk=pk)


@require_POST
@managers
def send_trial(request: CrmRequest, pk: int) -> HttpResponse:
    """The words as a client would get them, to oneself."""
    found, form = _own(request, pk), TrialForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    elif _try_out(found, **form.cleaned_data):
        wake(Lane.URGENT)
        messages.success(request, _("Sent; it arrives in a minute."))
    else:
        messages.error(request, _("There is no gateway for it, or no words yet."))
    return redirect("campaigns:compose" if found.is_newsletter and found.is_draft else "campaigns:campaign", pk=pk)


def _try_out(found: Campaign, *, channel: str, recipient: str, **_typed: str) -> bool:
    """The words, filled as for a client, are on their way; False where there are none, or no gateway."""
    route = Route.objects.filter(is_on=True, channel=channel).first()
    letter = keeping.keep_trial(found) if found.is_newsletter and found.body else None
    subject, text = (texts.fill(words, keeping.example(found)) for words in found.wording(channel))
    if letter:
        subject, text = letter.subject, letter.text
    if route is None or not text:
        return False
    messaging_services.try_out(
        route.gateway, channel, recipient, text, subject=subject, letter=letter, now=timezone.now()
    )  # fmt: skip
    return True


@require_GET
@managers
def campaign_clients(request: CrmRequest, pk: int, show: str) -> HttpResponse:
    """Clients behind a number of a campaign's page; ``?export`` gives a workbook."""
    if show not in Arm.values and show not in WhyOut.values:
        raise Http404
    found = _own(request, pk)
    listed = measuring.clients_behind(found, show)
    if "export" in request.GET:
        return export_rows(request, f"campaign-{found.pk}-{show}", ReachedResource, listed)
    words = dict([*Arm.choices, *WhyOut.choices])[show]
    return render(request, "campaigns/once/clients.html", {"campaign": found, "words": words, "page": page_of(request, listed)})
