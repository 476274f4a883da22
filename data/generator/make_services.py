#!/usr/bin/env python3
"""Writes the reference inventory, data/services.yaml, to standard output.

    python3 data/generator/make_services.py > data/services.yaml

The names, the dependencies, the transactions, the few stated figures and the approximate peaks along the order flow
stand in the tables below and were written by hand. Every other figure is drawn from a small generator that is seeded
by the service's name, so that adding or changing one service leaves the others' draws alone. Nothing here uses binary
floating point, a clock or the standard library's random module: the same script gives the same bytes with every
Python 3.

Before anything is written, check() recomputes what the file must keep: the counts, the mean availability, each
score and tier, the chain lengths and the dependency counts. A broken promise ends the program with status 1.
"""

import sys
from decimal import Decimal, ROUND_FLOOR, ROUND_HALF_UP, getcontext

getcontext().prec = 40

# The vocabulary of `stack`: all of these are used, and no others.
TAGS = set("""java8 java11 java17
spring-mvc-4.3 spring-5.3 spring-boot-1.5 spring-boot-2.3 spring-boot-2.7 spring-boot-3.2
spring-cloud-config nacos-config dubbo-2.7 grpc-java mybatis hibernate seata-at
rocketmq kafka redis elasticsearch quartz xxl-job arthas logback log4j2 easyexcel""".split())

