"""Letters of a campaign on paper: a batch is taken, printed, and went to the post or did not."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from campaigns.forms.programs import PostedForm
from campaigns.models import Campaign, CampaignState
from campaigns.once import printed
from messaging import paper
from messaging.models import Message
from messaging.paper import Printed, SettledError
from stores.chain_day import day_of
from stores.lookups import shows_contacts
from stores.policies import CrmRequest, managers
from stores.selectors import counter

UNDER_WAY = (CampaignState.RUNNING, CampaignState.MEASURING)
SHEETS: dict[str, Callable[[Sequence[Message]], bytes]] = {
    "letters": printed.letters,
    "labels": printed.labels,
    "c5": partial(printed.envelopes, size="c5"),
    "dl": partial(printed.envelopes, size="dl"),
}


def _own(request: CrmRequest, pk: int) -> Campaign:
    here = counter(request)
    found: Campaign = get_object_or_404(Campaign.objects.visible_to(None if here.sees_chain else here.stores), pk=pk)
    return found


@require_GET
@managers
@shows_contacts()
def letters(request: CrmRequest, pk: int) -> HttpResponse:
    """How many wait for a printer, and the batches that were printed."""
    found, now = _own(request, pk), timezone.now()
    batches = paper.batches(found.source)
    went = _went(found, batches)
    context = {
        "campaign": found, "waiting": paper.waiting(found.source, now), "most": paper.MOST,
        "is_under_way": found.state in UNDER_WAY,
        "batches": [
            (batch, PostedForm(today=day_of(now), auto_id=f"id_%s_{batch.batch.hex}"), went.get(batch.batch, []))
            for batch in batches
        ],
    }  # fmt: skip
    return render(request, "campaigns/once/paper.html", context)


def _went(campaign: Campaign, batches: Sequence[Printed]) -> dict[UUID, list[Message]]:
    """The letters that went to the post, by their batch: any of them may come back. One query."""
    told: dict[UUID, list[Message]] = {batch.batch: [] for batch in batches if not batch.is_open}
    for letter in (
        paper.of_source(campaign.source).filter(claim__in=told).select_related("client").order_by("client__name_key", "pk")
    ):
        if letter.claim:
            told[letter.claim].append(letter)
    return told


@require_POST
@managers
def returned(request: CrmRequest, pk: int, letter: int) -> HttpResponse:
    """The post brought a letter back, or that was a slip."""
    found, now = _own(request, pk), timezone.now()
    if request.POST.get("said") == "slip":
        if paper.did_not_come_back(found.source, letter, by=request.user, now=now):
            messages.success(request, _("Written down: the address holds as before."))
    elif paper.came_back(found.source, letter, by=request.user, now=now):
        messages.success(
            request, _("Written down: the address is in doubt, and no letter goes to it until it is mended on the card.")
        )
    return redirect("campaigns:paper", pk=pk)


@require_POST
@managers
def take(request: CrmRequest, pk: int) -> HttpResponse:
    """The next letters, for the printer; of a campaign that is paused or over none."""
    found = _own(request, pk)
    if found.state not in UNDER_WAY:
        messages.error(request, _("The campaign is not running: nothing is printed."))
    elif paper.take(found.source, by=request.user, now=timezone.now()):
        messages.success(request, _("The letters are ready to be printed. Say below when they are at the post."))
    else:
        messages.info(request, _("There is no letter to print now: the rest wait for the cap or a pause, or may not go."))
    return redirect("campaigns:paper", pk=pk)


@require_GET
@managers
@shows_contacts()
def sheet(request: CrmRequest, pk: int, batch: UUID, name: str) -> HttpResponse:
    """A batch as PDF, as often as the printer needs it."""
    found = _own(request, pk)
    mine = list(paper.letters_of(found.source, batch))
    if name not in SHEETS or not mine:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="campaign-{found.pk}-{name}.pdf"'}
    return HttpResponse(SHEETS[name](mine), content_type="application/pdf", headers=headers)


@require_POST
@managers
def posted(request: CrmRequest, pk: int, batch: UUID) -> HttpResponse:
    """They are at the post, or did not go after all; said twice is said once."""
    found, now = _own(request, pk), timezone.now()
    form = PostedForm(request.POST, today=day_of(now))
    try:
        if request.POST.get("said") == "back":
            paper.not_sent(found.source, batch, by=request.user, now=now)
            messages.success(request, _("They wait to be printed again."))
        elif form.is_valid():
            at = min(timezone.make_aware(datetime.combine(form.cleaned_data["on"], time(12))), now)
            number = paper.sent(found.source, batch, on=at, each=form.cleaned_data["each"], by=request.user, now=now)
            words = ngettext("%(n)s letter went to the post.", "%(n)s letters went to the post.", number)
            messages.success(request, words % {"n": number})
        else:
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    except SettledError:
        messages.info(request, _("That was said of this batch already."))
    return redirect("campaigns:paper", pk=pk)
