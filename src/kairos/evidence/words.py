"""The report's words in three languages. Codes, names and numbers are the same in all of them."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = ("en", "zh-Hant", "zh-Hans")

WORDS: Final[dict[str, tuple[str, str, str]]] = {
    "title": ("Report on risk controls", "風險控管報告", "风险控制报告"),
    "journal": ("Journal", "日誌", "日志"),
    "span": ("Events", "事件", "事件"),
    "span_value": (
        "{events} events, sequence {first} to {last}",
        "{events} 筆事件，序號 {first} 至 {last}",
        "{events} 条事件，序号 {first} 至 {last}",
    ),
    "no_events": ("none in this span", "此期間無事件", "此期间无事件"),
    "first": ("First event (UTC)", "首筆事件（UTC）", "首条事件（UTC）"),
    "last": ("Last event (UTC)", "末筆事件（UTC）", "末条事件（UTC）"),
    "decided": ("Orders and replaces decided", "已審查之委託與改單", "已审查的委托与改单"),
    "refused_total": ("of these refused", "其中拒絕", "其中拒绝"),
    "end": (
        "Made by Kairos {version} from the journal alone. Whether the journal is whole and unaltered,"
        " kairos journal verify proves. Times are UTC; money is exact.",
        "本報告由 Kairos {version} 僅依日誌產生。日誌是否完整且未遭竄改，可由 kairos journal verify 驗證。"
        "時間為 UTC；金額為精確值。",
        "本报告由 Kairos {version} 仅依日志生成。日志是否完整且未被篡改，可由 kairos journal verify 验证。"
        "时间为 UTC；金额为精确值。",
    ),
    "none": ("None.", "無。", "无。"),
    # Columns
    "code": ("Code", "代碼", "代码"),
    "control": ("Control", "控管項目", "控制项目"),
    "clause": ("Rule that it answers", "依據法規", "依据法规"),
    "where": ("Set by", "設定方式", "设置方式"),
    "refusals": ("Refusals", "拒絕次數", "拒绝次数"),
    "tested": ("Last tested (UTC)", "最近測試（UTC）", "最近测试（UTC）"),
    "result": ("Passed / failed", "通過／失敗", "通过／失败"),
    "place": ("Place", "位置", "位置"),
    "name": ("Setting", "設定", "设置"),
    "value": ("Value", "值", "值"),
    "since": ("Since (UTC)", "生效時間（UTC）", "生效时间（UTC）"),
    "by": ("By", "設定人", "设置人"),
    "text": ("Reason given", "事由", "事由"),
    "at": ("Time (UTC)", "時間（UTC）", "时间（UTC）"),
    "old": ("Before", "原值", "原值"),
    "new": ("After", "新值", "新值"),
    "client": ("Client", "客戶", "客户"),
    "account": ("Account", "帳號", "账户"),
    "count": ("Count", "次數", "次数"),
    "day": ("Trading date", "交易日", "交易日"),
    "order": ("Order", "委託", "委托"),
    "seen": ("Seen", "當時數值", "当时数值"),
    "number": ("No.", "編號", "编号"),
    "kind": ("Kind", "類別", "类别"),
    "summary": ("What was asked", "申請內容", "申请内容"),
    "asked_by": ("Asked by", "申請人", "申请人"),
    "outcome": ("Outcome", "結果", "结果"),
    "decided_by": ("Decided by", "核定人", "核定人"),
    "waited": ("Waited", "等候", "等候"),
    "who": ("Who", "執行人", "执行人"),
    "canceled": ("Canceled / ended otherwise", "已撤單／另行結束", "已撤销／另行结束"),
    "took": ("Until the last was confirmed", "至最後一筆撤單獲確認", "至最后一笔确认"),
    "released": ("Released (UTC)", "解除時間（UTC）", "解除时间（UTC）"),
    "released_by": ("Released by", "解除人", "解除人"),
    "rule": ("Rule", "規則", "规则"),
    "level": ("Level", "級別", "级别"),
    "threshold": ("Threshold", "門檻", "阈值"),
    "actions": ("Actions", "處置", "处置"),
    "cause": ("Caused by", "起因", "起因"),
    "latency": ("Response after", "反應時間", "响应时间"),
    "orders": ("Orders taken back", "收回委託", "收回委托"),
    "completed": ("Until all were over", "至全部結束", "至全部结束"),
    "command": ("Command", "指令", "指令"),
    "what": ("What", "項目", "项目"),
    "least": ("Least", "最短", "最短"),
    "p50": ("Half within", "半數不超過", "半数不超过"),
    "p99": ("99 % within", "99% 不超過", "99% 不超过"),
    "largest": ("Longest", "最長", "最长"),
    "version": ("Version", "版本", "版本"),
    "files": ("Files", "檔案", "文件"),
    "examples": ("Examples", "範例", "范例"),
    "failures": ("Failed", "失敗", "失败"),
    # Words in cells
    "open": ("open", "未決", "未决"),
    "not_yet": ("not yet", "尚未", "尚未"),
    "never": ("not on record", "無紀錄", "无记录"),
    "dry": ("dry run: ", "演練：", "演练："),
    "house": ("configuration", "設定檔", "配置文件"),
    # Sections
    "s_controls": ("Controls", "控管項目一覽", "控制项目一览"),
    "s_controls_p": (
        "Every check of the gate in order of precedence; the first that refuses is told. Refusals are of this span.",
        "依優先順序列出關卡之各項檢查；以最先拒絕者回報。拒絕次數為本期間。",
        "按优先顺序列出关卡的各项检查；以最先拒绝者回报。拒绝次数为本期间。",
    ),
    "s_settings": ("Settings at the end of the span", "期末設定", "期末设置"),
    "s_changes": ("Changes of settings", "設定變更", "设置变更"),
    "s_by_client": ("Refusals by code, client and account", "拒絕：依代碼、客戶與帳號", "拒绝：按代码、客户与账户"),
    "s_by_client_p": (
        "A refused replace is told with its client; its account stands in the order.",
        "改單遭拒以客戶歸類；其帳號見原委託。",
        "改单被拒按客户归类；其账户见原委托。",
    ),
    "s_by_day": ("Refusals by trading date", "拒絕：依交易日", "拒绝：按交易日"),
    "s_soft": ("Soft limits passed", "軟性限額放行", "软性限额放行"),
    "s_approvals": ("Second person", "雙人覆核", "双人复核"),
    "s_kills": ("Kill switch", "緊急停止", "紧急停止"),
    "s_responses": ("Responses of rules", "規則自動處置", "规则自动处置"),
    "s_commands": ("Commands of people refused", "人員指令遭拒", "人员指令被拒"),
    "s_speed": ("How fast", "時效", "时效"),
    "s_speed_p": (
        "Of each answer, from the moment the order or replace was taken up to its decision being on disk; nothing is"
        " told to anybody before. Percentiles are rounded up to three digits.",
        "自受理委託或改單起，至決定寫入磁碟止；寫入前不對外回報。百分位數進位至三位有效數字。",
        "自受理委托或改单起，至决定写入磁盘止；写入前不对外回报。百分位数进位至三位有效数字。",
    ),
    "t_durable": ("order decided and on disk", "委託審查並落盤", "委托审查并落盘"),
    "t_decided": (
        "order decided by the engine, in the last recorded test",
        "引擎審查委託（最近一次測試紀錄）",
        "引擎审查委托（最近一次测试记录）",
    ),
    "t_responded": ("rule responded to its cause", "規則對起因作出反應", "规则对起因作出响应"),
    "t_killed": ("kill: last cancel confirmed", "緊急停止：最後一筆撤單獲確認", "紧急停止：最后撤单获确认"),
    "s_tests": ("Tests of the controls", "控管測試", "控制测试"),
    "s_tests_p": (
        "Runs of kairos risk test --record: the examples that limits and rules carry, played through the same gate.",
        "kairos risk test --record 之執行紀錄：以同一關卡執行限額與規則所附之範例。",
        "kairos risk test --record 的执行记录：以同一关卡执行限额与规则所附的范例。",
    ),
    # Groups of settings
    "g_limit": ("limit", "限額", "限额"),
    "g_restriction": ("list", "限制名單", "限制名单"),
    "g_entitlement": ("entitlement", "授權", "授权"),
    "g_person": ("person", "人員", "人员"),
    "g_policy": ("second person", "雙人覆核", "双人复核"),
    "g_rule": ("rule", "規則", "规则"),
    "g_plugin": ("own check", "自訂檢查", "自订检查"),
}


class Language:
    """Says things in one language."""

    def __init__(self, tag: str) -> None:
        self.tag: Final = tag
        self._at: Final = LANGUAGES.index(tag)

    def say(self, key: str, **values: object) -> str:
        text = WORDS[key][self._at]
        return text.format(**values) if values else text

    def of(self, texts: tuple[str, str, str]) -> str:
        return texts[self._at]
