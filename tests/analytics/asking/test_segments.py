"""Questions: conditions joined as sets, put into words, and carried in an address."""

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.asking import segments
from analytics.asking.conditions import CONDITIONS
from analytics.asking.segments import single
from clients.models import CardState, Client
from stores.models import Store
from tests.analytics.asking.test_conditions import SAMPLES, ask
from tests.analytics.conftest import TODAY, Histories


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_and_or_not_are_sets(histories_once: None, data: st.DataObject) -> None:
    one = st.tuples(st.sampled_from([condition for condition, _holds in SAMPLES]), st.booleans())
    wanted = data.draw(st.lists(st.lists(one, min_size=1, max_size=3), min_size=1, max_size=3))
    everybody = ask()

    whole = everybody
    for group in wanted:
        whole = whole & set().union(*(everybody - ask([c]) if turned else ask([c]) for c, turned in group))

    assert ask(*([{**c, **({"not": True} if turned else {})} for c, turned in group] for group in wanted)) == whole


@pytest.fixture
def histories_once(histories: Histories) -> None:
    histories(30, seed=9)


def test_every_condition_goes_through_an_address_and_back(store: Store) -> None:
    filled = {
        "kind": "ring", "least": "2", "most": "3", "sum": "5000", "days": "30", "first": "2026-01-01", "last": "2026-02-01",
        "weekday": "5", "group": "loyal", "store": str(store.pk), "month": "6", "metal": "rose", "purpose": "calls", "field": "phone",
        "article": "R1000-0000",
    }  # fmt: skip
    sizes = {"ring_size": {"least": "16", "most": "18"}}
    for number, condition in enumerate(CONDITIONS.values()):
        said = {f"w{number}": condition.name, f"g{number}": "0", f"n{number}": "on"}
        values = {**filled, **sizes.get(condition.name, {})}
        query = QueryDict(
            "&".join(f"{k}={v}" for k, v in {**said, **{f"p{number}_{f}": values[f] for f in condition.fields}}.items())
        )

        definition = segments.definition_of(segments.forms_of(query))

        assert [[one["what"] for one in group] for group in definition] == [[condition.name]], condition.name
        again = segments.definition_of(segments.forms_of(QueryDict(segments.as_query(definition))))
        assert again == definition
        assert segments.clients_of(definition, today=TODAY, stores=None).count() >= 0
        for language in ("ru", "en"):
            with translation.override(language):
                assert segments.in_words(definition)


@pytest.mark.parametrize(
    "query", ["w0=kind&g0=0&p0_kind=cat&p0_least=2", "w0=visits&p0_least=5&p0_most=2", "w0=nonsense", "w0=&g0=x", "wx=1"]
)
def test_what_is_not_whole_asks_nothing(db: None, query: str) -> None:
    assert segments.definition_of(segments.forms_of(QueryDict(query))) == []


def test_a_question_in_words(db: None) -> None:
    definition = [
        [single("kind", kind="ring", least=2)],
        [single("silent", days=0), {**single("consent", purpose="calls"), "not": True}],
    ]

    with translation.override("en"):
        words = segments.in_words(definition)

    assert words == "Clients who bought at least 2 times: ring and (are silent or do not match “agreed to: calls”)."


def test_merged_and_erased_cards_are_never_meant(histories: Histories) -> None:
    client = histories(5)[0]
    before = ask()
    Client.objects.filter(pk=client.pk).update(state=CardState.ERASED)

    assert ask() == before - {client.pk}
