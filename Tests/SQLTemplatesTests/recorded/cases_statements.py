# SPDX-License-Identifier: MIT
"""Tags, whitespace, scopes."""

WHITESPACE = [
    "", "a", "a\n", "a\n\n", "\n", "a\r\nb\rc\n", "  {{ n }}  ", "{{ n }}\n", "{{- n -}}",
    " \n {{- n -}} \n b", "a {%- if t %} b {%- endif %} c", "a {% if t -%} b {% endif -%} c",
    "a {%+ if t %} b {%+ endif +%} c", "a {{+ n }}", "a {#- c -#} b", "a {# c #} b", "a {#+ c +#} b",
    "{# {{ x }} {% if %} #}x", "a{# multi\nline #}b\n{{ n }}", "{% raw %}{{ x }}{% endraw %}",
    "a {%- raw -%} {{ x }} {%- endraw -%} b", "{% raw %} {% if %} {# {% endraw %}",
    "{%raw%}x{%endraw%}", "{%- raw %}\n a {% endraw +%}\n b", "{{ '{{' }} {{ '%}' }}", "{{'a'}}{{'b'}}",
    "{% if t %}\n  x\n{% endif %}\ny", "{%- for x in xs -%}\n  {{ x }},\n{%- endfor -%}\n", "{ { } } % #",
    "{{ {'a': {'b': 1}} }}", "{{ {'a': {'b': 1}}['a']['b']}}", "{{ [1,[2,[3]]] }}", "a\u00a0 {{- n }}",
    "x\u2028{{- n }}", "{{\nn\n}}", "{%\nif\nt\n%}1{%\nendif\n%}", "-- c {{ n }} \n/* {{ s }} */",
    "{{ n }}}", "{{{'a':1}}}", "{{ '}}' }}", "{# unclosed", "{% raw %} unclosed", "{#", "{% raw %}",
    "{{", "{%", "a{{ n", "a{% if", "{{ n }", "#} %} }}", "{{ }}", "{%%}", "{% %}", "{{ '\n' }}",
]

CONDITIONS = [
    "{% if t %}1{% endif %}", "{% if not t %}1{% else %}2{% endif %}",
    "{% if n > 9 %}a{% elif n > 4 %}b{% elif n > 3 %}c{% else %}d{% endif %}",
    "{% if zs %}1{% elif d %}2{% endif %}", "{% if t: %}1{% else: %}2{% endif %}",
    "{% if missing %}1{% else %}2{% endif %}", "{% if 1, 2 %}tuple{% endif %}",
    "{% if missing is defined and missing.x %}1{% endif %}",
    "{% if '' or none or 0 or 0.0 or [] or {} or () %}1{% else %}2{% endif %}",
    "{% if n == 5 and s == 'Hello World' or missing.x %}1{% endif %}",
    "WHERE 1=1 {% if columns|length > 1 %}AND {{ columns[0] }} = '{{ s }}'{% endif %}",
    "{% if t %}{% if n %}x{% endif %}{% endif %}", "{% if n is odd %}odd{% endif %}",
]

