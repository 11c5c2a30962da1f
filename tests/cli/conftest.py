from support.import_register import conninfo, desk, register

__all__ = ["conninfo", "desk", "register"]
