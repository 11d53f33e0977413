"""Sizes and weights as people write them."""

from django import template

from catalogue import selectors
from stores.texts import writing

register = template.Library()
register.filter("shown_size", selectors.shown_size)
register.filter("shortest", writing.shortest)
