"""Modules of campaigns without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "drawing": "the hash of the arms: by test_touching.py, which draws them in Python and in the base",
    "models/quiet": "by test_quiet.py, which turns it on and off",
    "forms/evenings": "what a form refuses and keeps: by views/test_evenings.py and views/test_club.py, at the field",
    "resources": "names of columns alone: by views/test_programs.py, which reads the workbook of the clients behind a number",
    "standing/making": "the words and keys of what a day makes: by standing/test_running.py, which plans days",
    "standing/after_calls": "what follows three tries: by standing/test_running.py",
    "models/days": "written and read by days alone: by test_days.py",
    "recounting/stories": "the rows that are read: by recounting/test_beside.py, through what is counted of them",
    "recounting/brought": "each number beside its page's: by recounting/test_beside.py",
    "recounting/once": "each number beside its page's: by recounting/test_beside.py",
    "recounting/evenings": "each number beside its page's: by recounting/test_beside.py",
}
