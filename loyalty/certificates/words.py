"""Why a certificate pays for nothing, in words for the seller. Public."""

from django.utils.translation import gettext as _

from loyalty.certificates.acts import CertificateRefusedError
from loyalty.models import NotGood
from stores.texts import writing


def words_of(error: CertificateRefusedError) -> str:
    """What the seller can tell the client, and do."""
    if error.certificate and error.why == NotGood.LATE:
        day = writing.short_day(error.certificate.until_on)
        return _("This certificate held until %(day)s. A manager can prolong it.") % {"day": day}
    return str(error.why.label)
