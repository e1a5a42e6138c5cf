// SPDX-License-Identifier: MIT
import SystemCalls

extension SupersetSettings {
  /// Reads spool.toml where there is one; what comes from the environment goes before its own.
  package static func load(
    path: String?, metadataURL: String?, secretKey: String?,
    memory: SupersetMemory = SupersetMemory()
  ) throws(ConfigurationError) -> SupersetSettings {
    var settings = try load(path: path, metadataURL: metadataURL, memory)
    settings.secretKey = secretKey ?? settings.secretKey
    return settings
  }

  private static func load(
    path: String?, metadataURL: String?, _ memory: SupersetMemory
  ) throws(ConfigurationError) -> SupersetSettings {
    guard let path else {
      guard let metadataURL else { throw .noMetadata }
      return SupersetSettings(metadataURL: metadataURL, directory: "")
    }
    let bytes: [UInt8]
    do { bytes = try SystemFiles().contents(of: path) } catch {
      throw .unreadable(path: path, reason: "\(error.errno)")
    }
    var settings = try memory.settings(in: bytes, at: path)
    if let metadataURL {
      settings.metadataURL = metadataURL
      settings.metadataDirectory = ""
    }
    return settings
  }
}
