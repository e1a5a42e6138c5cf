# SPDX-License-Identifier: MIT
"""Literals, operators, access, tests, undefined values."""


def shown(*expressions):
    return ["{{ " + one + " }}" for one in expressions]


LITERALS = shown(
    "1", "1_000", "0x1F", "0o17", "0b101", "0XfF", "0_0", "1.5", "1e3", "1E-3", "1.5e+10", "1_0.0_1", "1e16", "1e15", "123456789.123456789", "1e-5", "0.0001",
    "0.1 + 0.2", "1e300 * 1e10", "-1e300 * 1e10", "'a'", '"b"', "'a' 'b' \"c\"", r"'\n\t\\\'\"'", r"'\x41\u00e9\U0001F600\101\0'", r"'\q\é'", "'a\\\nb'", r"'\a\b\f\v\r'",
    "true", "false", "none", "True", "False", "None", "[]", "[1, 'a', none, true, 1.5]", "[1,]", "()", "(1,)", "(1, 2)", "1, 2", "{}", "{'a': 1, 2: 'b',}", "{'a': 1, 'a': 2}",
    "{1: 'a', true: 'b', 1.0: 'c'}", "'it\\'s'", "['it\\'s', \"a\\\"b\", 'x\\'\"y']", "['\\n\\x00\\x7f\\u00a0\\u200b\\ue000é😀']", "1.0", "100.0", "-0.0", "1e22", "1e21", "5e-324", "1.7976931348623157e308",
    "'\\\\'", "['\\\\']", "9223372036854775807", "-9223372036854775807", "[(), (1,), [], {}]", "{'a': {'b': (1, 2)}}", "{(1, 2): 3}", "small", "large", "big", "f", "{none: none}",
)

ARITHMETIC = shown(
    "1 + 2", "5 - 7", "3 * 4", "7 / 2", "6 / 2", "7 // 2", "-7 // 2", "7 // -2", "7 % 3", "-7 % 3", "7 % -3", "2 ** 10", "2 ** -1", "2 ** 0.5", "-2 ** 2", "2 ** 3 ** 2", "(-2) ** 3",
    "1.5 + 1", "7.5 // 2", "-7.5 // 2", "7.5 % 2", "-7.5 % 2", "7.5 % -2", "1 + 2 * 3", "(1 + 2) * 3", "1 - 2 - 3", "8 / 2 / 2", "-3 + 5", "--3", "+3", "- -3", "-n", "+f", "1 + true", "true + true", "-true",
    "'a' + 'b'", "'a' * 3", "3 * 'ab'", "'a' * 0", "'a' * -1", "[1] + [2]", "[1, 2] * 2", "(1,) + (2,)", "(1,) * 3", "2 * [1]", "n ~ s", "1 ~ 2 ~ 'x' ~ none", "'a' ~ 1 + 2", "1 + 2 ~ 3", "'x' ~ missing",
    "10 ** 18", "0 ** 0", "0.0 ** 0", "4 ** 0.5", "1e308 * 10", "7 % 2.5", "3 // 0.5", "1 / 3", "2 / 3", "10 / 4", "1e3 // 7", "5 % 5", "-5 % 5.0", "0.0 * -1", "true * 3", "n * f", "2 ** 62", "-8 // 3", "-8 % 3",
    "neg // 2", "neg % 2", "n|float / 2", "-n|abs", "-(n|abs)", "-5|abs", "2 * 3 % 4", "'%s-%s' % (1, 'b')", "'%d%%' % 5", "'%s' % 'x'", "'%s' % xs", "'%s' % missing", "'%(a)s %(b)s' % d", "'%5d|%-5d|%05d|%+d' % (1, 2, 3, 4)",
    "'%.2f %5.1f %e %g %G' % (3.14159, 2.25, 12345.678, 0.00001, 1e20)", "'%x %X %o %#x' % (255, 255, 8, 255)", "'%r %s' % ('a', 'a')", "'%c%c' % ('x', 65)", "'%10s|%-10s|%.2s' % ('ab', 'cd', 'efg')", "'%s %s' % ((1, 2), [3])",
    "'%d' % 3.99", "'%i' % true", "'%f' % 1", "'%s' % none", "'%5.3d' % 7", "'% d' % 5", "'%*d' % (5, 42)", "'%.0f %.0f %.0f' % (0.5, 1.5, 2.5)", "'%g %g %g' % (100000, 1000000, 1e-4)", "'%.3g' % 1234.5", "'%s' % (1,)", "'a' % ()",
    "'%.10f' % 0.1", "'%.20f' % 0.1", "'%f' % 1e22", "'%e' % 0", "'%g' % 0", "'a' % {}", "'a' % []", "'%d %s' % (1, 2)", "'%#.0f' % 3", "'%010.3f' % -3.14159", "'%-8.2f|' % 2.5",
)

