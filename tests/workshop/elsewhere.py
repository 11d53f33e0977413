"""Modules of workshop without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "days": "SQL of the days alone: by tests/visits/test_derived.py, whose twin counts them by loops, and test_sources.py",
    "listing/spec": "names of columns and words of reasons alone: by listing/test_handler.py, which reads lists by them",
    "models/kinds": "choices alone: by test_prices.py and views/test_intake.py, which choose of them",
    "models/photos": "columns alone: by test_photos.py, which takes and shows pictures",
    "offered": "by views/test_offered.py, which reads the history and puts changes back",
    "offered_forms": "by views/test_offered.py, which fills the forms in",
    "refusals": "names of errors alone: by test_services.py and test_prices.py, which are refused",
    "resources": "names of columns alone: by tests/imports/test_exports.py, which takes each page's workbook",
}
