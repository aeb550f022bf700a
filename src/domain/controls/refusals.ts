import type { Text } from '../decider.ts'
import type { ControlsRefusal } from './controls.ts'

/** Refusals of the use cases, which know the library, the checks and the people. */
export type ControlsCaseRefusal =
  | 'library-control-unknown'
  | 'control-id-in-library'
  | 'control-check-invalid'
  | 'control-owner-inactive'

export const controlsRefusals: Record<ControlsRefusal | ControlsCaseRefusal, Text> = {
  'control-unknown': {
    ja: 'その統制はありません。一覧から選び直してください。',
    en: 'There is no such control. Choose one from the list.',
  },
  'control-exists': {
    ja: 'その番号の統制はすでにあります。別の番号を付けるか、既存の統制を編集してください。',
    en: 'A control with that id exists already. Choose another id, or edit the existing control.',
  },
  'control-retired': {
    ja: 'この統制は廃止されています。変更するには、もう一度採用してください。',
    en: 'This control is retired. Adopt it again before you change it.',
  },
  'control-version-stale': {
    ja: '編集中に他の人がこの統制を変更しました。読み直して、変更をもう一度加えてください。',
    en: 'Somebody changed this control while you were editing. Load it again and repeat your change.',
  },
  'control-without-test': {
    ja: '検査も証拠もない統制は、行われていることを示せません。検査を選ぶか、証拠を必要としてください。',
    en: 'Without a check or evidence nothing could show that this happens. Choose a check or ask for evidence.',
  },
  'control-without-criterion': {
    ja: '統制は少なくとも1つの規準に応える必要があります。規準を選んでください。',
    en: 'A control must answer at least one criterion. Choose one.',
  },
  'control-mapping-twice': {
    ja: '同じ規準または検査が2回選ばれています。1つにしてください。',
    en: 'The same criterion or check is named twice. Keep one of them.',
  },
  'control-criterion-invalid': {
    ja: '存在しない規準が選ばれています。CC6.1 のような番号を確かめてください。',
    en: 'One of the criteria does not exist. Check the id, such as CC6.1.',
  },
  'library-control-unknown': {
    ja: 'ライブラリにその統制はありません。ライブラリの一覧から選び直してください。',
    en: 'The library has no such control. Choose from the library’s list.',
  },
  'control-id-in-library': {
    ja: 'その番号はライブラリの統制が使っています。自社の統制には別の番号を付けてください。',
    en: 'That id belongs to a control of the library. Give your own control another id.',
  },
  'control-check-invalid': {
    ja: '存在しない検査が選ばれています。検査の一覧から選び直してください。',
    en: 'One of the checks does not exist. Choose from the list of checks.',
  },
  'control-owner-inactive': {
    ja: 'その人は在籍していないため、責任者にできません。在籍中の人を選んでください。',
    en: 'That person does not work here now and cannot be the owner. Choose somebody who does.',
  },
}
