// SPDX-License-Identifier: MIT
import JSONValues
import Testing

@testable import SQLTemplates

/// Values on their way into templates and out of them.
struct TemplateValueTests {
  @Test func `JSON comes back as it was`() throws {
    let text = #"{"a":[1,2.5,null,true,"x"],"b":{}}"#
    let json = try JSONValue(parsing: text)
    #expect(try TemplateValue(json).json().text == text)
  }

  @Test func `what has no place in JSON is refused`() {
    let value = TemplateValue.list([.undefined(UndefinedValue(name: "x"))])
    #expect(throws: TemplateError.self) { try value.json() }
  }

  @Test func `a value's text is Python's`() throws {
    let value = TemplateValue.list([.text("it's"), .none, .boolean(true), .real(1), .tuple([])])
    #expect(try value.pythonText() == #"["it's", None, True, 1.0, ()]"#)
    #expect(try TemplateValue.text("x").pythonText() == "x")
    #expect(try TemplateValue.text("x").pythonRepresentation() == "'x'")
  }

  @Test func `a function gets a value for each of its parameters`() throws {
    let function = TemplateValue.function(
      "f", ["a", Parameter("b", 2), Parameter("c", "x")]
    ) { values throws(TemplateError) in .list(values) }
    let template = try Template("{{ f(1, c='y') }}")
    #expect(try template.rendered(with: ["f": function]) == "[1, 2, 'y']")
  }

  @Test func `what a function throws has the line of its call`() throws {
    let function = TemplateValue.function("f") { _ throws(TemplateError) in
      throw TemplateError(.python(.valueError), "no such thing")
    }
    let template = try Template("a\n{{ f() }}")
    #expect(throws: TemplateError(.python(.valueError), "no such thing", line: 2)) {
      try template.rendered(with: ["f": function])
    }
  }

  @Test func `a filter of the context goes before Jinja's own`() throws {
    let filter = TemplateCallable("upper", ["s"]) { _ throws(TemplateError) in .text("mine") }
    let context = TemplateContext(filters: ["upper": filter])
    #expect(try Template("{{ 'x'|upper }}").rendered(with: context) == "mine")
  }

  @Test(
    arguments: [
      (0.5, 0, "0"), (1.5, 0, "2"), (2.675, 2, "2.67"), (1e22, 1, "10000000000000000000000.0"),
      (.leastNonzeroMagnitude, 3, "0.000"), (0.1, 20, "0.10000000000000000555"), (0, 2, "0.00"),
    ] as [(Double, Int, String)])
  func `digits are those of the exact value`(_ number: Double, _ places: Int, _ text: String) {
    #expect(FloatFormat.fixed(number, places) == text)
  }
}
