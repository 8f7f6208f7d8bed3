"""What stands behind the shop's ports."""
