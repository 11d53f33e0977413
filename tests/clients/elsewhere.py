"""Modules of clients without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "beside_forms": "by test_forms.py, which types people, and views/test_contacts.py, which types contacts",
    "management/commands/erase_again": "one call alone: by test_rights.py, which restores a base and runs the command on it",
    "models/contacts": "columns and constraints: by test_contacts.py and listing tests, whose people have several phones",
    "models/trust": "columns alone: by test_proving.py, which writes words about contacts, and test_rights.py, which makes acts",
    "writing/others": "words of headers alone: by listing/test_spec.py and tests/purchases/listing/test_spec.py, which read headers by them",
    "writing/western_names": "names alone: by writing/test_full_names.py, which tells surnames by them",
    "typed": "by test_forms.py, which types each field, and the journeys of registration",
    "resources": "names of columns alone: by tests/imports/test_exports.py, which takes each page's workbook",
}
