"""What `monitor/stories/` promises."""
