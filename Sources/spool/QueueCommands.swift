// SPDX-License-Identifier: MIT
import ArgumentParser
import JSONValues
import SpoolCommands
import SpoolProtocol
import SystemCalls

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how many jobs stand where, by queue.")

  @OptionGroup var spool: SpoolOption
  @Flag(help: "As JSON.") var json = false

  func run() {
    reporting { () throws(CommandError) in
      let spool = try spool.open()
      let now = SystemClock.now()
      let (rows, isDispatched) = try calling { () throws(SystemError) in
        var rows: [QueueStatus] = []
        for queue in try spool.queues() { rows.append(try QueueStatus(queue, of: spool, at: now)) }
        return (rows, try LifeLock.isHeld(spool.layout.dispatcherLock))
      }
      if json {
        let document: JSONValue = [
          "queues": .array(rows.map(\.document)), "dispatcher": .bool(isDispatched),
        ]
        return print(document.text)
      }
      for line in TextTable.lines([QueueStatus.columns] + rows.map { $0.cells(at: now) }) {
        print(line)
      }
      print(isDispatched ? "spoold is running" : "no spoold is running: jobs wait")
    }
  }
}

struct Top: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show queues and running jobs as they change, until q.")

  @OptionGroup var spool: SpoolOption
  @Flag(help: "Print them once; so it is where standard output is no terminal.") var once = false

  func run() {
    reporting { () throws(CommandError) in
      let spool = try spool.open()
      try calling { () throws(SystemError) in
        guard once || !Terminal.isThere else { return try LiveView(of: spool).run() }
        for line in try SpoolView(of: spool, at: SystemClock.now()).lines { print(line) }
      }
    }
  }
}

struct Shape: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Count jobs by queue and age in minutes, as Postfix' qshape does.")

  @OptionGroup var spool: SpoolOption
  @Argument(help: "Which jobs: incoming, active, deferred. All three where missing.")
  var states: [String] = []
  @Flag(help: "Deferred jobs by the time until they are due.") var due = false

  func run() {
    reporting { () throws(CommandError) in
      let spool = try spool.open()
      let chosen = try chosen()
      let histogram = try calling { () throws(SystemError) in
        try AgeHistogram(of: spool, chosen, by: due ? .timeToGo : .age, at: SystemClock.now())
      }
      for line in TextTable.lines(histogram.rows) { print(line) }
    }
  }

  private func chosen() throws(CommandError) -> Set<JobState> {
    let known: [JobState] = due ? [.deferred] : [.incoming, .active, .deferred]
    var chosen: Set<JobState> = []
    for name in states {
      guard let state = known.first(where: { $0.rawValue == name }) else {
        throw .noShape(of: name, known: known)
      }
      chosen.insert(state)
    }
    return chosen.isEmpty ? Set(known) : chosen
  }
}

struct Retry: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Try a failed job again: mv errors/QUEUE/ID.json incoming/QUEUE/.")

  @OptionGroup var spool: SpoolOption
  @OptionGroup var job: JobArgument

  func run() {
    reporting { () throws(CommandError) in
      try job.move(.retry, in: spool.open())
    }
  }
}

struct Hold: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Set a job aside that has not ended; a running task is told to end.")

  @OptionGroup var spool: SpoolOption
  @OptionGroup var job: JobArgument

  func run() {
    reporting { () throws(CommandError) in
      try job.move(.hold, in: spool.open())
    }
  }
}

struct Release: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let a held or deferred job go on now.")

  @OptionGroup var spool: SpoolOption
  @OptionGroup var job: JobArgument

  func run() {
    reporting { () throws(CommandError) in
      try job.move(.release, in: spool.open())
    }
  }
}

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a deferred job now after all, whatever time it waits for.")

  @OptionGroup var spool: SpoolOption
  @OptionGroup var job: JobArgument

  func run() {
    reporting { () throws(CommandError) in
      try job.move(.run, in: spool.open())
    }
  }
}

struct Cancel: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove a job that has not ended; a running task is told to end.")

  @OptionGroup var spool: SpoolOption
  @OptionGroup var job: JobArgument

  func run() {
    reporting { () throws(CommandError) in
      try job.move(.cancel, in: spool.open())
    }
  }
}

struct Pause: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let no further job of a queue begin: touch incoming/QUEUE/.paused.")

  @OptionGroup var spool: SpoolOption
  @Argument(help: "The queue.") var queue: String

  func run() {
    reporting { () throws(CommandError) in
      let spool = try spool.open()
      let queue = try QueueName(option: queue)
      try calling { () throws(SystemError) in try spool.pauseByHand(queue) }
    }
  }
}

struct Resume: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let a paused queue go on: rm incoming/QUEUE/.paused.")

  @OptionGroup var spool: SpoolOption
  @Argument(help: "The queue.") var queue: String

  func run() {
    reporting { () throws(CommandError) in
      let spool = try spool.open()
      let queue = try QueueName(option: queue)
      try calling { () throws(SystemError) in try spool.resume(queue) }
    }
  }
}
