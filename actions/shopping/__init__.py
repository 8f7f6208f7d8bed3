"""Looking around in the shop: what was searched, what was shown, and what is meant of it.

The skills about products work with it: searching, narrowing down, asking, comparing.
"""
