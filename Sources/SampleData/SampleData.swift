// SPDX-License-Identifier: MIT
import SQLDatabases
import SystemCalls

/// A small Superset to try things on: its metadata, and two tables for its charts.
package enum SampleData {
  package static let metadataName = "metadata.db"
  /// The metadata names it `sqlite:///examples.db`: beside itself.
  package static let examplesName = "examples.db"

  /// Makes both databases in a directory; each appears whole, or not at all.
  ///
  /// - Parameter now: the logs' views happened in the weeks before; everything else is always the same.
  package static func write(to directory: String, now: Timestamp) throws(SampleDataError) {
    try write("\(directory)/\(examplesName)") { (builder) throws(SQLError) in
      try BirthNames.fill(builder)
      try Sales.fill(builder)
    }
    try write("\(directory)/\(metadataName)") { (builder) throws(SQLError) in
      try builder.run(SupersetSchema.script)
      try SampleMetadata(builder, now: now).fill()
    }
  }

  private static func write(
    _ path: String, _ fill: (SQLiteBuilder) throws(SQLError) -> Void
  ) throws(SampleDataError) {
    let files = SystemFiles()
    do throws(SystemError) { try files.unlinkIfPresent(path.asidePath) } catch {
      throw .files(error)
    }
    do throws(SQLError) {
      let builder = try SQLiteBuilder(creating: path.asidePath)
      try fill(builder)
      try builder.finish()
    } catch {
      throw .database(error)
    }
    // Commit point: a database under its name is complete.
    do throws(SystemError) { try files.replace(path, with: path.asidePath) } catch {
      throw .files(error)
    }
  }
}

/// Why the sample data could not be written.
package enum SampleDataError: Error, Hashable, CustomStringConvertible {
  case files(SystemError)
  case database(SQLError)

  package var description: String {
    switch self {
    case .files(let error): "\(error)"
    case .database(let error): "\(error)"
    }
  }
}
