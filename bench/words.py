"""The words of the pages, in English and Traditional Chinese; the figures between them come from the runs."""

# ruff: noqa: E501  (ruff counts a Chinese character as two)

from __future__ import annotations

from typing import Final

Words = dict[str, str]

PEERS: Final[dict[str, Words]] = {
    "kairos": {"en": "Kairos", "zh": "Kairos"},
    "kairos_off": {"en": "Kairos, journal off", "zh": "Kairos（不寫日誌）"},
    "kairos_on": {"en": "Kairos, journal on", "zh": "Kairos（寫日誌）"},
    "quickfix_cpp": {"en": "QuickFIX C++", "zh": "QuickFIX C++"},
    "quickfix_python": {"en": "QuickFIX-Python", "zh": "QuickFIX-Python"},
    "sink": {"en": "a server that does nothing", "zh": "什麼都不做的伺服器"},
    "nautilus_2": {"en": "NautilusTrader 2", "zh": "NautilusTrader 2"},
    "nautilus_1": {"en": "NautilusTrader 1", "zh": "NautilusTrader 1"},
    "vnpy_risk": {"en": "vn.py with risk manager", "zh": "vn.py 加風控模組"},
    "kairos_gate": {"en": "Kairos", "zh": "Kairos"},
    "kairos_core": {"en": "Kairos, the whole core", "zh": "Kairos 整個核心"},
    "openpit_gate": {"en": "openpit", "zh": "openpit"},
    "nautilus_1_gate": {"en": "NautilusTrader 1, RiskEngine", "zh": "NautilusTrader 1 的 RiskEngine"},
    "kairos_book": {"en": "Kairos, the book alone", "zh": "Kairos（只有委託簿）"},
    "kairos_exchange": {"en": "Kairos, the whole exchange", "zh": "Kairos（整個交易所）"},
    "lightmatchingengine": {"en": "lightmatchingengine", "zh": "lightmatchingengine"},
    "cython_orderbook": {"en": "cython-orderbook", "zh": "cython-orderbook"},
    "akhil4n_orderbook": {"en": "akhil4n-orderbook", "zh": "akhil4n-orderbook"},
    "pyorderbook": {"en": "pyorderbook", "zh": "pyorderbook"},
}
DOES: Final[dict[str, Words]] = {
    "kairos": {
        "en": "session, dictionary validation, ten checks, order book, journal synced to disk before the answer, numbers",
        "zh": "連線階段、字典驗證、十項檢查、委託簿、先同步寫入磁碟再回覆、序號",
    },
    "quickfix_cpp": {
        "en": "session, dictionary validation, FileStore without sync, one answer; no checks, no book",
        "zh": "連線階段、字典驗證、不做磁碟同步的 FileStore、一則回覆；沒有檢查、沒有委託簿",
    },
    "quickfix_python": {
        "en": "the same, and the answer is made in Python",
        "zh": "同上，回覆由 Python 產生",
    },
    "sink": {
        "en": "counts orders and sends fixed bytes: the ceiling of the load itself",
        "zh": "只計數並送回固定內容：負載產生器本身的上限",
    },
    "kairos_off": {
        "en": "ten checks, cash and exposure, order and route states, matching at the simulated exchange, position; Python's garbage collector set as the engine sets it",
        "zh": "十項檢查、現金與曝險、委託與路由狀態、模擬交易所撮合、部位；垃圾回收依引擎的設定",
    },
    "kairos_on": {
        "en": "the same, and every event encoded, chained by hash and synced to disk",
        "zh": "同上，每個事件都編碼、以雜湊相連並同步寫入磁碟",
    },
    "nautilus_2": {
        "en": "price, quantity, notional and cash checks, matching at its simulated venue, position; no journal. Others"
        " measured 27,000 to 30,000 orders/s on this kind of machine: why it is slower here is not known yet, so don't"
        " lean on this ratio",
        "zh": "價格、數量、金額與現金檢查、模擬市場撮合、部位；沒有日誌。同類機器上曾測得每秒 27,000 至 30,000 筆，"
        "此處較慢的原因尚未查明，這項倍數請保留看待",
    },
    "nautilus_1": {"en": "as NautilusTrader 2", "zh": "同 NautilusTrader 2"},
    "vnpy_risk": {
        "en": "its five rules (size, repeats, active orders, daily counts, form); no cash check, no matching, no journal",
        "zh": "五條規則（規模、重複、活動委託、每日上限、格式）；沒有現金檢查、沒有撮合、沒有日誌",
    },
    "kairos_gate": {
        "en": "the terms, the same five checks and all others that an account always has, the order reserved for and"
        " counted; `whole` is the whole core with the venue's fill booked, every event as the journal keeps it",
        "zh": "委託條件、同樣的五項檢查與帳戶必有的其他檢查，圈存並計數；「whole」為整個核心並將成交入帳，每個事件都如日誌所存",
    },
    "kairos_core": {
        "en": "the same, and the order accepted, named, recorded and sent on to its venue, with all its events",
        "zh": "同上，且委託成立、命名、記錄並送往市場，含其全部事件",
    },
    "openpit_gate": {
        "en": "its five policies (order validation, size, rate, P&L bounds, spot funds), reserve and commit; `whole` with"
        " the execution report applied; no order book, no journal",
        "zh": "五項政策（委託格式、規模、速率、損益界限、現貨資金），圈存並確認；「全程」含成交回報；沒有委託簿、沒有日誌",
    },
    "nautilus_1_gate": {
        "en": "its RiskEngine alone: form, quantity, value, rate and free balance; no check of losses, nothing reserved,"
        " no fill. Without an account, when it skips the balance, it takes about half",
        "zh": "僅其 RiskEngine：格式、數量、金額、速率與可用餘額；不檢查損失、不圈存、不處理成交。沒有帳戶時略過餘額檢查，約為一半",
    },
    "kairos_book": {
        "en": "price-time matching, a record of each trade, orders found by number",
        "zh": "價格時間優先撮合、記下每筆成交、依編號找到委託",
    },
    "kairos_exchange": {
        "en": "the same book, and the day's phases, checks, order ids, an execution report of everything",
        "zh": "同一本委託簿，另有交易時段、檢查、委託編號，以及每件事的執行回報",
    },
    "lightmatchingengine": {"en": "as the book alone; Python", "zh": "同委託簿；Python"},
    "cython_orderbook": {"en": "as the book alone; Cython", "zh": "同委託簿；Cython"},
    "akhil4n_orderbook": {"en": "as the book alone; Python", "zh": "同委託簿；Python"},
    "pyorderbook": {"en": "as the book alone; Python", "zh": "同委託簿；Python"},
}
TEXT: Final[dict[str, Words]] = {
    "title": {"en": "Performance", "zh": "效能"},
    "made": {
        "en": "`make bench` made this page from its own runs; nothing here was typed by hand. Each figure is the median of"
        " several runs that took turns with what they are compared with, and its spread is beside it. Clocks on shared"
        " machines are noisy: believe the ratios before the absolute figures.",
        "zh": "本頁由 `make bench` 依實際執行結果產生，沒有任何手動輸入的數字。每個數字是數次執行的中位數，各次與比較對象輪流進行，"
        "旁邊是最小與最大值。共用機器的時鐘並不穩定：比值比絕對值可信。",
    },
    "peers": {
        "en": "`make peers` sets up those that Kairos is compared with (QuickFIX-Python is compiled: nine minutes);"
        " `bench/peers/install.sh` brings QuickFIX C++ as root. What is not there is left out and named.",
        "zh": "`make peers` 會準備比較對象（QuickFIX-Python 需要編譯九分鐘）；`bench/peers/install.sh` 以 root 安裝 QuickFIX C++。"
        "缺少的會略過並註明。",
    },
    "machine": {"en": "Machine and versions", "zh": "機器與版本"},
    "fix_ack": {"en": "FIX order to durable acknowledgement", "zh": "FIX 委託到落盤確認"},
    "fix_ack_how": {
        "en": "A NewOrderSingle of {fields} fields, validated by dictionary, pipelined at most {window:,} ahead, from a client"
        " in a process and on a core of its own to a server on the other core.",
        "zh": "一則有 {fields} 個欄位的 NewOrderSingle，經字典驗證，最多領先 {window:,} 筆送出；客戶端與伺服器各用一個行程與一個核心。",
    },
    "fix_latency": {"en": "Latency of the acknowledgement", "zh": "確認延遲"},
    "fix_latency_how": {
        "en": "From the moment an order is due to its acknowledgement, in microseconds, at a steady rate. The floor, one"
        " fdatasync ({sync:,.0f} µs) and one loopback ping-pong ({ping:,.0f} µs), is measured in the same run.",
        "zh": "以固定速率，從委託應送出的時刻到收到確認，單位微秒。下限是同一次執行中量得的一次 fdatasync（{sync:,.0f} µs）"
        "加一次本機往返（{ping:,.0f} µs）。",
    },
    "tail": {
        "en": "Where the tail comes from: fdatasync alone takes {sync99:,.0f} µs at p99 and {sync999:,.0f} µs at p99.9 on this"
        " disk; a process that only sleeps wakes up to {late99:,.0f} µs (p99) and {late999:,.0f} µs (p99.9) late, which is the"
        " scheduler and the host's other guests. The rows “journal in memory” are the same engine on `/dev/shm`: what they"
        " lack against the row above them is the disk (commit and checkpoint), what is left is the scheduler and our work.",
        "zh": "尾部的成因：在這顆磁碟上，單單 fdatasync 的 p99 是 {sync99:,.0f} µs、p99.9 是 {sync999:,.0f} µs；一個只睡眠的行程最多晚醒"
        " {late99:,.0f} µs（p99）與 {late999:,.0f} µs（p99.9），那是排程器與同一主機上的其他租戶。「日誌在記憶體」是同一引擎寫到"
        " `/dev/shm`：它比上一列少掉的是磁碟（提交與檢查點），剩下的是排程與我們自己的工作。",
    },
    "fix_load": {"en": "Latency against load", "zh": "延遲與負載"},
    "fix_load_how": {
        "en": "Orders are due at a steady rate, up to what the engine can do and beyond. Then they wait with the client, since"
        " the engine stops reading; every one was acknowledged.",
        "zh": "委託以固定速率應送出，直到引擎極限並超過它。超過之後引擎停止讀取，委託在客戶端等待；每一筆最後都得到確認。",
    },
    "in_process": {
        "en": "Order, checks, venue, fill, position in one process",
        "zh": "單一行程：委託、檢查、市場、成交、部位",
    },
    "fills": {
        "en": "20,000 limit orders of 100 across 100 symbols, one a tick, all filled, 100 positions at the end.",
        "zh": "20,000 筆限價委託，每筆 100 股，分布於 100 檔，每個報價一筆，全部成交，最後有 100 個部位。",
    },
    "cancels": {
        "en": "10,000 resting orders, each canceled on the next tick.",
        "zh": "10,000 筆掛單，每筆在下一個報價時撤單。",
    },
    "opentrade": {
        "en": "OpenTrade (C++; order, three-level risk, venue adapter, no sync) was measured on this kind of machine at"
        " 157,000 to 179,000 orders/s; it can't be installed from a package, so it is quoted, not run.",
        "zh": "OpenTrade（C++；委託、三層風控、市場介面、不同步磁碟）在同類機器上量得每秒 157,000 至 179,000 筆；無法以套件安裝，"
        "因此只引用、不執行。",
    },
    "risk_gate": {"en": "The risk gate", "zh": "風控閘門"},
    "risk_gate_how": {
        "en": "{orders:,} limit orders of one account across 100 symbols, with five checks on: the order's own terms, its"
        " size, the rate, the day's loss, and the funds, which an accepted order reserves. None is refused; or each tenth"
        " is too large, and exactly those are refused. Microseconds an order, each order timed by itself.",
        "zh": "同一帳戶在 100 檔的 {orders:,} 筆限價委託，啟用五項檢查：委託本身、規模、速率、當日損失，以及資金（成立的委託會圈存）。"
        "全部通過；或每第十筆過大，恰好那些被拒。單位為每筆微秒，逐筆計時。",
    },
    "risk_gate_check": {
        "en": "`check`: an order that stands ready is checked and reserved for.",
        "zh": "`check`：已備妥的委託受檢並圈存。",
    },
    "risk_gate_whole": {
        "en": "`whole`: an order is made, checked, reserved for, and its fill booked.",
        "zh": "`whole`：產生委託、檢查、圈存，並將成交入帳。",
    },
    "risk_gate_clean": {"en": "none refused", "zh": "全部通過"},
    "risk_gate_tenth": {"en": "a tenth refused", "zh": "十分之一被拒"},
    "risk_gate_levels": {
        "en": "The whole gate: limits on each of five levels (firm, desk, client, account, strategy) beside the ten of the"
        " account, the market's rules and the kill switch. None is refused.",
        "zh": "完整閘門：五個層級（公司、交易台、客戶、帳戶、策略）各有限額，另加帳戶的十項、市場規則與緊急停止。全部通過。",
    },
    "gate_25": {"en": "the gate alone, five limits a level: 25", "zh": "僅閘門，每層五項限額：25 項"},
    "gate_80": {"en": "the gate alone, sixteen limits a level: 80", "zh": "僅閘門，每層十六項限額：80 項"},
    "levels": {"en": "the order all the way to its route, sixteen a level", "zh": "整筆委託直到產生路由，每層十六項"},
    "p50_us": {"en": "p50 µs", "zh": "p50 µs"},
    "p99_us": {"en": "p99 µs", "zh": "p99 µs"},
    "mark_to_cancel": {"en": "From a mark that breaches to the cancels", "zh": "從觸發的行情到撤單"},
    "mark_to_cancel_how": {
        "en": "A real engine with its journal on disk, client, venue and market data over FIX. The clock runs from the write"
        " of the market-data message whose price takes a client's loss to its rule, to the arrival of the cancel"
        " requests for its {orders} working orders at the venue; {breaches} breaches a run. Microseconds.",
        "zh": "真實引擎，日誌在磁碟上，客戶、市場與行情皆經 FIX。計時從寫出使客戶損失觸及規則的行情訊息起，到市場收到其 {orders} 筆"
        "委託的撤單要求為止；每次執行觸發 {breaches} 次。單位微秒。",
    },
    "first_cancel": {"en": "the first cancel", "zh": "第一筆撤單"},
    "last_cancel": {"en": "the last cancel", "zh": "最後一筆撤單"},
    "order_book": {"en": "Matching in one order book", "zh": "單一委託簿的撮合"},
    "order_book_how": {
        "en": "{operations:,} limit orders and cancels around a price that wanders: {traded:,} shares traded and"
        " {canceled:,} orders canceled, by every book alike, or there is no figure. Other order books of PyPI:"
        " OrderBook 0.1.2 is Python 2; order-matching 0.12.0 needs polars and pandera, which it does not ask for, and"
        " takes five seconds for 8,000 of these operations.",
        "zh": "{operations:,} 筆圍繞著遊走價格的限價委託與刪單：成交 {traded:,} 股、刪除 {canceled:,} 筆，每一本委託簿都必須相同，"
        "否則不列數字。PyPI 上的其他委託簿：OrderBook 0.1.2 是 Python 2；order-matching 0.12.0 需要它自己沒有列出的 polars 與"
        " pandera，這樣的操作 8,000 筆就要五秒。",
    },
    "lobster_book": {"en": "NASDAQ's own order flow through our book", "zh": "以 NASDAQ 的委託流重建委託簿"},
    "lobster_book_how": {
        "en": "Each LOBSTER message is given to the matching book as an order, a cancel, or an order of the other side that"
        " must trade with the very order that LOBSTER names; after each, the best levels of both sides are compared with"
        " LOBSTER's. The file shows so many levels and nothing behind them: a level that comes into view has orders that"
        " no message told of. Such a level is mended from LOBSTER's row and its message counts as different; the mending"
        " knows which orders no later message names. All differences are at prices with orders that were unseen, or"
        " mended before. The few executions that meet another order than the one named are counted; why, is not known.",
        "zh": "每則 LOBSTER 訊息都交給撮合簿：新委託、刪單，或一筆對手方委託，而它必須與 LOBSTER 指名的那筆委託成交；每則之後比較雙方最佳檔位。"
        "檔案只顯示若干檔位，其後的委託看不見：某檔進入視野時，會帶著沒有訊息說過的委託；這樣的檔位會依 LOBSTER 的紀錄修正，"
        "該則訊息計為不同；修正時知道哪些委託之後不再出現。所有差異都在有看不見的委託、或先前修正過的價位。"
        "成交對象不是指名委託的少數情形另外計數，原因不明。",
    },
    "tape": {"en": "Tapes played into the exchange", "zh": "行情檔送進交易所"},
    "tape_how": {
        "en": "A tape made from one seed (quotes that move by ticks, a trade in eight; order by order: adds and"
        " executions) is read from its file and played into an exchange without clients, each run in a process of its"
        " own. Rows a second are of processor time. The peak is all that the process ever held: the longer tape must"
        " need no more than the shorter one.",
        "zh": "以同一亂數種子產生的行情檔（報價逐檔變動，每八筆一筆成交；逐筆委託者為新增與成交）從檔案讀入並送進沒有客戶的交易所，"
        "每次各用一個行程。每秒列數以處理器時間計。尖峰為該行程曾持有的全部記憶體：較長的檔案不得比較短的多。",
    },
    "rows_s": {"en": "rows/s", "zh": "列／秒"},
    "peak_at": {"en": "peak at {rows:,} rows", "zh": "{rows:,} 列時的尖峰"},
    "messages": {"en": "messages", "zh": "訊息數"},
    "equal_levels": {
        "en": "book equal after the message, to so many levels",
        "zh": "訊息之後委託簿相同的比例（至第幾檔）",
    },
    "causes": {"en": "the others, by cause", "zh": "其餘，依原因"},
    "met_named": {
        "en": "executions at prices wholly in view that met the order named",
        "zh": "委託全都看得見的價位上，成交對象正是指名委託者",
    },
    "unexplained": {"en": "unexplained", "zh": "無法解釋"},
    "a level came into view, where orders had come or gone unseen": {
        "en": "a level came into view, where orders had come or gone unseen",
        "zh": "某檔進入視野，其中的委託在視野外來去過",
    },
    "at a price where orders had come or gone unseen, another order was taken for one of them": {
        "en": "at a price where orders had come or gone unseen, another order was taken for one of them",
        "zh": "在委託於視野外來去過的價位，錯認了委託",
    },
    "operations_s": {"en": "operations/s", "zh": "每秒操作數"},
    "cpu_us_each": {"en": "CPU µs an operation", "zh": "每次操作的 CPU µs"},
    "growth": {"en": "How the cost of an order grows", "zh": "每筆委託成本如何增長"},
    "growth_how": {"en": "CPU time an order, in microseconds.", "zh": "每筆委託的 CPU 時間，單位微秒。"},
    "memory": {"en": "Memory", "zh": "記憶體"},
    "replay": {"en": "Replay and start", "zh": "重播與啟動"},
    "instructions": {"en": "Instructions", "zh": "指令數"},
    "instructions_how": {
        "en": "Counted by valgrind an order; CI fails when one grows by more than 5 %.",
        "zh": "每筆委託由 valgrind 計數；任一項增加超過 5 % 時 CI 失敗。",
    },
    "lacking": {"en": "Not measured here", "zh": "此處未量測"},
    "again": {"en": "Again", "zh": "重做"},
    "does": {"en": "what it does", "zh": "做了什麼"},
    "orders_s": {"en": "orders/s", "zh": "筆/秒"},
    "cpu_us": {"en": "CPU µs an order", "zh": "每筆 CPU µs"},
    "ratio": {"en": "Kairos is", "zh": "Kairos 是其"},
    "times": {"en": "times", "zh": "倍"},
    "in memory": {"en": "journal in memory", "zh": "日誌在記憶體"},
    "due": {"en": "due/s", "zh": "應送出筆/秒"},
    "of floor": {"en": "p50 against the floor", "zh": "p50 是下限的"},
    "live orders": {"en": "live orders", "zh": "掛單數"},
    "accounts": {"en": "accounts", "zh": "帳戶數"},
    "sessions": {"en": "FIX sessions", "zh": "FIX 連線數"},
    "subscribers": {"en": "link subscribers", "zh": "內部連線訂閱者"},
}
FIGURES: Final = {
    "built with": "編譯工具",
    "compared with": "比較對象",
    "cpu": "處理器",
    "date": "日期",
    "system": "作業系統",
    "bytes of a live order in the snapshot": "快照中每筆掛單的位元組數",
    "bytes a live care order": "每筆人工委託掛單的位元組數",
    "bytes a live routed order": "每筆已送市場掛單的位元組數",
    "bytes left of an order that opened and closed, within its day, of ": "當日內每筆已結束委託留下的位元組數，筆數 ",
    "bytes left of an order, over the second half of ": "後半段每筆委託留下的位元組數，開啟並結束的筆數 ",
    " that opened and closed": "",
    "events/s, decoding alone": "事件/秒，只計解碼",
    "events/s, replay of ": "事件/秒，重播筆數 ",
    "replay: times plain sqlite3": "重播：單純以 sqlite3 讀取的倍數",
    "start: times plain sqlite3": "啟動：單純以 sqlite3 讀取的倍數",
    "seconds to start with ": "啟動秒數，掛單數 ",
    " live orders": "",
    "codec in": "FIX 解碼與驗證",
    "core": "核心：送單、確認、成交",
    "decode": "事件解碼",
    "encode": "事件編碼",
    "in process": "單一行程全程",
    "line": "FIX 連線：收單到回報",
    "memory": "記憶體",
}
"""The figures' own names, or parts of them, in Chinese. The longer of two that fit stands first."""

TAPE_LAYOUTS: Final[dict[str, Words]] = {
    "text": {"en": "our own text", "zh": "自有文字格式"},
    "text, by objects": {"en": "our own text, an object an event", "zh": "自有文字格式，每事件一物件"},
    "Parquet": {"en": "our own Parquet", "zh": "自有 Parquet"},
    "Parquet, order by order": {"en": "our own Parquet, order by order", "zh": "自有 Parquet，逐筆委託"},
    "LOBSTER messages": {"en": "LOBSTER's messages", "zh": "LOBSTER 訊息"},
}
