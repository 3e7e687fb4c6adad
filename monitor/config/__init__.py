"""config.toml as one frozen value; read by the root and the commands alone."""
