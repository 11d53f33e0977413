"""Messages and errands as an export gives them."""

from django.utils.translation import gettext_lazy as _

from imports.resources import SafeResource, column


class MessageResource(SafeResource):
    """One row for a message of the outbox, for who looks at a period."""

    created_at = column(_("Queued"), "created_at")
    sent_at = column(_("Sent"), "sent_at")
    client = column(_("Card"), "client__pk")
    name = column(_("Full name"), "client__full_name")
    recipient = column(_("Recipient"), "recipient")
    state = column(_("State"), "get_state_display")
    reason = column(_("Reason"), "reason")
    text = column(_("Text"), "text_shown")
    segments = column(_("Segments"), "segments")


class OutboxResource(SafeResource):
    """One row for a message as the page of the outbox lists it, with what it cost."""

    pk = column("№", "pk")
    created_at = column(_("Queued"), "created_at")
    client = column(_("Client"), "client")
    recipient = column(_("Recipient"), "recipient")
    text = column(_("Text as sent"), "text_shown")
    state = column(_("State"), "get_state_display")
    reason = column(_("Reason"), "get_reason_display")
    cost = column(_("Cost"), "cost")


class ErrandResource(SafeResource):
    """One row for something that a seller is to do."""

    due_on = column(_("Due"), "due_on")
    client = column(_("Client"), "client")
    phone = column(_("Phone"), "client__phone_shown")
    reason = column(_("Why"), "reason")
    script = column(_("What to say"), "script")
    store = column(_("Store"), "store")
