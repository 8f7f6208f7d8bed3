"""The demo shop's pages: a shop front with the widget on it. A real shop has its own."""
