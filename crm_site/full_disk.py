"""A full disk said in words: nothing was saved, what is there can be read, and it goes on by itself once there is room."""

import errno
import shutil
import sys
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error as usual_server_error

log = structlog.get_logger(__name__)
# As SQLite and PostgreSQL say it.
WORDS = ("disk is full", "no space left", "could not extend file")
# SQLite, where a file that it needs cannot be made; it says so of a broken disk too, so the room is looked at.
UNCLEAR, NONE_LEFT = "disk i/o error", 1 << 20
NUMBERS = (errno.ENOSPC, errno.EDQUOT)


def is_full_disk(error: BaseException | None) -> bool:
    """Whether an error, or what led to it, is that of a disk without room."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NUMBERS:
            return True
        if isinstance(error, DatabaseError) and _says_full(str(error).lower()):
            return True
        error = error.__cause__ or error.__context__
    return False


def _says_full(text: str) -> bool:
    return any(words in text for words in WORDS) or (UNCLEAR in text and shutil.disk_usage(settings.DATA_DIR).free < NONE_LEFT)


def _said(request: HttpRequest) -> HttpResponse:
    log.error("disk.full", path=request.path)
    return HttpResponse(render_to_string("507.html"), status=507)  # no frame: what it reads may be out of reach too


class FullDiskMiddleware:
    """Answers for a view that found no room."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return _said(request) if is_full_disk(exception) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """The last page: a session that could not be kept ends here too."""
    return _said(request) if is_full_disk(sys.exc_info()[1]) else usual_server_error(request)
