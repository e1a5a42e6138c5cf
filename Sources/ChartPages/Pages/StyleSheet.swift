// SPDX-License-Identifier: MIT

/// The one style sheet of all pages; colours come from the theme.
enum StyleSheet {
  static func text(_ theme: Theme) -> String {
    """
    *{box-sizing:border-box}html,body{margin:0;padding:0}\
    body{background:\(theme.page);color:\(theme.text);overflow:hidden;\
    font:12px "DejaVu Sans",Verdana,"Noto Sans","Noto Sans CJK SC","Noto Color Emoji",sans-serif}\
    .chart,.card{position:absolute;overflow:hidden;background:\(theme.card)}\
    .page{position:relative;overflow:hidden}\
    .clear{background:none}\
    .title{position:absolute;margin:0;font-size:16px;font-weight:bold;line-height:20px;\
    white-space:nowrap;overflow:hidden;text-overflow:ellipsis}\
    .body{position:absolute;overflow:hidden}\
    .drawing{display:block}.drawing text{white-space:pre;unicode-bidi:isolate}\
    table{border-collapse:collapse;table-layout:fixed;width:100%}\
    td,th{height:28px;padding:0 8px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis;\
    position:relative;font-weight:normal;text-align:left}\
    .data th{font-weight:bold;border-bottom:2px solid \(theme.border)}\
    .data td{border-bottom:1px solid \(theme.border)}\
    .data .right,.pivot .right{text-align:right}\
    .data .none{color:\(theme.faint);font-style:italic}\
    .data .total td{font-weight:bold;border-top:2px solid \(theme.border)}\
    .bar{position:absolute;top:0;bottom:0;background:\(theme.bar)}\
    .below{background:#dd8888}\
    td span,th span{position:relative}\
    .pivot td,.pivot th{height:26px;border:1px solid \(theme.border)}\
    .pivot .sum{font-weight:bold}.pivot .value{color:\(theme.link)}.pivot th.sum{text-align:right}\
    .pivot th.sum[rowspan]{white-space:normal;text-align:left}\
    .more,.note{margin:0;padding:6px 8px;color:\(theme.faint);font-size:12px;line-height:14px;\
    white-space:nowrap;overflow:hidden;text-overflow:ellipsis}\
    .message{position:absolute;left:0;right:0;top:50%;transform:translateY(-50%);margin:0;\
    padding:0 24px;text-align:center;font-size:14px;line-height:20px;color:\(theme.faint)}\
    .error{margin:12px;padding:12px 16px;border:1px solid #e04355;border-radius:4px;\
    font-size:13px;line-height:18px;overflow-wrap:anywhere}\
    .error b{display:block;margin-bottom:4px;color:#e04355}\
    .header{position:absolute;margin:0;line-height:1.3;font-weight:bold;white-space:nowrap;\
    overflow:hidden;text-overflow:ellipsis}\
    .rule{position:absolute;border-top:1px solid \(theme.border)}\
    .tabs{position:absolute;border-bottom:1px solid \(theme.border);white-space:nowrap;\
    overflow:hidden}\
    .tab{display:inline-block;padding:12px 16px;font-size:14px;line-height:20px;max-width:300px;\
    overflow:hidden;text-overflow:ellipsis}\
    .active{border-bottom:2px solid #1fa8c9;color:\(theme.link)}\
    .words{position:absolute;overflow:hidden;padding:16px;font-size:14px;line-height:1.5;\
    overflow-wrap:anywhere;background:\(theme.card)}\
    .words h1,.words h2,.words h3,.words h4,.words h5,.words h6{margin:0 0 8px;line-height:1.3}\
    .words p,.words ul,.words ol,.words pre,.words blockquote{margin:0 0 10px}\
    .words code,.words pre{font-family:"DejaVu Sans Mono",monospace;background:\(theme.page)}\
    .words a,.words u{color:\(theme.link)}
    """
  }
}
