"""A letter to the admins about copies that are missing: one a day until there is one."""

from datetime import datetime

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from crm_site.backups import keeping
from stores import rules
from stores.models import Employee, Role

log = structlog.get_logger(__name__)


def tell_admins(now: datetime) -> int:
    """Returns how many were written to; none where all is well, they know, or there is no mail. At most two queries."""
    state = keeping.state(now)
    if not state.is_bad or keeping.is_told(now):
        return 0
    log.error("backup.missing", failure=state.failure, newest=state.newest and state.newest.path.name)
    told = 0
    if settings.SMTP_HOST:
        admins = Employee.objects.filter(is_active=True, role=Role.ADMIN).exclude(email="")
        told = sum(_write_to(admin, state) for admin in admins)
    keeping.remember_told(now)
    return told


def _write_to(admin: Employee, state: keeping.State) -> int:
    with translation.override(admin.language):
        words = [_("The base of the chain “%(chain)s” has no fresh backup.") % {"chain": rules.current().chain_name}]
        if state.newest:
            words.append(_("The newest one is of %(moment)s UTC.") % {"moment": f"{state.newest.made_at:%d.%m.%Y %H:%M}"})
        if state.failure:
            words.append(_("The last try failed: %(words)s") % {"words": state.failure})
        words.append(_("What to do: %(address)s") % {"address": f"{settings.SITE_URL}/backups/"})
        try:
            return send_mail(_("Carat: there is no fresh backup"), "\n\n".join(words), settings.EMAIL_SENDER, [admin.email])
        except OSError as error:  # a mail server that is away is no reason to fail
            log.warning("backup.letter_not_sent", error=str(error)[:200])
            return 0
