"""A face of the App: the real pipeline over sample feeds written for this project."""
