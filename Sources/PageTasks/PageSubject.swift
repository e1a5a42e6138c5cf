// SPDX-License-Identifier: MIT
import SupersetMetadata

/// What is on a page.
package enum PageSubject {
  case chart(Chart)
  case dashboard(DashboardLook)
}
