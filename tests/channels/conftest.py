from tests.engage.conftest import build_house

__all__ = ["build_house"]
