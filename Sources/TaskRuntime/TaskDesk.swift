// SPDX-License-Identifier: MIT
import JSONValues
import SystemCalls
import TaskContract

/// Where a task's jobs arrive: one on standard input, or, for a resident task, one in each line.
struct TaskDesk<Task: TaskProgram> {
  private let options: TaskOptions
  private let console: Console
  private let cancellation = Cancellation()
  private let memory = TaskMemory()

  init(_ options: TaskOptions, _ console: Console) {
    self.options = options
    self.console = console
  }

  struct Run {
    let verdict: Verdict
    /// Nil where a bug has left nothing to say.
    let output: TaskOutput?
  }

  /// One job, from its bytes to what the task prints and how it ends.
  func run(_ bytes: some Sequence<UInt8>, in environment: TaskEnvironment) -> Run {
    var job = JSONValue.null
    do {
      job = try Task.named(try JobReader.job(bytes))
      let context = TaskContext(
        options: options, environment: environment, cancellation: cancellation, memory: memory,
        log: { [console] in console.log($0) })
      return Run(verdict: .ok, output: try Task.run(job, context))
    } catch let failure as any TaskFailure {
      return Run(verdict: failure.verdict, output: console.report(failure, job))
    } catch {
      console.log("\(error)")
      return Run(verdict: .bug, output: nil)
    }
  }

  /// What stands on standard input: one job, or one in each line, for a filter in a pipe.
  ///
  /// - Returns: how the first that failed ended.
  func runAll(_ bytes: [UInt8]) -> Verdict {
    var verdict = Verdict.ok
    let jobs = JobReader.jobs(bytes)
    for (index, job) in jobs.enumerated() {
      // The first one reports that itself.
      guard index == 0 || !cancellation.isRequested else {
        console.log("broken off: \(jobs.count - index) of \(jobs.count) jobs are not done")
        return verdict == .ok ? .tryLater : verdict
      }
      let run = run(job, in: ProcessEnvironment.task)
      if verdict == .ok { verdict = run.verdict }
      // A result that nobody gets is none; what would come after it neither.
      if let output = run.output, !console.deliver(output.bytes) {
        console.log("unable to write the result to standard output")
        return verdict == .ok ? .ioError : verdict
      }
    }
    return verdict
  }

  /// Takes requests and answers them until standard input ends; ``ResidentProtocol``.
  func serve() throws(TaskStartError) {
    var lines = LineReader(OpenFile.standardInput)
    let environment = ProcessEnvironment.task
    while let line = try lines.next() {
      let request = try ResidentRequest(line)
      let run = run(request.job, in: environment.replacing(request.variables))
      console.print(request.answer(run.verdict, run.output).bytes)
    }
  }
}
