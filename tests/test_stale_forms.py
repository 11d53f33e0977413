"""Every form that changes a row carries what it was opened with; of any other it is said here why it need not.

A template is read with what it includes; a form is known by where it is sent, or by its template where that is its own page.
"""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.forms import ModelForm
from django.test import RequestFactory

from stores.admin import CarriesWhatItSaw, back_office
from stores.forms import EditsRow
from stores.models import Employee

TEMPLATES = Path(settings.BASE_DIR) / "templates"
FORM = re.compile(r'<form\b(?=[^>]*method="post")(?P<tag>.*?>)(?P<body>.*?)</form>', re.DOTALL)
INCLUDED = re.compile(r'{% include "([^"]+)"[^%]*%}')
SENT_TO = re.compile(r"action=\"{% url '([\w:]+)'")
CARRIES = re.compile(r"\.opened\b|name=\"opened\"|_changed_meanwhile\.html|\.version\b|name=\"version\"")
CARRY = {
    "clients/contact.html", "clients/edit.html", "clients/wearer.html", "clients:consents", "clients:occasion", "workshop/correct.html", "workshop:move",
    "workshop:hand_out", "workshop:offer_price", "messaging/template.html", "messaging:save_route", "messaging:save_budget",
    "campaigns/program.html", "campaigns/standing.html", "campaigns/once/draft.html", "campaigns/evenings/edit.html", "campaigns/clubs/edit.html", "campaigns/letters/compose.html", "analytics/money/visitors.html", "analytics/targets/targets.html", "analytics:compose_board", "purchases/correct.html", "purchases/correct_order.html",
    "purchases:attach", "purchases:void", "purchases:restore", "purchases:undo", "pages:put_back", "inquiries:step", "inquiries:move_appointment", "inquiries:settle_appointment", "inquiries/appointments/reception.html", "inquiries/appointments/choose.html",
    "loyalty:prolong_certificate", "stores/settings_group.html", "stores/person.html", "stores/store.html",
    "workshop/offered_row.html", "pages/wording.html", "pages:take_wording_back", "portal:status_push",
}  # fmt: skip
NEW = "writes a new row"
ONCE = "one press about a row named in it; the second of two is told, or changes nothing"
OWN = "a person's own session or browser"
NEED_NOT = {
    "account/login.html": OWN, "account/password_change.html": OWN, "usersessions/usersession_list.html": OWN, "account_logout": OWN, "account/logout.html": OWN, "stores:choose_language": OWN,
    "stores:choose_theme": OWN, "pages:put_beginning_away": OWN, "stores:choose_store": OWN,
    "stores:lock": OWN, "stores/pin_switch.html": OWN, "stores/pin.html": OWN, "stores:share_device": OWN, "stores:take_pin_away": OWN,
    "stores:set_mark": "the picture that is taken last holds; the others are kept and put back", "stores:day_off": NEW,
    "portal/join_code.html": OWN, "portal:join_code_again": OWN, "portal:status_enter": OWN, "portal:status_again": OWN, "portal:status_ask": OWN,
    "portal:status_by_email": OWN, "portal:status_language": OWN, "portal/leave.html": OWN,
    "clients/register.html": NEW, "sent_again.html": "carries what the form that it repeats carried", "clients/household.html": NEW, "portal/join.html": NEW, "campaigns/new.html": NEW, "campaigns/once/new.html": NEW, "campaigns/evenings/new.html": NEW, "campaigns/evenings/invite.html": NEW,
    "campaigns:invite_client": NEW, "campaigns:add_to_club": NEW, "campaigns:let_in": NEW,
    "campaigns:answer": "what the client said last holds; who wrote it down and when stands beside it",
    "campaigns:came": "what was counted last holds",
    "campaigns:stranger": "one press is one guest", "campaigns/quiet.html": NEW, "campaigns:end_quiet": ONCE, "analytics:note_stray": ONCE, "campaigns:try_campaign": NEW, "campaigns:take_paper": NEW, "campaigns:returned": ONCE, "campaigns:posted": ONCE, "analytics/money/expenses.html": NEW, "analytics:save_segment": NEW, "analytics:new_board": NEW, "analytics:copy_board": NEW,
    "analytics:add_tile": NEW, "analytics/boards/to_board.html": NEW,
    "imports/lists.html": NEW, "messaging:pause": NEW, "messaging:try_out": NEW, "messaging:send_proof": NEW, "messaging:connect_chat": NEW, "portal:status_connect": NEW, "backups:make": NEW,
    "portal:status_question": NEW, "purchases/sell.html": NEW, "purchases/exchange.html": NEW, "pages/exports.html": NEW, "stores/api_keys.html": NEW,
    "workshop/take_in.html": NEW, "workshop:add_note": NEW, "workshop:add_photos": NEW, "workshop:open_passport": NEW,
    "inquiries/new.html": NEW, "inquiries/appointments/new.html": NEW, "purchases/companions.html": NEW, "inquiries/web_form.html": NEW, "loyalty:bring_friend": NEW, "loyalty:publish_friends": NEW,
    "catalogue:keep_photo": "an article has one photo: the last one that is kept holds",
    "pages/everybody/give_task.html": NEW, "purchases/take_order.html": NEW, "loyalty/new_right.html": NEW, "loyalty:give_plastic": NEW,
    "loyalty/sell_certificate.html": NEW, "purchases:pay_order": NEW, "purchases:refund_order": NEW,
    "messaging/stop_list.html": NEW, "messaging:lift_stop": ONCE, "messaging:put_stop_back": ONCE,
    "analytics/terms/terms.html": "writes a new version, and asks where another was written since it was opened",
    "exchange:sources": NEW, "exchange:new_key": NEW, "exchange:hooks": NEW,
    "exchange:say_meaning": "what was said last holds; who said it and when is kept with the word",
    "exchange:give_card": "what was said last holds",
    "exchange:pulls": "a token takes the place of the one before, which nobody sees",
    "exchange:choose_prices": "what was chosen last holds",
    "imports/values.html": "what was said last holds; who said it and when is kept with each value",
    "clients:complete": "never overwrites: what differs waits on the card for a decision",
    "portal:status_consent": "the client's own word about one purpose, named in it",
    "portal:status_keep_day": "the client's own word about a day of theirs",
    "portal:status_topic": "the client's own word about one topic, named in it",
    "messaging/_topic.html": "the reader's own word about one topic, named in it",
    "workshop:set_master": "one press; the story keeps who had it before",
    "messaging:give_errand": "one press; the list shows whose it is",
    "messaging:share_errands": "only what is nobody's finds an owner",
    "messaging:take_errand": "of two who take it one gets it, and the other is told",
    "messaging:put_errand_back": "only who has it puts it back",
    "messaging:close_errand": "an errand that is closed stays as it was closed",
    "imports/columns.html": "the list is read anew with the columns that are said last",
    "imports:layout": "the list is read anew with the columns that are said last",
    **dict.fromkeys([
        "analytics:on_mondays", "analytics:board_on_mondays", "analytics:move_tile", "analytics:remove_tile", "analytics:forget_board", "analytics:forget_expense", "analytics:forget_segment", "clients:forget_occasion", "clients:forget_wearer",
        "clients:part_kin", "pages:settle_invented", "pages:unsettle_invented", "clients:bring_kin_back", "portal:take_arrival", "backoffice/dismiss.html", "clients:remember_wearer", "clients:decide", "clients:bring_contact_back", "clients:make_contact_main",
        "purchases:take_out_companion", "purchases:put_back_companion", "purchases:move_order", "purchases:sell_order", "purchases:cancel_order", "clients:ask_again", "clients:undo_merge",
        "clients/erase.html", "clients/merge.html", "clients/other_card.html", "imports:step", "imports:settle", "imports:accept",
        "campaigns:cancel_evening", "campaigns:did_not_come", "campaigns:admit", "campaigns:leave_club", "campaigns:undo_member",
        "campaigns:freeze_campaign", "campaigns:move_campaign",
        "messaging:disconnect_chat", "messaging:connect_chat_again", "portal:status_disconnect", "portal:status_connect_again",
        "messaging:decide", "messaging:end_pause", "messaging:reopen_errand", "messaging:take_proof", "messaging/unsubscribe.html",
        "portal:status_answer", "portal:status_forget_day", "portal/review.html", "purchases:return",
        "exchange:switch_hook", "exchange:switch_pull", "exchange:new_secret", "exchange:send_again", "exchange:revoke_key", "exchange:decide", "exchange:put_aside", "exchange:take_up",
        "loyalty:join", "loyalty:leave", "loyalty:let_spend", "loyalty:block_plastic", "loyalty:cancel_certificate", "loyalty:give_right_again", "loyalty:plastic_again",
        "loyalty:revoke_right", "stores:revoke_api_key", "parts/_put_back.html", "stores:person_act", "backups:open_sending", "workshop:answer_price", "workshop:send", "workshop:receive",
    ], ONCE),
}  # fmt: skip