LOOPS = [
    "{% for x in xs %}{{ x }}{% endfor %}", "{% for x in zs %}{{ x }}{% else %}none{% endfor %}",
    "{% for x in xs %}{{ x }}{% else %}none{% endfor %}", "{% for x in xs: %}{{ x }}{% endfor %}",
    "{% for x in xs %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}"
    "{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }}{{ loop.depth0 }};{% endfor %}",
    "{% for x in xs %}{{ loop.previtem }}|{{ loop.nextitem }};{% endfor %}",
    "{% for x in xs %}{{ loop.previtem is defined }}{{ loop.nextitem|default('-') }};{% endfor %}",
    "{% for x in xs %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for x in [1, 1, 2, 2, 1] %}{{ loop.changed(x) }} {% endfor %}",
    "{% for x in [1, 1, 2] %}{{ loop.changed(x, loop.first) }} {% endfor %}",
    "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}", "{% for k in d %}{{ k }}{% endfor %}",
    "{% for (a, b), c in [((1, 2), 3)] %}{{ a }}{{ b }}{{ c }}{% endfor %}",
    "{% for a, b in [[1, 2], (3, 4), 'xy'] %}{{ a }}-{{ b }};{% endfor %}",
    "{% for x in xs if x > 1 %}{{ x }}{{ loop.index }}{{ loop.length }};{% endfor %}",
    "{% for x in xs if x > 9 %}{{ x }}{% else %}none{% endfor %}",
    "{% for x in xs if x != 1 %}{{ loop.last }}{{ loop.nextitem }};{% endfor %}",
    "{% for c in 'abc' %}{{ c }}.{% endfor %}", "{% for c in uni %}{{ c }}.{% endfor %}",
    "{% for x in missing %}1{% else %}2{% endfor %}", "{% for x in range(3) %}{{ x }}{% endfor %}",
    "{% for x in xs %}{% for y in xs %}{{ loop.index }}{% endfor %}{{ loop.index }};{% endfor %}",
    "{% for x in xs %}{% set outer = loop %}{% for y in 'ab' %}{{ outer.index }}{{ y }}{% endfor %}"
    "{% endfor %}",
    "{% for n in tree recursive %}{{ n.v }}{{ loop.depth }}({{ loop(n.kids) }}){% endfor %}",
    "{% for n in tree recursive %}[{{ n.v }}{% if n.kids %}{{ loop(n.kids) }}{% else %}-{% endif %}]"
    "{% else %}e{% endfor %}",
    "{% for n in zs recursive %}x{% else %}empty{% endfor %}",
    "{% for x in xs %}{{ loop }}{% endfor %}", "{% for x in 1, 2, 3 %}{{ x }}{% endfor %}",
    "{% for x in (1,) %}{{ x }}{% endfor %}", "{% for x in xs + [4] %}{{ x }}{% endfor %}",
    "{% for x in xs|sort %}{{ x }}{{ ', ' if not loop.last }}{% endfor %}",
    "{% set ys = [1] %}{% for y in ys %}{{ y }}{% if y < 4 %}{% set _ = ys.append(y + 1) %}{% endif %}"
    "{% endfor %}",
    "{% set seen = [] %}{% for w in words if w|lower not in seen %}{{ w }}"
    "{% set _ = seen.append(w|lower) %}{% endfor %}",
    "{% for x in xs|map('string') %}{{ x }}{{ loop.index }}/{{ loop.length }}{{ loop.last }};{% endfor %}",
    "{% for x in xs|select('odd') %}{{ loop.revindex }}{% endfor %}",
    "{% for a in [[1,2],[3]] %}{% for b in a %}{{ loop.first }}{% endfor %}{% endfor %}",
    "{% for x in xs %}{{ loop.length }}{% for y in zs %}{% else %}{{ x }}{% endfor %}{% endfor %}",
    "{% for u in users %}{{ u.name }}:{{ u.address.city }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{% for i in range(3) %}{{ i }}{% endfor %}{{ i }}", "{% for k, v in d|dictsort %}{{ k }}{% endfor %}",
    "{% for x, in [[1], [2]] %}{{ x }}{% endfor %}", "{{ loop }}", "{% for x in xs if loop %}{{ x }}{% endfor %}",
]

