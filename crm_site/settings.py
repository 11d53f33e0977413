"""Settings of Carat: one file, driven by the environment (`.env.example` lists every variable)."""

import sys
from datetime import timedelta
from pathlib import Path

import django_stubs_ext
import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from crm_site import colours
from crm_site.logs import logging_config, without_what_was_asked
from crm_site.secret import part_of_address, private_folder, secret_key

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules

env = environ.Env()
env.read_env(BASE_DIR / ".env", overwrite=False)

DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
private_folder(DATA_DIR)
NODE_MODULES_DIR = Path(env.str("NODE_MODULES_DIR", default=str(BASE_DIR / "node_modules")))

# A server in production does not start without its secret; a command, and one's own machine, keep one in DATA_DIR.
AT_HOME = DEBUG or TESTING
GIVEN_KEY = env.str("SECRET_KEY", default="")
# Somebody set this installation up for a chain: no demo belongs there by a slip.
IN_PRODUCTION = bool(GIVEN_KEY) and not AT_HOME
SECRET_KEY = secret_key(GIVEN_KEY, DATA_DIR, may_make_one=AT_HOME or Path(sys.argv[0]).name == "manage.py")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "crm_site.pages.sent_again.old_form"
HTTPS = env.bool("HTTPS", default=not AT_HOME)

# --- The chain (what its owner decides are rows, changed in the product: stores/rules.py) --------------------
CHAIN_TIME_ZONE = env.str("CHAIN_TIME_ZONE", default="Asia/Vladivostok")
CHAIN_COUNTRY = env.str("CHAIN_COUNTRY", default="RU")
PHONENUMBER_DEFAULT_REGION = CHAIN_COUNTRY
PHONENUMBER_DB_FORMAT, PHONENUMBER_DEFAULT_FORMAT = "E164", "INTERNATIONAL"  # kept as +74232223344, shown as +7 423 222-33-44
# The first key seals passport data, the others still open what they sealed (docs: deletion after so many days).
PASSPORT_KEYS = env.list("PASSPORT_KEYS", default=[])
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_MB", default=200) << 20
IMPORT_MAX_UNPACKED_BYTES = env.int("IMPORT_MAX_UNPACKED_MB", default=2_000) << 20
IMPORT_FAST_UNPACKED_BYTES = 80 << 20  # a larger workbook is streamed: slower, and flat in memory
IMPORT_UNPACK_SECONDS = 30 * 60
IMPORT_READ_AT_ONCE_BYTES = 2 << 20  # a larger file is read by the worker

# --- The roads that messages take (docs/messaging.md) -------------------------------------------------------
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{env.str('PORT', default='8000')}").rstrip("/")
CALLBACK_URL = env.str("CALLBACK_URL", default=SITE_URL).rstrip("/")  # where gateways inside the network reach Carat
KANNEL_URL = env.str("KANNEL_URL", default="")
KANNEL_USER, KANNEL_PASSWORD = env.str("KANNEL_USER", default="carat"), env.str("KANNEL_PASSWORD", default="")
KANNEL_REPLY_SECRET = part_of_address("KANNEL_REPLY_SECRET", env.str("KANNEL_REPLY_SECRET", default=""))
SMSC_URL = env.str("SMSC_URL", default="https://smsc.ru/sys").rstrip("/")
SMSC_LOGIN, SMSC_PASSWORD = env.str("SMSC_LOGIN", default=""), env.str("SMSC_PASSWORD", default="")
SMSC_CALLBACK_SECRET = env.str("SMSC_CALLBACK_SECRET", default=SMSC_PASSWORD)
SMTP_HOST, SMTP_PORT = env.str("SMTP_HOST", default=""), env.int("SMTP_PORT", default=587)
SMTP_USER, SMTP_PASSWORD = env.str("SMTP_USER", default=""), env.str("SMTP_PASSWORD", default="")
SMTP_TLS = env.str("SMTP_TLS", default="starttls")  # starttls, ssl or nothing
TELEGRAM_TOKEN, TELEGRAM_BOT = env.str("TELEGRAM_TOKEN", default=""), env.str("TELEGRAM_BOT", default="").removeprefix("@")
# The private half of the key by which browsers' services know us: manage.py push_key. A new one disconnects every browser.
PUSH_KEY = env.str("PUSH_KEY", default="")
TELEGRAM_URL = env.str("TELEGRAM_URL", default="https://api.telegram.org").rstrip("/")
MESSENGERS_BRING = env.bool("MESSENGERS_BRING", default=False)  # to SITE_URL, which they must reach; else they are asked
# Letters to the chain's own people: alarms.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SMTP_HOST else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = SMTP_TLS == "starttls", SMTP_TLS == "ssl", 20
EMAIL_SENDER = env.str("EMAIL_SENDER", default="carat@localhost")
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="bounces@localhost")
BOUNCES_IMAP_URL = env.str("BOUNCES_IMAP_URL", default="")  # imaps://user:password@host/INBOX

