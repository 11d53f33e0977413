"""A part of the frame is made once; what differs at each page is put in its place."""

from typing import Any

import pytest
from django.template import Context, Template

from crm_site.face import kept


def shown(text: str, **context: Any) -> str:
    return Template(text).render(Context(context))


def test_it_is_made_once_for_all_who_look_alike() -> None:
    text = '{% kept "once" role %}{{ name }}{% endkept %}'

    assert [shown(text, role=role, name=name) for role, name in (("a", "Анна"), ("a", "Вера"), ("b", "Вера"))] == [
        "Анна",
        "Анна",
        "Вера",
    ]


def test_what_differs_at_each_page_is_put_in_escaped() -> None:
    text = '{% kept "differs" %}<i title="{{ q }}">{{ this_address }}</i>{% csrf_token %}{% endkept %}'
    first = shown(text, q='"><b>', this_address="/a/?b=1&c=2", csrf_token="one")
    then = shown(text, this_address="/", csrf_token="two")

    assert '<i title="&quot;&gt;&lt;b&gt;">/a/?b=1&amp;c=2</i>' in first
    assert ('value="one"' in first, 'value="two"' in then, '<i title="">/</i>' in then) == (True, True, True)


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", len(kept._kept))  # noqa: SLF001
    for name in "ab":
        shown('{% kept "room" name %}{{ name }}{% endkept %}', name=name)

    assert ("room", "b") in kept._kept  # noqa: SLF001
    assert len(kept._kept) == kept.MOST  # noqa: SLF001
