// SPDX-License-Identifier: MIT

/// How a running Superset is reached, and as whom: the part of superset_config.py that concerns its own web server.
package struct WebSettings: Hashable, Sendable {
  /// WEBDRIVER_BASEURL; nil where there is no web server.
  package var baseURL: String?
  /// SESSION_COOKIE_NAME
  package var sessionCookieName = "session"
  /// SESSION_SERVER_SIDE: whether a session is begun by a login alone.
  package var hasServerSideSessions = false
  /// Who logs in there.
  package var user: String?
  package var password: String?
  /// Seconds until there is a connection.
  package var connectTimeout = 30
  /// Seconds for a whole request; a chart is computed in it.
  package var timeout = 600
  /// Bytes of an answer.
  package var bodyLimit = 16 << 20
  /// A file with the certificates of those who may vouch for the server; nil for the system's.
  package var certificates: String?
}

/// How charts are warmed.
package enum WarmUpWay: String, Hashable, Sendable, CaseIterable {
  /// Superset's web server is asked to.
  case web
  /// Our own tasks compute them.
  case native
}

/// Who stands behind a chart's warm-up, and who does it.
package struct WarmUpSettings: Hashable, Sendable {
  package var way = WarmUpWay.web
  /// CACHE_WARMUP_EXECUTORS, as they are written.
  package var executors = ["selenium"]
}
