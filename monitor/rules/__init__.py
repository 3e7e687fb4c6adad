"""The rule language: what an analyst writes, and where it holds in a reading."""
