"""The service desk in the background."""