# --- Apps --------------------------------------------------------------------------------------------------
HOUSE = [
    "stores", "imports", "clients", "messaging", "catalogue", "visits", "loyalty", "purchases", "workshop", "inquiries", "portal",
    "analytics", "campaigns", "exchange",
]  # fmt: skip
INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.import_export",
    "import_export",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "simple_history",
    "timezone_field",
    "phonenumber_field",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "health_check",
    "django_celery_beat",
    *HOUSE,
    "crm_site.pages",
    "crm_site.backups",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "crm_site.csp.PrefixCSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "crm_site.compressed.TextGZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "stores.entrance.sessions.StandingMiddleware",
    "crm_site.inbound.InboundMiddleware",
    "stores.bases.reading.OwnWritesMiddleware",
    "stores.policies.EmployeeLanguageMiddleware",
    "stores.policies.PolicyMiddleware",
    "stores.drafts.SavedDraftMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "stores.entrance.guarding.GuardMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "crm_site.full_disk.FullDiskMiddleware",
]

ROOT_URLCONF = "crm_site.urls"
WSGI_APPLICATION = "crm_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crm_site.face.context.face",
            ],
            "builtins": [
                "crm_site.face.tags",
                "crm_site.face.kept",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data --------------------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;",
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'carat.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    # The last connection takes the files of the write-ahead log with it, and on a full disk nobody could make them anew.
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    # No compiling of queries: what it costs is seconds, what it saves of the questions asked here is milliseconds.
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=8), "timeout": 10}, "options": "-c jit=off",
    }  # fmt: skip
# Figures, Ask, exports and lists of receipts are read from it while it answers within two seconds (stores/bases/replica.py).
if env.str("DATABASE_REPLICA_URL", default=""):
    DATABASES["replica"] = {
        **env.db("DATABASE_REPLICA_URL"),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 2, "pool": {**DATABASES["default"]["OPTIONS"]["pool"], "min_size": 0, "timeout": 2}},
        "TEST": {"MIRROR": "default"},
    }
    DATABASE_ROUTERS = ["stores.bases.replica.Router"]
# Given where DATABASE_URL leads through PgBouncer in transaction mode: nothing of a session outlives a transaction there, so
# temporary tables and the tools of PostgreSQL take this address, past it (stores/bases/direct.py).
if env.str("DATABASE_DIRECT_URL", default=""):
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
    del DATABASES["default"]["OPTIONS"]["options"]  # PgBouncer knows none; there compiling is switched off in PostgreSQL itself
    DATABASES["direct"] = {**env.db("DATABASE_DIRECT_URL"), "TEST": {"MIRROR": "default"}}

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "crm_site.cache.SteadyCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
# Without Redis one process serves the web, so its own memory counts the look-ups rightly.
SILENCED_SYSTEM_CHECKS = ["models.W040"] + ([] if REDIS_URL else ["django_ratelimit.E003", "django_ratelimit.W001"])

# --- People ------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "stores.Employee"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "stores.entrance.passwords.UnlikeTheNameValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DEMO_PASSWORD = "carat-demo"  # noqa: S105 — printed by load_demo, and refused where AT_HOME is not
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "stores.entrance.accounts.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# How often one address may send the forms on the chain's sites.
STRANGERS_RATE = "20/d"
# Wrong passwords are counted by stores/entrance/patience.py; what is left to allauth are wrong codes, by who knew the password.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/15m/key"}
MFA_ADAPTER = "stores.entrance.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = AT_HOME
MFA_TOTP_ISSUER = "Carat"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
AXES_HANDLER = "stores.entrance.patience.PatientHandler"
AXES_CLIENT_IP_CALLABLE = "stores.recognising.callers.address_of"
AXES_USERNAME_CALLABLE = "stores.entrance.patience.said_name"
AXES_LOCKOUT_CALLABLE = "stores.entrance.patience.please_wait"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(days=1)  # what is older is forgotten; how long one waits is said there too
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False

