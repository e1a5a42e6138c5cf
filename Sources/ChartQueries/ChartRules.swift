// SPDX-License-Identifier: MIT

/// What superset_config.py decides of the answers to all requests.
package struct ChartRules: Hashable, Sendable {
  let limits: RowLimits
  /// ENABLE_TEMPLATE_PROCESSING: whether SQL is a template.
  let rendersTemplates: Bool
  /// DASHBOARD_RBAC: whether the roles of a dashboard open its data.
  let hasDashboardRoles: Bool
  /// Whether Superset is DODO's fork of it: requests may say more there, and keys are made of more.
  package let isFork: Bool

  package init(
    _ limits: RowLimits, rendersTemplates: Bool = false, hasDashboardRoles: Bool = false,
    isFork: Bool = false
  ) {
    self.limits = limits
    self.rendersTemplates = rendersTemplates
    self.hasDashboardRoles = hasDashboardRoles
    self.isFork = isFork
  }
}
