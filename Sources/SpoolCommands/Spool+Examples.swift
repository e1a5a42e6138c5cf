// SPDX-License-Identifier: MIT
import SampleData
import SpoolProtocol
import SystemCalls

extension Spool {
  private static let exampleDirectory = "example"

  /// As spool.toml names it: relative to the spool.
  package static var exampleMetadataURL: String {
    "sqlite:///\(exampleDirectory)/\(SampleData.metadataName)"
  }

  /// Makes the sample databases; where they stand already nothing is done.
  package func makeExamples() throws(CommandError) {
    let directory = "\(layout.root)/\(Self.exampleDirectory)"
    do {
      if try files.exists("\(directory)/\(SampleData.metadataName)") { return }
      try files.makeDirectories(directory)
    } catch {
      throw .system(error)
    }
    do {
      try SampleData.write(to: directory, now: SystemClock.now())
    } catch {
      throw .sampleData(error)
    }
  }

  /// What `touch` does; an existing mark becomes a person's.
  package func pauseByHand(_ queue: QueueName) throws(SystemError) {
    try files.unlinkIfPresent(layout.pauseMark(of: queue))
    _ = try files.open(layout.pauseMark(of: queue), .create)
  }
}
