"""What is published, before it is written."""
