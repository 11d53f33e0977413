"""Modules of analytics without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "resources": "names of columns alone: by views/test_asking.py, test_details.py, test_money.py and test_reviews.py, which read "
    "the workbooks",
    "boards/catalogue": "each figure is said by boards/test_composed.py and printed by boards/test_pdf.py",
    "boards/forms": "names, days and readers by views/test_composing.py",
    "boards/numbers": "all of them by boards/test_composed.py, beside what their pages say",
    "boards/selectors": "whose boards open for whom by views/test_boards.py",
    "boards/sources": "what is kept and what is missing by boards/test_composed.py",
    "boards/tables": "all of them by boards/test_composed.py and test_pdf.py",
    "second_counts": "what campaigns registers is compared by campaigns/recounting/test_beside.py",
}
