"""Modules of campaigns without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "resources": "names of columns alone: by test_views.py, which reads the workbook of the clients behind a number",
}
