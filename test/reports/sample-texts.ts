import type { Language } from '../../src/domain/audit/events.ts'

/** What the sample company wrote itself, per language. */
export const assertionText: Readonly<Record<Language, string>> = {
  ja: `当社の経営者は、以下のとおり記述します。

1. 第III部の記述は、{{report.date}}現在における当社のマネージドサービスのシステムを、記述規準（DC 200）に沿って示しています。
2. 第IV部の統制は、対象とするトラストサービス規準に照らし、当社の約束とシステム要件が満たされるという合理的な保証が得られるようにデザインされています。ただし、第IV部に「不充足」または「未証明」と記した統制を除きます。
3. 上記は、利用者と再受託会社がそれぞれに求められる統制を備えていることを前提としています。

基準日において残る例外は**{{exceptions.standing}}件**であり、そのすべてを第IV部に示しています。`,
  en: `The management of the company states the following.

1. The description in section III presents the system of our managed services as of {{report.date}}, following the description criteria (DC 200).
2. The controls in section IV are designed so that our commitments and system requirements would be met on the trust services criteria in scope, with reasonable assurance. The controls that section IV calls *not met* or *not proven* are excepted.
3. This presumes that user entities and subservice organisations have the controls that are asked of them.

**{{exceptions.standing}}** exceptions stand as of the date. Section IV lists all of them.`,
}

export const descriptionTexts: Readonly<
  Record<
    Language,
    readonly (readonly [id: string, criterion: string, title: string, markdown: string])[]
  >
> = {
  ja: [
    [
      'services',
      'DC1',
      '当社とサービス',
      `株式会社ひかりマネージドは、中堅企業向けにサーバーとネットワークの運用を引き受けるマネージドサービス事業者です。従業員は{{people.count}}名、顧客は{{customers.count}}社です。

- **監視**：24時間365日、{{hosts.count}}台のサーバーを監視します。
- **運用**：パッチの適用、バックアップ、障害対応を行います。
- **変更作業**：顧客の承認を得て、本番環境の設定を変更します。作業は一件ずつ申請され、承認者本人のパスキーによる署名が付きます。`,
    ],
    [
      'commitments',
      'DC2',
      '主要な約束',
      `| 約束 | 内容 | 根拠 |
|---|---|---|
| 可用性 | 月間稼働率99.9% | サービス利用約款 第8条 |
| 障害の通知 | 検知から30分以内 | 運用仕様書 3.2 |
| 機密保持 | 契約終了後30日以内に顧客データを消去 | 秘密保持契約 |

> これらの約束は、契約書と運用仕様書を要約したものです。条件の全文は各文書によります。`,
    ],
    [
      'infrastructure',
      'DC3',
      'インフラストラクチャとソフトウェア',
      `国内2か所のデータセンター（東京、大阪）と、AWSの東京リージョンを利用しています。本番環境と検証環境はネットワークで分離されています。

OSは主にDebian GNU/Linux 12とUbuntu 24.04 LTSです。監視にはPrometheusとZabbixを、構成管理にはAnsibleを使用しています。バックアップの対象は{{backup.targets}}件です。`,
    ],
    [
      'people',
      'DC3',
      '人',
      `セキュリティ責任者は代表取締役に直属し、各統制の責任者は名簿に基づいて割り当てられます。入社時に雇用契約と秘密保持契約を結び、全員が年に一度の研修を受けます。退職者のアカウントは退職日に停止することとしていますが、基準日時点では第IV部に示す例外があります。`,
    ],
    [
      'data',
      'DC3',
      'データ',
      `顧客から預かるデータは、構成情報、監視データ、および障害調査のために一時的に取得する記録です。

> [!FILL]
> 個人情報を含むデータの種類と、その保管場所を記入してください。`,
    ],
    [
      'incidents',
      'DC4',
      'インシデント',
      `基準日までの12か月間に、統制の不備に起因するサービス停止は1件ありました。2025年11月18日、監視サーバーの証明書が失効し、約40分間、障害の通知が遅れました。証明書の期限を監視対象に加え、再発を防いでいます。`,
    ],
    [
      'user-entities',
      'DC6',
      '利用者にお願いすること',
      `1. 変更作業を承認する担当者を2名以上登録し、異動の際は速やかに届け出ること。
2. 承認に用いるパスキーを本人だけが使えるように管理すること。
3. 当社が提供する月次報告を確認し、疑問があれば30日以内に連絡すること。`,
    ],
  ],
  en: [
    [
      'services',
      'DC1',
      'The company and its services',
      `Hikari Managed K.K. runs servers and networks for mid-sized companies. It employs {{people.count}} people and serves {{customers.count}} customers.

- **Monitoring**: {{hosts.count}} servers are watched around the clock.
- **Operation**: patches, backups, and repair of faults.
- **Changes**: production is changed only with the customer's approval. Each piece of work is requested by itself and signed with the approver's own passkey.`,
    ],
    [
      'commitments',
      'DC2',
      'Principal commitments',
      `| Commitment | What it says | Where |
|---|---|---|
| Availability | 99.9% per month | Terms of service, 8 |
| Notice of faults | Within 30 minutes of detection | Operating specification, 3.2 |
| Confidentiality | Customer data erased within 30 days of the end of a contract | Non-disclosure agreement |

> These sum up the contracts and specifications, whose full text prevails.`,
    ],
    [
      'infrastructure',
      'DC3',
      'Infrastructure and software',
      `Two data centres in Japan (Tokyo and Osaka) and the Tokyo region of AWS are used. Production is kept apart from test by network.

Most machines run Debian GNU/Linux 12 or Ubuntu 24.04 LTS. Prometheus and Zabbix watch them, and Ansible configures them. {{backup.targets}} targets are backed up.`,
    ],
    [
      'people',
      'DC3',
      'People',
      `The security lead reports to the chief executive, and owners of controls are assigned from the roster. Everybody signs a contract and a non-disclosure agreement on joining and is trained once a year. Accounts of leavers are to be closed on the last day; section IV shows where that was not so as of the date.`,
    ],
    [
      'data',
      'DC3',
      'Data',
      `Customers entrust us with configuration, monitoring data, and records taken for a while to investigate faults.

> [!FILL]
> Name the kinds of data that hold personal information, and where they are kept.`,
    ],
    [
      'incidents',
      'DC4',
      'Incidents',
      `In the twelve months up to the date, one interruption was due to a weak control. On 18 November 2025 a certificate of the monitoring server ran out, and notices of faults were late by about 40 minutes. Expiry of certificates is monitored since.`,
    ],
    [
      'user-entities',
      'DC6',
      'What we ask of customers',
      `1. Register at least two people who approve changes, and tell us at once when they move.
2. Keep the passkeys used for approval under the sole control of their owners.
3. Read the monthly report and raise questions within 30 days.`,
    ],
  ],
}

export const otherText: Readonly<Record<Language, string>> = {
  ja: `## 例外についての経営者の考え

SSHの設定とセキュリティ更新に関する例外の多くは、2025年12月に引き継いだ顧客環境のものです。2026年6月末までに、構成管理の対象へ移す計画です。`,
  en: `## Management on the exceptions

Most of the exceptions about SSH and security updates lie in a customer environment that was taken over in December 2025. They are planned to come under configuration management by the end of June 2026.`,
}
