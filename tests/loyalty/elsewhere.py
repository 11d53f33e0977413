"""Modules of loyalty without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "models/reservations": "columns alone: by test_reservations.py, whose promises stand there",
    "ledger": "moved by services and settling alone: by test_services.py and test_whole_ledger.py, whose twin counts by loops",
    "saying": "read by one command alone: by management/commands/test_loyalty_terms.py, which reads files by it",
    "listing/going_out": "what the members' page and file say: by test_views.py and listing/test_members.py, which brings it in again",
    "listing/spec": "columns and words alone: by listing/test_handler.py, which brings lists by them",
    "tasks": "one call alone: by test_nightly.py, which runs it",
}
