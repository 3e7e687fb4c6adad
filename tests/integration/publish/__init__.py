"""The folder of feeds, on a real disk and database."""
