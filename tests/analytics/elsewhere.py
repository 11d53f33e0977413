"""Modules of analytics without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "resources": "names of columns alone: by views/test_asking.py, test_details.py, test_money.py and test_reviews.py, which read "
    "the workbooks",
}
