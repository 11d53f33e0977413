"""What only PostgreSQL has, for the search box, and what a new chain begins with: the words of the consents, an occasion besides the
birthday, and the answers to "How did you hear of us"."""

from datetime import date

CONSENTS = {
    "personal_data": "Даю согласие на обработку моих персональных данных для обслуживания и участия в программе лояльности.",
    "advertising_sms": "Даю согласие получать поздравления и предложения по SMS.",
    "advertising_email": "Даю согласие получать поздравления и предложения по электронной почте.",
    "calls": "Даю согласие на звонки о моих изделиях и о предложениях магазина.",
    "advertising_chat": "Даю согласие получать поздравления и предложения в мессенджере.",
    "advertising_post": "Даю согласие получать поздравления и предложения письмами на бумаге по моему почтовому адресу.",
}
HEARD_FROM = (
    ("по рекомендации", "a friend's word"),
    ("проходили мимо", "walked by"),
    ("карты и справочники", "maps and directories"),
    ("соцсети", "social networks"),
    ("сайт", "the site"),
    ("реклама на улице", "street advertising"),
)

# With the collation "C" one index serves `LIKE 'prefix%'` and ORDER BY; with a language's it serves only the order,
# and the planner walks through it instead of using the index that knows prefixes.
BYTE_ORDER = {"name_key": 250, "person_key": 190, "phone_reversed": 20, "phone": 20, "email": 254}
# On expressions: on the columns themselves they would offer themselves for beginnings and equality too.
TRIGRAMS = {
    "client_name_trigrams": "(name_key || '')",
    "client_email_trigrams": "(email || '')",
    "client_note_trigrams": "(note || ' ' || likes)",
}


def order_by_bytes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column, length in BYTE_ORDER.items():
            schema_editor.execute(f'ALTER TABLE clients_client ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"')


def index_trigrams(apps, schema_editor):
    """Of phones on an expression: on the column itself the trigrams offer themselves for equality, believed to be cheap, and cost
    17 ms where the unique index costs 0.02."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE INDEX client_phone_trigrams ON clients_client USING gin ((phone || '') gin_trgm_ops)")
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS fuzzystrmatch")
    schema_editor.execute("CREATE INDEX surname_trigrams ON clients_surname USING gin (key gin_trgm_ops)")
    for name, expression in TRIGRAMS.items():
        schema_editor.execute(f"CREATE INDEX {name} ON clients_client USING gin ({expression} gin_trgm_ops)")


def say(apps, schema_editor):
    texts, answers = apps.get_model("clients", "ConsentText").objects, apps.get_model("clients", "HeardFrom").objects
    for purpose, text in CONSENTS.items():
        texts.create(purpose=purpose, version=1, text=text, since=date(2026, 1, 1))
    for position, (name, name_en) in enumerate(HEARD_FROM, start=1):
        answers.create(name=name, name_en=name_en, position=position)
    apps.get_model("clients", "OccasionKind").objects.create(name="годовщина свадьбы", name_en="wedding anniversary")