SESSION_ENGINE = "stores.entrance.sessions"
SESSION_COOKIE_AGE = 14 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:  # a browser takes these names from this host alone, by HTTPS
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_SSL_REDIRECT = HTTPS and env.bool("SSL_REDIRECT", default=True)
# Gateways inside the network call without TLS, and follow no redirect.
SECURE_REDIRECT_EXEMPT = [r"^receipts/", r"^replies/"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Whose word about the caller's address counts: addresses and networks. By default those that no stranger can have.
TRUSTED_PROXIES = env.list(
    "TRUSTED_PROXIES", default=["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]
)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Words and days ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = CHAIN_TIME_ZONE
USE_TZ = True
FORMAT_MODULE_PATH = ["crm_site.formats"]
THEME_COOKIE = "theme"

# --- Files -------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "crm_site.front.NodeModulesFinder",
]
PRIVATE = {"location": DATA_DIR / "private", "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": PRIVATE},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if TESTING else "crm_site.front.StaticStorage"
    },
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = TESTING
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
BODY_MAX_BYTES = DATA_UPLOAD_MAX_MEMORY_SIZE = 5 << 20
FILES_MAX_BYTES = IMPORT_MAX_BYTES + (60 << 20)  # a list, or a dozen photos of a ticket
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

# --- Backups (docs/operations.md) ---------------------------------------------------------------------------
BACKUP_DIR = Path(env.str("BACKUP_DIR", default=str(DATA_DIR / "backups"))).resolve()
BACKUP_KEY = env.str("BACKUP_KEY", default="")  # the public half; the other is kept apart: manage.py backup_key

# --- Tills and 1C (docs/exchange.md) --------------------------------------------------------------------------
HOOKS_TO_PRIVATE = env.bool("HOOKS_TO_PRIVATE", default=False)  # whether webhooks may go into one's own network
MOYSKLAD_URL = env.str("MOYSKLAD_URL", default="https://api.moysklad.ru/api/remap/1.2").rstrip("/")
EXCHANGE_FOLDER = Path(folder).resolve() if (folder := env.str("EXCHANGE_FOLDER", default="")) else None

# --- Work in the background --------------------------------------------------------------------------------
QUEUE_DIR = DATA_DIR / "queue"
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if not REDIS_URL:
    for folder in ("messages", "control"):
        (QUEUE_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
        "polling_interval": 0.3,
    }
else:
    # Who only wakes a worker does not wait for a broker that is away: the beat wakes it within a minute.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_ALWAYS_EAGER = TESTING
