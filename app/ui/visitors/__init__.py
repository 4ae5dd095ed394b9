"""The Visitors page: how many different people came."""
