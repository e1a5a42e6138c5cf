// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import SQLTemplates

/// Templates that want too much, or would break the stack: each is an error, soon.
struct TemplateLimitTests {
  private func error(_ text: String, _ limits: TemplateLimits = TemplateLimits()) -> TemplateError?
  {
    do throws(TemplateError) {
      _ = try Template(text).rendered(with: TemplateContext(), limits: limits)
      return nil
    } catch {
      return error
    }
  }

  private func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  @Test(arguments: [
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% set l = [1] %}{% for x in l %}{% set _ = l.append(x) %}{% endfor %}",
    "{% set ns = namespace(x='x') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}"
      + "{{ ns.x }}",
    "{% set ns = namespace(x=(1,)) %}{% for i in range(60) %}{% set ns.x = (ns.x, ns.x) %}{% endfor %}"
      + "{{ {ns.x: 1} }}",
    "{% set ns = namespace(x=1, y=1) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}"
      + "{% set ns.y = [ns.y, ns.y] %}{% endfor %}{{ ns.x == ns.y }}",
    "{{ 'x' * 999999999 }}", "{{ [0] * 999999999999 }}", "{{ 'x'|center(999999999) }}",
    "{{ '%999999999d' % 1 }}", "{{ '{:>999999999}'.format(1) }}", "{{ 'x'.zfill(999999999) }}",
    "{{ 'a'|indent(999999999, true) }}", "{{ ('a' * 99999)|replace('a', 'b' * 99999) }}",
    "{{ [1]|batch(999999999, 0)|list }}", "{{ [1]|slice(99999999)|list }}",
    "{{ [1]|tojson(99999999) }}", "{{ (' ' * 99999).join('x' * 99999) }}",
    "{{ 9223372036854775807 + 1 }}", "{{ 9999999999999999999 }}", "{{ 10 ** 19 }}",
    "{{ -9223372036854775807 - 2 }}", "{{ '99999999999999999999'|int }}", "{{ 1e30|int }}",
    "{{ (-9223372036854775807 - 1) // -1 }}", "{{ (-9223372036854775807 - 1)|abs }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro m() %}{% if caller %}{% endif %}{% call m() %}{% endcall %}{% endmacro %}{{ m() }}",
    "{% macro m(x=m()) %}{% endmacro %}{{ m() }}",
    "{% set l = [] %}{% set _ = l.append(l) %}{% for x in l recursive %}{{ loop(x) }}{% endfor %}",
    "{% set a = [] %}{% set b = [] %}{% set _ = a.append(b) %}{% set _ = b.append(a) %}{{ a == b }}",
    "{% set l = [] %}{% set _ = l.append(l) %}{{ l|tojson }}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(9999) %}{% set ns.x = ns.x|map('upper') %}"
      + "{% endfor %}{{ ns.x|list }}",
    "{% for i in range(99999) %}{{ 'x' * 1000 }}{% endfor %}",
  ])
  func `what wants too much is refused`(_ template: String) {
    #expect(
      error(template)?.kind == .limit, Comment(rawValue: "\(String(describing: error(template)))"))
  }

  @Test func `deep nesting is refused, however it is written`() {
    let deep = [
      "{{ \(repeated("(", 9999))1\(repeated(")", 9999)) }}", "{{ \(repeated("[", 9999)) }}",
      "{{ \(repeated("-", 9999))1 }}", "{{ \(repeated("not ", 9999))1 }}",
      "{{ 1\(repeated(" + 1", 9999)) }}", "{{ 1\(repeated("|abs", 9999)) }}",
      "{{ a\(repeated(".b", 9999)) }}", "{{ a\(repeated("[0]", 9999)) }}",
      "{{ a\(repeated("()", 9999)) }}", "{{ 1\(repeated(" and 1", 9999)) }}",
      "{{ 1\(repeated(" if 1 else 1", 9999)) }}", "{{ 1\(repeated(" if 1", 9999)) }}",
      "{{ f(\(repeated("f(", 9999)) }}",
      repeated("{% if 1 %}", 9999) + repeated("{% endif %}", 9999),
      repeated("{% for x in y %}", 9999), repeated("{% macro m() %}", 9999),
      "{{ \(repeated("{1:", 9999)) }}",
    ]
    for text in deep {
      #expect(error(text)?.kind == .limit, Comment(rawValue: String(text.prefix(40))))
    }
  }

  @Test func `as much as people nest is rendered`() throws {
    let parentheses = "{{ \(repeated("(", 30))1\(repeated(")", 30)) }}"
    #expect(try Template(parentheses).rendered(with: [:]) == "1")
    let blocks = repeated("{% if 1 %}", 30) + "x" + repeated("{% endif %}", 30)
    #expect(try Template(blocks).rendered(with: [:]) == "x")
    let sum = "{{ 1\(repeated(" + 1", 99)) }}"
    #expect(try Template(sum).rendered(with: [:]) == "100")
    let recursion =
      "{% macro m(n) %}{{ n }}{% if n %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}"
    #expect(try Template(recursion).rendered(with: [:]).hasPrefix("403938"))
  }

  @Test func `chains of containers are freed without a recursion`() throws {
    let chains = [
      "{% for i in range(50000) %}{% set ns.x = [ns.x] %}{% endfor %}",
      "{% for i in range(50000) %}{% set ns.x = (ns.x,) %}{% endfor %}",
      "{% for i in range(50000) %}{% set ns.x = {'a': ns.x} %}{% endfor %}",
      "{% for i in range(50000) %}{% set ns.x = [ns.x].append %}{% endfor %}",
      "{% for i in range(50000) %}{% set ns.x = cycler(ns.x) %}{% endfor %}",
      "{% for i in range(50000) %}{% set ns.x = [ns.x]|map('upper') %}{% endfor %}",
      "{% for i in range(50000) %}{% set ns.x = namespace(a=ns.x) %}{% endfor %}",
      "{% for i in range(50000) %}{% set ns.x = lend(ns.x) %}{% endfor %}",
    ]
    for chain in chains {
      let lend = TemplateValue.function("lend", ["x"]) { values throws(TemplateError) in
        .list([.list(values)])
      }
      let text = "{% set ns = namespace(x=1) %}" + chain + "done"
      #expect(try Template(text).rendered(with: ["lend": lend]) == "done", Comment(rawValue: chain))
    }
  }

  @Test func `what a template changes is its own`() throws {
    let list = TemplateList([.integer(1)])
    let template = try Template("{% set _ = xs.append(2) %}{{ xs }}")
    #expect(try template.rendered(with: ["xs": .list(list)]) == "[1, 2]")
    #expect(try template.rendered(with: ["xs": .list(list)]) == "[1, 2]")
    #expect(list.items.count == 1)
  }

  @Test(arguments: ["include 'x'", "import 'x' as y", "from 'x' import y", "extends 'x'"])
  func `what is left out is named, with its line`(_ tag: String) {
    let error = error("\n{% \(tag) %}")
    #expect(error?.kind == .unsupported)
    #expect(error?.line == 2)
    #expect(error?.message == "the tag '\(tag.prefix { $0 != " " })' is not supported")
  }

  @Test(arguments: [
    "{% autoescape true %}{% endautoescape %}", "{{ [1]|random }}", "{{ 'x'|urlize }}",
    "{{ {}|xmlattr }}", "{{ lipsum() }}", "{{ 'x'.encode() }}", "{{ (-1) ** 0.5 }}",
    "{% block x required %}{% endblock %}",
  ])
  func `so are filters and methods`(_ template: String) {
    #expect(error(template)?.kind == .unsupported)
    #expect(error(template)?.line == 1)
  }

  @Test func `only Jinja's own errors are told as such`() {
    #expect(error("{{ 1 + }}")?.isJinjaError == true)
    #expect(error("{{ x.y }}")?.isJinjaError == true)
    #expect(error("{{ x|nope }}")?.isJinjaError == true)
    #expect(error("{{ 1 / 0 }}")?.isJinjaError == false)
    #expect(error("{% include 'x' %}")?.isJinjaError == false)
  }
}
