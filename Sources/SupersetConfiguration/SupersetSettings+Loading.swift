// SPDX-License-Identifier: MIT
import SystemCalls

extension SupersetSettings {
  /// Reads spool.toml where there is one; what comes from the environment goes before its own.
  package static func load(
    path: String?, metadataURL: String?, secretKey: String?
  ) throws(ConfigurationError) -> SupersetSettings {
    var settings = try load(path: path, metadataURL: metadataURL)
    settings.secretKey = secretKey ?? settings.secretKey
    return settings
  }

  private static func load(
    path: String?, metadataURL: String?
  ) throws(ConfigurationError) -> SupersetSettings {
    guard let path else {
      guard let metadataURL else { throw .noMetadata }
      return SupersetSettings(metadataURL: metadataURL, directory: "")
    }
    let bytes: [UInt8]
    do { bytes = try SystemFiles().contents(of: path) } catch {
      throw .unreadable(path: path, reason: "\(error.errno)")
    }
    var settings = try SupersetSettings(toml: String(decoding: bytes, as: UTF8.self), path: path)
    if let metadataURL {
      settings.metadataURL = metadataURL
      settings.metadataDirectory = ""
    }
    return settings
  }
}
