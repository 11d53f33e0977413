"""Modules of inquiries without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "admin": "the back office's own pages: by tests/stores/test_admin.py",
    "appointments/forms": "by appointments/test_views.py and appointments/test_guest_views.py, as they are sent",
    "appointments/hours": "by appointments/test_services.py, which gives them away",
    "appointments/links": "by appointments/test_guest_views.py, whose addresses they are",
    "appointments/reminding": "by appointments/test_services.py, whose appointments it reminds of",
    "appointments/selectors": "by appointments/test_views.py, whose pages they fill",
    "api": "by test_strangers.py, through its addresses",
    "filters": "asked by the board alone: by test_views.py",
    "left": "asked by programs alone: by tests/campaigns/test_whole_inquiries.py, whose programs find and are called off",
    "forms": "by test_views.py and test_strangers.py, as they are sent",
}
