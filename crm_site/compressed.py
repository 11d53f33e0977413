"""Pages go compressed; what is compressed already (pictures, workbooks, PDF) goes as it is."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json", "application/problem+json")


class TextGZipMiddleware(GZipMiddleware):
    """Django's own, which adds bytes of random length against guessing secrets by size, for texts alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)
