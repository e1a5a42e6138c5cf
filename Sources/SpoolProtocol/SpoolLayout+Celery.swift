// SPDX-License-Identifier: MIT

/// What the program keeps that takes Celery's messages.
extension SpoolLayout {
  package var celery: String { "\(root)/.celery" }

  /// Held by that program while it lives.
  package var celeryLock: String { "\(celery)/.lock" }

  /// The message that a job was made of, for as long as its client has not been told of the end.
  package func message(of id: JobID) -> String { "\(celery)/\(id)\(Self.messageEnding)" }

  /// The job whose message a file of this name is.
  package static func id(ofMessage name: String) -> JobID? {
    name.hasSuffix(messageEnding) ? JobID(String(name.dropLast(messageEnding.count))) : nil
  }

  private static let messageEnding = ".msg"

  /// A job that is being made of a message.
  func jobAside(of id: JobID) -> String { "\(celery)/\(JobName(id: id))".asidePath }

  /// Whether a name there is of something that is being written.
  static func isMessageAside(_ name: String) -> Bool {
    name.hasPrefix(".") && name.hasSuffix(".new")
  }
}
