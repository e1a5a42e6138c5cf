// SPDX-License-Identifier: MIT
import JSONValues
import SpoolProtocol
import SystemCalls

/// Looks whether a task's output can be a result.
enum OutputCheck {
  /// Why what the task left cannot be published, or nil: it may have exchanged what it was given to write into.
  static func objection(
    to run: Run, _ files: any FileOperations
  ) throws(SystemError) -> String? {
    guard try isInPlace(run.output, files) else {
      return "it has replaced or removed the file of its standard output"
    }
    if let objection = try objection(toFiles: run.filesDirectory, files) { return objection }
    do {
      return try isJSON(run.output, files) ? nil : "its output is not JSON"
    } catch  where error.errno == .accessDenied {
      return "its output cannot be read: \(error)"
    }
  }

  /// The same of what a task has left in the directory of its files.
  static func objection(
    toFiles directory: String, _ files: any FileOperations
  ) throws(SystemError) -> String? {
    if let kept = try files.status(of: directory) {
      guard kept.kind == .directory else {
        return "it has replaced the directory SPOOL_FILES by \(kept.kind.rawValue)"
      }
    } else {
      // A task may tidy up; to the transition that follows no directory means that it has been moved already.
      try files.makeDirectory(directory)
    }
    do { try lookAtKept(directory, files) } catch  where error.errno == .accessDenied {
      return "it has left what cannot be read: \(error)"
    }
    return nil
  }

  /// What cannot be opened cannot be made durable either.
  private static func lookAtKept(
    _ directory: String, _ files: any FileOperations
  ) throws(SystemError) {
    for name in try files.names(in: directory) {
      let path = "\(directory)/\(name)"
      if try files.status(of: path)?.kind == .regular { _ = try files.open(path, .read) }
    }
  }

  /// Whether the path by which this was opened still leads to the same file.
  static func isInPlace(_ file: OpenFile, _ files: any FileOperations) throws(SystemError) -> Bool {
    do {
      return try files.status(of: file.path)?.inode == file.status().inode
    } catch  where error.errno == .notADirectory || error.errno == .accessDenied {
      return false
    }
  }

  /// True for one JSON value of any size; an output that is empty becomes `null`.
  static func isJSON(
    _ output: OpenFile, _ files: any FileOperations
  ) throws(SystemError) -> Bool {
    if try output.status().size == 0 {
      // Not where the task's last write ended: it may have written and cut it off again.
      try files.write(Array("null\n".utf8), to: try files.open(output.path, .append))
      return true
    }
    // A description of its own: the task's was for writing alone.
    let output = try files.open(output.path, .read)
    var validator = JSONValidator()
    while true {
      let piece = try output.readSome(1 << 16)
      if piece.isEmpty { return validator.isComplete() }
      guard validator.feed(piece) else { return false }
    }
  }
}
