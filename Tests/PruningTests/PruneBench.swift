// SPDX-License-Identifier: MIT
import JSONValues
import SQLDatabases
import SpoolTesting
import SystemCalls

/// The kinds of databases that Superset's metadata lie in.
enum Backend: CaseIterable, Sendable {
  case sqlite, postgres

  /// What this machine has.
  static var here: [Backend] { PostgresServer.isInstalled ? allCases : [.sqlite] }
}

/// Metadata with the tables that are pruned, and the built tasks.
struct PruneBench {
  struct Outcome {
    let end: ProcessEnd.Cause
    let output: String
    let log: String

    var json: JSONValue { (try? JSONValue(parsing: output)) ?? .null }
    var message: String? { json["errors"]?.arrayValue?.first?["message"]?.stringValue }
  }

  let backend: Backend
  let directory: TemporaryDirectory
  let name = "prune_\(UInt64.random(in: 0...UInt64.max))"

  init(_ backend: Backend) throws {
    self.backend = backend
    directory = try TemporaryDirectory("prune")
    switch backend {
    case .sqlite: try SQLiteBuilder(creating: path).finish()
    case .postgres: try PostgresServer.shared.get().makeDatabase(name)
    }
    try run(Self.schema(time: backend == .sqlite ? "DATETIME" : "timestamp"))
  }

  var path: String { "\(directory.path)/metadata.db" }

  var url: String {
    get throws {
      switch backend {
      case .sqlite: "sqlite:///\(path)"
      case .postgres: try PostgresServer.shared.get().url(name)
      }
    }
  }

  /// As the migrations of Superset 4.1 leave them, tab_state's two foreign keys included.
  private static func schema(time: String) -> String {
    """
    CREATE TABLE logs (id INTEGER PRIMARY KEY, action VARCHAR(512), user_id INTEGER, json TEXT, dttm \(time));
    CREATE INDEX ix_logs_user_id_dttm ON logs (user_id, dttm);
    CREATE TABLE query (id INTEGER PRIMARY KEY, client_id VARCHAR(11) NOT NULL UNIQUE, changed_on \(time));
    CREATE TABLE tab_state (id INTEGER PRIMARY KEY, latest_query_id VARCHAR(11),
      FOREIGN KEY (latest_query_id) REFERENCES query (client_id) ON DELETE SET NULL,
      FOREIGN KEY (latest_query_id) REFERENCES query (client_id));
    CREATE TABLE report_schedule (id INTEGER PRIMARY KEY, active BOOLEAN, last_state VARCHAR(50),
      log_retention INTEGER);
    CREATE TABLE report_execution_log (id INTEGER PRIMARY KEY, end_dttm \(time), state VARCHAR(50) NOT NULL,
      error_message TEXT, report_schedule_id INTEGER NOT NULL REFERENCES report_schedule (id));
    CREATE INDEX ix_report_execution_log_report_schedule_id ON report_execution_log (report_schedule_id);

    """
  }

  /// With every right, and all of it or nothing.
  func run(_ script: String) throws {
    switch backend {
    case .sqlite:
      let builder = try SQLiteBuilder(creating: path)
      try builder.run(script)
      try builder.finish()
    case .postgres: try PostgresServer.shared.get().run(script, in: name)
    }
  }

  func rows(_ text: String) throws -> [[SQLValue]] {
    try reader().rows(SQLStatement(text)) { row in (0..<row.count).map { row[$0] } }
  }

  /// The ids of a table.
  func ids(in table: String) throws -> [Int] {
    try reader().rows(SQLStatement("SELECT id FROM \(table) ORDER BY id")) { $0.integer(at: 0) }
  }

  func count(in table: String) throws -> Int {
    try reader().rows(SQLStatement("SELECT count(*) FROM \(table)")) { $0.integer(at: 0) }[0]
  }

  private func reader() throws -> any SQLDatabase {
    switch backend {
    case .sqlite: return try SQLiteDatabase(readingFrom: path)
    case .postgres:
      guard case .postgres(let address) = try DatabaseURL(url, relativeTo: "") else {
        throw SQLError.unsupported(url: "")
      }
      let program = "\(RunningProgram.path.parentPath)/spool-postgres"
      return try PostgresDatabase(
        address, PostgresDatabase.Session(program: program, environment: []))
    }
  }

  /// So many days ago, as Superset writes it.
  func ago(_ days: Double) -> String {
    let moment = Timestamp(seconds: SystemClock.now().seconds - days * 86_400)
    return moment.iso8601.dropLast().replacing("T", with: " ") + "000"
  }

  /// Ids 1 to `count` in `logs`, days old by a rule.
  func fillLogs(_ count: Int, _ days: (Int) -> Double?) throws {
    var script = ""
    for (index, id) in (1...count).enumerated() {
      if index % 500 == 0 {
        script += (index > 0 ? ";" : "") + "INSERT INTO logs (id, dttm) VALUES "
      }
      let time = days(id).map { "'\(ago($0))'" } ?? "NULL"
      script += (index % 500 == 0 ? "" : ",") + "(\(id), \(time))"
    }
    try run(script + ";")
  }

  // MARK: tasks

  struct Running {
    let process: ChildProcess
    fileprivate let output: OpenFile
    fileprivate let log: OpenFile

    func wait() throws -> Outcome {
      while true {
        if let end = process.reap() {
          return Outcome(end: end.cause, output: try text(of: output), log: try text(of: log))
        }
        _ = DescriptorPoll.ready([.init(process.pidfd.descriptor)], within: .seconds(60))
      }
    }

    private func text(of file: OpenFile) throws -> String {
      try file.seek(to: 0)
      return String(decoding: try file.readAll(), as: UTF8.self)
    }
  }

  func start(
    _ task: String, _ arguments: [String] = [], input job: String, _ variables: [String] = []
  ) throws -> Running {
    var plan = ChildPlan(
      "\(RunningProgram.path.parentPath)/\(task)", arguments,
      environment: ["PATH=/usr/bin:/bin", "SUPERSET_METADATA_URL=\(try url)"] + variables)
    let (output, log) = (
      try OpenFile.inMemory([], named: "output"), try OpenFile.inMemory([], named: "log")
    )
    plan.descriptors = [try OpenFile.inMemory(Array(job.utf8), named: "job"), output, log]
    plan.directory = directory.path
    return Running(process: try ChildProcess.start(plan), output: output, log: log)
  }

  func run(
    _ task: String, _ arguments: [String] = [], input job: String, _ variables: [String] = []
  ) throws -> Outcome {
    try start(task, arguments, input: job, variables).wait()
  }
}
