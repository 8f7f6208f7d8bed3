"""The web widget: its scripts, its sessions and its WebSocket."""