# The landscape. One line a service: name | Chinese name | team | kind | intended tier | what it calls.
# `~` marks a weak dependency (asynchronous, best effort), `+` one outside the inventory; all others are strong.
LANDSCAPE = {
    "trade-fulfilment": """
mobile-trade-gateway | 移动交易网关 | trade-entry | core | A | trade-facade member-session item-detail-aggregator +redis-trade ~search-gateway ~device-fingerprint ~ab-experiment
trade-facade | 交易门面 | trade-entry | core | A | checkout-orchestrator cart-service order-query after-sale-service member-session +redis-trade ~message-center
checkout-orchestrator | 结账编排 | trade-core | core | S | order-create order-pricing cart-service cashier-gateway risk-decision-api address-book delivery-promise member-core +redis-trade ~ab-experiment
cart-service | 购物车 | trade-entry | core | A | item-core sellable-quantity coupon-calculation +mysql-trade +redis-trade ~promotion-price-engine
order-create | 下单服务 | trade-core | core | S | order-core order-pricing stock-reservation trade-settlement coupon-wallet order-id-generator item-core +mysql-trade +redis-trade ~risk-event-collector ~+rocketmq-main
order-pricing | 订单计价 | trade-core | core | S | promotion-price-engine item-core freight-template red-packet-core member-benefit marketing-config-center +redis-trade ~coupon-calculation
trade-settlement | 交易结算 | trade-settlement | core | S | payment-core account-ledger fee-rule-center split-bill-service merchant-contract +mysql-trade +redis-trade ~invoice-core ~+rocketmq-main
order-core | 订单中心 | trade-core | core | S | order-state-machine order-snapshot order-id-generator item-core member-core +mysql-trade +redis-trade ~+rocketmq-main
order-state-machine | 订单状态机 | trade-core | core | S | fulfilment-orchestrator order-event-bus stock-reservation order-snapshot +mysql-trade +redis-trade
fulfilment-orchestrator | 履约编排 | fulfilment | core | S | warehouse-allocation logistics-order-core delivery-promise stock-ledger payment-core +mysql-trade ~customs-declaration ~message-center ~+rocketmq-main
refund-core | 退款中心 | trade-after-sale | core | S | payment-core account-ledger order-core stock-reservation coupon-wallet split-bill-service +mysql-trade +redis-trade ~message-center
after-sale-service | 售后服务 | trade-after-sale | core | A | refund-core order-query reverse-logistics +mysql-trade ~ticket-routing
order-query | 订单查询 | trade-query | core | A | order-snapshot +elasticsearch-main +redis-trade
order-snapshot | 订单快照 | trade-query | core | A | order-archive +mysql-trade +oss-storage
order-archive | 订单归档 | trade-query | standard | B | order-query +odps-warehouse +oss-storage
order-id-generator | 订单号生成 | trade-core | core | A | +mysql-trade +redis-trade
order-timeout-close | 超时关单 | trade-core | standard | B | order-core stock-reservation +mysql-trade ~message-center
order-event-bus | 订单事件分发 | fulfilment | core | A | +rocketmq-main +mysql-trade +redis-trade ~reward-dispatch ~points-ledger ~message-center
invoice-core | 电子发票 | trade-settlement | standard | A | order-query +tax-invoice-platform +mysql-trade +oss-storage ~message-center
""",
    "inventory": """
inventory-core-v2 | 库存核心 | inventory-core | core | S | stock-ledger warehouse-directory inventory-snapshot batch-lot-service +mysql-inventory +redis-inventory ~+rocketmq-main
stock-reservation | 库存预占 | inventory-core | core | S | sellable-quantity inventory-core-v2 stock-ledger presale-stock +mysql-inventory +redis-inventory
sellable-quantity | 可售库存计算 | inventory-core | core | S | inventory-core-v2 channel-stock-share item-core +redis-inventory
stock-ledger | 库存流水账 | inventory-core | core | S | inventory-snapshot batch-lot-service +mysql-inventory +redis-inventory ~+rocketmq-main
warehouse-allocation | 寻仓分配 | inventory-warehouse | core | S | sellable-quantity inventory-core-v2 warehouse-directory logistics-routing +map-provider +mysql-inventory
channel-stock-share | 渠道库存共享 | inventory-warehouse | core | A | merchant-profile +mysql-inventory +redis-inventory
batch-lot-service | 批次效期管理 | inventory-warehouse | standard | A | warehouse-directory +mysql-inventory
warehouse-directory | 仓库主数据 | inventory-warehouse | standard | A | +mysql-inventory ~dimension-service
inventory-snapshot | 库存快照 | inventory-core | standard | A | +mysql-inventory +odps-warehouse +oss-storage
presale-stock | 预售库存 | inventory-core | standard | A | promo-calendar +mysql-inventory +redis-inventory
stock-sync-adapter | 库存同步适配 | inventory-warehouse | standard | B | inventory-core-v2 +mysql-inventory +kafka-events
stock-transfer | 库存调拨 | inventory-warehouse | standard | B | inventory-core-v2 stock-ledger warehouse-directory +mysql-inventory ~approval-flow
""",
    "marketing": """
promo-rule-engine | 促销规则引擎 | promotion | core | S | marketing-config-center promo-calendar item-core crowd-targeting +mysql-marketing +redis-marketing
coupon-calculation | 优惠券计算 | coupon | core | S | promo-rule-engine coupon-template member-benefit +mysql-marketing +redis-marketing ~ab-experiment
promotion-price-engine | 促销价引擎 | promotion | core | S | promo-rule-engine marketing-config-center promo-calendar member-benefit item-core +redis-marketing ~coupon-calculation
coupon-issue | 优惠券发放 | coupon | core | S | coupon-template coupon-wallet promo-rule-engine risk-decision-api member-core +mysql-marketing +redis-marketing
red-packet-core | 红包核心 | coupon | core | S | wallet-balance account-ledger risk-decision-api member-core +mysql-marketing +redis-marketing
marketing-config-center | 营销配置中心 | promotion | core | S | dimension-service +mysql-marketing +redis-marketing
coupon-template | 券模板管理 | coupon | standard | A | marketing-config-center +mysql-marketing +redis-marketing
coupon-wallet | 用户券包 | coupon | core | A | coupon-template +mysql-marketing +redis-marketing
activity-center | 活动中心 | promotion | standard | A | promo-calendar +mysql-marketing +redis-marketing ~crowd-targeting
promo-calendar | 大促日历 | promotion | standard | A | activity-center +mysql-marketing ~dimension-service
reward-dispatch | 奖励派发 | promotion | standard | A | coupon-issue red-packet-core points-ledger +mysql-marketing ~message-center
crowd-targeting | 人群圈选 | promotion | standard | A | tag-warehouse-api +hbase-features +redis-marketing
ad-placement | 广告投放 | promotion | standard | B | crowd-targeting item-search +redis-marketing ~event-tracking-collector
group-buying | 拼团服务 | promotion | standard | B | order-create coupon-calculation item-core +mysql-marketing
""",
    "risk": """
risk-decision-api | 风控决策接口 | risk-decision | core | A | risk-rule-engine risk-feature-store +redis-risk ~anti-fraud-scoring ~risk-event-collector ~+kafka-events
risk-rule-engine | 风控规则引擎 | risk-decision | core | S | anti-fraud-scoring risk-list-service risk-feature-store +mysql-risk +redis-risk
anti-fraud-scoring | 反欺诈评分 | risk-decision | core | S | risk-feature-store risk-list-service +hbase-features +redis-risk ~device-fingerprint
risk-feature-store | 风控特征库 | risk-data | core | A | +hbase-features +redis-risk
risk-list-service | 风险名单 | risk-data | core | A | +mysql-risk +redis-risk
device-fingerprint | 设备指纹 | risk-data | standard | A | +hbase-features +redis-risk ~+kafka-events
aml-screening | 反洗钱筛查 | risk-data | standard | A | risk-list-service +credit-bureau +mysql-risk ~risk-case-review
account-takeover-guard | 盗号防护 | risk-decision | standard | B | device-fingerprint +redis-risk
risk-event-collector | 风险事件采集 | risk-data | standard | B | +kafka-events +hbase-features
merchant-risk-monitor | 商家风险监控 | risk-data | standard | B | merchant-profile risk-list-service +mysql-risk
risk-case-review | 风险案件审核 | risk-data | standard | B | risk-list-service +mysql-risk +oss-storage ~message-center
""",
    "payment": """
payment-core | 支付核心 | payment | core | S | payment-routing account-ledger wallet-balance fee-rule-center +mysql-payment +redis-payment ~aml-screening
payment-routing | 支付路由 | payment | core | S | payment-channel-adapter fee-rule-center +mysql-payment +redis-payment
account-ledger | 账务核心 | accounting | core | S | ledger-voucher +mysql-payment +redis-payment ~+rocketmq-main
cashier-gateway | 收银台网关 | payment | core | S | payment-core risk-decision-api bank-card-binding wallet-balance member-session member-core +mysql-payment +redis-payment
payment-channel-adapter | 支付渠道适配 | payment | core | A | +wallet-pay-channel +bank-card-channel +quick-pay-channel +mysql-payment
wallet-balance | 钱包余额 | accounting | core | A | account-ledger +mysql-payment +redis-payment
split-bill-service | 分账服务 | accounting | core | A | account-ledger merchant-contract +mysql-payment
fee-rule-center | 费率规则中心 | accounting | standard | A | merchant-contract +mysql-payment +redis-payment
bank-card-binding | 银行卡绑定 | payment | standard | A | aml-screening +bank-card-channel +sms-gateway +mysql-payment
ledger-voucher | 记账凭证 | accounting | standard | B | +mysql-payment +oss-storage
payment-reconciliation | 支付对账 | accounting | standard | B | account-ledger payment-channel-adapter +mysql-payment +oss-storage
""",
    "logistics": """
logistics-order-core | 物流订单中心 | logistics-core | core | S | waybill-service logistics-routing carrier-dispatch warehouse-directory +mysql-logistics +redis-logistics ~+rocketmq-main
delivery-promise | 时效承诺 | logistics-core | core | S | logistics-routing warehouse-directory +map-provider +mysql-logistics +redis-logistics
logistics-routing | 物流路由规划 | logistics-core | core | A | carrier-dispatch +map-provider +redis-logistics
carrier-dispatch | 承运商派单 | logistics-carrier | standard | A | waybill-service +carrier-open-api +mysql-logistics
waybill-service | 电子面单 | logistics-carrier | core | A | parcel-tracking +mysql-logistics
parcel-tracking | 包裹轨迹 | logistics-carrier | standard | B | +carrier-open-api +redis-logistics ~logistics-routing ~message-center
freight-template | 运费模板 | logistics-core | standard | A | merchant-profile +mysql-logistics +redis-logistics
reverse-logistics | 逆向物流 | logistics-carrier | standard | B | waybill-service carrier-dispatch +mysql-logistics
carrier-settlement | 承运商结算 | logistics-carrier | standard | B | waybill-service account-ledger +mysql-logistics
customs-declaration | 跨境报关 | logistics-carrier | standard | B | order-query +customs-api +mysql-logistics
""",
    "merchant": """
item-core | 商品中心 | item | core | S | item-category merchant-profile +mysql-merchant +redis-merchant ~+rocketmq-main
item-publish | 商品发布 | item | standard | A | item-core item-category merchant-profile +mysql-merchant +oss-storage ~item-index-builder
item-category | 类目属性 | item | standard | B | +mysql-merchant +redis-merchant
merchant-profile | 商家资料 | merchant | core | A | shop-decoration +mysql-merchant +redis-merchant
shop-decoration | 店铺装修 | merchant | standard | B | merchant-profile +mysql-merchant +oss-storage
merchant-contract | 商家合同 | merchant | standard | B | +mysql-merchant +oss-storage
merchant-onboarding | 商家入驻 | merchant | standard | B | merchant-profile merchant-contract aml-screening +mysql-merchant ~approval-flow
open-platform-gateway | 开放平台网关 | merchant | core | A | order-query item-publish stock-sync-adapter waybill-service +mysql-merchant +redis-merchant ~ab-experiment
""",
    "user": """
member-core | 会员中心 | member | core | S | privacy-consent member-growth +mysql-member +redis-member
member-session | 会员会话 | member | core | A | member-core +redis-member ~account-takeover-guard
member-benefit | 会员权益 | member | core | A | member-core member-growth +redis-member
address-book | 收货地址簿 | member | standard | A | member-core +mysql-member +map-provider
points-ledger | 积分账本 | member | standard | A | member-core +mysql-member +redis-member
message-center | 消息中心 | message | standard | A | +sms-gateway +mail-relay +mysql-member +redis-member
member-growth | 会员成长值 | member | standard | B | +mysql-member +odps-warehouse
privacy-consent | 隐私授权 | member | standard | B | +mysql-member
""",
    "search": """
search-gateway | 搜索网关 | search | standard | B | item-search query-suggest recommendation-feed ~ad-placement ~ab-experiment
item-search | 商品搜索 | search | core | A | ranking-feature-service item-category +elasticsearch-main +redis-search
item-detail-aggregator | 商品详情聚合 | search | core | A | item-core sellable-quantity promotion-price-engine merchant-profile +redis-search ~recommendation-feed
recommendation-feed | 推荐信息流 | search | standard | A | ranking-feature-service item-core crowd-targeting +redis-search ~event-tracking-collector
item-index-builder | 商品索引构建 | search | standard | B | item-core +elasticsearch-main +kafka-events
query-suggest | 搜索联想词 | search | standard | B | +elasticsearch-main +redis-search
ranking-feature-service | 排序特征服务 | search | standard | B | tag-warehouse-api +hbase-features +redis-search
""",
    "data-platform": """
ab-experiment | 分流实验平台 | data-service | standard | B | +mysql-report +redis-shared
metric-aggregator | 指标聚合 | data-service | standard | B | dimension-service +kafka-events +hbase-features
binlog-subscriber | 数据变更订阅 | data-pipeline | standard | B | +mysql-trade +mysql-inventory +kafka-events
event-tracking-collector | 埋点采集 | data-pipeline | standard | B | +kafka-events
tag-warehouse-api | 标签仓库接口 | data-service | standard | B | +odps-warehouse +hbase-features
dimension-service | 维度服务 | data-service | standard | B | +mysql-report +odps-warehouse
""",
    "customer-service": """
call-centre-workbench | 客服工作台 | customer-service | standard | B | order-query after-sale-service member-core ticket-routing ~parcel-tracking ~message-center
ticket-routing | 工单分派 | customer-service | standard | B | +mysql-service ~message-center
dispute-arbitration | 纠纷仲裁 | customer-service | standard | B | refund-core order-query +mysql-service +oss-storage
chatbot-answer | 智能问答 | customer-service | standard | B | order-query +elasticsearch-main ~ticket-routing
""",
    "reporting": """
trade-daily-report | 交易日报导出 | bi-report | long-tail | B | order-query metric-aggregator +mysql-report
settlement-statement-export | 结算对账单导出 | bi-report | long-tail | B | account-ledger +mysql-report +oss-storage
inventory-turnover-report | 库存周转报表 | bi-report | long-tail | B | inventory-snapshot +mysql-report
coupon-cost-report | 券成本报表 | bi-report | long-tail | B | coupon-template metric-aggregator +mysql-report
risk-weekly-report | 风控周报 | bi-report | long-tail | B | risk-case-review +mysql-report ~message-center
merchant-bill-export | 商家账单导出 | finance-report | long-tail | B | split-bill-service merchant-contract +mysql-report +oss-storage
logistics-kpi-report | 物流时效报表 | bi-report | long-tail | B | parcel-tracking metric-aggregator +mysql-report
member-growth-report | 会员增长报表 | bi-report | long-tail | B | member-growth +mysql-report
finance-voucher-export | 财务凭证导出 | finance-report | long-tail | B | ledger-voucher +mysql-report +oss-storage
tax-report-export | 税务报表导出 | finance-report | long-tail | B | invoice-core +mysql-report ~+mail-relay
ad-spend-report | 广告消耗报表 | bi-report | long-tail | B | metric-aggregator +mysql-report
refund-analysis-report | 退款分析报表 | bi-report | long-tail | B | order-query dimension-service +mysql-report
search-quality-report | 搜索质量报表 | bi-report | long-tail | B | event-tracking-collector +odps-warehouse
executive-dashboard | 经营驾驶舱 | bi-report | long-tail | B | metric-aggregator trade-daily-report ~logistics-kpi-report ~ad-spend-report +redis-shared
""",
    "internal-tools": """
ops-config-console | 运营配置台 | tools | long-tail | B | marketing-config-center permission-admin +mysql-tools
sku-bulk-import | 商品批量导入 | tools | long-tail | B | item-publish permission-admin +oss-storage
stock-adjust-tool | 库存调整工具 | tools | long-tail | B | stock-transfer approval-flow +mysql-tools
manual-refund-tool | 人工退款工具 | tools | long-tail | B | dispute-arbitration approval-flow ~log-download-tool
coupon-batch-tool | 批量发券工具 | tools | long-tail | B | coupon-issue approval-flow +mysql-tools
risk-list-editor | 名单维护工具 | tools | long-tail | B | risk-list-service permission-admin
test-data-builder | 测试造数工具 | tools | long-tail | B | order-create member-core +mysql-tools
approval-flow | 审批流 | tools | long-tail | B | permission-admin +mysql-tools ~message-center
job-admin | 任务调度后台 | tools | long-tail | B | permission-admin +mysql-tools +redis-shared
ops-duty-roster | 值班排班 | tools | long-tail | B | +mysql-tools ~+sms-gateway
log-download-tool | 日志下载工具 | tools | long-tail | B | permission-admin +oss-storage
permission-admin | 权限管理后台 | tools | long-tail | B | +ldap-directory +mysql-tools
data-fix-console | 数据订正台 | tools | long-tail | B | approval-flow binlog-subscriber +mysql-tools
""",
}

