import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconKey, IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { signOut } from '../../contract/session.ts'
import { api } from '../api/api.ts'
import { useSession } from '../api/session.ts'
import { useLanguage, useMessages } from '../messages/language.tsx'
import { paths } from '../paths.ts'
import { useGo } from '../routing/use-search.ts'

type Props = { readonly onShortcuts: () => void }

/** Who is signed in, and what belongs to them alone: tokens, appearance, the way out. */
export function AccountMenu({ onShortcuts }: Props) {
  const t = useMessages()
  const { person } = useSession()
  const client = useQueryClient()
  const go = useGo()
  const leave = async () => {
    // Whatever the server answers, this device forgets what it has read.
    await api.call(signOut, {}).catch(() => null)
    client.clear()
    globalThis.location.assign(paths.signIn())
  }
  const name = person?.name ?? t.ui.unknownPerson
  return (
    <Menu
      position="bottom-end"
      shadow="md"
      width={260}
      // The placeholder is a focusable element that a menu may not contain.
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button
          type="button"
          className="bar-button"
          aria-label={`${t.shell.account.menu}: ${name}`}
        >
          <IconUserCircle size={20} stroke={1.5} aria-hidden />
          <span className="bar-label bar-name">{name}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {person !== null && (
          <Menu.Label>
            <strong className="account-name">{name}</strong>
            {person.email !== null && <span className="account-line">{person.email}</span>}
            <span className="account-line">
              {t.shell.account.signedInAs(t.ui.role[person.role])}
            </span>
          </Menu.Label>
        )}
        <Menu.Divider />
        <Menu.Label>{t.shell.scheme.label}</Menu.Label>
        <SchemeChoice />
        <Menu.Divider />
        {person?.role !== 'customer-contact' && (
          <Menu.Item
            leftSection={<IconKey size={16} stroke={1.6} />}
            onClick={() => void go(paths.tokens())}
          >
            {t.shell.account.tokens}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.6} />} onClick={onShortcuts}>
          {t.shell.shortcuts.title}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void leave()}>
          {t.shell.account.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Light, dark, or as the device has it; remembered on this device. */
function SchemeChoice() {
  const t = useMessages().shell.scheme
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu.RadioGroup
      value={colorScheme}
      onChange={(next) => {
        setColorScheme(next === 'light' || next === 'dark' ? next : 'auto')
      }}
    >
      {(['light', 'dark', 'auto'] as const).map((scheme) => (
        <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick={false}>
          {t[scheme]}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
}

/** The other language, in its own words; the page changes at once and stays where it is. */
export function LanguageSwitch() {
  const { language, change } = useLanguage()
  const other = language === 'ja' ? 'en' : 'ja'
  return (
    <button
      type="button"
      className="bar-button"
      lang={other}
      onClick={() => {
        change(other)
      }}
    >
      {other === 'ja' ? '日本語' : 'English'}
    </button>
  )
}
