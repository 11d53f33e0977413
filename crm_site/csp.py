"""The content security policy: strict everywhere, relaxed only for the back office, whose library needs it."""

from typing import ClassVar

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

BACK_OFFICE = "/backoffice/"


class PrefixCSPMiddleware(CSPMiddleware):
    """django-csp with other script and style sources under the back office's path."""

    RELAXED: ClassVar = {"script-src": [SELF, UNSAFE_EVAL, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}

    def get_policy_parts(self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(BACK_OFFICE):
            parts.replace = {**self.RELAXED, **(parts.replace or {})}
        return parts
