// SPDX-License-Identifier: MIT
import CronTable
import SpoolProtocol
import SystemCalls

/// Carrying out the lines.
extension JobClock {
  /// Reads the crontab where it has changed; while it is being written, and for a moment while it is missing, the lines
  /// before stay.
  func readCrontab(at now: Int) {
    nextReading = Self.moment(after: plan.backstop)
    do {
      switch try CrontabReading(of: spool) {
      case .text(let text):
        missingLooks = 0
        if text != self.text { use(text, at: now) }
      case .beingWritten: nextReading = Self.moment(after: Self.settlingPause)
      case .missing:
        missingLooks += 1
        if missingLooks == 1 { nextReading = Self.moment(after: Self.settlingPause) }
        if missingLooks == 2 { useNone() }
      }
    } catch {
      report("\(error); the lines before stay", .error)
    }
  }

  private func useNone() {
    report("there is no \(spool.layout.crontab): nothing is dropped until there is one")
    text = nil
    lines = [:]
    forgetStrangers()
  }

  private func use(_ text: [UInt8], at now: Int) {
    self.text = text
    let read = LineSet(text, localZone: plan.localZone)
    for bad in read.badLines {
      report("line \(bad.number) of \(spool.layout.crontab) is left out: \(bad.error)")
    }
    var lines: [String: ClockLine] = [:]
    for line in read.lines {
      var known = self.lines[line.key] ?? ClockLine(line, seen: now)
      known.use(line)
      lines[line.key] = known
    }
    self.lines = lines
    tellOfMissingQueues()
    report("read \(spool.layout.crontab): \(read.lines.count) lines", .info)
    forgetStrangers()
  }

  /// A line that was taken out was meant to rest: when it comes back it begins anew.
  private func forgetStrangers() {
    do {
      for key in try spool.stampedLines() where lines[key] == nil {
        try spool.files.unlinkIfPresent(spool.layout.stamp(ofLine: key))
      }
    } catch {
      // Old stamps only make a line that comes back look late; they go with the next change.
      report("\(error)", .error)
    }
  }

  /// Drops what is due of one line.
  func runLine(_ key: String, at now: Int) {
    guard var line = lines[key], line.pausedUntil <= SystemClock.monotonic() else { return }
    do {
      try run(&line, at: now)
    } catch {
      hasUnfinished = true
      report("line \(line.line.number): \(error); trying again in \(line.fail())", .error)
    }
    lines[key] = line
  }

  private func run(_ line: inout ClockLine, at now: Int) throws(SystemError) {
    let until = try knownUntil(&line, at: now)
    guard let next = line.nextRun, next <= now else { return }
    let due = DueRuns(line.line.schedule, after: until, at: now, catchUp: line.line.catchUp)
    guard try spool.isQueue(line.line.queue) else { return complain(&line) }
    if let missed = due.missed { try leaveOut(missed, of: &line) }
    for instant in due.drops { try drop(&line, at: instant, now: now) }
  }

  private func knownUntil(_ line: inout ClockLine, at now: Int) throws(SystemError) -> Int {
    var until = line.until ?? 0
    if line.until == nil {
      if let stamp = try spool.stamp(ofLine: line.line.key) {
        until = stamp.until
      } else {
        until = line.seen
        try spool.publish(Stamp(until: until), of: line.line)
      }
      line.settle(until: until)
    }
    guard until > now + DueRuns.setBackLimit else { return until }
    report(
      "line \(line.line.number) goes on from now: the clock was as far as \(InstantText.extended(until))"
    )
    let dropped = try spool.stamp(ofLine: line.line.key)?.dropped
    try spool.publish(Stamp(until: now, dropped: dropped), of: line.line)
    line.settle(until: now)
    return now
  }

  private func complain(_ line: inout ClockLine) {
    tellOfQueue(&line)
    // Events tell when it is made.
    line.wait(for: plan.backstop)
  }

  private func tellOfQueue(_ line: inout ClockLine) {
    guard !line.hasComplained else { return }
    report("line \(line.line.number): \(SpoolError.noSuchQueue(line.line.queue))")
    line.hasComplained = true
  }

  /// Said when the crontab is read, not only when the line is due.
  private func tellOfMissingQueues() {
    for key in keysInOrder {
      guard var line = lines[key] else { continue }
      do {
        if try !spool.isQueue(line.line.queue) { tellOfQueue(&line) }
      } catch {
        // Told when the line is due.
        continue
      }
      lines[key] = line
    }
  }

  private func leaveOut(
    _ missed: ClosedRange<Int>, of line: inout ClockLine
  ) throws(SystemError) {
    let dropped = try spool.stamp(ofLine: line.line.key)?.dropped
    try spool.publish(Stamp(until: missed.upperBound, dropped: dropped), of: line.line)
    line.settle(until: missed.upperBound)
    let (first, last) = (
      InstantText.extended(missed.lowerBound), InstantText.extended(missed.upperBound)
    )
    report("line \(line.line.number): missed from \(first) to \(last)", .notice)
  }

  private func drop(
    _ line: inout ClockLine, at instant: Int, now: Int
  ) throws(SystemError) {
    let id = line.line.id(at: instant)
    switch try spool.drop(line.line, at: instant) {
    case .dropped:
      report("dropped \(line.line.queue)/\(id), line \(line.line.number)", .info)
    case .idTaken: report("line \(line.line.number): \(id) was there already", .info)
    case .noQueue: return complain(&line)
    }
    line.hasComplained = false
    line.settle(until: instant)
  }
}
