"""Modules of messaging without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "admin": "a table alone: seen in the back office, whose pages tests/stores/test_admin.py opens",
    "stopping": "by views/test_stop_list.py, which adds, finds, takes off and puts back",
    "models/channels": "two choices alone: by outbox/test_rules.py and outbox/test_routes.py, which send by each",
    "gateways/chats": "what a messenger must be able to do, in types alone: by gateways/test_telegram.py",
    "models/messengers": "tables alone: by test_linking.py, which breaks what they forbid, and test_parts.py",
    "models/stamps": "one row: by test_sending.py, which loses it, moves it on and brings an old one back",
    "resources": "names of columns alone: by views/test_outbox.py and views/test_errands.py, which read the workbooks",
}
