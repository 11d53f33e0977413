"""Modules of purchases without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "days": "SQL of the days alone: by tests/visits/test_derived.py, whose twin counts them by loops, and test_sources.py",
    "listing/spec": "names of columns and words of reasons alone: by listing/test_handler.py, which reads lists by them",
    "models/waiting": "columns alone: by listing/test_waiting.py, whose lines wait there",
}
