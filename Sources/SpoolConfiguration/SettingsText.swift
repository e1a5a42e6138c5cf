// SPDX-License-Identifier: MIT
import SystemCalls
import TOMLKit

/// A spool.toml that was read and understood, and its very text, to hand on to others.
package struct SettingsText: Sendable {
  package let settings: SpoolSettings
  package let text: [UInt8]

  /// - Parameter path: the file's path, for messages and as the place where relative paths begin.
  package init(_ text: [UInt8], path: String) throws(SettingsError) {
    settings = try SpoolSettings(toml: String(decoding: text, as: UTF8.self), path: path)
    self.text = text
  }

  /// The same text without what only tasks of the spool's own user may know: the addresses and passwords of databases.
  package var withoutSecrets: [UInt8] {
    guard let table = try? TOMLTable(string: String(decoding: text, as: UTF8.self)) else {
      // It was understood once: a text that is not any more tells nothing.
      return []
    }
    table.remove(at: "superset")
    return Array(table.convert(to: .toml).utf8)
  }

  /// Reads spool.toml; where the file is missing the defaults hold.
  package static func read(_ path: String) throws(SettingsError) -> SettingsText {
    let text: [UInt8]
    do {
      text = try SystemFiles().contents(of: path)
    } catch  where error.errno == .noSuchFile {
      text = []
    } catch {
      throw .unreadable(path: path, reason: "\(error.errno)")
    }
    return try SettingsText(text, path: path)
  }

  /// What a dispatcher has handed on; without that, what the file says now.
  ///
  /// - Parameter descriptor: to be read to its end.
  package static func read(
    from descriptor: Int32?, else path: String
  ) throws(SettingsError) -> SettingsText {
    guard let descriptor else { return try read(path) }
    let text: [UInt8]
    do {
      text = try OpenFile(descriptor: descriptor, path: path).readAll()
    } catch {
      throw .unreadable(path: path, reason: "\(error.errno)")
    }
    return try SettingsText(text, path: path)
  }
}
