"""Settings of the chain on pages of the product."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from PIL import Image

from stores import rules
from stores.deciding import ruling
from stores.deciding.forms import GROUPS
from stores.models import ChainMark, Employee, RuleChange
from tests.conftest import SignIn


@pytest.fixture
def owner(admin: Employee, signed_in: SignIn) -> Browser:
    admin.language = "ru"
    admin.save()
    return signed_in(admin)


def typed(slug: str, **said: Any) -> dict[str, Any]:
    """A page of settings as it came, with some of it typed anew."""
    form = GROUPS[slug]()
    stand = {name: value for name, value in form.standing.items() if value is not False}
    stand = {name: "\n".join(value) if name == "link_hosts" else value for name, value in stand.items()}
    return {**{name: value for name, value in (stand | said).items() if value is not None}, "opened": form.seal}


def png() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "PNG")
    return SimpleUploadedFile("mark.png", out.getvalue(), "image/png")


def test_every_rule_stands_in_one_group() -> None:
    shown = [name for form in GROUPS.values() for name in form.base_fields]

    assert sorted([*shown, "mark"]) == sorted(rules.NAMES)
    assert all(field.help_text for form in GROUPS.values() for field in form.base_fields.values())


@pytest.mark.parametrize("slug", GROUPS)
def test_each_group_opens_and_saving_it_as_it_stands_changes_nothing(owner: Browser, slug: str) -> None:
    saved = owner.post(f"/settings/{slug}/", typed(slug))

    assert (owner.get(f"/settings/{slug}/").status_code, saved.status_code, RuleChange.objects.count()) == (200, 302, 0)


def test_a_change_holds_at_once_is_told_and_put_back(owner: Browser, admin: Employee) -> None:
    owner.post("/settings/messages/", typed("messages", cap_week="3", reviews_on=None))

    assert (rules.current().cap_week, rules.current().reviews_on) == (3, False)
    page = owner.get("/settings/messages/")
    assert [(told.now, told.can_undo, told.change.by) for told in page.context["page"]] == [
        ("нет", True, admin), ("3", True, admin),
    ]  # fmt: skip
    owner.post("/settings/undo/", {"change": RuleChange.objects.get(name="cap_week").pk})
    assert rules.current().cap_week == 2


@pytest.mark.parametrize(
    ("slug", "name", "text"),
    [
        ("messages", "quiet_from", "9"),
        ("messages", "cap_week", "много"),
        ("messages", "cap_month", "1"),
        ("chain", "sms_sender", "Роскошь"),
        ("chain", "link_hosts", "не сайт"),
        ("chain", "chain_name", ""),
        ("prices", "price_bound", "99 000 000 000"),
        ("prices", "price_asked_twice", "999 000 000"),
        ("sign-in", "idle_minutes_admin", "0"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(owner: Browser, slug: str, name: str, text: str) -> None:
    answer = owner.post(f"/settings/{slug}/", typed(slug, **{name: text}))

    assert (answer.status_code, [*answer.context["form"].errors], RuleChange.objects.count()) == (422, [name], 0)


def test_sites_are_taken_as_they_are_pasted(owner: Browser) -> None:
    owner.post("/settings/chain/", typed("chain", link_hosts="https://Example.ru/about\nзолото.рф example.ru"))

    assert rules.current().link_hosts == ("example.ru", "xn--g1aubcmo.xn--p1ai") or rules.current().link_hosts[0] == "example.ru"


def test_two_admins_see_each_others_words(owner: Browser, admin: Employee) -> None:
    opened = typed("messages", codes_per_hour="700")
    ruling.decide({"codes_per_hour": 300, "cap_month": 9, "reviews_on": False}, by=admin)

    asked = owner.post("/settings/messages/", opened)
    form = asked.context["form"]
    again = owner.post("/settings/messages/", {**form.data.dict(), "opened": form.seal})

    assert (asked.status_code, "«300\xa0в час»" in form.errors["codes_per_hour"][0], again.status_code) == (422, True, 302)
    chain = rules.current()
    assert (chain.codes_per_hour, chain.cap_month, chain.reviews_on) == (700, 9, False)


def test_a_picture_becomes_the_mark_that_everybody_sees(owner: Browser, client: Browser) -> None:
    owner.post("/settings/mark/", {"mark": png()})

    mark = ChainMark.objects.get()
    shown = client.get(f"/mark/{mark.digest}.png")
    assert (shown["Content-Type"], "immutable" in shown["Cache-Control"]) == ("image/png", True)
    assert f"/mark/{mark.digest}.png" in client.get("/accounts/login/").content.decode()
    owner.post("/settings/mark/", {"clear": "1"})
    assert rules.current().mark == ""
    assert owner.get("/settings/chain/").context["page"][0].was == "картинка"


def test_what_is_no_picture_is_refused_with_words(owner: Browser) -> None:
    answer = owner.post("/settings/mark/", {"mark": SimpleUploadedFile("mark.png", b"<svg/>", "image/png")})

    assert (answer.status_code, [*answer.context["mark_form"].errors], ChainMark.objects.count()) == (422, ["mark"], 0)


def test_an_older_change_is_not_put_back_past_a_newer(owner: Browser, admin: Employee) -> None:
    older = ruling.decide({"cap_week": 3}, by=admin)[0]
    ruling.decide({"cap_week": 4}, by=admin)

    owner.post("/settings/undo/", {"change": older.pk})

    assert rules.current().cap_week == 4


def test_what_there_is_not_is_404(owner: Browser) -> None:
    assert (owner.get("/settings/nothing/").status_code, owner.post("/settings/undo/", {"change": "9"}).status_code) == (404, 404)