# What the article about the programme states ("source") stands in the STATED_… tables and in the first lines of
# STATUS and WINDOW; all the rest is ours.
STATED_SLA = {"trade-settlement": 9951, "coupon-calculation": 9968, "risk-decision-api": 9985}  # hundredths of a %
STATED_STRONG = {"trade-settlement": 7, "coupon-calculation": 5, "risk-decision-api": 3}
STATED_TIER = {"trade-settlement": "S", "coupon-calculation": "S", "risk-decision-api": "A",
               "inventory-core-v2": "S", "promo-rule-engine": "S"}
STATED_MEAN_SLA = Decimal("99.72")
STATUS = {"trade-settlement": "code-frozen", "coupon-calculation": "in-development",  # source
          "inventory-core-v2": "in-development", "promo-rule-engine": "code-frozen", "payment-core": "code-frozen",
          "stock-ledger": "in-development", "account-ledger": "code-frozen", "risk-rule-engine": "in-development",
          "member-core": "in-development", "item-core": "code-frozen"}
WINDOW = {"trade-settlement": "2024-Q2", "coupon-calculation": "2024-Q3", "risk-decision-api": "2024-Q4",  # source
          "inventory-core-v2": "2024-Q2", "promo-rule-engine": "2024-Q2", "stock-ledger": "2024-Q1",
          "account-ledger": "2024-Q2", "payment-core": "2024-Q2", "risk-rule-engine": "2024-Q2",
          "checkout-orchestrator": "2024-Q3", "order-create": "2024-Q3", "cart-service": "2024-Q4",
          "wallet-balance": "2024-Q4", "order-query": "2024-Q4", "fee-rule-center": "2024-Q4",
          "message-center": "2025-Q1"}
