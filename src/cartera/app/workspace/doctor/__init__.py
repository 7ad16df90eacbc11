"""Is a workspace well? Its ledger, its surroundings and the work done with it, looked at without changing anything."""