SETS = [
    "{% set a = 1 %}{{ a }}", "{% set a, b = 1, 2 %}{{ a }}{{ b }}", "{% set (a, b) = [1, 2] %}{{ a }}{{ b }}",
    "{% set a = 1, 2 %}{{ a }}", "{% set a = (1) %}{{ a }}", "{% set a = 1 if t else 2 %}{{ a }}",
    "{% set a %}x{{ n }}y{% endset %}{{ a }}", "{% set a | upper %}xy{% endset %}{{ a }}",
    "{% set a | replace('x', 'z') | upper %}xy{% endset %}{{ a }}",
    "{% set n = n + 1 %}{{ n }}", "{{ a }}{% set a = 1 %}{{ a }}",
    "{% for x in xs %}{% set n = x %}{{ n }}{% endfor %}{{ n }}",
    "{% for x in xs %}{{ n }}{% set n = x %}{{ n }};{% endfor %}{{ n }}",
    "{% if t %}{% set a = 1 %}{% endif %}{{ a }}", "{% if not t %}{% set n = 1 %}{% endif %}{{ n }}",
    "{% if not t %}{% set q = 1 %}{% endif %}{{ q }}",
    "{% set ns = namespace(a=1) %}{% for x in xs %}{% set ns.a = ns.a + x %}{% endfor %}{{ ns.a }}",
    "{% set ns = namespace({'x': 1}, y=2) %}{{ ns.x }}{{ ns.y }}{{ ns }}", "{{ namespace() }}",
    "{% set ns = namespace() %}{% set ns.a, ns.b = 1, 2 %}{{ ns.b }}{{ ns.a }}{{ ns.c }}",
    "{% set ns = namespace(found=false) %}{% for x in xs %}{% if x == 1 %}{% set ns.found = true %}{% endif %}"
    "{% endfor %}{{ ns.found }}",
    "{% set ns = namespace(a=1) %}{% set ns.a %}b{% endset %}{{ ns.a }}", "{% set d.x = 1 %}", "{% set q.x = 1 %}",
    "{% set l = [] %}{% set _ = l.append(1) %}{% set _ = l.append('b') %}{{ l }}",
    "{% set a = b = 1 %}", "{% set _x = 1 %}{{ _x }}", "{% set s = s ~ '!' %}{{ s }}",
    "{% set a = 1 %}{% set a %}{{ a }}{{ a }}{% endset %}{{ a }}",
    "{% set a %}{% set b = 1 %}{{ b }}{% endset %}{{ a }}{{ b }}", "{% set a, b = 'xy' %}{{ b }}{{ a }}",
    "{% set x = [1, 2] %}{% set y = x %}{% set _ = y.append(3) %}{{ x }}", "{% set a, = [1] %}{{ a }}",
]

WITHS = [
    "{% with %}{% set a = 1 %}{{ a }}{% endwith %}{{ a }}", "{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}{{ a }}",
    "{% set a = 1 %}{% with a = 2, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }}",
    "{% with (a, b) = (1, 2) %}{{ a }}{{ b }}{% endwith %}", "{% with n = n + 1 %}{{ n }}{% endwith %}{{ n }}",
    "{% with a = 1 %}{% for x in xs %}{{ a }}{% endfor %}{% endwith %}",
]

MACROS = [
    "{% macro m() %}x{% endmacro %}{{ m() }}{{ m() }}", "{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(b=4, a=5) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}", "{% macro m(a, b=a) %}{{ b }}{% endmacro %}{{ m(7) }}",
    "{% macro m(a=n) %}{{ a }}{% endmacro %}{{ m() }}", "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 'a', x=2) }}",
    "{% macro m(a) %}{{ a }}{{ varargs }}{% endmacro %}{{ m(1, 2, 3) }}", "{% macro m() %}{{ n }}{% endmacro %}{% set n = 9 %}{{ m() }}",
    "{% macro m() %}{% set q = 1 %}{{ q }}{% endmacro %}{{ m() }}{{ q }}", "{{ m }}{% macro m(a, b) %}{% endmacro %}{{ m }}{{ m.name }}{{ m.arguments }}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}in{{ n }}{% endcall %}",
    "{% macro m() %}[{{ caller('a', 2) }}]{% endmacro %}{% call(x, y) m() %}{{ x }}{{ y }}{% endcall %}",
    "{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}{% call m(1) %}{% call m(2) %}x{% endcall %}{% endcall %}",
    "{% macro m() %}{% if caller %}{{ caller() }}{% else %}none{% endif %}{% endmacro %}{{ m() }}",
    "{% macro m() %}{{ caller }}{% endmacro %}{{ m() }}", "{% macro fact(n) %}{% if n > 1 %}{{ n }}*{{ fact(n - 1) }}{% else %}1{% endif %}{% endmacro %}{{ fact(5) }}",
    "{% for x in xs %}{% macro m() %}{{ x }}{% endmacro %}{{ m() }}{% endfor %}", "{% macro m(x) %}{{ x }}{% endmacro %}{% for x in xs %}{{ m(x) }}{% endfor %}",
    "{% macro m(caller=none) %}{{ caller }}{% endmacro %}{{ m() }}", "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}B{% endmacro %}{{ a() }}",
    "{% macro m(a, b) %}{{ a }}-{{ b }}{% endmacro %}{{ m(*[1, 2]) }}{{ m(**{'a': 3, 'b': 4}) }}", "{% macro m() %}{% endmacro %}{{ m()|length }}",
    "{% macro between(c, lo, hi=none) -%}\n{{ c }} >= {{ lo }}{% if hi is not none %} AND {{ c }} < {{ hi }}{% endif %}\n{%- endmacro %}"
    "{{ between('ts', 1) }} OR {{ between('ts', 1, hi=2) }}", "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(m('x')) }}",
    "{% macro m(kwargs) %}{{ kwargs }}{% endmacro %}{{ m(1) }}",
    "{% macro m(a=1, b=missing) %}{{ b }}{% endmacro %}{{ m() }}", "{% macro m(n=n) %}{{ n }}{% endmacro %}{{ m() }}",
    "{% macro m(f) %}{{ f(2) }}{% endmacro %}{% macro g(x) %}<{{ x }}>{% endmacro %}{{ m(g) }}",
]

