// SPDX-License-Identifier: MIT
import SQLDatabases
import SystemCalls

/// What a process that stays keeps of Superset between its jobs: settings and open databases.
///
/// Each is looked at before it is used again, and none is an answer: what the databases hold is asked
/// anew for each job.
package final class SupersetMemory {
  /// Databases that stay open, the metadata among them; each may hold 32 MiB of pages, or one of the
  /// sessions that a server has to give.
  static let limit = 4

  private struct Reading {
    let path: String
    let text: [UInt8]
    let settings: SupersetSettings
  }

  private struct Kept {
    let url: DatabaseURL
    let schema: String?
    let database: any SQLConnection
  }

  private var reading: Reading?
  /// The one that was used last comes last.
  private var databases: [Kept] = []

  package init() {}

  /// - Parameter text: the file as it is now.
  func settings(
    in text: [UInt8], at path: String
  ) throws(ConfigurationError) -> SupersetSettings {
    if let reading, reading.path == path, reading.text == text { return reading.settings }
    let settings = try SupersetSettings(toml: String(decoding: text, as: UTF8.self), path: path)
    reading = Reading(path: path, text: text, settings: settings)
    return settings
  }

  /// - Parameter open: what is done where nothing of the kind is kept, or no longer fit.
  func database<Kind: SQLConnection>(
    at url: DatabaseURL, _ schema: String?, until deadline: Timestamp?,
    _ open: () throws(SQLError) -> Kind
  ) throws(SQLError) -> Kind {
    let place = databases.firstIndex {
      $0.url == url && $0.schema == schema && $0.database is Kind
    }
    if let place {
      let kept = databases.remove(at: place)
      if let database = kept.database as? Kind, database.resumes(until: deadline) {
        databases.append(kept)
        return database
      }
    }
    // Before another is opened: a server may count its sessions.
    if databases.count >= Self.limit { databases.removeFirst() }
    let database = try open()
    databases.append(Kept(url: url, schema: schema, database: database))
    return database
  }
}
