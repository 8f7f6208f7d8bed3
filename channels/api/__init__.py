"""The HTTP API: the channel for anything that is not the widget."""
