"""What tests of requests share: a moment, and an environment."""

from datetime import UTC, datetime

from engine.tools.circumstances import Circumstances
from engine.tools.http.environment import Environment

HERE = Circumstances("call_1:pay:0a1b", "call_1", datetime(2026, 11, 23, 15, 0, tzinfo=UTC))
SHOP = Environment({"SHOP_URL": "https://shop.example/v1/", "SHOP_TOKEN": "hunter2 \n"})
