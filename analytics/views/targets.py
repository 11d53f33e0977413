"""Targets of a store's month, typed on one page beside what was reached."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from analytics.figures import periods, targets
from analytics.figures.today import course
from analytics.forms import CopyForm, TargetsForm
from analytics.models import Measure, Target
from analytics.pages import Asked
from stores.models import Role, Store
from stores.policies import CrmRequest, managers
from stores.selectors import counter


@require_http_methods(["GET", "POST"])
@managers
def targets_page(request: CrmRequest) -> HttpResponse:
    """The grid of one store and month; ``copy`` fills it from the month or the year before, to be looked at and saved."""
    asked = Asked(request)
    store = asked.store or counter(request).store
    month = _month(request.GET.get("month", ""), asked.today)
    if store is None:
        return render(request, "analytics/targets/targets.html", {**asked.context(), "store": None})
    copy = CopyForm(request.GET if "copy" in request.GET else None)
    filled = {}
    if copy.is_bound and copy.is_valid():
        filled = targets.proposed(store, month, copy.cleaned_data["copy"], copy.cleaned_data["plus"] or Decimal(0))
    form = TargetsForm(request.POST or None, store=store, month=month, sellers=_sellers(store), filled=filled)
    if request.method == "POST" and form.is_valid() and form.save_all(by=request.user):
        messages.success(request, _("The targets are saved."))
        return redirect(f"{request.path}?store={store.pk}&month={month:%Y-%m}")
    context = {**asked.context(), "form": form, "copy": copy, "filled": bool(filled), **_beside(store, month, form, asked.today)}
    return render(request, "analytics/targets/targets.html", context, status=422 if request.method == "POST" else 200)


def _month(text: str, today: date) -> date:
    try:
        return date.fromisoformat(f"{text[:7]}-01") if text else today.replace(day=1)
    except ValueError:
        return today.replace(day=1)


def _sellers(store: Store) -> list[Any]:
    return list(store.employees.filter(is_active=True, role=Role.SELLER).order_by("last_name", "first_name", "pk"))


def _beside(store: Store, month: date, form: TargetsForm, today: date) -> dict[str, Any]:
    """The rows of the grid with what was reached this month and in that of last year, and how the month goes."""
    period = periods.month(month)
    now, year = targets.reached(store, period), targets.reached(store, period.year_before())
    rows = [
        {
            "name": name, "is_store": who is None,
            "cells": [
                {
                    "measure": measure, "label": measure.label, "field": form[key] if key in form.fields else None,
                    "now": now.get((who, measure)), "year": year.get((who, measure)),
                }
                for measure, key in form.keys_of(who)
            ],
        }
        for who, name in form.people
    ]  # fmt: skip
    is_now = period.first <= today <= period.last
    standing = targets.standing(today, [store]) if is_now else None
    return {
        "store": store, "month": period.first, "before": periods.month(period.first).before().first, "after": _after(period.last),
        "measures": list(Measure), "rows": rows, "standing": standing, "course": course(today, [store]).month if is_now else [],
    }  # fmt: skip


def _after(last: date) -> date:
    return date(last.year + last.month // 12, last.month % 12 + 1, 1)


@require_POST
@managers
def note_stray(request: CrmRequest, pk: int) -> HttpResponse:
    """Somebody has seen it: Today does not say it again this month."""
    target = get_object_or_404(Target, pk=pk, store__in=counter(request).stores)
    Target.objects.filter(pk=pk, noted_at=None).update(noted_at=timezone.now())
    return redirect(f"{reverse('analytics:targets')}?store={target.store_id}")
