// SPDX-License-Identifier: MIT

/// A piece of what would be sent, for somebody to look at.
package struct PreviewFile: Hashable, Sendable {
  /// Without a slash, and no other piece's.
  package let name: String
  package let type: String
  package let bytes: [UInt8]
}
