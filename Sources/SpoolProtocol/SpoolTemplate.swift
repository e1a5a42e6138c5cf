// SPDX-License-Identifier: MIT

/// What stands in a new spool, besides its directories.
enum SpoolTemplate {
  /// The directories below the root, in the order of a job's way, and what each is told to hold.
  static let directories: [(name: String, line: String)] = [
    ("incoming", "Jobs that wait, by queue: cp, mv or ln a JSON object here as QUEUE/NAME.json."),
    ("active", "Jobs that run, by worker: QUEUE@1 and so on. rm a job's file to cancel it."),
    (
      "deferred", "Jobs that wait for a time, by queue: the time of the file is the time it is due."
    ),
    (
      "hold",
      "Jobs that a person has set aside, by queue: never touched. mv them back to incoming/."
    ),
    ("results", "Jobs that are done, by queue: NAME.json is what the task printed."),
    (
      "errors",
      "Jobs that failed for good, by queue: NAME.error says why. mv NAME.json back to retry."
    ),
    ("corrupt", "What was no job, by queue, as it was dropped: NAME.reason says why."),
    ("cache", "The cache layer's entries: hard links to results, by key."),
    ("events", "The cache layer's job events: CHANNEL.jsonl, one JSON object a line."),
    ("log", "jobs.jsonl has one line for each finished attempt."),
    ("state", "What tasks remember from one run to the next, by queue."),
    ("tmp", "For producers who write slowly: write here, then mv into incoming/."),
  ]

  static func configuration(metadataURL: String?, residents: [QueueName]) -> String {
    """
    # How this spool is run; spool.toml(5) describes every setting. What is commented out shows the default.

    # bin = ["bin"]              # directories of task executables; else the one that spoold lies in
    # backstop = "5m"            # between two looks at everything, events or not
    # running_limit = 16         # jobs at the same time, of all queues; else as many as these have workers

    [intake]
    # size_limit = "16MB"        # a larger file is no job
    # settling_time = "60s"      # an incomplete file that has not changed for so long is corrupt

    [defaults]                   # and [queues.NAME] for one queue
    # workers = 2                # jobs of a queue at the same time
    # weight = 1                 # its share where running_limit lets not all queues run
    # rate = "10/s"              # jobs that are started at most; else no limit
    # tries = 10                 # attempts in all, of a job that asks to be tried again
    # retry_pause = "5s"         # before the second attempt; doubled for each further one
    # retry_pause_limit = "15m"
    # crash_limit = 3            # a job that crashed so often is poison
    # soft_time_limit = "6h"     # SIGTERM
    # time_limit = "361m"        # SIGKILL
    # output_limit = "1GB"       # bytes that a task may write into one file
    # memory_limit = "2GB"       # address space of each process of a task; without it no limit
    # open_files_limit = 256     # descriptors of each process of a task; without it as many as spoold may
    # cpu_limit = "10m"          # processor time of each process of a task; without it no limit
    # resident = false           # the task's process stays and takes one job after another
    # resident_jobs = 10000      # jobs after which it is exchanged for a new one
    # resident_memory = "1GB"    # memory beyond which it is exchanged when its job has ended
    # temporary_codes = [69, 71, 73, 74, 75]   # exit statuses of "try again later"
    # pausing_codes = [78, 126, 127]           # exit statuses of "the queue cannot work"
    # user = "spool-browser"     # who runs the tasks, and group = "..."; else whoever runs spoold
    # drop_group = "superset"    # whose members may drop jobs, and know nothing of each other's

    [cache]
    # default_timeout = "1d"     # lifetime of entries whose result names none

    [prune]                      # what spool prune removes when it is so old: "30d"
    # results = "never"
    # errors = "never"
    # corrupt = "never"
    # events = "never"           # the log of a channel on which nothing was told for so long
    # logs = "never"

    # [celery]                   # for Celery's clients, by spool-celery
    # messages = "celery/messages"   # where they leave messages: their data_folder_out
    # results = "celery/results"     # where they look for results
    # worker = "celery@web1"     # what clients know it as, in inspect and control; else celery@HOST
    # queues = ["celery"]        # whose messages are taken
    # options = ["retention_period_days"]   # of apply_async, that become arguments
    # track_started = false
    # result_expires = "1d"

    [superset]
    \(metadataURL.map { "metadata_url = \"\($0)\"" } ?? "# metadata_url = \"sqlite:////srv/superset/superset.db\"")
    # secret_key = "..."         # Superset's SECRET_KEY
    # webdriver_baseurl = "http://superset:8088/"   # a running Superset, for fetch_url
    # cache_warmup = "web"       # through it; "native" for without it
    # thumbnails = "web"         # of its pages; "native" for pages of ours
    # smtp_host = "localhost"    # who takes mails; email_delivery = "sendmail" for the machine's own program
    # smtp_mail_from = "superset@example.com"
    # slack_api_token = "xoxb-..."

    """ + residents.map(resident).joined()
  }

  /// A process that keeps something warm, a browser say, is enough for a beginning.
  private static func resident(_ queue: QueueName) -> String {
    """

    [queues.\(queue)]
    resident = true
    workers = 1

    """
  }

  static let crontab = """
    # Jobs by the clock; spool-cron(8) says how a line is read, and spool cron ls what came of it.
    #
    #   minute hour day-of-month month day-of-week  QUEUE  [JSON]
    #
    # Take away the # of what you want. Times are those of this machine, unless a line above says otherwise.

    # CRON_TZ=UTC                 # Superset's own schedule counts in UTC
    # CATCH_UP=1h                 # a missed run is made up for within this time; "never" for not at all

    # Superset's schedule: alerts and reports, and the end of their old logs.
    # * * * * *    reports.scheduler
    # 10 0 * * *   reports.prune_log

    # The most visited dashboards, before people come to work.
    # 0 6 * * 1-5  cache-warmup  {"strategy_name": "top_n_dashboards", "top_n": 10, "since": "7 days ago"}
    # The dashboards with a tag, each hour.
    # @hourly      cache-warmup  {"strategy_name": "dashboard_tags", "tags": ["core"]}

    # Queries of SQL Lab that are older than half a year, and what people did more than a year ago.
    # 0 4 1 * *    prune_query   {"retention_period_days": 180}
    # 0 5 1 * *    prune_logs    {"retention_period_days": 365}

    """
}
