// SPDX-License-Identifier: MIT
import PostgresLink
import SystemCalls

/// Where a task's requests arrive: first a connection, then one statement after the other.
struct PostgresDesk {
  /// Rows go out in pieces of this size, or as soon as the server has no more of them.
  private static let pieceSize = 64 * 1024

  private let requests = OpenFile(descriptor: 0, path: "requests")
  private let answers = OpenFile(descriptor: 1, path: "answers")
  private let stop: StopSign

  init() throws {
    stop = StopSign(requests: requests, signals: try SignalFile([.terminate]))
  }

  func serve() throws {
    var buffer = FrameBuffer()
    var connection: PostgresConnection?
    while var request = try next(&buffer) {
      var writer = FrameWriter()
      do throws(PostgresFailure) {
        switch request.kind {
        case .connect: connection = try connect(&request, &writer)
        case .read:
          guard let connection else { throw PostgresFailure(.unavailable, "not connected") }
          try read(&request, connection, &writer)
        case .write:
          guard let connection else { throw PostgresFailure(.unavailable, "not connected") }
          try write(&request, connection, &writer)
        case .forget:
          try connection?.forget()
          writer.begin(.end)
          writer.end()
        case .connected, .row, .end, .failure, .written:
          throw PostgresFailure(.refused, "not a request")
        }
      } catch {
        writer.begin(.failure)
        writer.append(error.kind.rawValue)
        writer.append(error.reason)
        writer.end()
      }
      try answers.write(writer.bytes)
    }
  }

  /// Nil when there is nobody any more who asks.
  private func next(_ buffer: inout FrameBuffer) throws -> FrameReader? {
    while true {
      if let request = try buffer.next() { return request }
      let part = try requests.readSome(Self.pieceSize)
      guard !part.isEmpty else { return nil }
      buffer.append(part)
    }
  }

  private func connect(
    _ request: inout FrameReader, _ writer: inout FrameWriter
  ) throws(PostgresFailure) -> PostgresConnection {
    let connection = try PostgresConnection(Self.pairs(&request), stop)
    writer.begin(.connected)
    writer.end()
    return connection
  }

  private func read(
    _ request: inout FrameReader, _ connection: PostgresConnection, _ writer: inout FrameWriter
  ) throws(PostgresFailure) {
    var statement = Self.statement(&request)
    statement.settings = Self.pairs(&request)
    var rows = FrameWriter()
    try connection.read(statement) { (event: PostgresConnection.Event) throws(PostgresFailure) in
      switch event {
      case .row(let cells):
        rows.begin(.row)
        for cell in cells { cell.append(to: &rows) }
        rows.end()
        guard rows.bytes.count >= Self.pieceSize else { return }
      case .pause: guard !rows.bytes.isEmpty else { return }
      }
      try send(&rows)
    }
    try send(&rows)
    writer.begin(.end)
    writer.end()
  }

  private func write(
    _ request: inout FrameReader, _ connection: PostgresConnection, _ writer: inout FrameWriter
  ) throws(PostgresFailure) {
    let statements = (0..<(request.number() ?? 0)).map { _ in Self.statement(&request) }
    let counts = try connection.write(statements, Self.pairs(&request))
    writer.begin(.written)
    for count in counts { writer.append(String(count)) }
    writer.end()
  }

  /// A reader that has gone ends the statement like one that calls it off.
  private func send(_ rows: inout FrameWriter) throws(PostgresFailure) {
    do { try answers.write(rows.bytes) } catch {
      throw PostgresFailure(.interrupted, "\(error)")
    }
    rows.removeAll()
  }

  private static func statement(_ request: inout FrameReader) -> PostgresConnection.Statement {
    let text = request.text() ?? ""
    let parameters = (0..<(request.number() ?? 0)).map { _ in
      request.byte() == 0 ? nil : request.part().map(Array.init)
    }
    return PostgresConnection.Statement(text: text, parameters: parameters)
  }

  private static func pairs(_ request: inout FrameReader) -> [(name: String, value: String)] {
    var pairs: [(name: String, value: String)] = []
    while let name = request.text(), let value = request.text() { pairs.append((name, value)) }
    return pairs
  }
}

/// What ends a statement before its time: the task closes its end, or somebody ends this process.
struct StopSign {
  private let requests: OpenFile
  private let signals: SignalFile

  init(requests: OpenFile, signals: SignalFile) {
    self.requests = requests
    self.signals = signals
  }

  /// Waits until the server has something to say, or to hear, and tells whether it may go on.
  ///
  /// - Important: a task sends nothing while a statement runs, so whatever comes from there means its end.
  func allows(waitingFor wish: DescriptorPoll.Wish, within time: Duration) -> Wait {
    let wishes = [
      wish, DescriptorPoll.Wish(requests.descriptor), DescriptorPoll.Wish(signals.file.descriptor),
    ]
    let ready = DescriptorPoll.ready(wishes, within: time)
    if ready[1] || ready[2] { return .stopped }
    return ready[0] ? .ready : .late
  }

  enum Wait { case ready, late, stopped }
}
