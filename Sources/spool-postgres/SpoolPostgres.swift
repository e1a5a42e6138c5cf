// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls

/// libpq as a program of its own: requests on standard input, rows on standard output; spool-postgres(8).
@main
enum SpoolPostgres {
  static func main() {
    do {
      try PostgresDesk().serve()
    } catch let error as SystemError where error.errno == .brokenPipe {
      // Whoever asked has gone; what the server did for him was cancelled on the way here.
    } catch {
      try? OpenFile.standardError().write("spool-postgres: \(error)\n".utf8)
      exit(EX_SOFTWARE)
    }
  }
}
