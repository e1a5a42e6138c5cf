// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

/// What `make install` brings besides programs and manuals.
@Suite struct PackagingTests {
  private static let project = #filePath.parentPath.parentPath.parentPath

  /// The files as they are installed, below `tmp/root` of a spool.
  private func installed() throws -> TestSpool {
    let spool = try TestSpool()
    let programs = RunningProgram.path.parentPath
    try #require(
      spool.run(
        """
        make -s -C \(Self.project) install-packaging DESTDIR=$PWD/tmp/root PREFIX=/usr \
          LIBEXEC=\(programs) SPOOL=$PWD
        """) != nil)
    return spool
  }

  @Test func `the units are understood by systemd`() throws {
    let spool = try installed()
    let units = "tmp/root/usr/lib/systemd/system"
    #expect(
      spool.names(in: units) == [
        "spool-cache.service", "spool-celery.service", "spool-cron.service", "spoold.service",
      ])
    // It prints what it does not know, and exits 0.
    #expect(spool.run("systemd-analyze verify --man=no \(units)/*.service") == "")
    #expect(spool.run("grep -r @ tmp/root | grep -v @system-service") == nil)
  }

  @Test func `the drop-ins for queues with users of their own are understood by systemd`() throws {
    let spool = try installed()
    let units = "tmp/root/usr/lib/systemd/system"
    let separate = "tmp/root/usr/share/superset-spool/separate"
    for unit in ["spoold", "spool-cache"] {
      spool.run(
        "mkdir \(units)/\(unit).service.d; cp \(separate)/\(unit).conf \(units)/\(unit).service.d/")
    }
    #expect(spool.run("systemd-analyze verify --man=no \(units)/*.service") == "")
    let capabilities = spool.run("grep -h ^Ambient \(separate)/*.conf | sort")
    #expect(capabilities?.contains("CAP_SETUID CAP_SETGID CAP_CHOWN CAP_DAC_OVERRIDE") == true)
    #expect(
      spool.run(
        "mkdir -p x/etc/sysusers.d && cp /etc/passwd /etc/group x/etc/ && systemd-sysusers --root=$PWD/x $PWD/\(separate)/users.conf > /dev/null 2>&1; grep -c ^spool- x/etc/group"
      ) == "2")
  }

  @Test func `the drop-in for the browser allows the namespaces of its sandbox, and no others`()
    throws
  {
    let spool = try installed()
    let units = "tmp/root/usr/lib/systemd/system"
    spool.run(
      "mkdir \(units)/spoold.service.d; cp tmp/root/usr/share/superset-spool/browser/*.conf \(units)/spoold.service.d/"
    )
    #expect(spool.run("systemd-analyze verify --man=no \(units)/spoold.service") == "")
    // What a unit keeps from its processes, as systemd itself reads it: a mark and a name for each.
    let allowed = spool.run(
      "systemd-analyze security --no-pager --offline=true \(units)/spoold.service | grep -o '✗ RestrictNamespaces=[^ ]*' | sort"
    )
    #expect(
      allowed
        == ["net", "pid", "user"].map { "✗ RestrictNamespaces=~\($0)" }
        .joined(separator: "\n"))
  }

  @Test func `what a unit starts is what is there, with the signals that it sends`() throws {
    let spool = try installed()
    let unit = try #require(spool.read("tmp/root/usr/lib/systemd/system/spoold.service"))
    for key in ["ExecStartPre", "ExecStart"] {
      let line = try #require(
        unit.split(separator: "\n").first { $0.hasPrefix("\(key)=") }?.dropFirst(key.count + 1))
      let program = line.split(separator: " ")[0]
      #expect(spool.run("test -x \(program)") != nil, "\(line)")
    }
    #expect(unit.contains("\nKillMode=mixed\n") && unit.contains("\nType=notify\n"))
    // What it is started with first leaves a spool in use as it is.
    let before = spool.run("find . -path ./tmp -prune -o -print | sort")
    let program = RunningProgram.path.parentPath + "/spool"
    #expect(spool.run("\(program) init $PWD && rm -f */README crontab spool.toml") != nil)
    #expect(spool.run("find . -path ./tmp -prune -o -print | sort") == before)
  }

  @Test func `rotating the job log while jobs end loses no line`() throws {
    let spool = try installed()
    try spool.start()
    let user = try #require(spool.run("id -un; id -gn")).replacing("\n", with: " ")
    spool.run(
      "sed 's/su superset-spool superset-spool/su \(user)/' tmp/root/etc/logrotate.d/* > tmp/rotate"
    )
    spool.run("chmod 644 tmp/rotate; sed -i 's/dateext/dateext\\n dateformat -%s/' tmp/rotate")
    let count = 40
    for number in 1...count {
      try spool.put("{}", at: "incoming/echo/\(number).json")
      if number % 10 == 0 {
        #expect(spool.waits(for: "results/echo/\(number).json"))
        // Twice within a second it has no name for the second one.
        #expect(
          spool.waits { spool.run("logrotate --force --state $PWD/tmp/state tmp/rotate") == "" })
      }
    }
    #expect(spool.waitsUntilEmpty())
    #expect(
      spool.waits {
        spool.run(
          "cat log/jobs.jsonl log/jobs.jsonl-*[0-9] 2> /dev/null; zcat -f log/*.gz 2> /dev/null; true"
        )?
        .split(separator: "\n").count == count
      }, "\(spool.names(in: "log"))")
  }

  @Test(.enabled(if: getuid() == 0, "users and directories of others are root's to make"))
  func `user and directory are made as the units expect them`() throws {
    let spool = try installed()
    let made = spool.run(
      """
      cd tmp/root && mkdir -p etc && cp /etc/passwd /etc/group etc/
      systemd-sysusers --root=$PWD superset-spool.conf > /dev/null 2>&1 && grep -c superset-spool etc/passwd
      systemd-tmpfiles --root=$PWD --create superset-spool.conf && stat -c '%a' $PWD\(spool.root)
      """)
    #expect(made == "1\n750")
  }
}
