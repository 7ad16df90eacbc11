"""What happens to a ledger with data when a newer program opens it? `steps` holds a step of a later release.

Nothing is released yet, so 0001 is still made anew; from the first release on, a ledger of each release lies here.
"""
