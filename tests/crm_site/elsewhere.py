"""Modules of the site without a test file of their own, and where they are tested."""

_FORMATS = (
    "patterns alone: by tests/stores/texts/test_writing.py, which writes by them, and test_whole_counter.py, which types days"
)
_COPIES = "by backups/test_making.py and test_restoring.py, which take copies of a base and a folder and put them back"
ELSEWHERE = {
    "backups/base": _COPIES,
    "backups/folder": _COPIES,
    "colours": "colours alone: seen in the back office, whose pages tests/stores/test_admin.py opens",
    "backups/forms": "by backups/test_views.py, which sends it both ways and empty",
    "backups/keys": _COPIES,
    "backups/management/commands/restore": "by backups/test_restoring.py, which runs it in a process of its own",
    "demo/people": "names, places and prices alone: by demo/test_chain.py, which makes a chain of them",
    "formats/en/formats": _FORMATS,
    "formats/ru/formats": _FORMATS,
    "library_words": "words alone: seen in the back office, whose pages tests/stores/test_admin.py opens",
    "pages/wording_views": "by pages/test_wordings.py, which writes, takes back and meets another's words by its pages",
    "wsgi": "the entry alone: by tests/analytics/test_frames.py and tests/test_processes.py, whose processes begin with it",
}
