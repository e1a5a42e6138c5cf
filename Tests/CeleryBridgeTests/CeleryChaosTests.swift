// SPDX-License-Identifier: MIT
import JSONValues
import SpoolTesting
import SystemCalls
import Testing

/// Messages by the thousand while whoever takes them, and whoever runs them, is killed.
@Suite(.serialized) struct CeleryChaosTests {
  /// What kombu's writer does: the name first, then a lock, then the content, here in two pieces.
  private static let producer = """
    import base64, fcntl, json, os, sys, time, uuid
    folder, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for number in range(first, first + count):
        identity = str(uuid.uuid4())
        body = json.dumps([[number], {}, {"callbacks": None, "errbacks": None, "chain": None, "chord": None}])
        message = json.dumps({
            "body": base64.b64encode(body.encode()).decode(), "content-encoding": "utf-8",
            "content-type": "application/json",
            "headers": {"lang": "py", "task": "note", "id": identity, "ignore_result": number % 2 == 0},
            "properties": {"body_encoding": "base64", "delivery_tag": identity, "priority": 0}})
        name = f"{folder}/{time.monotonic_ns() // 1000000}_{identity}.celery.msg"
        with open(name, "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(message[:100])
            file.flush()
            file.write(message[100:])

    """

  @Test func `each message is run once, whoever is killed meanwhile`() throws {
    let spool = try TestSpool(
      ["note": "jq -c '.args[0]' | tee -a $SPOOL/tmp/numbers"],
      configuration: "[celery]\nmessages = \"messages\"\nresults = \"told\"\n")
    spool.run("mkdir messages told")
    try spool.put(Self.producer, at: "tmp/producer.py")
    try spool.start()
    var bridge = try spool.start(program: "spool-celery")
    let producers = try (0..<4).map { number in
      try spool.startProducer("python3 tmp/producer.py messages \(number * 250) 250")
    }
    for round in 0..<8 {
      spool.run("sleep 0.3")
      bridge.send(.kill)
      #expect(spool.waits(forEndOf: bridge))
      if round % 2 == 1 {
        spool.killDispatcher()
        try spool.start()
      }
      bridge = try spool.start(program: "spool-celery")
    }
    for producer in producers { #expect(spool.waits(forEndOf: producer)) }
    #expect(
      spool.waits { spool.names(in: "messages").isEmpty && spool.names(in: ".celery").isEmpty })
    #expect(spool.waitsUntilEmpty())
    #expect(spool.run("sort -n tmp/numbers | uniq | wc -l") == "1000")
    // The dispatcher's death leaves its workers running: nothing was run twice.
    #expect(spool.run("wc -l < tmp/numbers") == "1000")
    #expect(spool.names(in: "told").count == 500)
    #expect(spool.run("grep -L SUCCESS told/*")?.isEmpty ?? true)
    #expect(spool.names(in: "corrupt/incoming").isEmpty)
  }
}
