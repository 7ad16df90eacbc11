"""The web app: accounts, permissions, one folder per page, the API; each page asks app and renders a View."""
