"""From mark-up to words with places."""
