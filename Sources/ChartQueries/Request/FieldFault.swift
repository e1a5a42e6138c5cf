// SPDX-License-Identifier: MIT
import PythonTexts

/// What is wrong with a request, as Python prints the nested dictionary that Superset shows.
package struct FieldFault: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String
  /// The last sentence found, without the way to it.
  let reason: String

  init(_ reason: String) {
    description = "[\(PythonText.quoted(reason))]"
    self.reason = reason
  }

  /// Of one member of the whole request.
  init(_ name: String, _ reason: String) {
    self.init([(PythonText.quoted(name), FieldFault(reason))])
  }

  /// A member that is needed further on is not there.
  static let keyError = FieldFault("_schema", "Request is incorrect")

  /// - Parameter faults: of members or elements; each key as Python prints it.
  private init(_ faults: [(key: String, fault: FieldFault)]) {
    description = "{\(faults.map { "\($0): \($1)" }.joined(separator: ", "))}"
    reason = faults.last?.fault.reason ?? ""
  }

  private init(printed description: String, reason: String) {
    self.description = description
    self.reason = reason
  }

  /// Collects what is wrong with the parts of a value, so that all of it is told at once.
  struct Collection {
    private var faults: [(key: String, fault: FieldFault)] = []
    /// Python's name for the dictionary, where it is not the plain one.
    private let kind: String?

    init(kind: String? = nil) { self.kind = kind }

    mutating func add(_ name: String, _ fault: FieldFault) {
      faults.append((PythonText.quoted(name), fault))
    }

    mutating func add(_ index: Int, _ fault: FieldFault) { faults.append((String(index), fault)) }

    func raise() throws(FieldFault) {
      guard !faults.isEmpty else { return }
      let plain = FieldFault(faults)
      throw kind.map { FieldFault(printed: "\($0), \(plain))", reason: plain.reason) } ?? plain
    }
  }
}