# Chosen by hand so that the three services of the source's table come up when its time windows ask for them, and
# payment-core, which trade-settlement waits for, soon enough before it.
FIXED = {"trade-settlement": {"peak": "4000", "sonar": 158, "vulnerabilities": 43, "effort": 28},
         "coupon-calculation": {"peak": "3150", "sonar": 346, "vulnerabilities": 27, "effort": 60},
         "risk-decision-api": {"peak": "4600", "sonar": 106, "vulnerabilities": 8, "effort": 28},
         "payment-core": {"peak": "3870", "sonar": 149, "vulnerabilities": 39, "effort": 29}}
# Peaks of what stands in the order flow, so that a callee sees about what its caller sends; drawn within 6 %.
FLOW_PEAKS = {"mobile-trade-gateway": 5600, "trade-facade": 5200, "cart-service": 4900, "checkout-orchestrator": 4700,
              "order-pricing": 4600, "order-create": 4200, "order-id-generator": 4100, "order-core": 4000,
              "order-state-machine": 3800, "order-snapshot": 3900, "order-event-bus": 3700,
              "fulfilment-orchestrator": 3200, "refund-core": 1450, "after-sale-service": 1600, "order-query": 2600,
              "stock-reservation": 4300, "sellable-quantity": 5000, "inventory-core-v2": 4500, "stock-ledger": 4100,
              "warehouse-allocation": 3100, "promotion-price-engine": 5100, "promo-rule-engine": 4800,
              "marketing-config-center": 2700, "coupon-issue": 2200, "red-packet-core": 2400, "coupon-wallet": 3300,
              "risk-rule-engine": 4500, "anti-fraud-scoring": 4300, "risk-feature-store": 4700,
              "payment-routing": 3600, "account-ledger": 4000, "cashier-gateway": 4200,
              "payment-channel-adapter": 3400, "logistics-order-core": 2900, "logistics-routing": 2800,
              "delivery-promise": 4600, "item-core": 6900, "member-core": 7800, "member-session": 6200,
              "split-bill-service": 3500, "item-publish": 720, "bank-card-binding": 430, "aml-screening": 620,
              "invoice-core": 2400, "open-platform-gateway": 2100, "activity-center": 1800, "presale-stock": 900,
              "warehouse-directory": 3100, "waybill-service": 2700, "carrier-dispatch": 2600, "freight-template": 4400,
              "wallet-balance": 1900, "fee-rule-center": 3600, "merchant-profile": 2500, "message-center": 2800,
              "reward-dispatch": 2000, "risk-list-service": 4300, "device-fingerprint": 3800, "address-book": 4200,
              "privacy-consent": 3100, "item-category": 3600, "member-growth": 2400, "ledger-voucher": 3400,
              "order-archive": 640, "parcel-tracking": 2500, "risk-event-collector": 2200, "merchant-contract": 900,
              "tag-warehouse-api": 620, "dimension-service": 410, "shop-decoration": 350, "stock-transfer": 45,
              "customs-declaration": 85, "dispute-arbitration": 14, "ticket-routing": 95, "chatbot-answer": 310,
              "call-centre-workbench": 140, "merchant-onboarding": 6, "merchant-risk-monitor": 58,
              "risk-case-review": 30, "reverse-logistics": 260, "account-takeover-guard": 1800,
              "ranking-feature-service": 1900, "query-suggest": 240, "ab-experiment": 900,
              "event-tracking-collector": 330}
# Requests that have little to do with orders, per second.
REQUESTS = {"event-tracking-collector": "38600", "ranking-feature-service": "21400", "query-suggest": "5230",
            "ab-experiment": "16800", "search-gateway": "11300", "metric-aggregator": "7420",
            "binlog-subscriber": "9650", "tag-warehouse-api": "6180", "dimension-service": "3370",
            "message-center": "4850", "item-index-builder": "1260", "risk-event-collector": "12700"}
# Availability gaps, in hundredths, where the tier's own range does not fit the traffic.
GAPS = {"refund-core": (54, 66), "payment-routing": (30, 52), "account-ledger": (28, 50), "item-publish": (24, 40),
        "bank-card-binding": (28, 44), "aml-screening": (16, 30)}
# Score ranges, in hundredths, where the tier's own is too wide: money and stock leave before trade-settlement.
SCORES = {"inventory-core-v2": (9000, 9350), "stock-ledger": (8950, 9300),
          "payment-routing": (8900, 9300), "account-ledger": (9050, 9400)}
EFFORT_STATED = """inventory-core-v2 promo-rule-engine stock-ledger account-ledger order-create order-core
checkout-orchestrator refund-core coupon-issue cart-service order-query wallet-balance merchant-profile item-search
fee-rule-center message-center shop-decoration""".split()

SLO = {"trade-settlement": ("99.95%", "0.05%", 320), "order-create": ("99.95%", "0.05%", 320),
       "payment-core": ("99.95%", "0.05%", 280), "inventory-core-v2": ("99.95%", "0.05%", 180),
       "risk-decision-api": ("99.95%", "0.05%", 120), "promo-rule-engine": ("99.9%", "0.1%", 240),
       "coupon-calculation": ("99.9%", "0.1%", 260)}

