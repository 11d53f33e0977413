"""Modules of loyalty without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "ledger": "moved by services and settling alone: by test_services.py and test_whole_ledger.py, whose twin counts by loops",
    "saying": "read by one command alone: by management/commands/test_loyalty_terms.py, which reads files by it",
    "tasks": "one call alone: by test_nightly.py, which runs it",
}
