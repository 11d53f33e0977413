"""Drafts, and articles with photos."""

from tests.campaigns.once.conftest import agreed, draft, newsletter
from tests.campaigns.shelf import shelf

__all__ = ["agreed", "draft", "newsletter", "shelf"]