PAYLOADS = {
    "order-create": ["List<OrderItem>", "Map<Long, Integer>"],
    "order-core": ["List<OrderItem>", "Map<String, String>"], "order-query": ["List<Long>", "Page<OrderView>"],
    "order-snapshot": ["Map<Integer, byte[]>", "byte[]"], "order-archive": ["List<byte[]>"],
    "order-pricing": ["Map<Long, BigDecimal>", "List<PriceLine>"],
    "order-event-bus": ["Map<String, Object>", "byte[]"],
    "trade-settlement": ["List<SettlementLine>", "Map<Long, BigDecimal>"],
    "cart-service": ["List<CartItem>", "Set<Long>"],
    "checkout-orchestrator": ["Optional<AddressView>", "List<CartItem>"],
    "inventory-core-v2": ["List<Long>", "Map<Integer, byte[]>", "long[]"],
    "stock-ledger": ["List<StockEntry>", "long[]"], "stock-reservation": ["Map<Long, Integer>", "List<Long>"],
    "sellable-quantity": ["int[]", "Map<Long, Long>"], "inventory-snapshot": ["Map<Integer, byte[]>"],
    "warehouse-allocation": ["List<Double>", "Map<String, List<Long>>"],
    "promo-rule-engine": ["Map<String, List<RuleNode>>", "List<String>"],
    "promotion-price-engine": ["Map<Long, BigDecimal>"],
    "coupon-calculation": ["List<CouponView>", "Map<Long, List<Long>>"], "coupon-wallet": ["List<Long>"],
    "crowd-targeting": ["Set<Long>", "long[]"], "red-packet-core": ["List<BigDecimal>"],
    "risk-decision-api": ["Map<String, Double>", "List<String>"],
    "risk-feature-store": ["double[]", "Map<Integer, byte[]>"], "anti-fraud-scoring": ["float[]", "List<Float>"],
    "device-fingerprint": ["byte[]", "Map<String, byte[]>"], "risk-event-collector": ["List<byte[]>"],
    "payment-core": ["Map<String, String>", "List<PayItem>"],
    "payment-channel-adapter": ["byte[]", "Map<String, Object>"],
    "account-ledger": ["List<LedgerEntry>", "List<Long>"],
    "logistics-routing": ["List<Integer>", "Map<Integer, List<Integer>>"],
    "waybill-service": ["List<String>", "byte[]"], "parcel-tracking": ["List<TrackPoint>"],
    "item-core": ["Map<Long, ItemView>", "List<Long>"], "item-publish": ["Map<String, String>", "List<byte[]>"],
    "member-core": ["Map<Long, String>", "List<Long>"], "member-session": ["byte[]"],
    "item-search": ["List<Long>", "float[]"], "ranking-feature-service": ["Map<Long, float[]>"],
    "recommendation-feed": ["List<Long>", "List<Map<String, Object>>"], "event-tracking-collector": ["List<byte[]>"],
    "tag-warehouse-api": ["Set<String>", "BitSet"], "merchant-bill-export": ["List<String[]>"],
    "trade-daily-report": ["List<Object[]>"],
}

# name | steps; a step: service action compensation carries needs reserves idempotent ("-" for none).
# coupon-issue needs a parameter that nobody carries and three steps are not idempotent: a legacy has such steps.
TRANSACTIONS = {
    "order-create": ("place-order", """
        order-core createOrder cancelOrder order_id,item_id,count,amount - - yes
        stock-reservation reserveStock releaseStock reservation_id item_id,count stock yes
        coupon-wallet lockCoupon unlockCoupon coupon_id order_id coupon yes
        trade-settlement openSettlement closeSettlement settlement_id order_id,amount - yes"""),
    "trade-settlement": ("settle-trade", """
        payment-core capturePayment reversePayment payment_id,order_id,amount - balance yes
        account-ledger postEntries reverseEntries entry_id payment_id,amount - yes
        split-bill-service splitBill revokeSplit split_id order_id,entry_id - no"""),
    "refund-core": ("refund-order", """
        order-core markRefunding restoreOrder order_id,item_id,count,amount - - yes
        stock-reservation returnStock takeBackStock stock_version item_id,count stock yes
        payment-core refundPayment recallRefund refund_id order_id,amount balance yes"""),
    "stock-reservation": ("reserve-stock", """
        inventory-core-v2 freezeQuantity unfreezeQuantity item_id,count,warehouse_id - stock yes
        stock-ledger appendEntry appendReversal entry_id item_id,count,warehouse_id - yes"""),
    "fulfilment-orchestrator": ("dispatch-parcel", """
        warehouse-allocation allocateWarehouse releaseWarehouse order_id,warehouse_id,item_id,count - capacity yes
        stock-ledger deductStock restoreStock stock_version item_id,count,warehouse_id stock yes
        logistics-order-core createLogisticsOrder cancelLogisticsOrder logistics_id order_id,warehouse_id - yes"""),
    "payment-core": ("pay", """
        wallet-balance freezeBalance unfreezeBalance payment_id,member_id,amount - balance yes
        account-ledger postPayment reversePayment entry_id payment_id,amount - yes"""),
    "red-packet-core": ("grab-red-packet", """
        wallet-balance creditBalance debitBalance packet_id,member_id,amount - balance no
        account-ledger postGrant reverseGrant entry_id packet_id,amount - yes"""),
    "coupon-issue": ("issue-coupon", """
        coupon-template deductBudget restoreBudget template_id,member_id - budget yes
        coupon-wallet addCoupon removeCoupon coupon_id template_id,member_id,campaign_id - yes"""),
    "reward-dispatch": ("grant-reward", """
        points-ledger addPoints deductPoints reward_id,member_id,points - - yes
        coupon-issue issueCoupon revokeCoupon coupon_id reward_id,member_id - no"""),
    "item-publish": ("publish-item", """
        item-core createItem removeItem item_id,merchant_id - - yes
        item-category bindCategory unbindCategory binding_id item_id - yes"""),
}

TIER_DRAWS = {  # everything in whole units; target and impact share in hundredths of a point
    # availability gap, hundredths   score          sonar days  vulnerabilities  peak orders/s
    "S": dict(gap=(20, 56), score=(8545, 9650), sonar=(96, 184), vulnerabilities=(12, 44), peak=("700", "9400")),
    "A": dict(gap=(8, 44), score=(6545, 8440), sonar=(46, 146), vulnerabilities=(8, 38), peak=("120", "6700")),
    "B": dict(gap=(-2, 34), score=(1500, 6350), sonar=(10, 62), vulnerabilities=(0, 28), peak=("1", "1300")),
    "long-tail": dict(gap=(-3, 48), score=(600, 3600), sonar=(3, 52), vulnerabilities=(0, 11), peak=("0.05", "26")),
}


class Draw:
    """splitmix64, seeded by a text (FNV-1a): whole numbers only, the same everywhere."""

    def __init__(self, text):
        self.state = 0xCBF29CE484222325
        for byte in text.encode("utf-8"):
            self.state = ((self.state ^ byte) * 0x100000001B3) & (2**64 - 1)

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & (2**64 - 1)
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
        return z ^ (z >> 31)

    def whole(self, low, high):
        return low + self.next() % (high - low + 1)

    def low_leaning(self, low, high):
        return min(self.whole(low, high), self.whole(low, high))

    def chance(self, per_cent):
        return self.next() % 100 < per_cent

    def one(self, choices):
        return choices[self.next() % len(choices)]


class Service:
    def __init__(self, domain, line):
        name, zh, team, kind, tier, calls = [cell.strip() for cell in line.split("|")]
        self.name, self.display_name, self.team, self.kind, self.tier, self.domain = name, zh, team, kind, tier, domain
        self.calls = [(c.lstrip("~+"), not c.startswith("~"), "+" in c[:2]) for c in calls.split()]
        self.strong = len({target for target, strong, _ in self.calls if strong})
        self.draws = TIER_DRAWS["long-tail" if kind == "long-tail" else tier]

    def calls_external(self, prefix):
        return any(external and target.startswith(prefix) for target, _, external in self.calls)


