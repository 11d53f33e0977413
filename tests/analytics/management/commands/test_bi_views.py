"""Views for BI tools by their command: made anew as often as one likes, for a role only where there are roles."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from analytics import bi
from visits.dialect import is_postgres


def test_each_view_is_named_when_it_is_made_anew(db: None) -> None:
    told = []
    for _time in range(2):
        out = StringIO()
        call_command("bi_views", stdout=out)
        told.append(out.getvalue().split())

    assert told == [[bi.full_name(view) for view in bi.VIEWS]] * 2


@pytest.mark.skipif(is_postgres(), reason="PostgreSQL has roles: tests/analytics/test_bi.py")
def test_a_base_without_roles_makes_nothing_for_one(db: None) -> None:
    with connection.cursor() as cursor:
        before = connection.introspection.get_table_list(cursor)

        with pytest.raises(CommandError):
            call_command("bi_views", "--role", "bi", stdout=StringIO())

        assert connection.introspection.get_table_list(cursor) == before
