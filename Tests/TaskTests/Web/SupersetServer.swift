// SPDX-License-Identifier: MIT
import Foundation
import SpoolTesting

/// A web server that guards its warm-up as Superset does, of its own process; it ends with the last reference.
final class SupersetServer {
  static let secret = "a secret for tests"

  let port: Int
  private let isSecure: Bool
  private let process = Process()
  private let input = Pipe()
  private let log: String

  /// - Parameter arguments: `--server-side`, `--csrf 500` and so on; the server's own help has them.
  init(_ bench: Workbench, _ arguments: [String] = [], certificate: Certificate? = nil) throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("server/superset_server.py")
    log = "\(bench.path)/requests-\(UUID().uuidString)"
    isSecure = certificate != nil
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments =
      ["-B", script.path, "--secret", Self.secret, "--log", log] + arguments
      + (certificate.map { ["--tls", $0.certificate, $0.key] } ?? [])
    process.standardInput = input
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw ServerError.noPort(line)
    }
    self.port = port
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  var url: String { "\(isSecure ? "https" : "http")://127.0.0.1:\(port)/" }

  struct Request: Hashable {
    /// Of the client: two requests of one port came over one connection.
    let port: String
    let method: String
    let path: String
    let user: String
    let query: String
  }

  /// What was asked so far.
  var requests: [Request] {
    ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").split(separator: "\n").map {
      let words = $0.split(separator: " ").map(String.init)
      return Request(
        port: words[0], method: words[1], path: words[2], user: words[3], query: words[4])
    }
  }

  enum ServerError: Error { case noPort(String) }
}

/// A certificate for 127.0.0.1 that vouches for itself.
struct Certificate {
  let certificate: String
  let key: String

  init(in bench: Workbench, for address: String = "127.0.0.1") throws {
    certificate = "\(bench.path)/\(address).pem"
    key = "\(bench.path)/\(address).key"
    let made = Shell(directory: bench.path).run(
      """
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
        -subj /CN=test -addext subjectAltName=IP:\(address) -keyout '\(key)' -out '\(certificate)'
      """)
    guard made != nil else { throw CertificateError.openssl }
  }

  enum CertificateError: Error { case openssl }
}

extension Workbench {
  /// Points tasks to a running Superset; returns what to put into their environment.
  func configure(
    _ url: String, secret: String? = SupersetServer.secret, _ more: String = ""
  ) throws -> [String: String] {
    let key = secret.map { "secret_key = '\($0)'\n" } ?? ""
    try write(
      "spool.toml",
      """
      [superset]
      metadata_url = "sqlite:///\(metadata)"
      webdriver_baseurl = "\(url)"
      \(key)\(more)
      """)
    return ["SPOOL_CONFIG": "\(path)/spool.toml", "SUPERSET_METADATA_URL": ""]
  }
}
