"""A read-only schema of views for BI tools: figures' raw material without names and contacts (docs/figures.md).

On PostgreSQL the views live in the schema ``bi``; on SQLite their names begin with ``bi_``. They are made anew by
``manage.py bi_views`` after each migration, so that they never stand in a migration's way.
"""

from django.db import connection, transaction

from visits.dialect import is_postgres

VIEWS = {
    "stores": "SELECT id AS store_id, code, name, city, time_zone, is_active FROM stores_store",
    "clients": """SELECT c.id AS client_id, c.state, c.home_store_id AS store_id, c.registered_on, c.birth_date, c.ring_size,
        c.metal, c.language FROM clients_client c WHERE c.state IN ('complete', 'incomplete')""",
    "activity": """SELECT a.*, r.interval, r.rule, r.expected_on, r.silent_from, r.chance, r.stake
        FROM visits_clientactivity a LEFT JOIN visits_rhythm r ON r.client_id = a.client_id""",
    "visits": """SELECT scope AS store_id, client_id, day, items, total, first_day, second_day, previous_buying_day
        FROM visits_visit WHERE scope <> 0""",
    "chain_visits": """SELECT client_id, day, items, total, first_day, second_day, previous_buying_day
        FROM visits_visit WHERE scope = 0""",
    "pieces": """SELECT x.id AS piece_id, p.id AS purchase_id, p.store_id, p.client_id, p.seller_id, p.sold_on,
        p.no_card_reason, x.article, x.kind, x.price, x.discount, x.returned_on
        FROM purchases_piece x JOIN purchases_purchase p ON p.id = x.purchase_id WHERE p.voided_at IS NULL""",
    "services": """SELECT id AS service_id, store_id, client_id, accepted_on, kind, status, price, due_on
        FROM workshop_servicerequest""",
    "messages": """SELECT id AS message_id, client_id, store_id, source, occasion_on, state, reason, created_at, sent_at,
        delivered_at, segments FROM messaging_message""",
    "expenses": "SELECT id AS expense_id, month, channel, purpose, amount, store_id FROM analytics_expense",
    "visitors": "SELECT store_id, day, visitors FROM analytics_visitorcount",
    "figures": "SELECT figure, scope, first, last, data, computed_at FROM analytics_snapshot WHERE data IS NOT NULL",
}


def full_name(view: str) -> str:
    """The name by which a tool asks for a view."""
    return f"bi.{view}" if is_postgres() else f"bi_{view}"


@transaction.atomic
def make_views() -> list[str]:
    """Drop the views and make them anew. Returns their names."""
    with connection.cursor() as cursor:
        if is_postgres():
            cursor.execute("CREATE SCHEMA IF NOT EXISTS bi")
        for view, sql in VIEWS.items():
            cursor.execute(f"DROP VIEW IF EXISTS {full_name(view)}")
            cursor.execute(f"CREATE VIEW {full_name(view)} AS {sql}")
    return [full_name(view) for view in VIEWS]


@transaction.atomic
def let_read(role: str) -> None:
    """Let a role of PostgreSQL read the views and nothing else. The role must be there; its name is quoted."""
    with connection.cursor() as cursor:
        quoted = connection.ops.quote_name(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA bi TO {quoted}")
        cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA bi TO {quoted}")
