// SPDX-License-Identifier: MIT
import SupersetMetadata
import SupersetTasks
import Thumbnails

/// Every chart and dashboard of which there may be a picture.
package struct ThumbnailCatalogue {
  package struct Item: Hashable {
    package let kind: ThumbnailKind
    package let id: Int
    /// Empty where it has none.
    package let name: String
  }

  package let items: [Item]

  /// - Parameter ids: those that count; nil: all.
  package init(
    of kinds: [ThumbnailKind], ids: [Int]?, in superset: SupersetSession
  ) throws(ThumbnailError) {
    var items: [Item] = []
    do {
      for kind in kinds {
        for (id, name) in try superset.metadata.names(of: kind == .chart ? .chart : .dashboard)
        where ids?.contains(id) ?? true {
          items.append(Item(kind: kind, id: id, name: name))
        }
      }
    } catch { throw .superset(.metadata(error)) }
    self.items = items
  }
}
