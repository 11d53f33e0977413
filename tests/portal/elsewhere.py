"""Modules of portal without a test file of their own, and where they are tested: there are none."""

ELSEWHERE: dict[str, str] = {}
