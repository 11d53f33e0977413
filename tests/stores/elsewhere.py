"""Modules of stores without a test file of their own, and where they are tested."""

ELSEWHERE: dict[str, str] = {
    "people/forms": "people/test_views: forms are filled by their pages",
    "deciding/marks": "deciding/test_views: a picture is posted and shown",
    "recognising/shared": "entrance/test_views: a shared device is signed in on, switched and ended",
}
