// SPDX-License-Identifier: MIT

/// Why bytes are not one JSON value, and whether more bytes could still make them one.
package struct JSONError: Error, Hashable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable {
    /// The bytes end too early: what stands there is the beginning of a JSON value.
    case incomplete
    /// No further bytes can make this a JSON value.
    case invalid(String)
  }

  package let kind: Kind
  /// Bytes before the place of the error.
  package let offset: Int

  package var description: String {
    switch kind {
    case .incomplete: "the JSON ends too early, after \(offset) bytes"
    case .invalid(let reason): "not JSON at byte \(offset): \(reason)"
    }
  }
}
