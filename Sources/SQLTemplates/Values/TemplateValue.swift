// SPDX-License-Identifier: MIT

/// A value of a template, as Python has them.
package enum TemplateValue {
  case none
  case boolean(Bool)
  case integer(Int)
  case real(Double)
  case text(String)
  case list(TemplateList)
  case tuple(TemplateTuple)
  case range(TemplateRange)
  case dictionary(TemplateDictionary)
  case undefined(UndefinedValue)
  case callable(TemplateCallable)
  /// What only templates make: namespaces, macros, loops, generators.
  case object(TemplateObject)
}

extension TemplateValue {
  package static func list(_ items: [TemplateValue]) -> TemplateValue { .list(TemplateList(items)) }

  package static func tuple(_ items: [TemplateValue]) -> TemplateValue {
    .tuple(TemplateTuple(items))
  }

  package static func texts(_ texts: [String]) -> TemplateValue {
    .list(texts.map(TemplateValue.text))
  }

  package static func function(
    _ name: String, _ parameters: [Parameter] = [],
    _ body: @escaping ([TemplateValue]) throws(TemplateError) -> TemplateValue
  ) -> TemplateValue {
    .callable(TemplateCallable(name, parameters, body))
  }

  package var isUndefined: Bool {
    if case .undefined = self { true } else { false }
  }

  package var isNone: Bool {
    if case .none = self { true } else { false }
  }

  package var textValue: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// The integer, or what a boolean counts for.
  package var integerValue: Int? {
    switch self {
    case .integer(let number): number
    case .boolean(let flag): flag ? 1 : 0
    default: nil
    }
  }

  /// The number as a float.
  package var realValue: Double? {
    if case .real(let number) = self { number } else { integerValue.map(Double.init) }
  }

  /// Python's truth.
  package var isTrue: Bool {
    switch self {
    case .none, .undefined: false
    case .boolean(let flag): flag
    case .integer(let number): number != 0
    case .real(let number): number != 0
    case .text(let text): !text.isEmpty
    case .list(let list): !list.items.isEmpty
    case .tuple(let tuple): !tuple.items.isEmpty
    case .range(let range): range.count > 0
    case .dictionary(let dictionary): !dictionary.entries.isEmpty
    case .callable: true
    case .object(let object): object.isTrue
    }
  }

  /// The name of its class in Python.
  package var typeName: String {
    switch self {
    case .none: "NoneType"
    case .boolean: "bool"
    case .integer: "int"
    case .real: "float"
    case .text: "str"
    case .list: "list"
    case .tuple(let tuple): tuple.names == nil ? "tuple" : "_GroupTuple"
    case .range: "range"
    case .dictionary: "dict"
    case .undefined(let undefined): undefined.isDebug ? "DebugUndefined" : "Undefined"
    case .callable: "function"
    case .object(let object): object.typeName
    }
  }

  /// How messages about a missing attribute name it.
  var objectName: String {
    switch self {
    case .none: "None"
    case .tuple(let tuple) where tuple.names != nil: "jinja2.filters._GroupTuple object"
    case .object(let object): object.moduleName + object.typeName + " object"
    default: typeName + " object"
    }
  }
}
