// SPDX-License-Identifier: MIT
import ChartQueries
import SystemCalls

/// An answer that goes into a file piece by piece, whatever its size.
package struct FileAnswer: AnswerOutput {
  private let file: OpenFile
  package private(set) var position = 0

  /// - Parameter file: an empty one.
  package init(_ file: OpenFile) { self.file = file }

  package mutating func append(_ bytes: [UInt8]) throws(ChartQueryError) {
    do { try file.write(bytes) } catch { throw .output(reason: "\(error)") }
    position += bytes.count
  }

  package mutating func truncate(to position: Int) throws(ChartQueryError) {
    do { try file.truncate(to: position) } catch { throw .output(reason: "\(error)") }
    self.position = position
  }
}
