// SPDX-License-Identifier: MIT
import SpoolTesting
import SystemCalls
import Testing

/// log/metrics.prom as Prometheus reads it.
@Suite struct MetricsFileTests {
  /// Holds a text against the rules of the format and of promtool's naming; prints its samples.
  private static let strict = """
    import re, sys
    from prometheus_client import parser
    from prometheus_client.openmetrics import parser as strict
    text = open('log/metrics.prom').read()
    assert text.endswith('\\n') and '\\r' not in text
    kinds, seen, family = {}, set(), None
    for line in text.splitlines():
        if line.startswith('# HELP '):
            family, help = line.split(' ', 3)[2:]
            assert family not in kinds and help.endswith('.') and help.strip() == help, line
            assert re.fullmatch('superset_spool_[a-z_]+', family), family
        elif line.startswith('# TYPE '):
            assert line.split(' ')[2] == family, line
            kinds[family] = line.split(' ')[3]
            assert (kinds[family] == 'counter') == family.endswith('_total'), line
        else:
            name, labels = re.fullmatch(r'([a-z_]+)(?:\\{(.*)\\})? [0-9.e+-]+', line).groups()
            assert re.sub('_(bucket|sum|count)$', '', name) == family or name == family, line
            assert (name, labels) not in seen, line
            seen.add((name, labels))
    # The stricter of the two formats: there a counter's family has no _total, and the text an end.
    open_text = re.sub(r'(# (?:HELP|TYPE) \\w+)_total ', r'\\1 ', text) + '# EOF\\n'
    assert len(list(strict.text_string_to_metric_families(open_text))) == len(kinds)
    for metric in parser.text_string_to_metric_families(text):
        for sample in metric.samples:
            labels = ','.join(f'{k}={v}' for k, v in sorted(sample.labels.items()))
            print(f'{sample.name.removeprefix("superset_spool_")}{{{labels}}}', sample.value)
    """

  private func samples(_ spool: TestSpool) throws -> [String: Double] {
    try spool.put(Self.strict, at: "tmp/strict.py")
    let text = spool.run("/usr/bin/python3 tmp/strict.py || { cat log/metrics.prom; false; }")
    let lines = try #require(text, "\(spool.read("log/metrics.prom") ?? "no file")")
    return lines.split(separator: "\n").reduce(into: [:]) { samples, line in
      guard let space = line.lastIndex(of: " ") else { return }
      samples[String(line[..<space])] = Double(line[line.index(after: space)...])
    }
  }

  @Test func `what stands where and what has ended can be scraped`() throws {
    let spool = try TestSpool(
      ["good": "exec cat", "bad": "exit 65", "later": "exit 75"],
      queues: ["good", "bad", "later", "none"],
      configuration: "[defaults]\nretry_pause = 600\nworkers = 1\n")
    spool.run("mkdir -p hold/good; echo '{}' > hold/good/h.json; touch incoming/none/.paused")
    spool.run("echo '{}' > incoming/none/w.json; touch -d '-1 hour' incoming/none/w.json")
    try spool.start()
    for number in 1...3 { try spool.put("{}", at: "incoming/good/\(number).json") }
    try spool.put("{}", at: "incoming/bad/b.json")
    try spool.put("[]", at: "incoming/bad/odd.json")
    try spool.put("{}", at: "incoming/later/l.json")
    // Written at the start, and, since then, not before 15 seconds are over.
    #expect(
      spool.waits(for: .seconds(90)) {
        let text = spool.read("log/metrics.prom") ?? ""
        return text.contains(#"{queue="good",state="results"} 3"#)
          && text.contains(#"{queue="later",state="deferred"} 1"#)
          && text.contains(#"{queue="bad",state="errors"} 1"#)
          && text.contains(#"{queue="bad",state="corrupt"} 1"#)
          && text.contains(#"verdict="ok"} 3"#) && text.contains(#"verdict="bad input"} 1"#)
          && text.contains(#"verdict="try later"} 1"#)
      }, "\(spool.read("log/metrics.prom") ?? "no file")")
    let samples = try samples(spool)
    #expect(samples["jobs{queue=good,state=hold}"] == 1)
    #expect(samples["jobs{queue=good,state=incoming}"] == 0)
    #expect(samples["jobs{queue=good,state=active}"] == 0)
    #expect(samples["jobs{queue=none,state=incoming}"] == 1)
    #expect(try #require(samples["oldest_waiting_seconds{queue=none}"]) >= 3600)
    #expect(samples["paused{queue=none}"] == 1 && samples["paused{queue=good}"] == 0)
    #expect(samples["attempts_total{queue=good,verdict=ok}"] == 3)
    #expect(samples["attempts_total{queue=bad,verdict=bad input}"] == 1)
    #expect(samples["attempts_total{queue=later,verdict=try later}"] == 1)
    #expect(samples["attempt_duration_seconds_count{queue=good}"] == 3)
    #expect(samples["attempt_duration_seconds_bucket{le=+Inf,queue=good}"] == 3)
    #expect(samples["worker_starts_total{queue=good}"] == 1)
    #expect(samples["workers{queue=good}"] == 1)
    let syncs = ["fsync", "syncfs"].compactMap { samples["dispatcher_syncs_total{call=\($0)}"] }
    #expect(syncs.count == 2 && syncs.reduce(0, +) > 0)
    #expect(!spool.exists("log/.metrics.prom.new"))
    #expect(spool.messages.split(separator: "\n").count == 1)
  }
}
