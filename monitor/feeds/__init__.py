"""The door in: polling feeds and reading their documents."""
