// SPDX-License-Identifier: MIT
import SystemCalls

extension Spool {
  /// What a result says of the job that was run instead; nil for the result of one that was run.
  package func duplicate(at place: JobPlace) throws(SystemError) -> Duplicate? {
    guard place.state == .results else { return nil }
    do {
      return try duplicate(at: place.path)
    } catch  where error.errno == .noSuchFile {
      return nil
    }
  }

  /// Most results are longer than this has to read of them.
  func duplicate(at path: String) throws(SystemError) -> Duplicate? {
    let beginning = Duplicate.beginning
    guard try files.contents(of: path, limit: beginning.count) == beginning else { return nil }
    return Duplicate(parsing: try files.contents(of: path))
  }
}
