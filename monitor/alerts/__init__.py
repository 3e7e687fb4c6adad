"""Whether, when and where a person is told."""
