"""Modules of the catalogue without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "filters": "asked by the list of articles alone: by test_views.py",
    "forms": "the photo of an article: by test_views.py",
    "listing/columns": "headers and words that listing/test_articles.py and listing/test_stock.py read lists by",
    "templatetags/catalogue": "one filter, of a selector that test_selectors.py reads",
}
