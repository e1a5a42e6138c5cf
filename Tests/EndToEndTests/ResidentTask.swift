// SPDX-License-Identifier: MIT
import SpoolTesting

/// A queue with a resident task that does what its jobs say.
extension TestSpool {
  /// One worker, unless the settings say otherwise; its task is this test's in Python.
  static func resident(_ settings: String = "", retryPause: Double = 0.05) throws -> TestSpool {
    let spool = try TestSpool(
      ["task": residentScript],
      configuration: """
        [queues.task]
        resident = true
        workers = 1
        retry_pause = \(retryPause)
        \(settings)

        """)
    try spool.start()
    return spool
  }

  func drop(_ id: String, _ what: String) throws {
    try put(#"{"do":"\#(what)"}"#, at: "incoming/task/\(id).json")
  }

  /// Answers with its process id, its attempt, and whatever else the job asks of it.
  private static let residentScript = """
    #!/usr/bin/env python3
    import json, os, resource, signal, subprocess, sys, time
    assert sys.argv[1:] == ["--resident"], sys.argv
    def say(text):
        os.write(1, text.encode())
    hoard = []
    for line in sys.stdin:
        request = json.loads(line)
        job, name = request["job"], request["id"]
        do = job.get("do", "")
        print("at", name, file=sys.stderr, flush=True)
        answer = {"id": name, "status": 0, "result": {
            "pid": os.getpid(), "attempt": request["attempt"], "size": len(line),
            "left": sorted(os.listdir(os.environ["SPOOL_FILES"]) + os.listdir("."))}}
        if do.startswith("status "):
            answer["status"] = int(do.split()[1])
            answer["result"] = {"errors": [{"message": "as it was told"}]}
        if do.startswith("files"):
            with open(os.environ["SPOOL_FILES"] + "/data", "w") as file:
                file.write(name)
        if do.startswith("progress") or do == "files, progress, status 65":
            with open("progress", "w") as file:
                file.write('{"done": 3, "total": 4}')
        if do == "files, progress, status 65": answer["status"] = 65
        if do == "progress, wait": time.sleep(600)
        if do == "hang":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(600)
        if do == "orphan":
            subprocess.Popen(["sleep", "600"], start_new_session=True, close_fds=False)
            time.sleep(600)
        if do == "sleep": time.sleep(600)
        if do == "gate":
            while not os.path.exists(os.environ["SPOOL"] + "/tmp/go"): time.sleep(0.01)
        if do == "die": os.kill(os.getpid(), signal.SIGKILL)
        if do == "exit 78": sys.exit(78)
        if do == "exit 0": sys.exit(0)
        if do == "burn":
            while True: pass
        if do == "burn 0.7":
            end = time.process_time() + 0.7
            while time.process_time() < end: pass
        if do == "grow": hoard.append(bytearray(os.urandom(1 << 20)) * 64)
        if do == "noise": say("hello\\n")
        if do == "array": say("[1]\\n")
        if do == "other": answer["id"] = "other"
        if do == "no status": del answer["status"]
        if do == "big status": answer["status"] = 256
        if do == "no result": del answer["result"]
        if do == "twice": say(json.dumps(answer) + "\\n")
        if do == "close":
            os.close(1)
            time.sleep(600)
        text = json.dumps(answer) + "\\n"
        if do == "pieces":
            for letter in text:
                say(letter)
        else:
            say(text)
    with open(os.environ["SPOOL"] + "/tmp/farewell", "a") as file:
        file.write("bye\\n")
    """
}
