"""Modules of the site without a test file of their own, and where they are tested."""

_FORMATS = "patterns alone: by tests/stores/test_writing.py, which writes by them, and test_whole_counter.py, which types days"
ELSEWHERE = {
    "demo/people": "names, places and prices alone: by demo/test_chain.py, which makes a chain of them",
    "formats/en/formats": _FORMATS,
    "formats/ru/formats": _FORMATS,
    "wsgi": "the entry alone: by tests/analytics/test_frames.py and tests/test_processes.py, whose processes begin with it",
}
