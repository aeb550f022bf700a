import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { catalogue } from './catalogue.ts'
import type { Messages } from './catalogue.ts'
import { formatter } from './format.ts'
import type { Format, Language } from './format.ts'

const storageKey = 'arinomama-language'

type Spoken = { readonly language: Language; readonly change: (language: Language) => void }

const LanguageContext = createContext<Spoken>({ language: 'ja', change: () => {} })
const ZoneContext = createContext<string>('UTC')

/** The language of the pages: remembered on this device, else the browser's first of ours. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(rememberedLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const change = useCallback((next: Language) => {
    remember(next)
    setLanguage(next)
  }, [])
  const spoken = useMemo(() => ({ language, change }), [language, change])
  return <LanguageContext value={spoken}>{children}</LanguageContext>
}

/** The organisation's time zone, in which every instant below is shown. */
export function ZoneProvider(props: { readonly zone: string; readonly children: ReactNode }) {
  return <ZoneContext value={props.zone}>{props.children}</ZoneContext>
}

export function useLanguage(): Spoken {
  return use(LanguageContext)
}

export function useMessages(): Messages {
  return catalogue[use(LanguageContext).language]
}

/** A text that came in both languages, in the one that is spoken. */
export function useText(): (text: { readonly ja: string; readonly en: string }) => string {
  const { language } = use(LanguageContext)
  return useCallback((text) => text[language], [language])
}

export function useFormat(): Format {
  const { language } = use(LanguageContext)
  const zone = use(ZoneContext)
  return formatter(language, zone)
}

function rememberedLanguage(): Language {
  try {
    const stored = localStorage.getItem(storageKey)
    if (stored === 'ja' || stored === 'en') return stored
  } catch {
    // Storage may be forbidden; the browser's own languages still say something.
  }
  const first = navigator.languages.find((tag) => /^(ja|en)\b/.test(tag))
  return first?.startsWith('en') === true ? 'en' : 'ja'
}

function remember(language: Language) {
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // It is then remembered until the page is closed.
  }
}
