// SPDX-License-Identifier: MIT
import Glibc
import SpoolTesting
import SystemCalls
import Testing

@testable import Screenshots

/// The program `screenshot`, and what is left when it is killed.
@Suite(.serialized)
struct FilterTests {
  private let directory: TemporaryDirectory
  private let shell: Shell
  private let server: PageServer

  init() throws {
    server = try PageServer()
    directory = try TemporaryDirectory("filter")
    try SystemFiles().open(directory.path, .read).setPermissions(0o755)
    let sandbox = try Studio.hasSandbox.get() ? "" : " --no-sandbox"
    shell = Shell(
      directory: directory.path,
      variables: [
        "SHOT=\(CommandLine.arguments[0].parentPath)/screenshot --profiles \(directory.path)\(sandbox)",
        "URL=\(server.origin)",
      ], patience: 300)
  }

  private func pixels(_ name: String) throws -> Pixels {
    try Pixels(png: SystemFiles().contents(of: "\(directory.path)/\(name)"))
  }

  private var profiles: [String] {
    ((try? SystemFiles().names(in: directory.path)) ?? []).filter { $0.contains("spool-browser-") }
  }

  @Test func `HTML becomes a picture, and nothing else is left`() throws {
    let said = shell.run(
      "echo '<body style=\"background:#00ff00\">' | $SHOT --size 640x480 --thumb=320x240 >x.png")
    let sandbox = try Studio.hasSandbox.get()
    #expect(said == "" || !sandbox)
    let picture = try pixels("x.png")
    #expect(picture.size == "320x240")
    #expect(picture.colour(100, 100) == "#00ff00")
    #expect(profiles == [])
  }

  @Test func `an address becomes a picture, with its cookies`() throws {
    try directory.write("session=geheim\n", to: "cookies")
    #expect(shell.run("$SHOT --cookie-file cookies --density 0.5 $URL/cookie >x.png") != nil)
    let picture = try pixels("x.png")
    #expect(picture.size == "400x300")
    #expect(picture.colour(9, 9) == "#0000ff")
    #expect(shell.run("$SHOT --pdf --wait load $URL/ok | head -c 5")?.hasSuffix("%PDF-") == true)
  }

  @Test func `several files become pictures, one that fails keeps none from it`() throws {
    for (name, colour) in [("a", "#00ff00"), ("c.d", "#0000ff")] {
      try directory.write(
        "<html data-ready=true><body style='background:\(colour)'>", to: "\(name).html")
    }
    try directory.write("<p>", to: "b.html")
    let said = try #require(
      shell.run(
        "mkdir to; $SHOT --wait own --timeout 2 --into to a.html b.html none.html c.d.html; echo $?"
      ))
    #expect(said.contains("screenshot: b.html: the page is not ready"))
    #expect(said.contains("none.html"))
    #expect(said.hasSuffix("\n65"))
    #expect(try SystemFiles().names(in: "\(directory.path)/to").sorted() == ["a.png", "c.d.png"])
    #expect(try pixels("to/a.png").colour(9, 9) == "#00ff00")
    #expect(try pixels("to/c.d.png").colour(9, 9) == "#0000ff")
  }

  @Test(arguments: [
    ("--size 0x5", 64), ("--what", 64), ("--wait soon", 64), ("--density x", 64), ("a b", 64),
    ("--size", 64), ("--cookie-file none $URL/ok", 66), ("file:///etc/passwd", 65),
    ("--wait own", 65), ("$URL/status?404", 66), ("$URL/status?500", 75), ("$URL/status?403", 77),
    ("$URL/redirect?/login/", 77), ("--browser /nowhere $URL/ok", 78), ("$URL/attachment", 65),
    ("--timeout 2 $URL/image-never", 75),
  ])
  func `the status tells what kind of failure it was`(_ call: String, _ status: Int) throws {
    let said = try #require(
      shell.run("echo '<p>' | $SHOT --timeout 5 \(call) 2>said >x.png; echo $?; cat said"))
    let lines = said.split(separator: "\n")
    #expect(lines.first.map(String.init) == "\(status)", "\(said)")
    #expect(lines.dropFirst().contains { $0.hasPrefix("screenshot: ") })
    #expect(try directory.read("x.png") == "")
    #expect(profiles == [])
  }

  @Test(.enabled(if: geteuid() == 0))
  func `without namespaces there is no sandbox, and it says so`() throws {
    let helper = "python3 -B \(#filePath.parentPath)/server/without_namespaces.py $SHOT"
    let said = try #require(shell.run("echo '<p>' | \(helper) >x.png; echo $?"))
    // In a container that lets nobody make any, there are none to take away.
    guard !said.hasSuffix("99"), try Studio.hasSandbox.get() else { return }
    #expect(said.contains("unable to start the browser in its sandbox, screenshot(1)"))
    #expect(said.hasSuffix("\n78"))
    #expect(profiles == [])
    let open = try #require(shell.run("echo '<p>' | \(helper) --no-sandbox >x.png; echo $?"))
    #expect(open.contains("without its sandbox"))
    #expect(open.hasSuffix("\n0"))
    #expect(try pixels("x.png").size == "800x600")
  }

  /// The program under way, until the page that never ends is there; the group of its browser's processes.
  private func startEndless() throws -> (ChildProcess, Int32) {
    var plan = ChildPlan(
      "/bin/sh", ["-c", "exec $SHOT --timeout 600 $URL/image-never"],
      environment: ["PATH=/usr/bin:/bin"] + shell.variables)
    let null = try SystemFiles().open("/dev/null", .update)
    plan.descriptors = [null, null, null]
    let child = try ChildProcess.start(plan)
    var group: Int32?
    #expect(
      waits(300) {
        group = profiles.first.flatMap { try? directory.read("\($0)/group") }
          .flatMap { Int32($0.prefix { $0.isNumber }) }
        return group != nil && server.wasAsked(for: "/never")
      })
    return (child, try #require(group))
  }

  private func kill(_ child: ChildProcess) {
    child.send(.kill)
    #expect(waits { child.reap() != nil })
  }

  @Test func `killed, it leaves no browser, and the next one removes its profile`() throws {
    let (child, group) = try startEndless()
    kill(child)
    #expect(waits { ProcessGroup.members(of: group).isEmpty })
    #expect(profiles.count == 1)
    #expect(shell.run("echo '<p>' | $SHOT >x.png") != nil)
    #expect(profiles == [])
  }

  @Test func `killed while its browser is stopped, the next one ends what is left of that`() throws
  {
    let (child, group) = try startEndless()
    Glibc.kill(-group, SIGSTOP)
    kill(child)
    #expect(shell.run("echo '<p>' | $SHOT >x.png") != nil)
    #expect(waits { ProcessGroup.members(of: group).isEmpty })
    #expect(profiles == [])
  }

  @Test func `told to stop, it ends at once and takes all of it along`() throws {
    let (child, group) = try startEndless()
    child.send(.terminate)
    var end: ProcessEnd?
    #expect(
      waits {
        end = child.reap()
        return end != nil
      })
    #expect(end?.cause == .exited(75))
    #expect(ProcessGroup.members(of: group) == [])
    #expect(profiles == [])
  }
}
