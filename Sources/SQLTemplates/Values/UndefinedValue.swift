// SPDX-License-Identifier: MIT
import PythonTexts

/// What stands where there is no value: printed it says what is missing, used otherwise it is an error.
package struct UndefinedValue: Sendable, Hashable {
  /// What the error says when it is used.
  package let message: String
  /// Its text; nothing at all for an inline `if` without `else`.
  package let shown: String
  /// False for Jinja's plain class, which an inline `if` makes.
  let isDebug: Bool
  /// Whether the sandbox forbids what was asked for.
  let isUnsafe: Bool

  package init(name: String) {
    self.init(message: "\(PythonText.quoted(name)) is undefined", shown: "{{ \(name) }}")
  }

  /// - Parameter hint: a sentence that says what is missing.
  init(hint: String, isUnsafe: Bool = false) {
    self.init(
      message: hint, shown: "{{ undefined value printed: \(hint) }}", isUnsafe: isUnsafe)
  }

  /// An attribute or element that the object has not; the name as `repr` shows it.
  init(objectName: String, name: String, isText: Bool) {
    self.init(
      message: isText
        ? "\(PythonText.quoted(objectName)) has no attribute \(name)"
        : "\(objectName) has no element \(name)",
      shown: "{{ no such element: \(objectName)[\(name)] }}")
  }

  /// The `else` that an inline `if` has not.
  init(conditionalAt line: Int) {
    self.init(
      message: "the inline if-expression on line \(line) evaluated to false and no else section"
        + " was defined.", shown: "", isDebug: false)
  }

  private init(message: String, shown: String, isDebug: Bool = true, isUnsafe: Bool = false) {
    self.message = message
    self.shown = shown
    self.isDebug = isDebug
    self.isUnsafe = isUnsafe
  }

  var error: TemplateError { TemplateError(isUnsafe ? .security : .undefined, message) }
}