def whole(text: str) -> str:
    """A template with what it includes."""
    return INCLUDED.sub(lambda found: found[0] + whole((TEMPLATES / found[1]).read_text()), text)


def forms() -> dict[str, bool]:
    """Whether each form that is posted carries what it was opened with."""
    found: dict[str, bool] = {}
    for path in TEMPLATES.rglob("*.html"):
        name = str(path.relative_to(TEMPLATES))
        for form in FORM.finditer(path.read_text()):
            to = SENT_TO.findall(form["tag"]) or [name]
            found[to[0]] = found.get(to[0], True) and bool(CARRIES.search(whole(form["body"])))
    return found


def test_a_form_that_changes_a_row_carries_what_it_was_opened_with() -> None:
    assert {name for name, carries in forms().items() if carries} == CARRY
    assert {name for name, carries in forms().items() if not carries} == NEED_NOT.keys()


@pytest.mark.parametrize("model", [model for model in apps.get_models() if back_office.is_registered(model)])
def test_each_form_of_the_back_office_carries_it(model: type[Model], admin: Employee) -> None:
    request = RequestFactory().get("/")
    request.user = admin

    form = back_office.get_model_admin(model).get_form(request, model(), change=True)

    assert issubclass(form, CarriesWhatItSaw)


def test_a_model_form_over_a_row_that_is_there_is_one_of_them() -> None:
    """Those that are not make new rows alone."""
    ours = {form for form in heirs(ModelForm) if form.__module__.split(".")[0] in settings.HOUSE}

    plain = {form.__name__ for form in ours if not issubclass(form, EditsRow)}
    plain -= {"EmployeeForm"}  # the back office makes it one, as the test above tells

    assert plain == {"CrmModelForm", "ExpenseForm", "SegmentForm", "PauseForm", "ReferralTermsForm", "SourceForm", "HookForm"}


def heirs(kind: type) -> set[type]:
    """All classes below one."""
    found: set[type] = set()
    below: type
    for below in kind.__subclasses__():
        found |= {below, *heirs(below)}
    return found
