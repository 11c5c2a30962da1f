"""What leaves the register as a file: rows and papers in, bytes out. It asks nobody for anything."""
