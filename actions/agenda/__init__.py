"""What a customer wants done, one thing after the other, and how it is found out, shown and done.

A kind of request says which things it needs (`needs`) and what command it makes of them; the rest
is the same for all kinds.
"""
