"""What is said once: whom a campaign means, what goes to them, and what came of it on its day."""
