"""Modules of purchases without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "bills": "the bill of a sale: by test_bonuses.py, which sells by it, and test_bonus_views.py, which shows it",
    "till_bonuses": "what a till has told: by tests/exchange/documents/test_selling.py, whose tills spend and earn",
    "companions/acts": "by companions/test_views.py, whose page makes, takes out and puts back",
    "companions/arms": "one function alone: by companions/test_offering.py",
    "companions/forms": "by companions/test_views.py, as they are sent",
    "companions/telling": "by companions/test_views.py, whose page they fill",
    "companions/words": "by companions/test_offering.py, whose reasons they are",
    "models/companions": "constraints alone: by companions/test_views.py and companions/test_finding.py",
    "tasks": "one line: by companions/test_views.py",
    "changes": "two values alone: by correcting/test_story.py and orders/test_story.py, which tell by them",
    "days": "SQL of the days alone: by tests/visits/test_derived.py, whose twin counts them by loops, and test_sources.py",
    "models/fiscal": "one constraint alone: by tests/exchange, where two sources tell of one document",
    "tills": "what a till says, handed on: by tests/exchange/documents/test_selling.py and test_returning.py, which sell by it",
    "models/waiting": "columns alone: by listing/test_waiting.py, whose lines wait there",
}
