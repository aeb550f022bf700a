type Language = 'ja' | 'en'

/** What the fictional company writes where the starter text asks it to. */
const sentences: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  services: {
    ja: '製造業と小売業を中心に、国内の12社へ、クラウド環境の運用監視、バックアップ、障害対応を提供しています。',
    en: 'We monitor, back up and repair the cloud environments of 12 companies in Japan, mostly in manufacturing and retail.',
  },
  boundaries: {
    ja: '東京のデータセンターの2つのラックと、東京リージョンのクラウド環境を含みます。開発環境と社内の会計システムは含みません。',
    en: 'Two racks in a data centre in Tokyo and the cloud environments in the Tokyo region are included; development environments and our accounting system are not.',
  },
  commitments: {
    ja: '顧客ポータルの月間稼働率は99.9%、障害の一次連絡は検知から15分以内です(サービス仕様書 第4条、第7条)。',
    en: 'The customer portal is up 99.9% of each month, and failures are first reported within 15 minutes of detection (service specification, articles 4 and 7).',
  },
  requirements: {
    ja: '個人情報の保護に関する法律と、2社の顧客との契約で求められるPCI DSSの該当要件が適用されます。',
    en: 'The Japanese act on the protection of personal information applies, and for two customers the PCI DSS requirements named in their contracts.',
  },
  infrastructure: {
    ja: 'サーバーは{{hosts.count}}台で、顧客ポータルはすべて2台構成です。構成図は「基盤構成図 第7版」にあります。',
    en: 'There are {{hosts.count}} servers; everything of the customer portal runs on two. The diagram is “Platform diagram, 7th edition”.',
  },
  software: {
    ja: '顧客ポータルは自社で開発し、レビューと自動試験を経て週1回公開します。',
    en: 'The customer portal is our own software, released weekly after review and automatic tests.',
  },
  data: {
    ja: '操作ログは3年間、監視データは13か月間保管します。個人情報は顧客の担当者の連絡先に限られます。',
    en: 'Operation logs are kept for three years and monitoring data for 13 months. The only personal data are the contacts of our customers.',
  },
  people: {
    ja: '運用、開発、情報セキュリティの各部門は代表取締役に直接報告します。夜間の一次監視だけを、国内の1社に委託しています。',
    en: 'Operations, development and information security report to the president directly. Only first-line monitoring at night is outsourced, to one company in Japan.',
  },
  incidents: {
    ja: '{{report.date}}までの12か月間に、該当するインシデントはありませんでした。記録の全件を情報セキュリティ責任者が確かめました。',
    en: 'There was no such incident in the twelve months to {{report.date}}. The security lead went through every record.',
  },
}

const otherwise: Readonly<Record<Language, string>> = {
  ja: '上記のとおり運用しており、当社に固有の事項はありません。',
  en: 'We work as described above; nothing further is particular to us.',
}

/** `> [!FILL]` and the quoted lines that follow it. */
const places = /^> \[!FILL\]\n(?:^>.*(?:\n|$))*/gm

/** The starter text of a block with every place filled in. */
export function filledIn(text: string, block: string, language: Language): string {
  const sentence = (sentences[block] ?? otherwise)[language]
  return text.replaceAll(places, () => `${sentence}\n`)
}
