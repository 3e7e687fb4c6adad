"""Commands over a real database, in this process."""