BLOCKS = [
    "{% filter upper %}abc{{ s }}{% endfilter %}", "{% filter replace('a', 'b')|upper %}xa{% endfilter %}", "{% filter indent(2) %}a\nb{% endfilter %}",
    "{% filter trim %}{% set q = 1 %} {{ q }} {% endfilter %}{{ q }}", "{% print n %}", "{% print n, s %}", "{% autoescape false %}{{ html }}{% endautoescape %}",
    "a{% block x %}b{{ n }}{% endblock %}c", "{% block x %}b{% endblock x %}", "{% set q = 3 %}{% block x %}{{ q }}{% endblock %}",
    "{% for x in xs %}{% block y %}{{ x }}{% endblock %}{% endfor %}",
]

GLOBALS = [
    "{{ range(3) }}{{ range(1, 3) }}{{ range(0, 9, 2) }}", "{{ range(3)|list }}{{ range(5, 0, -2)|list }}{{ range(0)|list }}", "{{ range(5)[1] }}{{ range(5)[-1] }}{{ range(9)[2:5] }}{{ range(9)[::-2]|list }}",
    "{{ 3 in range(5) }}{{ 5 in range(5) }}{{ range(3) == range(0, 3, 1) }}{{ range(3)|length }}", "{{ dict(a=1, b=2) }}{{ dict([('x', 1)]) }}{{ dict({'a': 1}, a=2) }}{{ dict() }}",
    "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{% set _ = c.reset() %}{{ c.current }}",
    "{% set j = joiner(' AND ') %}{% for x in xs %}{{ j() }}x = {{ x }}{% endfor %}", "{% set j = joiner() %}{{ j() }}{{ j() }}{{ j() }}",
    "{{ range(100000)|length }}", "{{ range(100001) }}", "{{ range(1, 2, 0) }}", "{{ cycler() }}", "{{ range }}" [:0] + "{{ range is callable }}{{ dict is callable }}",
]

SUPERSET = [
    "{{ url_param('x') }}", "{{ url_param('x', 'd') }}", "{{ url_param('x', escape_result=False) }}", "{{ url_param(param='p', default=3) }}",
    "SELECT * FROM t WHERE c IN {{ ['a', 'b']|where_in }} AND d IN {{ [1]|where_in('') }}", "{{ echo(1, *[2, 3], a=4, **{'b': 5}) }}", "{{ echo() }}",
    "{{ echo(xs, d) }}", "{% if from_dttm is not none %}dttm > '{{ from_dttm }}'{% endif %}{% if to_dttm is not none %}x{{ to_dttm }}{% endif %}",
    "SELECT {% for c in columns %}{{ c }}{{ ', ' if not loop.last }}{% endfor %} FROM t GROUP BY {{ columns|join(', ') }}",
    "{{ \"'\" + \"', '\".join(words) + \"'\" }}", "{{ words|map('upper')|join(',') }}", "{% set q = url_param('a') %}{{ q[0:3] }}",
]

STATEMENTS = (WHITESPACE + CONDITIONS + LOOPS + SETS + WITHS + MACROS + BLOCKS + GLOBALS + SUPERSET)
