"""1C's own exchange with a site: ``checkauth``, ``init``, ``file``, ``import``, answered in the plain text that 1C reads.

The key is the password; the user's name may be anything. What goes wrong is said as 1C reads it: ``failure``, words below.
"""

import base64
import binascii
import time
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited

from exchange import services, tasks
from exchange.commerceml import keeping
from exchange.commerceml.keeping import NoFileError, StrangeNameError
from exchange.commerceml.reading import BadFileError
from exchange.commerceml.working import TO_READ
from exchange.models import FileState, GoodsFile, Source, SourceKey
from stores.policies import ANYBODY

COOKIE, SALT, LASTS = "carat_1c", "exchange.1c", 24 * 60 * 60
MOST_PART = 4 << 20
# 1C asks again at once while a file is read: so long it is let wait, so often its file is looked at.
WAITS, LOOKS = 5.0, 0.25


class Exchange(NamedTuple):
    """Who exchanges, and in which exchange."""

    source: Source
    name: str


@csrf_exempt
@require_http_methods(["GET", "POST"])
def exchange(request: HttpRequest) -> HttpResponse:
    """One request of 1C; ``mode`` says which."""
    mode = request.GET.get("mode", "")
    if mode == "checkauth":
        return _check(request)
    known = _of_cookie(request) or _of_password(request)
    if known is None:
        return _said("failure", _("Sign in first (mode=checkauth): the exchange is over, or its key was revoked."), status=401)
    if no := _refused(request, known.source):
        return no
    act = MODES.get(mode)
    if act is None:
        return _said(
            "failure", _("There is no such mode: %(mode)s. Known are %(known)s.") % {"mode": mode[:20], "known": ", ".join(MODES)}
        )
    try:
        return act(request, known)
    except StrangeNameError:
        return _said("failure", _("filename: this is no name of a file, or it leads out of the exchange"))
    except NoFileError:
        return _said("failure", _("filename: this file has not come in this exchange, and is in no archive of it"))
    except BadFileError as error:
        return _said("failure", str(error))
    except (RequestDataTooBig, UnreadablePostError):
        return _said("failure", _("The part is too large: at most %(most)s bytes at a time.") % {"most": MOST_PART})


exchange.policy = ANYBODY  # type: ignore[attr-defined]


def _said(*lines: str, status: int = 200) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", status=status)


def _check(request: HttpRequest) -> HttpResponse:
    """Who it is: answered with the name and the value of a cookie, which 1C sends with all that follows."""
    known = _of_password(request)
    if known is None:
        answer = _said("failure", _("The password is the key of a source in Carat; this one is wrong or revoked."), status=401)
        answer["WWW-Authenticate"] = 'Basic realm="Carat"'
        return answer
    if no := _refused(request, known.source):
        return no
    key = services.key_of(_password(request))
    value = signing.dumps([key.pk if key else 0, known.name], salt=SALT)
    answer = _said("success", COOKIE, value)
    answer.set_cookie(COOKIE, value, max_age=LASTS, httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE)
    return answer


def _password(request: HttpRequest) -> str:
    scheme, _space, coded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(coded, validate=True).decode("utf-8", "replace").partition(":")[2].strip()
    except (binascii.Error, ValueError):
        return ""


def _of_password(request: HttpRequest) -> Exchange | None:
    """By HTTP's basic authentication: a new exchange."""
    source = services.source_of(secret) if (secret := _password(request)) else None
    return Exchange(source, keeping.begin()) if source else None


def _of_cookie(request: HttpRequest) -> Exchange | None:
    try:
        pk, name = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    key = SourceKey.objects.select_related("source").filter(pk=pk, revoked_at=None).first()
    return Exchange(key.source, name) if key else None


def _refused(request: HttpRequest, source: Source) -> HttpResponse | None:
    """Why a source may not do this, or not so often."""
    if request.GET.get("type", "catalog") != "catalog":
        return _said(
            "failure", _("Carat takes catalogues and offers (type=catalog) alone: in 1C switch the exchange of orders off.")
        )
    if not source.may_fill:
        return _said("failure", _("This key may not fill the catalogue and stock. Ask the chain's admin."))
    rate = f"{source.a_minute}/m"
    if is_ratelimited(request, group="exchange requests", key=lambda _group, _request: str(source.pk), rate=rate, increment=True):
        return _said("failure", _("Too many requests: at most %(rate)s.") % {"rate": rate})
    return None


def _init(request: HttpRequest, known: Exchange) -> HttpResponse:
    """An exchange begins: what can be sent."""
    keeping.abandon(known.source, known.name)
    return _said("zip=yes", f"file_limit={MOST_PART}")


def _file(request: HttpRequest, known: Exchange) -> HttpResponse:
    """A part of a file, put behind those that came before. Pictures are taken and not kept."""
    if request.method != "POST":
        return _said("failure", _("A part of a file is sent by POST, as the body of the request."))
    name = keeping.plain_name(request.GET.get("filename", ""))
    if not keeping.is_picture(name):
        keeping.append(known.source, known.name, name, request.body)
    return _said("success")


def _import(request: HttpRequest, known: Exchange) -> HttpResponse:
    """Read a file that has come: ``progress`` until it is read, 1C asks again."""
    name = request.GET.get("filename", "")
    if keeping.is_picture(name):
        return _said("success")
    file = keeping.ask_to_read(known.source, known.name, name)
    if file.state in TO_READ:
        tasks.wake_reader()
        file = _awaited(file)
    return _fate(file)


def _awaited(file: GoodsFile) -> GoodsFile:
    until = time.monotonic() + WAITS
    while True:
        file.refresh_from_db()
        if file.state not in TO_READ or time.monotonic() > until:
            return file
        time.sleep(LOOKS)


def _fate(file: GoodsFile) -> HttpResponse:
    told = ", ".join(f"{name} {count}" for name, count in file.counts.items())
    if file.state == FileState.REFUSED:
        return _said("failure", str(file.words))
    if file.state in TO_READ:
        return _said("progress", told)
    rows = [f"{row['article'] or row['at']}: {row['say']}" for row in file.turned[:20]]
    return _said("success", *filter(None, (told, str(file.words), *rows)))


def _done(request: HttpRequest, known: Exchange) -> HttpResponse:
    """1C says that all has been sent."""
    return _said("success")


MODES: dict[str, Callable[[HttpRequest, Exchange], HttpResponse]] = {
    "init": _init,
    "file": _file,
    "import": _import,
    "complete": _done,
    "deactivate": _done,
}
