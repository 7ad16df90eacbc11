"""How people come in and go: sign-in, the first owner, invitations, new passwords."""
