// SPDX-License-Identifier: MIT
import Foundation
import JSONValues
import Testing

@testable import SQLTemplates

/// Templates, against what Jinja makes of the same; recorded/make.py has asked it.
struct RecordedTemplateTests {
  private static let lines: [JSONValue] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("recorded/templates.jsonl")
    let lines = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return lines.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
  }()

  /// The first line is what all templates see.
  private static func context() -> TemplateContext {
    var context = TemplateContext()
    for (name, value) in lines.first?["context"]?.objectValue ?? [:] {
      context.values[name] = TemplateValue(value)
    }
    context.values["url_param"] = .function(
      "url_param",
      [
        "param", Parameter("default", nil), Parameter("add_to_cache_keys", true),
        Parameter("escape_result", true),
      ]
    ) { values throws(TemplateError) in
      .text(try texts(of: values).joined(separator: "/"))
    }
    context.values["echo"] = .callable(
      TemplateCallable("echo") { arguments throws(TemplateError) in
        let named = arguments.named.map { ($0.name, $0.value) }
        return .list([.list(arguments.positional), .dictionary(TemplateDictionary(named))])
      })
    context.filters["where_in"] = TemplateCallable(
      "where_in", ["values", Parameter("mark", "'")]
    ) { values throws(TemplateError) in
      let mark = try values[1].pythonText()
      let quoted = try texts(of: try values[0].elements()).map { mark + $0 + mark }
      return .text("(" + quoted.joined(separator: ", ") + ")")
    }
    return context
  }

  private static func texts(of values: [TemplateValue]) throws(TemplateError) -> [String] {
    var texts: [String] = []
    for value in values { texts.append(try value.pythonText()) }
    return texts
  }

  private func result(of template: String) -> JSONObject {
    do throws(TemplateError) {
      return ["output": .string(try Template(template).rendered(with: Self.context()))]
    } catch {
      return [
        "error": .string(error.className), "message": .string(error.message),
        "line": error.line.map(JSONValue.integer) ?? .null,
      ]
    }
  }

  @Test func `templates become what Jinja makes of them`() {
    #expect(Self.lines.count >= 1700)
    for line in Self.lines.dropFirst() {
      let template = line["template"]?.stringValue ?? ""
      var expected = line.objectValue ?? [:]
      expected["template"] = nil
      let ours = result(of: template)
      #expect(
        Dictionary(uniqueKeysWithValues: ours.elements.map { ($0.key, $0.value) })
          == Dictionary(uniqueKeysWithValues: expected.elements.map { ($0.key, $0.value) }),
        Comment(rawValue: template))
    }
  }
}
