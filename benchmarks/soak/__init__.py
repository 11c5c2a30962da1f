"""`make soak`: hours of mixed requests at a served register, and whether what the service holds stays flat."""
