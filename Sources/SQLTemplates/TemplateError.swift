// SPDX-License-Identifier: MIT

/// Why a template cannot be read or rendered, in Jinja's own words where Jinja says something.
package struct TemplateError: Error, Hashable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable {
    /// TemplateSyntaxError.
    case syntax
    /// TemplateAssertionError: well written, and yet impossible, as an unknown filter.
    case assertion
    /// UndefinedError.
    case undefined
    /// SecurityError.
    case security
    /// FilterArgumentError.
    case filterArgument
    /// TemplateRuntimeError itself.
    case runtime
    /// An exception of Python's own, which Jinja lets through.
    case python(PythonError)
    /// The template wants more time, memory or nesting than it is given, or larger integers than there are here.
    case limit
    /// Jinja can do it, this library cannot.
    case unsupported
  }

  /// Exceptions that operators and methods raise in Python.
  package enum PythonError: String, Hashable, Sendable {
    case typeError = "TypeError"
    case valueError = "ValueError"
    case zeroDivision = "ZeroDivisionError"
    case overflow = "OverflowError"
    case keyError = "KeyError"
    case indexError = "IndexError"
    case attributeError = "AttributeError"
    case assertion = "AssertionError"
    case runtimeError = "RuntimeError"
    case syntaxError = "SyntaxError"
  }

  package let kind: Kind
  package let message: String
  /// The line of the template, from 1; nil only for what was not thrown by a template.
  package private(set) var line: Int?

  package init(_ kind: Kind, _ message: String, line: Int? = nil) {
    self.kind = kind
    self.message = message
    self.line = line
  }

  /// Whether Jinja would raise a subclass of its TemplateError, which Superset shows to its user.
  package var isJinjaError: Bool {
    switch kind {
    case .syntax, .assertion, .undefined, .security, .filterArgument, .runtime: true
    case .python, .limit, .unsupported: false
    }
  }

  /// The name of the exception's class in Python.
  package var className: String {
    switch kind {
    case .syntax: "TemplateSyntaxError"
    case .assertion: "TemplateAssertionError"
    case .undefined: "UndefinedError"
    case .security: "SecurityError"
    case .filterArgument: "FilterArgumentError"
    case .runtime: "TemplateRuntimeError"
    case .python(let error): error.rawValue
    case .limit: "LimitError"
    case .unsupported: "NotImplementedError"
    }
  }

  package var description: String {
    line.map { "\(message) (line \($0))" } ?? message
  }

  /// The same error, at this line unless it already has one: the innermost statement knows best.
  func at(_ line: Int) -> TemplateError {
    var error = self
    error.line = error.line ?? line
    return error
  }

  static func type(_ message: String) -> TemplateError {
    TemplateError(.python(.typeError), message)
  }

  static func value(_ message: String) -> TemplateError {
    TemplateError(.python(.valueError), message)
  }

  static func limit(_ message: String) -> TemplateError { TemplateError(.limit, message) }

  static func unsupported(_ what: String, line: Int? = nil) -> TemplateError {
    TemplateError(.unsupported, "\(what) is not supported", line: line)
  }
}
