"""The gateway: the only process that the outside reaches."""
