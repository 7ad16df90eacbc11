"""Who may come in, as what, and how: people, invitations, keys of the API, sign-ins, new passwords."""
