"""Ask: a question about clients put together from conditions, its answer, and questions that were saved."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from analytics.asking import segments
from analytics.asking.building import Builder
from analytics.asking.segments import single
from analytics.forms import SegmentForm
from analytics.models import Segment
from analytics.pages import Asked
from analytics.resources import SegmentResource
from imports.exports import export_rows, page_of
from stores.bases.reading import from_replica
from stores.lookups import shows_contacts
from stores.models import Role
from stores.policies import CrmRequest, managers

MOST_SORTED = 20_000


@require_GET
@managers
@shows_contacts()
@from_replica
def ask(request: CrmRequest) -> HttpResponse:
    """The question as it stands in the address, with its count and its first clients; ``?export`` gives all of them."""
    asked = Asked(request)
    builder = Builder(request.GET)
    changed = _changed(builder)
    if changed is not None:
        return redirect(f"{reverse('analytics:ask')}?{changed}")
    definition = builder.definition
    found = segments.clients_of(definition, today=asked.today, stores=asked.stores)
    if "export" in request.GET:
        return export_rows(request, "segment", SegmentResource, _with_facts(found))
    context = {
        **asked.context(), "groups": builder.groups, "families": builder.families, "definition": definition,
        "sentence": segments.in_words(definition), "saved": Segment.objects.select_related("by"),
        "query": segments.as_query(definition), "form": SegmentForm(), "examples": [] if builder.filled else _examples(asked),
        "page": page_of(request, _in_order(found)), "full": builder.is_full, "next": builder.next,
    }  # fmt: skip
    return render(request, "analytics/ask/ask.html", context)


def _changed(builder: Builder) -> str | None:
    """The address after a press of a button of the builder: a condition taken out, or one put in; None for none."""
    query = builder.query
    if "out" in query:
        return builder.without(str(query["out"])).urlencode()
    return builder.with_one_more(str(query["into"])).urlencode() if "into" in query else None


def _examples(asked: Asked) -> list[tuple[str, str]]:
    """Questions that people begin with: words and address."""
    year = (asked.today - timedelta(days=365)).isoformat(), asked.today.isoformat()
    wanted = [
        [[single("group", group="cannot_lose")], [single("consent", purpose="calls")]],
        [[single("birthday", days=30)], [single("spent", sum=100_000)]],
        [[single("kind", kind="earrings", least=1)], [{**single("kind", kind="ring", least=1), "not": True}]],
        [[single("weekday", weekday="5", least=3)]],
        [[single("services", least=1)], [{**single("bought", first=year[0], last=year[1]), "not": True}]],
        [[single("visits", least=1, most=1)], [single("spent", sum=50_000)], [{**single("silent", days=0), "not": True}]],
    ]
    return [(segments.in_words(definition), segments.as_query(definition)) for definition in wanted]


def _with_facts(found: Any) -> Any:
    return found.select_related("home_store", "activity", "rhythm").order_by("name_key", "pk")


def _in_order(found: Any) -> Any:
    """By name, as long as somebody might read it to the end; a larger answer is not sorted for its first page."""
    rows = _with_facts(found)
    return rows if found.order_by().values("pk")[: MOST_SORTED + 1].count() <= MOST_SORTED else rows.order_by("pk")


@require_POST
@managers
def save_segment(request: CrmRequest) -> HttpResponse:
    """Keep the question of the form's hidden address under a name; a known name of one's own is kept anew."""
    query = request.POST.get("query", "")
    definition = segments.definition_of(segments.forms_of(QueryDict(query)))
    name = " ".join(request.POST.get("name", "").split())
    known = Segment.objects.filter(name=name).first()
    mine = known is not None and (known.by_id == request.user.pk or request.user.role == Role.ADMIN)
    form = SegmentForm(request.POST, instance=known if mine else None)
    if not definition:
        messages.error(request, _("Put a question together first."))
    elif form.is_valid():
        kept = form.save(commit=False)
        kept.definition, kept.by = definition, request.user
        kept.save()
        messages.success(request, _("“%(name)s” is saved.") % {"name": kept})
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect(f"{reverse('analytics:ask')}?{query}")


@require_GET
@managers
def open_segment(request: CrmRequest, pk: int) -> HttpResponse:
    """A saved question, as an address that can be changed."""
    found = get_object_or_404(Segment, pk=pk)
    return redirect(f"{reverse('analytics:ask')}?{segments.as_query(found.definition)}")


@require_POST
@managers
def forget_segment(request: CrmRequest, pk: int) -> HttpResponse:
    """Delete a saved question: one's own, or any for an admin. What it says stays in the address, to save again."""
    found = get_object_or_404(Segment, pk=pk)
    if found.by_id != request.user.pk and request.user.role != Role.ADMIN:
        messages.error(request, _("Only who saved it, or an admin, can delete it."))
        return redirect("analytics:ask")
    query = segments.as_query(found.definition)
    found.delete()
    messages.success(request, _("Deleted; the question is still here, to be saved again."))
    return redirect(f"{reverse('analytics:ask')}?{query}")
