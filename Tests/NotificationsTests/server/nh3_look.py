# SPDX-License-Identifier: MIT
"""Takes pieces of HTML as a JSON array, and gives what nh3 makes of each with Superset's rules."""
import json
import sys

import nh3

tables = {"table", "th", "tr", "td", "thead", "tbody", "tfoot"}
plain = "a abbr acronym b blockquote br code div em i li ol p strong ul"
attributes = {tag: {"colspan", "rowspan", "halign", "border", "class"} for tag in tables}
attributes.update(a={"href", "title"}, abbr={"title"}, acronym={"title"})
print(json.dumps([
    nh3.clean(text, tags=tables | set(plain.split()), attributes=attributes, url_schemes={"http", "https", "mailto"})
    for text in json.load(sys.stdin)
]))
