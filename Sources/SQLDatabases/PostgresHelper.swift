// SPDX-License-Identifier: MIT
import PostgresLink
import SystemCalls

/// A running spool-postgres; closing its standard input ends it, and what the server does for it.
final class PostgresHelper {
  /// How long after the cancellation a statement may still be waited for.
  private static let glance: Duration = .milliseconds(20)
  /// It tells the server to stop before it ends: a network call, which may hang.
  private static let patience: Duration = .seconds(5)
  private static let pieceSize = 256 * 1024

  private let program: String
  /// Nil once it has ended and was reaped.
  private var process: ChildProcess?
  private var requests: OpenFile?
  private var answers: OpenFile?
  private var buffer = FrameBuffer()

  init(_ program: String, environment: [String]) throws(SQLError) {
    self.program = program
    do {
      let (input, output) = (try PipeEnds(), try PipeEnds())
      var plan = ChildPlan(program, environment: environment)
      plan.descriptors = [input.reading, output.writing, try OpenFile.standardError()]
      process = try ChildProcess.start(plan)
      requests = input.writing
      answers = output.reading
    } catch { throw .helper(error) }
  }

  deinit { end() }

  func send(_ request: FrameWriter) throws(SQLError) {
    do { try requests?.write(request.bytes) } catch { throw .helper(error) }
  }

  /// The next answer.
  ///
  /// - Throws: `interrupted` as soon as somebody wants it so, after the server has been told.
  func next(_ isCancelled: () -> Bool) throws(SQLError) -> FrameReader {
    while true {
      do { if let frame = try buffer.next() { return frame } } catch { throw nonsense }
      guard let answers else { throw .interrupted }
      let isReady = DescriptorPoll.ready([.init(answers.descriptor)], within: Self.glance)[0]
      if isCancelled() {
        end()
        throw .interrupted
      }
      if isReady { buffer.append(try piece(of: answers)) }
    }
  }

  var nonsense: SQLError { .failed(path: program, reason: "an answer that makes no sense") }

  private func piece(of answers: OpenFile) throws(SQLError) -> [UInt8] {
    let piece: [UInt8]
    do { piece = try answers.readSome(Self.pieceSize) } catch { throw .helper(error) }
    guard !piece.isEmpty else { throw .failed(path: program, reason: "it ended too early") }
    return piece
  }

  /// Waits for it, so that nobody takes it for a leftover before it has told the server.
  private func end() {
    guard let process else { return }
    requests = nil
    answers = nil
    let wish = DescriptorPoll.Wish(process.pidfd.descriptor)
    if !DescriptorPoll.ready([wish], within: Self.patience)[0] { process.send(.kill) }
    while process.reap() == nil { _ = DescriptorPoll.ready([wish], within: Self.patience) }
    self.process = nil
  }
}
