"""Alerts as feeds for others to read: an Atom and a JSON Feed in a folder that a web server may show."""
