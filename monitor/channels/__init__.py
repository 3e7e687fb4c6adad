"""The door out: an alert as a payload of its channel, and its sending."""
