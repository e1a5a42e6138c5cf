// SPDX-License-Identifier: MIT
import Glibc
import JSONValues
import SystemCalls

/// The three standard streams of a program, and the one form in which it reports failure.
package struct Console: Sendable {
  private let name: String

  package init(name: String) { self.name = name }

  package func readInput() throws(TaskStartError) -> [UInt8] {
    do { return try OpenFile.standardInput.readAll() } catch {
      throw .unreadableInput(reason: "\(error)")
    }
  }

  /// What people read: nobody is left to be told when standard output is closed, so a failure here ends quietly.
  package func print(_ bytes: [UInt8]) { _ = deliver(bytes) }

  /// - Returns: false where it could not be written: the disk is full, or nobody reads any more.
  func deliver(_ bytes: [UInt8]) -> Bool {
    (try? OpenFile(descriptor: dup(1), path: "standard output").write(bytes)) != nil
  }

  /// The same of a file's content, piece by piece.
  package func print(contentsOf file: OpenFile) {
    guard (try? file.seek(to: 0)) != nil else { return }
    let output = OpenFile(descriptor: dup(1), path: "standard output")
    while let bytes = try? file.readSome(65_536), !bytes.isEmpty {
      guard (try? output.write(bytes)) != nil else { return }
    }
  }

  package func log(_ message: String) {
    try? OpenFile(descriptor: dup(2), path: "standard error").write("\(name): \(message)\n".utf8)
  }

  /// Tells people on standard error; what is returned tells whoever waits for the job's event.
  func report(_ failure: any TaskFailure, _ job: JSONValue) -> TaskOutput {
    log("\(failure)")
    var document: JSONObject = ["status": "error", "errors": .array(failure.errors)]
    if let seconds = failure.retryAfter { document["retry_after"] = .integer(seconds) }
    if !failure.cache.isEmpty { document["cache"] = .array(failure.cache) }
    if let metadata = job["job_metadata"]?.objectValue {
      document["job_metadata"] = .object(metadata.filter { $0.key != "guest_token" })
    }
    return TaskOutput(document)
  }

  /// The end of a filter that has no job: the reason on standard error, and the exit status that belongs to it.
  package func exit(because error: any Error) -> Never {
    log("\(error)")
    Glibc.exit(((error as? any TaskFailure)?.verdict ?? .bug).rawValue)
  }

  package func fail(_ failure: any TaskFailure, _ job: JSONValue) {
    print(report(failure, job).bytes)
  }
}

extension OpenFile {
  /// A copy: the stream itself stays open.
  static var standardInput: OpenFile { OpenFile(descriptor: dup(0), path: "standard input") }
}