LOGIC = shown(
    "true and false", "true or false", "not true", "not 0", "1 and 2", "0 or 'x'", "'' or none", "[] and missing.x", "1 or missing.x", "not not 1", "not 1 == 2", "not 1 in [1]", "1 if true", "1 if false", "1 if false else 2",
    "1 if true else 2 if false else 3", "1 if 0 else 2 if 0 else 3", "(1 if false) is defined", "'a' if n > 3 else 'b'", "[1 if t, 2 if not t]", "n or 1 and 0", "true and not false", "none or 0", "missing or 'd'", "not missing", "1 if missing else 2",
    "(1 if false) == missing", "(1 if false)|string", "[1 if false]",
)

COMPARISONS = shown(
    "1 == 1.0", "1 == true", "1 != 2", "1 < 2", "2 <= 2", "3 > 4", "3 >= 3", "1 < 2 < 3", "1 < 3 < 2", "1 < 2 > 1", "'a' < 'b'", "'a' < 'B'", "'a' == 'a'", "[1, 2] < [1, 3]", "[1] < [1, 2]", "(1, 2) == (1, 2)", "[1, 2] == (1, 2)", "{'a': 1} == {'a': 1.0}",
    "{'a': 1, 'b': 2} == {'b': 2, 'a': 1}", "none == none", "none == false", "'1' == 1", "missing == missing", "missing == none", "missing != 1", "1 in [1, 2]", "3 in [1, 2]", "1 not in [1]", "'a' in 'abc'", "'' in 'abc'", "'a' in d", "'z' not in d", "1 in (1, 2)",
    "1.0 in [1]", "true in [1]", "'x' in missing", "missing in [missing]", "1 == 1 == 1", "1 in [1] == true", "'é' == 'e\u0301'", "'é' in 'e\u0301'", "n in xs", "n == 5 and 'x' or 'y'", "1 < 2 and 2 < 3", "2 in xs and 9 not in xs", "none in [none]", "[] == []",
    "[1, [2]] == [1, [2.0]]", "'Z' < 'a'", "'' < 'a'", "(1, 'a') < (1, 'b')", "1.5 > 1", "true > false", "not 1 > 2", "range(2) == [0, 1]", "nan == nan",
)

ACCESS = shown(
    "d.a", "d['a']", "d.c.x", "d['c']['x']", "d.b[0]", "d.b.1", "d.b[-1]", "xs[0]", "xs[-1]", "xs[9]", "xs['a']", "xs.foo", "d.zzz", "d['zzz']", "d[1]", "s[0]", "s[-1]", "s[99]", "s[1:3]", "s[:5]", "s[-5:]", "s[::2]", "s[::-1]", "s[5:1:-1]", "s[3:3]", "s[-100:100]",
    "xs[1:]", "xs[:1]", "xs[::-1]", "xs[:]", "(1, 2, 3)[1:]", "uni[0]", "uni[1:4]", "uni|length", "xs[true]", "d.items", "d.keys()|list" , "d.items()|list", "d.values()|list", "d.keys()", "d.values()", "d.items()", "d.get('a')", "d.get('q')", "d.get('q', 3)",
    "items['keys']", "items.get('keys')", "none.x", "n.x", "f.x", "t.x", "none['x']", "n[0]", "d[[1]]", "d[xs]", "xs[1.0]", "xs[none]", "foo", "foo == 1", "[foo]", "{'a': foo}", "(foo,)", "foo|upper", "foo ~ 1", "foo|default('x')", "d.x|default('y')",
    "foo|list", "foo|length", "foo|join", "foo is defined", "d.x is undefined", "xs|first", "zs|first", "zs|last", "zs|max", "s.upper", "().x", "[].x", "''.x", "users[0].name", "users[0]['address'].city", "users.0.name", "d.b.0 + 1", "'abc'[1]", "'abc'.upper()", "[1,2][0]", "{'a': 1}.a", "{'a': 1}['a']",
    "(1, 2).0", "d['b'][1:]", "xs[0:2][0]", "s[n]", "d.__class__", "s.__class__.__mro__", "xs.__len__", "''.__class__", "foo._x"[:0] + "d._x", "d['__class__']", "d['_x']", "s['upper']()", "d|attr('a')", "d|attr('items') is callable", "s|attr('__class__')", "none.__class__", "n.__class__", "range(3).start", "range(3).__class__",
    "[1, 2, 3][-2:]", "[1, 2, 3][::2]", "'héllo'[1]", "xs[1:2] + xs[:1]", "d.b[1:][0]", "{1: 'a'}[1]", "{1: 'a'}['1']", "{1.0: 'a'}[1]", "{true: 'a'}[1]", "d.get", "xs.append"[:0] + "xs.append(4)", "d.update({'z': 1})", "d.pop('a')", "xs.pop()", "s.1", "d.1", "xs.99",
)
ACCESS = [one for one in ACCESS if one not in ("{{ d.items }}", "{{ s.upper }}", "{{ d.get }}")]

