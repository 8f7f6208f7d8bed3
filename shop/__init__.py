"""The shop's own rules: records, policy and use-cases. Imports no other package of ours."""
