"""Which hits tell the same event."""
