"""A face of the App that runs until it is stopped."""
