#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints what Jinja 3.1 makes of templates: one case a line, for RecordedTemplateTests.swift.

    pip install 'jinja2==3.1.6' && python3 make.py > templates.jsonl

Left out, because ours differs on purpose:
- what prints an address, as functions and generators do;
- Markup: `safe`, `escape` and `tojson` give plain text, so it is escaped twice where Jinja would not;
- integers beyond 64 bits, which are refused; complex numbers; lone surrogates and `\\N{...}`;
- messages of Python's C functions about wrong numbers of arguments;
- results of `call` and `filter` blocks that are no text: the error counts pieces of output that we do not have;
- `f(a=1, a=2)`, and slices of constants that have none: the one is refused by Python's compiler, the other
  undefined only because Jinja has folded it beforehand;
- inheritance, imports, `random`, `urlize`, `xmlattr`, `lipsum`, `pprint` of what needs several lines.
"""
import json
import sys
import traceback

from jinja2 import DebugUndefined
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from cases import CASES, CONTEXT


def url_param(param, default=None, add_to_cache_keys=True, escape_result=True):
    return f"{param}/{default}/{add_to_cache_keys}/{escape_result}"


def echo(*args, **kwargs):
    return [list(args), kwargs]


def where_in(values, mark="'"):
    return "(" + ", ".join(f"{mark}{one}{mark}" for one in values) + ")"


ENVIRONMENT = SandboxedEnvironment(undefined=DebugUndefined)
ENVIRONMENT.filters["where_in"] = where_in


def line_of(error):
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__)
             if frame.filename == "<template>"]
    return lines[-1] if lines else None


def recorded(template):
    context = json.loads(json.dumps(CONTEXT))
    context |= {"url_param": url_param, "echo": echo}
    try:
        return {"output": ENVIRONMENT.from_string(template).render(context)}
    except Exception as error:
        message = getattr(error, "message", None) or str(error)
        return {"error": type(error).__name__, "message": message, "line": line_of(error)}


def main():
    print(json.dumps({"context": CONTEXT}))
    seen = set()
    for template in CASES:
        if template in seen:
            continue
        seen.add(template)
        result = recorded(template)
        if " at 0x" in json.dumps(result):
            print(f"an address: {template}", file=sys.stderr)
            continue
        print(json.dumps({"template": template, **result}))


main()
