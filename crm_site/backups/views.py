"""Copies for the admin, and sending that a restore has closed."""

import structlog
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from kombu.exceptions import OperationalError

from campaigns import services as campaigns_services
from crm_site.backups import keeping, tasks
from crm_site.backups.forms import OpenSendingForm, Since
from messaging import naming, selectors, sending
from messaging.models import Lane
from messaging.tasks import wake
from stores.policies import CrmRequest, admins

log = structlog.get_logger(__name__)


@require_GET
@admins
def copies(request: CrmRequest) -> HttpResponse:
    state, found = keeping.state(timezone.now()), keeping.copies()
    beside = settings.BACKUP_DIR.is_relative_to(settings.DATA_DIR)
    context = {"state": state, "copies": found, "folder": settings.BACKUP_DIR, "beside": beside, "is_sealed": settings.BACKUP_KEY}
    return render(request, "backups/copies.html", context)


@require_POST
@admins
def make(request: CrmRequest) -> HttpResponse:
    """A copy now, by a worker."""
    try:
        tasks.make_backup.delay()
    except (OperationalError, OSError):
        messages.error(request, _("The queue of tasks does not answer. On the server: manage.py backup"))
    else:
        messages.success(request, _("The copy is being made; it appears here when it is whole."))
    return redirect("backups:copies")


@require_GET
@admins
def sending_page(request: CrmRequest) -> HttpResponse:
    return _sending(request, OpenSendingForm())


def _sending(request: CrmRequest, form: OpenSendingForm) -> HttpResponse:
    """What a base that came back would send; nothing where sending is open."""
    stamp = sending.closed()
    waiting = selectors.restored(stamp.at, stamp.stops_at) if stamp else []
    titles = naming.named([row.source for row in waiting])
    rows = [row._replace(source=titles[row.source]) for row in waiting]
    sums = {"doubtful": sum(row.doubtful for row in waiting), "goes": sum(row.goes for row in waiting)}
    context = {"stamp": stamp, "waiting": rows, "form": form, **sums}
    return render(request, "backups/sending.html", context, status=422 if form.errors else 200)


@require_POST
@admins
def open_sending(request: CrmRequest) -> HttpResponse:
    """Messages go again; what may have gone before the restore waits for a person's decision."""
    form, stamp = OpenSendingForm(request.POST), sending.closed()
    if stamp is None:
        messages.info(request, _("Sending is open already."))
        return redirect("backups:sending")
    if not form.is_valid():
        return _sending(request, form)
    if form.cleaned_data["since"] != Since.STOOD:
        campaigns_services.after_restore(since=stamp.at, until=stamp.stops_at)
    sending.reopen(now=timezone.now())
    log.warning("sending.opened", employee=request.user.pk, since=form.cleaned_data["since"])
    for lane in Lane:
        wake(lane)
    messages.success(request, _("Sending is open."))
    return redirect("backups:sending")
