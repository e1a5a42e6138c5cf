// SPDX-License-Identifier: MIT
import SystemCalls

/// What a report says, to whomever it goes.
package struct Notification: Hashable, Sendable {
  /// The same where the same is sent once more: the ids of mails are made of it.
  package var identity: String
  package var moment: Timestamp
  /// `Weekly: Sales`; the subject, without the prefix of all.
  package var name: String
  /// As people have written it, perhaps in HTML.
  package var description = ""
  /// Into Superset.
  package var url: String?
  package var table: NotificationTable?
  /// PNG each.
  package var pictures: [[UInt8]] = []
  package var csv: [UInt8]?
  package var pdf: [UInt8]?
  /// Why there is nothing to send; then nothing else goes along.
  package var errorText: String?
  package var source: NotificationSource

  package init(
    _ name: String, _ source: NotificationSource, identity: String, at moment: Timestamp
  ) {
    self.name = name
    self.source = source
    self.identity = identity
    self.moment = moment
  }
}

/// What of Superset a notification is about: the `header_data` of its own notifications.
package struct NotificationSource: Hashable, Sendable {
  /// Whether it comes by the clock alone.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case report = "Report"
    case alert = "Alert"
  }

  /// What it shows.
  package enum Subject: String, Hashable, Sendable, CaseIterable {
    case chart, dashboard
  }

  /// How it shows that.
  package enum Format: String, Hashable, Sendable, CaseIterable {
    case picture = "PNG"
    case pdf = "PDF"
    case csv = "CSV"
    case text = "TEXT"
  }

  package var kind: Kind
  package var subject: Subject
  package var format: Format
  package var chartID: Int?
  package var dashboardID: Int?
  package var owners: [String] = []
  package var slackChannels: [String] = []

  package init(_ kind: Kind, _ subject: Subject, as format: Format) {
    self.kind = kind
    self.subject = subject
    self.format = format
  }
}
