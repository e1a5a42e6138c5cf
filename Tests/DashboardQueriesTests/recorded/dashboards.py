"""The recorded dashboards: a title, the charts on them, and what their metadata say."""


def native(number, kind, column, extra, value, dataset=1, **more):
    target = {"datasetId": dataset}
    if column:
        target["column"] = {"name": column}
    found = {
        "id": f"NATIVE_FILTER-{number}", "name": f"F{number}", "filterType": f"filter_{kind}",
        "type": "NATIVE_FILTER", "targets": [target], "cascadeParentIds": [],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "controlValues": {"enableEmptyFilter": False, "multiSelect": True},
        "defaultDataMask": {"extraFormData": extra, "filterState": {"value": value}}}
    found.update(more)
    return found


def chosen(column, values, op="IN"):
    return {"filters": [{"col": column, "op": op, "val": values}]}


DIVIDER = {"id": "NATIVE_FILTER_DIVIDER-9", "type": "DIVIDER", "title": "d", "description": "",
           "scope": {"rootPath": ["ROOT_ID"], "excluded": []}}
SELECT = native(1, "select", "gender", chosen("gender", ["boy"]), ["boy"])
RANGE = native(2, "range", "num", {"filters": [{"col": "num", "op": ">=", "val": 5},
                                               {"col": "num", "op": "<=", "val": 9000}]},
               [5, 9000])
TIME = native(3, "time", None, {"time_range": "1995-01-01 : 2005-01-01"},
              "1995-01-01 : 2005-01-01", targets=[{}])
GRAIN = native(4, "timegrain", None, {"time_grain_sqla": "P1M"}, ["P1M"])
COLUMN = native(5, "timecolumn", None, {"granularity_sqla": "ds_shifted"}, ["ds_shifted"])


def all_kinds(title, charts):
    return title, charts, [SELECT, DIVIDER, RANGE, TIME, GRAIN, COLUMN], {}


def scoped(charts):
    """On tabs; `charts` are at least six."""
    first, second = "TAB-1", "TAB-2"
    return "scopes", charts, [
        native(1, "select", "gender", chosen("gender", ["boy"]), ["boy"],
               scope={"rootPath": [first], "excluded": []}),
        native(2, "select", "state", chosen("state", ["CA", None]), ["CA", None],
               scope={"rootPath": [first, second], "excluded": ["@0", "@3"]}),
        # What the browser has noted at an earlier time no longer holds.
        native(3, "select", "name", chosen("name", ["Amy"]), ["Amy"], chartsInScope=["@1"],
               tabsInScope=[first], scope={"rootPath": ["ROOT_ID"], "excluded": ["@1"]}),
        native(4, "select", "name", chosen("name", ["Bob"]), ["Bob"],
               scope={"rootPath": ["ROW-2"], "excluded": []}),
        native(5, "time", None, {"time_range": "Last quarter"}, "Last quarter", targets=[{}],
               scope={"rootPath": ["TAB-gone"], "excluded": []}),
    ], {"tabs": 2}


def odd(charts):
    no_value = {"enableEmptyFilter": True, "multiSelect": True}
    return "odd", charts, [
        native(1, "select", "gender", {}, None, defaultDataMask={}),
        native(2, "select", "state", {"adhoc_filters": [
            {"expressionType": "SQL", "clause": "WHERE", "sqlExpression": "1 = 0"}]}, None,
            controlValues=no_value),
        native(3, "select", "state", chosen("state", ["CA"], "NOT IN"), ["CA"],
               controlValues={"inverseSelection": True, "multiSelect": True}),
        native(4, "select", "name", chosen("name", ["Amy"]), ["Amy"],
               cascadeParentIds=["NATIVE_FILTER-3"]),
        native(5, "range", "num", {"filters": [{"col": "num", "op": "==", "val": 7}]}, [7, 7]),
        native(6, "time", None, {"time_range": "2001 : 2002"}, "2001 : 2002", targets=[{}]),
        native(7, "time", None, {"time_range": "2003 : 2004"}, "2003 : 2004", targets=[{}]),
        native(8, "timegrain", None, {"time_grain_sqla": "P3M"}, ["P3M"]),
        native(9, "select", "ds", {
            "filters": [{"col": "ds", "op": "IN", "val": [315532800000]}],
            "adhoc_filters": [{"expressionType": "SIMPLE", "clause": "WHERE", "subject": "num",
                               "operator": ">", "comparator": 1}],
            "interactive_groupby": ["state"], "interactive_highlight": ["x"],
            # A list, though it is meant as an object: on one the page breaks down.
            "custom_form_data": ["c"], "relative_start": "today", "time_column": "ds",
            "time_grain": "P1D", "granularity": "ds"}, [315532800000]),
    ], {}


