// SPDX-License-Identifier: MIT
import SpoolTesting
import Testing

struct CeleryConfigTests {
  @Test func `an application is told where this spool's directories are`() throws {
    let directory = try TemporaryDirectory("celery")
    _ = try CommandRun(["init", "s", "noop"], in: directory.path)
    let without = try CommandRun(["--spool", "s", "celery-config"], in: directory.path)
    #expect(without.status == 78)
    #expect(without.complaints.contains("celery.messages is not set"))
    try directory.write(
      "[celery]\nmessages = \"it's/messages\"\nresults = \"/r\"\nqueues = [\"q\"]\n",
      to: "s/spool.toml")
    let run = try CommandRun(["--spool", "s", "celery-config"], in: directory.path)
    let root = "\(directory.path)/s"
    #expect(
      run.output == """
        broker_url = 'filesystem://'
        broker_transport_options = {
            'data_folder_in': '\(root)/it\\'s/messages',
            'data_folder_out': '\(root)/it\\'s/messages',
            'control_folder': '\(root)/it\\'s/control',
        }
        result_backend = 'file:///r'
        task_default_queue = 'q'

        """)
  }
}
