"""Long trials of the real daemon, run by hand or by `make`: no part of `make test`."""
