"""What contacts brought, counted a second time from the raw rows in plain Python (docs/programs.md, docs/evenings.md)."""