def empty_filter(charts):
    """A value is required, but there is none: the page asks as if there were no filter."""
    return "empty", charts, [
        native(1, "select", "gender", {}, None, defaultDataMask={
            "extraFormData": {}, "filterState": {}, "ownState": {}},
            controlValues={"enableEmptyFilter": True, "multiSelect": True})], {}


def first_item(charts):
    return "first item", charts, [
        native(1, "select", "gender", {}, None, defaultDataMask={
            "extraFormData": {}, "filterState": {}}, requiredFirst=True,
            controlValues={"enableEmptyFilter": True, "defaultToFirstItem": True,
                           "multiSelect": False}, scope={"rootPath": ["ROOT_ID"],
                                                         "excluded": ["@2"]})], {}


def first_items(charts):
    """Sorted downwards, of some rows only, within another filter; one is turned around."""
    first = {"enableEmptyFilter": True, "defaultToFirstItem": True, "multiSelect": False}
    none = {"extraFormData": {}, "filterState": {}}
    return "first items", charts, [
        native(1, "select", "state", chosen("state", ["CA"]), ["CA"]),
        native(2, "select", "name", {}, None, defaultDataMask=none, requiredFirst=True,
               controlValues={**first, "sortAscending": False}, sortMetric="sum__num",
               cascadeParentIds=["NATIVE_FILTER-1"], time_range="1980 : 1990",
               granularity_sqla="ds", adhoc_filters=[
                   {"expressionType": "SIMPLE", "clause": "WHERE", "subject": "gender",
                    "operator": "==", "comparator": "girl"},
                   {"expressionType": "SQL", "clause": "WHERE", "sqlExpression": "num > 10"}]),
        native(3, "select", "gender", {}, None, defaultDataMask=none, requiredFirst=True,
               controlValues={**first, "sortAscending": False, "inverseSelection": True}),
    ], {}


def first_not_required(charts):
    """The page does not wait for the value, and does not apply it by itself."""
    return "first, not required", charts, [
        native(1, "select", "gender", {}, None, defaultDataMask={
            "extraFormData": {}, "filterState": {}},
            controlValues={"defaultToFirstItem": True, "multiSelect": False})], {}


def needed(charts):
    """Nothing is shown before somebody has chosen a value."""
    return "needed", charts, [
        native(1, "select", "gender", {}, None, defaultDataMask={
            "extraFormData": {}, "filterState": {}}, requiredFirst=True,
            scope={"rootPath": ["ROOT_ID"], "excluded": ["@2"]})], {}


def nothing_chosen(charts):
    """A first value that was not wanted: null is a value, too."""
    return "nothing chosen", charts, [
        native(1, "select", "gender", {}, None, defaultDataMask={
            "extraFormData": {}, "filterState": {"value": None}}, requiredFirst=True,
            controlValues={"defaultToFirstItem": True, "multiSelect": False})], {}


def required_first(charts):
    """`requiredFirst` with a value by default."""
    return "required first", charts, [
        native(1, "select", "gender", chosen("gender", ["girl"]), ["girl"], requiredFirst=True,
               controlValues={"enableEmptyFilter": True, "multiSelect": True})], {}


def metadata(title):
    """What a dashboard says besides its filters."""
    if title == "coloured":
        return {"color_scheme": "d3Category10", "label_colors": {"boy": "#111111"},
                "shared_label_colors": ["girl"], "map_label_colors": {"girl": "#222222"},
                "color_namespace": "n"}
    if title == "old filters":
        return {"default_filters": '{"1000": {"gender": ["boy"]}}',
                "filter_scopes": {"1000": {"gender": {"scope": ["ROOT_ID"], "immune": []}}}}
    if title == "no cross filters":
        return {"cross_filters_enabled": False}
    if title == "cross filters":
        return {"chart_configuration": {"@0": {"id": "@0", "crossFilters": {
            "scope": {"rootPath": ["ROOT_ID"], "excluded": ["@1"]}, "chartsInScope": ["@2"]}}},
            "global_chart_configuration": {"scope": {"rootPath": ["ROOT_ID"], "excluded": []},
                                           "chartsInScope": ["@0", "@1"]}}
    return {}
