"""The data set of the benchmarks: a million clients and about ten million pieces at scale 1, on PostgreSQL.

Repeats follow a power law, names are Cyrillic. Made once for each scale and kept in a database of its own.
"""

import os
import sys

import psycopg

SERVER = os.environ.get("BENCH_SERVER", "postgres://postgres@127.0.0.1:5432")
# One store a time zone, from Kamchatka to Kaliningrad.
ZONES = [
    "Asia/Kamchatka", "Asia/Magadan", "Asia/Vladivostok", "Asia/Yakutsk", "Asia/Irkutsk", "Asia/Novosibirsk",
    "Asia/Yekaterinburg", "Europe/Moscow", "Europe/Kaliningrad",
]  # fmt: skip
STORES = len(ZONES)
SURNAMES = [
    "Иванов",
    "Петров",
    "Сидоров",
    "Кузнецов",
    "Соколов",
    "Попов",
    "Лебедев",
    "Козлов",
    "Новиков",
    "Морозов",
    "Волков",
    "Зайцев",
    "Павлов",
    "Семёнов",
    "Голубев",
    "Виноградов",
    "Богданов",
    "Воробьёв",
    "Фёдоров",
    "Михайлов",
    "Беляев",
    "Тарасов",
    "Белов",
    "Комаров",
    "Орлов",
    "Киселёв",
    "Макаров",
    "Андреев",
    "Ковалёв",
    "Ильин",
    "Гусев",
    "Титов",
]
SYLLABLES = [
    "ба",
    "ва",
    "га",
    "да",
    "жа",
    "за",
    "ка",
    "ла",
    "ма",
    "на",
    "па",
    "ра",
    "са",
    "та",
    "фа",
    "ха",
    "ча",
    "ша",
    "ща",
    "бе",
    "ве",
    "ге",
    "де",
    "же",
    "зе",
    "ке",
    "ле",
    "ме",
    "не",
    "пе",
]
FATHERS = ("Александр", "Владимир", "Михайл", "Константин", "Григорь", "Станислав")
NAMES = [
    "Анна",
    "Мария",
    "Елена",
    "Ольга",
    "Наталья",
    "Ирина",
    "Татьяна",
    "Юлия",
    "Иван",
    "Пётр",
    "Олег",
    "Сергей",
    "Дмитрий",
    "Андрей",
    "Павел",
    "Роман",
]


def use(scale: float) -> None:
    """Point Django at the data set of this scale, made if it is not there yet."""
    name = f"carat_bench_{str(scale).replace('.', '_')}"
    os.environ.update(DATABASE_URL=f"{SERVER}/{name}", DEBUG="0", HTTPS="0", SECRET_KEY="benchmarks-alone" * 4)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm_site.settings")
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not there:
            server.execute(f'CREATE DATABASE "{name}"')
    import django

    django.setup()
    from django.core.management import call_command

    from clients.models import Client

    call_command("migrate", verbosity=0)
    if not there or not _ready():
        make(scale)
    sys.stderr.write(f"{name}: {Client.objects.count()} clients\n")


def _ready() -> bool:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('bench_ready')")
        return cursor.fetchone()[0] is not None


def make(scale: float) -> None:
    """Fill the tables by SQL, then the derived ones by the product's own code."""
    from django.db import connection

    from clients.sameness import surnames
    from visits import derived

    sys.stderr.write("making the data set, once\n")
    with connection.cursor() as cursor:
        for statement in _statements(int(1_000_000 * scale)):
            cursor.execute(statement)
    derived.rebuild()
    surnames.refresh()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM visits_staleday")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CREATE TABLE bench_ready AS SELECT 1 AS ready")


def _array(words: list[str]) -> str:
    return "ARRAY[" + ",".join(f"'{word}'" for word in words) + "]"


def _statements(clients: int) -> list[str]:
    syllables, roots = _array(SYLLABLES), _array(SURNAMES)
    return [
        "SELECT setseed(0.2018)",
        f"""INSERT INTO stores_store (code, name, city, address, phone, time_zone, opens_at, closes_at, is_active,
                closed_weekdays)
            SELECT 's' || n, 'Магазин ' || n, '', '', '', ({_array(ZONES)})[n], '10:00', '20:00', true, ''
            FROM generate_series(1, {STORES}) n""",
        f"""INSERT INTO clients_client (state, last_name, first_name, middle_name, birth_date, phone, email, home_store_id,
                registered_on, metal, likes, note, as_written, created_at, name_key, person_key, phone_reversed, birthday)
            SELECT 'complete', last, first, middle, born, '+79' || lpad(n::text, 9, '0'), 'c' || n || '@example.ru', store,
                   NULL, '', '', '', '{{}}', now(), translate(lower(last || ' ' || first || ' ' || middle), 'ё', 'е'),
                   translate(lower(last || '|' || first), 'ё', 'е') || '|' || born,
                   reverse('79' || lpad(n::text, 9, '0')), extract(month from born) * 100 + extract(day from born)
            FROM (SELECT n, ({roots})[1 + (random() * {len(SURNAMES) - 1})::int]
                         || ({syllables})[1 + (random() * {len(SYLLABLES) - 1})::int]
                         || ({syllables})[1 + (random() * {len(SYLLABLES) - 1})::int] AS last,
                         ({_array(NAMES)})[1 + (random() * {len(NAMES) - 1})::int] AS first,
                         ({_array(FATHERS)})[1 + (random() * {len(FATHERS) - 1})::int] || (ARRAY['ович', 'овна'])[1 + (n % 2)] AS middle,
                         date '1950-01-01' + (random() * 20000)::int AS born,
                         (SELECT min(id) FROM stores_store) + (random() * {STORES - 1})::int AS store
                  FROM generate_series(1, {clients}) n) made""",
        """INSERT INTO clients_consent (client_id, purpose, given, at)
            SELECT id, 'advertising_sms', true, now() FROM clients_client WHERE random() < 0.8""",
        """INSERT INTO purchases_purchase (store_id, client_id, no_card_reason, sold_on, receipt_number, form_key, created_at)
            SELECT c.home_store_id, c.id, '', date '2022-01-01' + (random() * 1095)::int, NULL, gen_random_uuid(), now()
            FROM clients_client c, generate_series(1, (least(120, floor(power(1 - random(), -0.85))) + c.id * 0)::int) k""",
        """INSERT INTO purchases_piece (purchase_id, article, kind, price, discount, occurrence, returned_on)
            SELECT p.id, 'R' || (random() * 9999)::int || '-' || k,
                   (ARRAY['ring','earrings','pendant','chain','bracelet'])[1 + (random() * 4)::int],
                   round((1000 + 90000 * power(random(), 3))::numeric, -1), 0, 1,
                   CASE WHEN random() < 0.01 THEN p.sold_on + 5 END
            FROM purchases_purchase p, generate_series(1, (1 + (random() * 2.6)::int + p.id * 0)::int) k""",
        """INSERT INTO workshop_servicerequest (store_id, client_id, number, accepted_on, kind, description, work, status,
                form_key, created_at)
            SELECT c.home_store_id, c.id, 'b' || c.id, date '2022-01-01' + (random() * 1095)::int, 'resizing', '', '',
                   'handed_out', gen_random_uuid(), now()
            FROM clients_client c WHERE random() < 0.05""",
    ]
