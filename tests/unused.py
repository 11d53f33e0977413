"""``python -m tests.unused``: names of the source that nothing uses; exits 1 where there is one.

Vulture reads the source alone, so what only tests use is unused too. Beside Python count as users: templates, texts that are a name or
a path of names (a look-up, a setting's class), SQL, and the keywords of calls. The rest of what frameworks call stands in ``ALLOWED``.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import global_settings
from vulture import Vulture  # type: ignore[import-untyped]

ROOT = Path(__file__).parent.parent
SOURCE = (
    "stores", "imports", "clients", "messaging", "catalogue", "visits", "loyalty", "purchases", "workshop", "inquiries", "portal",
    "analytics", "campaigns", "exchange", "crm_site",
)  # fmt: skip
NO_SOURCE = ("*/migrations/*", "*/crm_site/formats/*")  # written by Django, and read by it by name
CALLED = [
    "@admin.register",
    "@register",
    "@setup_logging.connect",
    "@worker_init.connect",
    "@beat_init.connect",
    "@*.register_lookup",
    "@router.*",
    "@model_validator",
]
ALLOWED = [
    # Choices of fields, which forms list.
    "ANNIVERSARY", "WEDDING", "CHILD", "HOLIDAY", "NO_OCCASION", "CASH", "PREPAYMENT", "TRANSFER", "INVITE", "INQUIRY", "SPOUSE", "SIBLING",
    "EVENT", "RANGE", "WELCOME", "REFERRAL", "GOODWILL", "IMPORT", "WEIGHT", "MARKDOWN", "INVESTMENT", "BUSY", "COMPLAINT",
    # Django: what it looks for in models, addresses, apps, commands, forms, middleware, accounts and look-ups.
    "constraints", "indexes", "ordering", "verbose_name_plural", "urlpatterns", "handler*", "*Config", "Command",
    "add_arguments", "handle", "clean_*", "has_changed", "widgets", "localized_fields", "disabled", "process_view", "process_exception",
    "allow_multiple_selected", "add_prefix", "get_session_auth_hash", "lookup_name", "get_prep_lookup", "as_postgresql", "as_sqlite",
    "app_names", "ROOT_URLCONF", *dir(global_settings),
    "descriptor_class", "default_validators", "from_db_value", "expression", "get_prep_value", "value_to_string", "pre_save", "field_class",
    # Django's router of bases, and Python's readers of XML and HTML.
    "db_for_*", "allow_relation", "allow_migrate", "hints", "app_label", "Start*Handler", "handle_*",
    # The back office: Django's, Unfold's and import-export's admin.
    "list_display", "list_editable", "list_filter", "search_fields", "fieldsets", "add_fieldsets", "add_form", "change_password_form",
    "filter_horizontal", "formfield_overrides", "change_form_before_template", "site_header", "site_title", "has_*permission", "resource_classes", "skip_admin_log",
    "import_form_class", "export_form_class", "import_id_fields", "clean_model_instances", "skip_unchanged", "report_skipped",
    "export_field", "export_order", "iter_queryset", "first_phone", "second_phone", "listed_as",
    # What is written down for whoever looks at the row.
    "opened_at", "made_at", "abstract",
    # For notebooks.
    "*_frame",
    # A command that puts a base back is run where there is none to check; and the choice that is taken where the other is not.
    "requires_system_checks", "WENT_ON",
    # Packages: their settings, and the methods that they call.
    "ACCOUNT_*", "AXES_*", "CELERY_*", "CONTENT_SECURITY_POLICY*", "MFA_*", "SIMPLE_HISTORY_*", "PHONENUMBER_*", "IMPORT_EXPORT_*", "UNFOLD", "WHITENOISE_*",
    "is_open_for_signup", "pre_authenticate", "authenticate", "get_client_ip", "can_delete_authenticator", "right_*", "validate",
    "get_help_text", "is_locked", "get_failures", "filter_user_attempts", "axes_user_agent", "_history_user", "_change_reason", "read_strings", "shared_strings",
    "extensions", "model_config",
    # Columns that SQL names piece by piece, and choices that lists and people write.
    "kept_*", "visits_on_*", "consent_*",
    "YELLOW", "ROSE", "WHITE", "SILVER", "PLATINUM", "WIFE", "HUSBAND", "MOTHER", "FATHER", "DAUGHTER", "SON", "SISTER", "BROTHER",
    "FRIEND", "PREVIEW", "BIRTHDAY", "ANNIVERSARY", "WEDDING", "CHILD", "HOLIDAY", "NO_OCCASION", "CASH", "PREPAYMENT", "TRANSFER", "INVITE", "INQUIRY",
]  # fmt: skip
TAG = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
NAMES = re.compile(r"-?[\w.:/]+")
SQL = re.compile(r"\b(SELECT|FROM|WHERE|INSERT|UPDATE|JOIN|GROUP BY|AND|CASE|AS)\b")
WORD = re.compile(r"[^\W\d]\w*?(?=__|\W|$)")


def said_in_templates() -> Iterator[str]:
    for template in (file for file in (ROOT / "templates").rglob("*") if file.is_file()):
        for tag in TAG.findall(template.read_text(encoding="utf-8")):
            yield from WORD.findall(tag)


def said_in_source() -> Iterator[str]:
    """Words of texts that are names or SQL, and keywords of calls."""
    files = (file for app in SOURCE for file in (ROOT / app).rglob("*.py") if "migrations" not in file.parts)
    for node in (node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from WORD.findall(node.value) if NAMES.fullmatch(node.value) or SQL.search(node.value) else ()
        elif isinstance(node, ast.keyword) and node.arg:
            yield from node.arg.split("__")


def main() -> int:
    vulture = Vulture(ignore_names=ALLOWED, ignore_decorators=CALLED)
    vulture.scavenge([str(ROOT / app) for app in SOURCE], exclude=list(NO_SOURCE))
    vulture.used_names |= {*said_in_templates(), *said_in_source()}
    found = vulture.get_unused_code(min_confidence=60)
    for item in found:
        sys.stdout.write(f"{item.get_report()}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
