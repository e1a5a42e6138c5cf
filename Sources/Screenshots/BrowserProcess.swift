// SPDX-License-Identifier: MIT
import Glibc
import SystemCalls

/// One browser that runs, with all its processes: it ends, and its profile goes, with the last reference.
final class BrowserProcess {
  let client: DevToolsClient
  private let child: ChildProcess
  private let profile: BrowserProfile
  private let messages: OpenFile
  private let limits: BrowserLimits
  private var hasEnded = false

  /// Starts it and waits until it answers.
  init(
    _ settings: BrowserSettings, isCancelled: @escaping () -> Bool
  ) throws(ScreenshotError) {
    limits = settings.limits
    PipeEnds.surviveBrokenOnes()
    BrowserProfile.removeLeftovers(in: settings.directory, of: settings.program)
    do throws(SystemError) {
      let account = try Self.account(settings)
      profile = try BrowserProfile(in: settings.directory, for: account)
      messages = try OpenFile.inMemory([], named: "messages")
      let (input, output) = (try PipeEnds(), try PipeEnds())
      client = DevToolsClient(
        try DevToolsPipe(reading: output.reading, writing: input.writing))
      var plan = ChildPlan(
        settings.program, BrowserArguments.list(settings, profile: profile.path),
        environment: BrowserArguments.environment(profile: profile.path))
      let null = try SystemFiles().open("/dev/null", .update)
      plan.descriptors = [null, null, messages, input.reading, output.writing]
      plan.directory = "/"
      plan.ownGroup = true
      plan.diesWithParent = true
      plan.account = account
      plan.handsOnCapabilities = false
      child = try ChildProcess.start(plan)
    } catch {
      throw error.errno == .noSuchFile && error.path == settings.program
        ? .notInstalled(program: settings.program) : .cannotStart(reason: "\(error)")
    }
    client.objection = { isCancelled() ? .cancelled : nil }
    do {
      // Once it runs whoever comes after us can find it.
      try? profile.note(group: child.pid)
      _ = try client.call("Browser.getVersion", within: limits.start)
    } catch {
      end()
      throw error == .cancelled ? error : startError(settings, error)
    }
  }

  /// Nil where the browser stays who this process is.
  private static func account(_ settings: BrowserSettings) throws(SystemError) -> Account? {
    let privileges = Privileges.current()
    // Root that may become nobody else stays root, in which Chromium refuses its sandbox.
    guard privileges.user == 0, settings.user != "root", privileges.canActForOthers else {
      return nil
    }
    guard let account = AccountFiles.read().account(settings.user) else {
      throw SystemError("become", settings.user, .noSuchFile)
    }
    return account
  }

  private func startError(
    _ settings: BrowserSettings, _ error: ScreenshotError
  ) -> ScreenshotError {
    let said = lastWords
    guard !["sandbox", "namespace"].contains(where: said.contains) || !settings.isSandboxed else {
      return .noSandbox(reason: said)
    }
    return .cannotStart(reason: said.isEmpty ? "\(error)" : said)
  }

  /// What it said last on standard error that is of weight; D-Bus is missed by all browsers without a desktop.
  var lastWords: String {
    let text = String(decoding: (try? messages.readTail(16_384)) ?? [], as: UTF8.self)
    let lines = text.split(separator: "\n").filter { line in
      [":FATAL:", ":ERROR:", "Error", "error"].contains { line.contains($0) }
        && !line.contains("dbus") && !line.contains("drmGetDevices")
    }
    let fatal = lines.last { $0.contains(":FATAL:") } ?? lines.last
    // [1129/203144.848630:FATAL:content/zygote_host.cc:117] No usable sandbox!
    let words = fatal.map {
      $0.firstRange(of: "] ").map { range in fatal?[range.upperBound...] ?? "" } ?? $0
    }
    return words.map { String($0.prefix(300)) } ?? ""
  }

  /// Bytes that all its processes have for themselves.
  var memory: Int { ProcessGroup.privateBytes(of: child.pid) }

  var isAlive: Bool { !hasEnded && !child.hasEnded }

  /// The process that the others hang on, for tests.
  var pid: pid_t { child.pid }

  /// Kills all of it: there is nothing in the profile that would have to be written.
  func end() {
    guard !hasEnded else { return }
    hasEnded = true
    child.sendToGroup(.kill)
    child.send(.kill)
    while child.reap() == nil {
      _ = DescriptorPoll.ready([.init(child.pidfd.descriptor)], within: .seconds(1))
    }
    _ = ProcessGroup.end(child.pid, within: .seconds(10))
    profile.remove()
  }

  deinit { end() }
}