CELERY_TASK_EAGER_PROPAGATES = TESTING
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
# What only wakes is worth nothing when it is old, and must not pile up while no worker runs. Yet "old" is told by the
# worker's clock: one that is ahead by more than this throws every task away.
WAKE_LASTS = 2 * 60 * 60
CELERY_BEAT_SCHEDULE = {
    "programs": {"task": "campaigns.tasks.run_programs", "schedule": crontab(minute=2)},
    "campaigns": {"task": "campaigns.tasks.run_campaigns", "schedule": timedelta(minutes=1), "options": {"expires": WAKE_LASTS}},
    "urgent messages": {
        "task": "messaging.tasks.drain_outbox",
        "args": ("urgent",),
        "schedule": timedelta(seconds=5),
        "options": {"queue": "urgent", "expires": WAKE_LASTS},
    },
    "outbox": {
        "task": "messaging.tasks.drain_outbox",
        "args": ("bulk",),
        "schedule": timedelta(seconds=15),
        "options": {"expires": WAKE_LASTS},
    },
    "upkeep of the outbox": {
        "task": "messaging.tasks.keep_outbox",
        "schedule": timedelta(seconds=20),
        "options": {"expires": WAKE_LASTS},
    },
    "receipts asked for": {
        "task": "messaging.tasks.poll_gateways",
        "schedule": timedelta(minutes=10),
        "options": {"expires": WAKE_LASTS},
    },
    "chats": {
        "task": "messaging.tasks.listen_to_messengers",
        "schedule": timedelta(seconds=3),
        "options": {"expires": WAKE_LASTS},
    },
    "bounces": {"task": "messaging.tasks.take_bounces", "schedule": timedelta(minutes=5), "options": {"expires": WAKE_LASTS}},
    "pieces that wait": {
        "task": "workshop.tasks.remind_of_ready",
        "schedule": crontab(minute=17),
        "options": {"expires": WAKE_LASTS},
    },
    "passports": {"task": "workshop.tasks.forget_passports", "schedule": crontab(hour=4, minute=40)},
    "reviews": {"task": "portal.tasks.ask_for_reviews", "schedule": crontab(minute=32)},
    "forms from clients' phones": {"task": "portal.tasks.forget_arrivals", "schedule": crontab(minute=47)},
    "documents of tills": {
        "task": "exchange.tasks.apply_received",
        "schedule": timedelta(seconds=15),
        "options": {"expires": WAKE_LASTS},
    },
    "documents that wait": {
        "task": "exchange.tasks.apply_waiting",
        "schedule": timedelta(minutes=5),
        "options": {"expires": WAKE_LASTS},
    },
    "files of goods": {
        "task": "exchange.tasks.read_files",
        "schedule": timedelta(seconds=30),
        "options": {"expires": WAKE_LASTS},
    },
    "webhooks": {
        "task": "exchange.tasks.tell",
        "schedule": timedelta(seconds=15),
        "options": {"expires": WAKE_LASTS},
    },
    "MoySklad": {
        "task": "exchange.tasks.pull",
        "schedule": timedelta(minutes=1),
        "options": {"expires": WAKE_LASTS},
    },
    "forgotten calls of webhooks": {"task": "exchange.tasks.forget_calls", "schedule": crontab(hour=4, minute=27)},
    "watched folder": {
        "task": "exchange.tasks.take_folder",
        "schedule": timedelta(seconds=30),
        "options": {"expires": WAKE_LASTS},
    },
    "forgotten files of goods": {"task": "exchange.tasks.forget_files", "schedule": crontab(hour=4, minute=25)},
    "lists": {"task": "imports.tasks.resume_lists", "schedule": timedelta(minutes=1)},
    "cards of one person": {"task": "clients.tasks.find_pairs", "schedule": crontab(hour=2, minute=20)},
    "removed contacts": {"task": "clients.tasks.sweep_contacts", "schedule": crontab(hour=4, minute=52)},
    "friends that came": {"task": "loyalty.tasks.reward_friends", "schedule": crontab(hour=3, minute=5)},
    "bonuses that end": {"task": "loyalty.tasks.end_bonuses", "schedule": crontab(hour=2, minute=40)},
    "bonuses without a purchase": {"task": "loyalty.tasks.give_bonuses", "schedule": crontab(hour=2, minute=50)},
    "what goes together": {"task": "purchases.tasks.find_companions", "schedule": crontab(hour=3, minute=25)},
    "forgotten wearers": {"task": "clients.tasks.sweep_wearers", "schedule": crontab(hour=4, minute=50)},
    "inquiries that became receipts": {"task": "inquiries.tasks.follow_inquiries", "schedule": timedelta(minutes=5)},
    "forgotten inquiries": {"task": "inquiries.tasks.forget_inquiries", "schedule": crontab(hour=4, minute=45)},
    "sessions and sign-ins": {"task": "stores.tasks.forget_old", "schedule": crontab(hour=4, minute=30)},
    "one-time codes": {
        "task": "messaging.tasks.forget_codes",
        "schedule": crontab(hour=4, minute=35),
        "options": {"expires": WAKE_LASTS},
    },
    "rows of the erased": {"task": "clients.tasks.forget_rows", "schedule": crontab(hour=4, minute=55)},
    "files of lists": {"task": "imports.tasks.forget_files", "schedule": crontab(hour=4, minute=20)},
    "stale snapshots": {"task": "analytics.tasks.refresh_snapshots", "schedule": timedelta(minutes=10)},
    "nightly snapshots": {"task": "analytics.tasks.recompute_snapshots", "schedule": crontab(hour=3, minute=10)},
    "check of the figures": {"task": "analytics.tasks.check_figures", "schedule": crontab(hour=5, minute=10)},
    "reports on Mondays": {"task": "analytics.tasks.write_on_mondays", "schedule": crontab(minute=7)},
    "backups": {
        "task": "crm_site.backups.tasks.keep_backups",
        "schedule": crontab(minute=23),
        "options": {"expires": WAKE_LASTS},
    },
    "second opinion": {"task": "analytics.tasks.recount", "schedule": crontab(hour=5, minute=40)},
}

# --- Watching ----------------------------------------------------------------------------------------------
LOGGING = logging_config(debug=DEBUG)
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = False
SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    import sentry_sdk

    # What people type, and what stands in variables when something breaks, is theirs: it stays in the house.
    sentry_sdk.init(
        dsn=SENTRY_DSN, send_default_pii=False, max_request_body_size="never", include_local_variables=False,
        before_send=without_what_was_asked, before_send_transaction=without_what_was_asked,
    )  # fmt: skip

# --- Back office -------------------------------------------------------------------------------------------
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True  # reference tables of the back office; lists escape by themselves
UNFOLD = {
    "SITE_TITLE": "Carat",
    "SITE_HEADER": "Carat",
    "SITE_URL": "/",
    "SITE_ICON": lambda request: static("carat/mark.svg"),
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "6px",
    # As dark or as light as the rest of the product, and no choice of its own beside that.
    "THEME": lambda request: "dark" if request.COOKIES.get(THEME_COOKIE) == "dark" else "light",
    "COLORS": colours.BACK_OFFICE,
}
