"""Programs that a client's own doings set going: whom they find, whom they choose of them and why, and what they make."""
