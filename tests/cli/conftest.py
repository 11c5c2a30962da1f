from import_register import desk, register, server

__all__ = ["desk", "register", "server"]
