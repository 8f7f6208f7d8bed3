"""The desk: where human agents see who waits, read, take over and answer."""
