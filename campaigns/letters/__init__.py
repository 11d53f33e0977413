"""Newsletters: what they are made of, how they look, and the page that is kept when a campaign is frozen."""
