"""PURE. One file per question about a portfolio: words, policy, rule table and one public function."""
