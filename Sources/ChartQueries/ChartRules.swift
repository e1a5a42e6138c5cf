// SPDX-License-Identifier: MIT

/// What superset_config.py decides of the answers to all requests.
package struct ChartRules: Hashable, Sendable {
  let limits: RowLimits
  /// ENABLE_TEMPLATE_PROCESSING: whether SQL is a template.
  let rendersTemplates: Bool
  /// DASHBOARD_RBAC: whether the roles of a dashboard open its data.
  let hasDashboardRoles: Bool

  package init(
    _ limits: RowLimits, rendersTemplates: Bool = false, hasDashboardRoles: Bool = false
  ) {
    self.limits = limits
    self.rendersTemplates = rendersTemplates
    self.hasDashboardRoles = hasDashboardRoles
  }
}
