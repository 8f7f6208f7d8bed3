"""The rules, one module an action: from the facts to what will happen, or to why it cannot."""
