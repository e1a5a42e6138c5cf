// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls

/// A real PostgreSQL server on a socket in a directory of its own; one for all tests of a run, gone when they have ended.
package final class PostgresServer: Sendable {
  /// bin/test sees to it.
  package static var isInstalled: Bool { newest != nil }
  package static let howToInstall = "PostgreSQL is not installed: apt-get install postgresql"
  package static let shared = Result { () throws(PostgresServerError) in try PostgresServer() }

  /// What the tests connect as, with every right.
  package static let user = "spool"
  /// May connect to nothing but by his password, which is `pässword:@/`.
  package static let guest = "guest"
  /// Debian's package has one directory for each version.
  private static let versions = "/usr/lib/postgresql"

  /// The directory of the socket; absolute, and short enough for one.
  package let directory: String
  private let programs: String

  private init() throws(PostgresServerError) {
    guard let programs = Self.newest else { throw .failed("it is not installed") }
    self.programs = programs
    do {
      let (input, output) = (try PipeEnds(), try PipeEnds())
      var plan = ChildPlan(
        "/bin/sh", ["-c", Self.script, "sh", programs, Self.user],
        environment: ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"])
      plan.descriptors = [input.reading, output.writing, try OpenFile.standardError()]
      plan.directory = "/tmp"
      // PostgreSQL refuses to be root's.
      if geteuid() == 0 { plan.account = AccountFiles.read().account("postgres") }
      _ = try ChildProcess.start(plan)
      // Never released: the end of the tests closes it, and with it the server ends.
      _ = Unmanaged.passRetained(input.writing)
      directory = try Self.line(from: output.reading)
    } catch { throw .failed("\(error)") }
    guard !directory.isEmpty else { throw .failed("its messages are on standard error") }
    try run(Self.preparation, in: "postgres")
  }

  /// The address of a database as Superset has it.
  package func url(_ database: String, user: String = PostgresServer.user) -> String {
    "postgresql+psycopg2://\(user)@/\(database)?host=\(directory)"
  }

  /// Runs any SQL, and COPY with its data; an error anywhere undoes all of it and throws.
  package func run(_ script: String, in database: String) throws(PostgresServerError) {
    let complaint: String?
    do { complaint = try self.complaint(running: script, in: database) } catch {
      throw .failed("\(error)")
    }
    if let complaint { throw .failed(complaint) }
  }

  private func complaint(running script: String, in database: String) throws(SystemError) -> String?
  {
    var plan = ChildPlan(
      "\(programs)/psql",
      [
        "-X", "-q", "-v", "ON_ERROR_STOP=1", "-1", "-f", "-", "-h", directory, "-U", Self.user,
        "-d", database,
      ], environment: ["PATH=/usr/bin:/bin", "PGCLIENTENCODING=UTF8"])
    let messages = try OpenFile.inMemory([], named: "messages")
    plan.descriptors = [
      try OpenFile.inMemory(Array(script.utf8), named: "script"), messages, messages,
    ]
    let psql = try ChildProcess.start(plan)
    while true {
      if let end = psql.reap() {
        guard end.cause != .exited(0) else { return nil }
        try messages.seek(to: 0)
        return String(decoding: try messages.readAll(), as: UTF8.self)
      }
      _ = DescriptorPoll.ready([.init(psql.pidfd.descriptor)], within: .seconds(60))
    }
  }

  /// A new and empty database.
  package func makeDatabase(_ name: String) throws(PostgresServerError) {
    // Not in psql's transaction: it cannot hold a CREATE DATABASE.
    try run("COMMIT; CREATE DATABASE \(name);", in: "postgres")
  }

  /// Where the programs of the newest version lie; nil without any.
  private static var newest: String? {
    let names = (try? SystemFiles().names(in: versions)) ?? []
    return names.compactMap(Int.init).max().map { "\(versions)/\($0)/bin" }
  }

  private static func line(from file: OpenFile) throws(SystemError) -> String {
    var bytes: [UInt8] = []
    while bytes.last != UInt8(ascii: "\n") {
      let part = try file.readSome(4_096)
      if part.isEmpty { return "" }
      bytes += part
    }
    return String(decoding: bytes.dropLast(), as: UTF8.self)
  }

  private static let preparation = """
    SET password_encryption = 'scram-sha-256';
    CREATE ROLE \(guest) LOGIN PASSWORD 'pässword:@/';

    """

  /// Ends when standard input does, and takes everything with it.
  private static let script = """
    set -eu
    d=$(mktemp -d /tmp/spool-postgres-XXXXXX)
    server=
    trap '[ -z "$server" ] || { kill -INT $server; wait $server || true; }; rm -rf "$d"' EXIT
    "$1/initdb" -D "$d/data" -A trust -U "$2" -E UTF8 --locale=C.UTF-8 --no-sync >"$d/log" 2>&1
    sed -i '1i local all \(guest) scram-sha-256' "$d/data/pg_hba.conf"
    # No statistics are gathered meanwhile: they change plans, and with them the order of rows that nobody has asked for.
    "$1/postgres" -D "$d/data" -k "$d" -c listen_addresses= -c fsync=off -c autovacuum=off \\
      </dev/null >>"$d/log" 2>&1 &
    server=$!
    until "$1/pg_isready" -q -h "$d" -d postgres; do
      kill -0 $server 2>/dev/null || { cat "$d/log" >&2; exit 1; }
      sleep 0.05
    done
    echo "$d"
    exec 1>&2
    cat >/dev/null

    """
}

/// Why there is no server to test with.
package enum PostgresServerError: Error, CustomStringConvertible {
  case failed(String)

  package var description: String {
    switch self {
    case .failed(let reason): "PostgreSQL does not work: \(reason)"
    }
  }
}