def read_landscape():
    return [Service(domain, line) for domain, text in LANDSCAPE.items() for line in text.strip().splitlines()]


def callees(services):
    known = {s.name for s in services}
    return {s.name: sorted({t for t, _, external in s.calls if not external and t in known}) for s in services}


def components(graph):
    """Strongly connected components (Tarjan), callees before callers."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for target in graph[node]:
            if target not in index:
                visit(target)
            if target in stack:
                low[node] = min(low[node], low[target])
        if low[node] == index[node]:
            cut = stack.index(node)
            found.append(sorted(stack[cut:]))
            del stack[cut:]

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


def chain_lengths(graph):
    """The most services on any chain of callers above each one: longest path over the condensed graph."""
    found = components(graph)
    home = {name: i for i, members in enumerate(found) for name in members}
    above = [0] * len(found)
    for i in reversed(range(len(found))):  # callers first
        for name in found[i]:
            for target in graph[name]:
                if home[target] != i:
                    above[home[target]] = max(above[home[target]], above[i] + len(found[i]))
    return {name: above[home[name]] + len(found[home[name]]) - 1 for name in graph}


LN_FULL_IMPACT = Decimal(2001).ln()


def normalised(value, full):
    return min(Decimal(1), Decimal(value) / full) * 100


def score(peak, sla, debt, topology):
    gap = max(Decimal(0), Decimal("99.95") - sla)
    impact = min(Decimal(1), (1 + peak * gap).ln() / LN_FULL_IMPACT) * 100
    exact = (4 * impact + 3 * normalised(debt, 200) + 3 * normalised(topology, 16)) / 10
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def tier_of(points):
    return "S" if points >= 85 else "A" if points >= 65 else "B"


def draw_availability(services):
    """Draws each availability and then moves the B services by hundredths until the mean is the stated one."""
    for s in services:
        draw = Draw("sla " + s.name)
        gap = draw.low_leaning(*GAPS.get(s.name, s.draws["gap"]))
        if s.kind == "long-tail" and draw.chance(22):
            gap += draw.whole(30, 80)
        s.sla = STATED_SLA.get(s.name, 9995 - min(gap, 103))
    off = sum(s.sla for s in services) - int(STATED_MEAN_SLA * 100) * len(services)
    movable = [s for s in services if s.tier != "S" and s.name not in STATED_SLA]
    turn = 0
    while off:
        s = movable[turn % len(movable)]
        step = -1 if off > 0 else 1
        if 9892 <= s.sla + step <= 9998:
            s.sla += step
            off += step
        turn += 1
    for s in services:
        s.sla = Decimal(s.sla) / 100


def round_peak(value):
    """As a monitoring system would print it: coarser the larger it is."""
    for limit, step in ((1000, "10"), (100, "5"), (10, "1"), (1, "0.1"), (0, "0.01")):
        if value >= limit:
            return (value / Decimal(step)).quantize(Decimal(1), ROUND_HALF_UP) * Decimal(step)
    raise ValueError(value)


def draw_score_facts(s):
    """Peak, debt and vulnerabilities that place the service in its intended tier, clear of the boundaries."""
    if s.name in FIXED:
        fixed = FIXED[s.name]
        s.peak, s.sonar, s.vulnerabilities = Decimal(fixed["peak"]), fixed["sonar"], fixed["vulnerabilities"]
        return
    draw = Draw("score " + s.name)
    low, high = (Decimal(v) for v in s.draws["peak"])
    lowest, highest = SCORES.get(s.name, s.draws["score"])
    for _ in range(5000):
        target = Decimal(draw.whole(lowest, highest)) / 100
        s.sonar = draw.whole(*s.draws["sonar"])
        s.vulnerabilities = draw.whole(*s.draws["vulnerabilities"])
        debt, topology = s.sonar + s.vulnerabilities, s.chain + s.strong
        impact = (10 * target - 3 * normalised(debt, 200) - 3 * normalised(topology, 16)) / 4
        gap = Decimal("99.95") - s.sla
        if s.name in FLOW_PEAKS:
            s.peak = round_peak(FLOW_PEAKS[s.name] * hundredths(draw.whole(94, 106)))
        elif gap <= 0:
            s.peak = round_peak(low * Decimal(draw.whole(100, 4000)) / 100)
        elif 0 < impact < Decimal("99.9"):
            s.peak = round_peak(((impact / 100 * LN_FULL_IMPACT).exp() - 1) / gap)
        else:
            continue
        reached = int(score(s.peak, s.sla, debt, topology) * 100)
        if (s.name in FLOW_PEAKS or low <= s.peak <= high) and lowest <= reached <= highest:
            return
    sys.exit(f"make_services: no facts found for {s.name} (topology {s.chain} + {s.strong})")


FRAMEWORKS = {  # tag: text, end of (open-source) life at the programme's start, JDKs
    "spring-mvc-4.3": ("Spring MVC 4.3", True), "spring-boot-1.5": ("Spring Boot 1.5", True),
    "spring-boot-2.3": ("Spring Boot 2.3", True), "spring-boot-2.7": ("Spring Boot 2.7", True),
    "spring-5.3": ("Spring Framework 5.3", False), "spring-boot-3.2": ("Spring Boot 3.2", False)}
AGES = {  # JDK and framework pairs; coverage, CVEs, missing documentation, community activity (hundredths)
    "modern": ([(17, "spring-boot-3.2"), (17, "spring-5.3"), (11, "spring-5.3")], (48, 84), (0, 6), (3, 25), (62, 96)),
    "dated": ([(8, "spring-boot-2.3"), (8, "spring-boot-2.7"), (8, "spring-5.3"), (8, "spring-boot-2.3"),
               (11, "spring-boot-2.7")], (18, 62), (3, 20), (15, 65), (25, 75)),
    "ancient": ([(8, "spring-boot-1.5"), (8, "spring-mvc-4.3"), (8, "spring-boot-1.5"), (8, "spring-boot-2.3")],
                (0, 28), (12, 38), (45, 96), (2, 34))}


def hundredths(value):
    return Decimal(value) / 100


def draw_platform(s):
    draw = Draw("platform " + s.name)
    roll = draw.whole(0, 99)
    age = "ancient" if roll < 40 else "dated" if roll < 84 else "modern"
    pairs, coverage, cves, undocumented, activity = AGES[age]
    s.jdk, s.framework_tag = draw.one(pairs)
    s.framework, s.framework_end_of_life = FRAMEWORKS[s.framework_tag]
    s.coverage = hundredths(draw.whole(*coverage))
    s.cve_count = max(draw.whole(*cves), s.vulnerabilities // 3)
    s.undocumented = hundredths(draw.whole(*undocumented))
    s.activity = hundredths(draw.whole(*activity))


def draw_coupling(s):
    draw = Draw("coupling " + s.name)
    calls, interfaces = {"core": ((4, 15), (5, 25)), "standard": ((0, 11), (1, 21)),
                         "long-tail": ((0, 3), (0, 14))}[s.kind]
    s.core_flow_calls, s.data_interfaces = draw.whole(*calls), draw.whole(*interfaces)
    if s.kind == "long-tail" and draw.chance(12):  # a tool that has grown into everything
        s.core_flow_calls, s.data_interfaces = draw.whole(6, 11), draw.whole(14, 24)


def quadrant_cell(s):
    coupling = (min(Decimal(1), Decimal(s.core_flow_calls) / 12) + min(Decimal(1), Decimal(s.data_interfaces) / 20)) / 2
    behind = min(Decimal(1), Decimal([8, 11, 17, 21][::-1].index(s.jdk)) / 2)
    parts = [behind, Decimal(s.framework_end_of_life), 1 - s.coverage, min(Decimal(1), Decimal(s.cve_count) / 30),
             s.undocumented, 1 - s.activity]
    band = lambda x: "low" if x <= Decimal("0.3") else "high" if x >= Decimal("0.7") else "middle"
    fine = lambda x: x.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return band(fine(coupling)), band(fine(sum(parts) / 6))


def draw_runtime(s):
    draw = Draw("runtime " + s.name)
    sizes = {"core": (4096, 6144, 8192, 8192, 12288, 16384), "standard": (2048, 3072, 4096, 4096, 8192),
             "long-tail": (512, 1024, 1024, 2048)}[s.kind]
    s.heap = draw.one(sizes)
    s.live_heap = s.heap * draw.whole(16, 62) // 100
    if s.jdk > 8:
        s.gc = "Serial" if s.heap <= 1024 else "G1"
    elif s.heap <= 1024:
        s.gc = draw.one(("Serial", "Parallel"))
    else:
        s.gc = draw.one(("CMS", "CMS", "G1", "Parallel"))
    low, high = {"core": (240, 960), "standard": (90, 420), "long-tail": (28, 120)}[s.kind]
    s.threads = draw.whole(low, high)


def draw_traffic(s):
    draw = Draw("traffic " + s.name)
    per_order = {"core": (90, 420), "standard": (60, 300), "long-tail": (40, 500)}[s.kind]
    if s.domain == "search" or "gateway" in s.name or s.name in ("member-session", "event-tracking-collector"):
        per_order = (380, 900)
    value = Decimal(REQUESTS[s.name]) if s.name in REQUESTS else s.peak * draw.whole(*per_order) / 100
    s.requests = max(round_peak(value), Decimal("0.01"))


def draw_stack(s):
    draw = Draw("stack " + s.name)
    tags = ["java%d" % s.jdk, s.framework_tag]
    if s.kind != "long-tail" or draw.chance(30):
        boot = s.framework_tag.startswith("spring-boot")
        tags.append(draw.one(("spring-cloud-config", "nacos-config") if boot else ("nacos-config",)))
    tags.append("grpc-java" if s.jdk == 17 else draw.one(("dubbo-2.7", "dubbo-2.7", "dubbo-2.7", "grpc-java")))
    if s.kind == "long-tail" and draw.chance(60):
        tags.pop()
    if s.calls_external("mysql-"):
        tags.append(draw.one(("mybatis", "mybatis", "mybatis", "hibernate")))
    if s.name in TRANSACTIONS:
        tags.append("seata-at")
    for prefix in ("rocketmq", "kafka", "redis", "elasticsearch"):
        if s.calls_external(prefix):
            tags.append(prefix)
    if s.kind == "long-tail" or any(word in s.name for word in ("timeout", "snapshot", "reconciliation", "archive",
                                                                "growth", "settlement", "builder", "calendar")):
        tags.append(draw.one(("quartz", "xxl-job", "xxl-job")))
    if s.domain == "reporting":
        tags.append("easyexcel")
    if draw.chance(45 if s.kind != "long-tail" else 10):
        tags.append("arthas")
    tags.append(draw.one(("logback", "logback", "log4j2")))
    s.stack = tags


def estimated_effort(s):
    return 10 + Decimal(s.sonar) / 10 + s.strong


def draw_effort(s):
    s.effort = None
    if s.name in FIXED:
        s.effort = FIXED[s.name]["effort"]
    elif s.name in EFFORT_STATED:
        per_cent = Draw("effort " + s.name).whole(90, 114)
        s.effort = int((estimated_effort(s) * per_cent / 100).to_integral_value(ROUND_FLOOR))


def read_transaction(s):
    s.transaction = None
    if s.name not in TRANSACTIONS:
        return
    name, text = TRANSACTIONS[s.name]
    items = lambda cell: [] if cell == "-" else cell.split(",")
    steps = []
    for line in text.strip().splitlines():
        service, action, compensation, carries, needs, reserves, idempotent = line.split()
        steps.append(dict(service=service, action=action, compensation=compensation, carries=items(carries),
                          needs=items(needs), reserves=None if reserves == "-" else reserves,
                          idempotent=idempotent == "yes"))
    s.transaction = (name, steps)


def make_inventory():
    services = read_landscape()
    chains = chain_lengths(callees(services))
    draw_availability(services)
    for s in services:
        s.chain = chains[s.name]
        s.owner = "java-caretakers" if Draw("owner " + s.name).chance(28) else s.team + "-oncall"
        for step in (draw_score_facts, draw_platform, draw_coupling, draw_runtime, draw_traffic, draw_stack,
                     draw_effort, read_transaction):
            step(s)
        s.score = score(s.peak, s.sla, s.sonar + s.vulnerabilities, s.chain + s.strong)
    return services


def check_names(services, claim):
    names = [s.name for s in services]
    known = set(names)
    claim(len(names) == 137 and len(known) == 137, "there are 137 services and no name is used twice")
    claim(len({s.display_name for s in services}) == 137, "no Chinese name is used twice")
    letters = set("abcdefghijklmnopqrstuvwxyz0123456789-")
    externals = {t for s in services for t, _, external in s.calls if external}
    claim(not externals & known, "no external name is a service")
    for label in known | externals | {s.domain for s in services} | {s.team for s in services}:
        claim(len(label) <= 63 and set(label) <= letters and label.strip("-") == label, f"{label} is a label")
    for table in (STATED_SLA, STATED_TIER, STATUS, WINDOW, FIXED, FLOW_PEAKS, REQUESTS, GAPS, SCORES, EFFORT_STATED,
                  SLO, PAYLOADS, TRANSACTIONS):
        claim(set(table) <= known, f"the table {sorted(table)[0]}… names services of the inventory")
    tuples = {(s.peak, s.sla, s.sonar, s.vulnerabilities, s.chain, s.strong) for s in services}
    claim(len(tuples) == 137, "no two services have the same facts")
    claim({tag for s in services for tag in s.stack} == TAGS, "the vocabulary of stack tags is the stated one")


def check_graph(services, claim):
    known = {s.name for s in services}
    for s in services:
        targets = [t for t, _, _ in s.calls]
        claim(len(targets) == len(set(targets)), f"{s.name} names no dependency twice")
        claim(s.name not in targets, f"{s.name} does not call itself")
        claim(all(external or t in known for t, _, external in s.calls), f"{s.name} calls what exists")
        if s.transaction:
            claim("seata-at" in s.stack, f"{s.name} has its transaction's stack tag")
            claim(all(step["service"] in set(targets) & known for step in s.transaction[1]),
                  f"the steps of {s.name} are services that it calls")
    cycles = [len(c) for c in components(callees(services)) if len(c) > 1]
    claim(len(cycles) in (3, 4) and set(cycles) <= {2, 3, 4}, f"3 or 4 cycles of 2 to 4 services, found {cycles}")


def check_scores(services, claim):
    by_name = {s.name: s for s in services}
    mean = sum(s.sla for s in services) / len(services)
    claim(Decimal("99.718") <= mean <= Decimal("99.722"), f"the mean availability is 99.72, found {mean}")
    claim(all(Decimal("98.9") <= s.sla <= Decimal("99.98") for s in services), "each availability is believable")
    for s in services:
        claim(tier_of(s.score) == s.tier, f"{s.name} is in tier {s.tier}, found {s.score}")
        claim(min(abs(s.score - 85), abs(s.score - 65)) > Decimal("0.30"), f"{s.name} is clear of a boundary")
    claim(sum(s.tier == "S" for s in services) == 29, "29 services are in tier S")
    for name, tier in STATED_TIER.items():
        claim(by_name[name].tier == tier, f"{name} is in tier {tier}")
    for name, strong in STATED_STRONG.items():
        claim(by_name[name].strong == strong, f"{name} has {strong} strong dependencies")
    effort = sum(s.effort if s.effort is not None else estimated_effort(s) for s in services)
    claim(2850 <= effort <= 3150, f"the effort is about 3,000 squad-days, found {effort}")
    cells = {quadrant_cell(s) for s in services}
    claim(len(cells) == 9, "each of the nine cells of coupling and obsolescence is used")


def check(services):
    broken = []
    claim = lambda holds, text: None if holds else broken.append(text)
    for part in (check_names, check_graph, check_scores):
        part(services, claim)
    for text in broken:
        print("make_services: not so: " + text, file=sys.stderr)
    if broken:
        sys.exit(1)


HEADER = """\
# yaml-language-server: $schema=schema/inventory.v1.json
#
# The reference inventory: 137 Java services that leave the JVM. A reconstruction, written by
# data/generator/make_services.py: edit the generator, not this file.
#
# From the article that describes the programme: the number of services and of those in tier S, the mean availability
# (99.72 %), the names trade-settlement, coupon-calculation, risk-decision-api, inventory-core-v2 and promo-rule-engine
# (the last two in tier S), and of the first three the tier, status, sla_30d, number of downstream services and window.
# Everything else is ours: the other services and each of their figures. data/README.md has the details.
schema: migplan/inventory/v1
services:
"""


def number(value):
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def flow_list(items):
    return "[" + ", ".join(items) + "]"


def dependency_lines(s):
    for target, strong, external in s.calls:
        weak = "" if strong else ", strength: weak"
        yield f"      - {{service: {target}{weak}{', external: true' if external else ''}}}"


def transaction_lines(s):
    if not s.transaction:
        return
    name, steps = s.transaction
    yield "    transactions:"
    yield f"      - name: {name}"
    yield "        mode: at"
    yield "        steps:"
    for step in steps:
        needs = f", needs: {flow_list(step['needs'])}" if step["needs"] else ""
        reserves = f", reserves: {step['reserves']}" if step["reserves"] else ""
        yield (f"          - {{service: {step['service']}, action: {step['action']}, compensation: "
               f"{step['compensation']}, carries: {flow_list(step['carries'])}{needs}{reserves}, "
               f"idempotent: {str(step['idempotent']).lower()}}}")


def decision_lines(s):
    yield f"  - name: {s.name}"
    yield f"    display_name: {s.display_name}"
    yield f"    domain: {s.domain}"
    yield f"    team: {s.team}"
    yield f"    owner: {s.owner}"
    yield f"    kind: {s.kind}"
    yield f"    status: {STATUS.get(s.name, 'pending-evaluation')}"
    if s.name in WINDOW:
        yield f"    window: {WINDOW[s.name]}"
    if s.effort is not None:
        yield f"    effort_days: {s.effort}"
    yield f"    impact: {{peak_orders_per_second: {number(s.peak)}, sla_30d: {s.sla:.2f}}}"
    yield f"    debt: {{sonar_debt_days: {s.sonar}, high_risk_vulnerabilities: {s.vulnerabilities}}}"
    yield f"    topology: {{upstream_chain_length: {s.chain}, downstream_strong_dependencies: {s.strong}}}"


def fact_lines(s):
    yield f"    stack: {flow_list(s.stack)}"
    yield (f"    platform: {{jdk: {s.jdk}, framework: {s.framework}, framework_end_of_life: "
           f"{str(s.framework_end_of_life).lower()},")
    yield (f"               automated_test_coverage: {number(s.coverage)}, cve_count: {s.cve_count}, "
           f"missing_documentation: {number(s.undocumented)}, community_activity: {number(s.activity)}}}")
    yield f"    coupling: {{core_flow_calls: {s.core_flow_calls}, data_dependency_interfaces: {s.data_interfaces}}}"
    yield f"    runtime: {{heap_max_mb: {s.heap}, live_heap_mb: {s.live_heap}, gc: {s.gc}, threads: {s.threads}}}"
    yield f"    traffic: {{requests_per_second: {number(s.requests)}}}"
    if s.name in SLO:
        availability, budget, p95 = SLO[s.name]
        yield (f'    slo: {{availability_slo: "{availability}", error_budget_monthly: "{budget}", '
               f"latency_p95_target_ms: {p95}}}")
    if s.name in PAYLOADS:
        yield "    payloads: " + flow_list(f'"{p}"' for p in PAYLOADS[s.name])


def write(services, out):
    out(HEADER)
    for i, s in enumerate(services):
        lines = [*decision_lines(s), "    depends_on:", *dependency_lines(s), *fact_lines(s), *transaction_lines(s)]
        out(("\n" if i else "") + "\n".join(lines) + "\n")


def main():
    services = make_inventory()
    check(services)
    text = []
    write(services, text.append)
    sys.stdout.buffer.write("".join(text).encode("utf-8"))


if __name__ == "__main__":
    main()
