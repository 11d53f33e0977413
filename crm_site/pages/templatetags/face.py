"""How things look: icons, money, days, phones. Loaded into every template."""

from django import template

register = template.Library()
