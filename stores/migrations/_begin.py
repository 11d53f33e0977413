"""What the environment says otherwise than by default becomes rows, once."""

import os

from django.conf import settings

from stores.deciding.ruling import VARIABLES, said_in


def take_over(apps, schema_editor):
    """Written with their history, and said; from now on these variables are not read."""
    said = {} if settings.TESTING else said_in(os.environ)
    Rule, RuleChange = (apps.get_model("stores", name) for name in ("Rule", "RuleChange"))
    Rule.objects.bulk_create(Rule(name=name, value=value) for name, value in said.items())
    RuleChange.objects.bulk_create(RuleChange(name=name, now=value, from_environment=True) for name, value in said.items())
    for variable in (variable for variable, name in VARIABLES.items() if name in said):
        print(f"    {variable} is a setting of the product from now on: /settings/ (taken over from the environment)")
