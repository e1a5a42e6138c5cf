// SPDX-License-Identifier: MIT

/// Where an answer goes while it is made, so that none has to be held in memory.
package protocol AnswerOutput {
  /// Bytes written so far.
  var position: Int { get }
  /// - Throws: `output` where there is no room for them.
  mutating func append(_ bytes: [UInt8]) throws(ChartQueryError)
  /// Goes back: what stands behind is to be written otherwise.
  mutating func truncate(to position: Int) throws(ChartQueryError)
}

/// An answer that is held in memory all the same, to be looked at or to become part of another document.
package struct CollectedAnswer: AnswerOutput {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package var position: Int { bytes.count }

  package mutating func append(_ bytes: [UInt8]) { self.bytes.append(contentsOf: bytes) }

  package mutating func truncate(to position: Int) {
    bytes.removeSubrange(position...)
  }
}
