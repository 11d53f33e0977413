"""Messages as an export gives them."""

from django.utils.translation import gettext_lazy as _

from imports.resources import SafeResource, column
from messaging.models import Message


class MessageResource(SafeResource):
    """One row for a message of the outbox."""

    created_at = column(_("Queued"), "created_at")
    sent_at = column(_("Sent"), "sent_at")
    client = column(_("Card"), "client__pk")
    name = column(_("Full name"), "client__full_name")
    recipient = column(_("Recipient"), "recipient")
    state = column(_("State"), "get_state_display")
    reason = column(_("Reason"), "reason")
    text = column(_("Text"), "text_shown")
    segments = column(_("Segments"), "segments")

    class Meta:
        model = Message
        fields = ("created_at", "sent_at", "client", "name", "recipient", "state", "reason", "text", "segments")
