"""The memory. SQL lives here and nowhere else."""