TESTS = shown(
    "n is odd", "n is even", "n is divisibleby 5", "n is divisibleby(2)", "n is defined", "foo is not defined", "foo is undefined", "none is none", "n is not none", "t is boolean", "n is boolean", "t is true", "t is false", "1 is true", "n is integer", "f is integer", "t is integer", "f is float", "n is float", "n is number", "t is number", "s is number",
    "s is string", "n is string", "d is mapping", "xs is mapping", "xs is sequence", "s is sequence", "d is sequence", "n is sequence", "foo is sequence", "xs is iterable", "n is iterable", "s is iterable", "foo is iterable", "echo is callable", "n is callable", "foo is callable", "'abc' is lower", "'ABC' is upper", "'aB' is lower", "'1' is lower", "1 is lower", "'Ab' is upper",
    "n is sameas 5", "none is sameas none", "xs is sameas xs", "[] is sameas []", "1 is sameas true", "n is eq 5", "n is equalto 5", "n is ne 5", "n is lt 6", "n is le 5", "n is gt 4", "n is ge 6", "n is lessthan 6", "n is greaterthan 6", "n is in [5]", "n is in([5])", "'a' is in 'abc'", "n is not in [5]", "'upper' is filter", "'zzz' is filter", "'odd' is test", "'zzz' is test", "s is escaped",
    "n is odd and t", "n is odd or foo", "n is divisibleby 5 and t is true", "not n is odd", "n is not odd", "n + 1 is even", "(n + 1) is even", "n is number if t else 1", "xs|length is odd", "foo is none", "n is defined == true", "[1, 2] is eq [1, 2]", "n is divisibleby n", "d.a is defined", "d.q is defined", "d.q.r is defined", "xs|first is number", "n is eq(5)", "'x' is string and 'y' is string",
    "range(3) is iterable", "range(3) is sequence", "xs|map('string') is iterable", "xs|map('string') is sequence", "f is odd", "7.0 is odd", "6.0 is even", "n is defined is true" [:0] + "(n is defined) is true", "true is integer", "1.5 is number", "'' is string", "() is sequence", "none is iterable",
)

CALLS = shown(
    "echo(1)", "echo(a=1)", "echo(1, b=2)", "echo(*xs)", "echo(**d)", "echo(*xs, **{'z': 1})", "echo(1, 2,)", "echo(*(1, 2), c=3)"[:0] + "echo(c=3, *(1, 2))", "(echo)(1)", "echo(echo(1))", "echo(*'ab')", "echo(x)", "echo(x if t, 1)", "[echo][0](1)", "{'f': echo}.f(2)", "echo('a' 'b')", "echo(not t)", "echo((1, 2))", "echo([1][0])",
    "'a'.join(['x'])|upper", "s.upper().lower()", "echo(1)[0][0]", "echo(1)|length", "echo(*[1], **{})", "echo(*range(3))", "echo(a=1, **{'b': 2})",
)

EXPRESSIONS = LITERALS + ARITHMETIC + LOGIC + COMPARISONS + ACCESS + TESTS + CALLS
EXPRESSIONS = list(dict.fromkeys(EXPRESSIONS))
