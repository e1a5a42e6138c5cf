# SPDX-License-Identifier: MIT
"""The templates that make.py shows to Jinja, and what they see."""
from cases_errors import ERRORS
from cases_expressions import EXPRESSIONS
from cases_filters import FILTERS
from cases_methods import METHODS
from cases_statements import STATEMENTS

CONTEXT = {
    "n": 5, "f": 2.5, "s": "Hello World", "t": True, "none_value": None, "empty": "",
    "xs": [3, 1, 2], "words": ["banana", "Apple", "cherry", "apple"], "zs": [],
    "d": {"a": 1, "b": [1, 2], "c": {"x": "y"}},
    "users": [
        {"name": "john", "age": 30, "address": {"city": "Oslo"}, "active": True},
        {"name": "Jane", "age": 25, "address": {"city": "Rome"}, "active": False},
        {"name": "bob", "age": 30, "address": {"city": "oslo"}, "active": True},
    ],
    "tree": [{"v": 1, "kids": [{"v": 2, "kids": []}, {"v": 3, "kids": [{"v": 4, "kids": []}]}]},
             {"v": 5, "kids": []}],
    "items": {"keys": 1}, "sql": "it's \"quoted\" \\ %", "uni": "Ünïcödé ßtraße",
    "columns": ["country", "year"], "from_dttm": "2024-01-01 00:00:00", "neg": -7, "big": 10**15,
    "small": 1e-7, "large": 1e22, "html": "<a href='x'>T & \"q\"</a>", "multi": "one\ntwo\n\nthree",
}

CASES = STATEMENTS + EXPRESSIONS + FILTERS + METHODS + ERRORS
