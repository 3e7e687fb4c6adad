"""relations-monitor: news feeds in, one alert a story out. The way is walked in `pipeline`."""

__version__ = "0.1.0"
