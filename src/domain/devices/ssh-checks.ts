import type { Check } from '../check.ts'
import { hostCheck, type Condition } from './host-check.ts'

/** A Match block that takes back for some what holds for all. */
const matched = (keyword: string, values: string): Condition => ({
  when: `exists (select from host_ssh_matches m
                   where m.host = h.host and m.keyword = '${keyword}' and m.value ${values})`,
  reason: 'match-block',
  text: {
    ja: 'Matchブロックで、一部の利用者や接続元に許しています。',
    en: 'A Match block allows it for some users or addresses.',
  },
})

/** A machine without an SSH server lets nobody in over SSH. */
const always = 's.installed'

export const sshChecks: readonly Check[] = [
  hostCheck({
    id: 'host-ssh-root-login',
    title: { ja: 'SSHでのrootログイン禁止', en: 'No root login over SSH' },
    rule: {
      ja: '全サーバのSSHで、rootの直接ログインが禁止されている(PermitRootLogin no)。',
      en: 'On every server root cannot log in directly over SSH (PermitRootLogin no).',
    },
    remedy: {
      ja: 'sshd_configに「PermitRootLogin no」を書き、sshdを再読込します。本人のアカウントとsudoを使います。',
      en: 'Put “PermitRootLogin no” into sshd_config and reload sshd. Use personal accounts and sudo.',
    },
    table: 'host_ssh',
    fails: [
      {
        when: `(${always} and s.permit_root_login <> 'no')`,
        reason: 'allowed',
        text: {
          ja: 'rootが直接ログインできます(鍵のみの許可も含みます)。',
          en: 'Root can log in directly, if only with a key.',
        },
      },
      matched('permitrootlogin', "<> 'no'"),
    ],
  }),
  hostCheck({
    id: 'host-ssh-password-authentication',
    title: { ja: 'SSHのパスワード認証の禁止', en: 'No passwords over SSH' },
    rule: {
      ja: '全サーバのSSHで、パスワードによるログインが禁止され、鍵か証明書が要る。',
      en: 'On every server SSH refuses passwords and asks for a key or a certificate.',
    },
    remedy: {
      ja: 'sshd_configで「PasswordAuthentication no」と「KbdInteractiveAuthentication no」を設定します。多要素認証なら「AuthenticationMethods publickey,keyboard-interactive」を加えます。',
      en: 'Set “PasswordAuthentication no” and “KbdInteractiveAuthentication no”; for a second factor add “AuthenticationMethods publickey,keyboard-interactive”.',
    },
    table: 'host_ssh',
    fails: [
      {
        when: `(${always} and s.password_authentication <> 'no'
            and not (${keyFirst()}))`,
        reason: 'password',
        text: {
          ja: 'パスワードだけでログインできます。',
          en: 'A password alone is enough to log in.',
        },
      },
      {
        when: `(${always} and s.kbd_interactive_authentication <> 'no'
            and not (${keyFirst()}))`,
        reason: 'keyboard-interactive',
        text: {
          ja: 'キーボードインタラクティブ認証で、パスワードだけでログインできます。',
          en: 'Keyboard-interactive sign-in lets a password alone through.',
        },
      },
      matched('passwordauthentication', "<> 'no'"),
    ],
  }),
  hostCheck({
    id: 'host-ssh-empty-passwords',
    title: { ja: 'SSHでの空のパスワードの禁止', en: 'No empty passwords over SSH' },
    rule: {
      ja: '全サーバのSSHで、空のパスワードが拒否される(PermitEmptyPasswords no)。',
      en: 'On every server SSH refuses empty passwords (PermitEmptyPasswords no).',
    },
    remedy: {
      ja: 'sshd_configから「PermitEmptyPasswords yes」を取り除き、sshdを再読込します。',
      en: 'Take “PermitEmptyPasswords yes” out of sshd_config and reload sshd.',
    },
    table: 'host_ssh',
    fails: [
      {
        when: `(${always} and s.permit_empty_passwords <> 'no')`,
        reason: 'allowed',
        text: { ja: '空のパスワードが許されています。', en: 'Empty passwords are let through.' },
      },
      matched('permitemptypasswords', "<> 'no'"),
    ],
  }),
  hostCheck({
    id: 'host-ssh-max-auth-tries',
    title: { ja: 'SSHの認証試行回数', en: 'Few tries per SSH connection' },
    rule: {
      ja: '全サーバのSSHで、1回の接続で試せる認証が6回までである(MaxAuthTries)。',
      en: 'On every server one SSH connection may try at most six times (MaxAuthTries).',
    },
    remedy: {
      ja: 'sshd_configの「MaxAuthTries」を6以下にします。',
      en: 'Set “MaxAuthTries” to 6 or less in sshd_config.',
    },
    table: 'host_ssh',
    fails: [
      {
        when: `(${always} and s.max_auth_tries > 6)`,
        reason: 'too-many',
        text: { ja: '1回の接続で7回以上試せます。', en: 'More than six tries are let through.' },
      },
    ],
  }),
  hostCheck({
    id: 'host-ssh-x11-forwarding',
    title: { ja: 'SSHのX11転送の禁止', en: 'No X11 forwarding over SSH' },
    rule: {
      ja: '全サーバのSSHで、X11転送が無効である(X11Forwarding no)。',
      en: 'On every server SSH forwards no X11 (X11Forwarding no).',
    },
    remedy: {
      ja: '使っていなければ、sshd_configに「X11Forwarding no」を書きます(Debianの既定はyesです)。',
      en: 'Unless it is used, put “X11Forwarding no” into sshd_config (Debian’s default is yes).',
    },
    table: 'host_ssh',
    fails: [
      {
        when: `(${always} and s.x11_forwarding <> 'no')`,
        reason: 'allowed',
        text: { ja: 'X11転送が有効です。', en: 'X11 is forwarded.' },
      },
    ],
  }),
]

/** Every accepted combination of methods asks for a key first. */
function keyFirst(): string {
  return `s.authentication_methods is not null
              and s.authentication_methods <> 'any'
              and not exists (select from regexp_split_to_table(s.authentication_methods, '\\s+') x
                               where x not like '%publickey%' and x not like '%hostbased%')`
}
