"""The training database of `pkui demo`: made-up people with replacement numbers, the same data from the same seed."""

from pkui.services.demo.build import DemoResult, build_demo
from pkui.services.demo.target import reset_demo

__all__ = ["DemoResult", "build_demo", "reset_demo"]
