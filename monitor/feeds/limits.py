"""How much of one document is read, whatever its kind."""

from typing import Final

KEPT: Final = 5_000
"""Entries of one document: what comes after this number is left out."""
REFUSED: Final = 50_000
"""With more entries than this a document is no feed."""
