"""Measurements: how fast the matcher is, beside what else one could have taken."""
