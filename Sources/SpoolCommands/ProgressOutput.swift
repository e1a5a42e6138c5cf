// SPDX-License-Identifier: MIT
import SystemCalls

/// Shows how far a group is: one bar on a terminal, else a line for each change.
package final class ProgressOutput {
  private let output: OpenFile
  private let isTerminal: Bool
  private let report: Report
  private var shown: GroupProgress?

  /// - Parameter report: where complaints go.
  package init(to output: OpenFile, report: Report) {
    self.output = output
    isTerminal = output.isTerminal
    self.report = report
  }

  package func show(_ progress: GroupProgress) {
    guard progress != shown else { return }
    shown = progress
    write(isTerminal ? "\r\(progress.bar)\u{1B}[K" : progress.text + "\n")
  }

  /// Out of the bar's way.
  package func complain(_ sentence: String) {
    if isTerminal, shown != nil { write("\r\u{1B}[K") }
    shown = nil
    report(sentence)
  }

  package func end() {
    if isTerminal, shown != nil { write("\n") }
  }

  /// A reader that has gone away is no error of ours.
  private func write(_ text: String) { try? output.write(Array(text.utf8)) }
}
