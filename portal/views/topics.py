"""What letters are about, turned on and off by the client on their own page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.models import Client
from messaging import topics
from portal.views.page import personal


@require_POST
@personal
def turn(request: HttpRequest, client: Client, pk: int) -> HttpResponse:
    if not topics.turn(client, pk, wanted=request.POST.get("agree") == "1", now=timezone.now()):
        raise Http404
    messages.success(request, _("Saved."))
    return redirect("portal:status")
