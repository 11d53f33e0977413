"""Clubs, and closed evenings: who is invited, who answers what, who came, and what it brought."""
