"""Modules of inquiries without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "admin": "the back office's own pages: by tests/stores/test_admin.py",
    "api": "by test_strangers.py, through its addresses",
    "filters": "asked by the board alone: by test_views.py",
    "forms": "by test_views.py and test_strangers.py, as they are sent",
}
