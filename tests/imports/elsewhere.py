"""Modules of imports without a test file of their own, and where they are tested."""

ELSEWHERE: dict[str, str] = {
    "files/letters": "how letters are told in a file: by files/test_reading.py and files/test_markup.py, in each of them",
    "files/records": "quotes that are never closed and rows of no list: by files/test_reading.py, which reads such files",
    "recognising": "asked through specs in their files: by test_specs.py, and by tests/clients/listing/test_spec.py and tests/purchases/listing/test_spec.py",
}
