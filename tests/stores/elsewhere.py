"""Modules of stores without a test file of their own, and where they are tested."""

ELSEWHERE: dict[str, str] = {
    "people_forms": "test_people_views: forms are filled by their pages",
    "marks": "test_rule_views: a picture is posted and shown",
    "shared": "test_pin_views: a shared device is signed in on, switched and ended",
}
