"""Modules of portal without a test file of their own, and where they are tested."""

ELSEWHERE = {
    "models": "columns and constraints: by test_reviews.py, which writes reviews, and test_guests.py",
    "parts": "what the card asks of reviews: by tests/clients/test_parts.py, which asks every part alike",
    "tasks": "one call alone: by test_reviews.py, which asks for reviews as it does",
}
