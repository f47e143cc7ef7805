"""What the server tells of itself: logs, audit lines, metrics, reports of errors."""
