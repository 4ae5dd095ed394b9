"""The Alerts page: strangers whom a camera saw."""
