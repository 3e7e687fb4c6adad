"""What `monitor/alerts/` promises."""
