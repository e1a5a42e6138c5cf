// SPDX-License-Identifier: MIT
import Glibc

/// The machine's database of time zones, tzfile(5), and the zone that it stands in itself.
package enum ZoneInfo {
  /// Larger than any zone's file, by far.
  private static let sizeLimit = 1 << 20
  private static let directory = "/usr/share/zoneinfo"

  /// The TZif file of a zone; nil where there is none of this name.
  package static func bytes(of zone: String) -> [UInt8]? { contents(of: "\(directory)/\(zone)") }

  /// The TZif file of the zone that this process is in, and where it was found; nil where that is UTC.
  ///
  /// - Parameter variable: `$TZ`, which goes before /etc/localtime; a path or a name, with or without a colon before it.
  package static func local(_ variable: String?) -> (name: String, bytes: [UInt8])? {
    guard let variable else {
      return contents(of: "/etc/localtime").map { ("/etc/localtime", $0) }
    }
    let name = variable.hasPrefix(":") ? String(variable.dropFirst()) : variable
    guard !name.isEmpty else { return nil }
    return contents(of: name.hasPrefix("/") ? name : "\(directory)/\(name)").map { (name, $0) }
  }

  /// Names of zones are often symbolic links to others.
  private static func contents(of path: String) -> [UInt8]? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    let files = SystemFiles()
    let resolved = String(cString: real)
    do {
      guard try files.status(of: resolved)?.kind == .regular else { return nil }
      return try files.contents(of: resolved, limit: sizeLimit)
    } catch {
      // A zone that cannot be read is none that one could use.
      return nil
    }
  }
}
