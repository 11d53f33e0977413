"""Modules of exchange without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "doors": "by test_doors_api.py, whose counts it keeps",
    "models/doors": "constraints alone: by test_doors_api.py",
    "adapters/registry": "names the adapters: by test_vendors_api.py, which asks each by its name",
    "commerceml/keeping": "written by the reader alone: by commerceml/test_taking.py, row by row",
    "commerceml/terms": "the words of the files: by commerceml/test_reading.py for each schema",
    "commerceml/working": "done by a task alone: by commerceml/test_taking.py, which takes whole files",
    "hook_views": "the page over hooks: by hooks/test_telling.py and the walkers of all pages",
    "answers": "how the API lets in and refuses: by test_api.py, which asks with every right and without",
    "contract": "read by intake and quotes alone: by test_api.py, which sends what fits it and what does not",
    "forms": "filled in on one page alone: by test_views.py, which sends them",
    "goods": "asked by the API alone: by test_goods_api.py, which sends what it takes and what it refuses",
    "hooks/happening": "compares the newest rows for telling alone: by hooks/test_telling.py, event by event",
    "management/commands/api_key": "a few lines over services: by management/commands/test_apply_documents.py, which sends by its key, and by test_goods_api.py",
    "models/documents": "its states and reasons are asserted by test_applying.py, its constraints by test_whole_exchange.py",
    "models/goods": "written by the reader alone: by commerceml/test_taking.py and test_goods_views.py",
    "models/hooks": "written and read by hooks alone: by hooks/test_telling.py",
    "models/meanings": "written and read by services and finding: by test_finding.py and test_views.py",
    "models/sources": "written and read by services: by test_api.py and test_services.py",
    "rows": "read by goods alone: by test_goods_api.py and test_whole_contract.py",
    "words": "said by the API alone: by test_api.py in both languages, and by test_intake.py for each kind of mistake",
}
