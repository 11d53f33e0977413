"""How a newsletter looks: kept once for all who get it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from messaging.models.topics import Topic


class Letter(models.Model):
    """The page of a newsletter as it was frozen, with the placeholders of ``messaging.filling``.

    ``source`` is that of its messages. A message keeps its own plain text; its page is this one, filled when it goes.
    """

    source = models.CharField(_("from"), max_length=60, unique=True)
    topic = models.ForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic of letters"))
    subject = models.CharField(_("subject"), max_length=200)
    html = models.TextField(_("page"))
    text = models.TextField(_("plain text"))
    made_at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        verbose_name = _("page of a newsletter")
        verbose_name_plural = _("pages of newsletters")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.source
