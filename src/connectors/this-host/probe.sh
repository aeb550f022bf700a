# What Arinomama runs on a machine that it observes. It only reads: it writes no file (apt makes and
# removes one in /tmp while it simulates), changes no setting, needs no root (and says what it could
# not read without it), and prints no password hash, no key, no name of a person (GECOS) and no
# password in an address. The caller sets $boundary, new at random for every run, in front of these
# lines, so that nothing on the machine can pose as a marker:
#
#   BOUNDARY begin NAME          then what the command prints
#   BOUNDARY complaint NAME      then what it says on standard error (1,000 characters at most)
#   BOUNDARY end NAME STATUS     its exit status: 0, 66 no such thing, 77 needs root,
#                                124 took too long, 127 no such command
#   BOUNDARY file PATH           within a section: what follows is this file
#   BOUNDARY done                the last line
#
# Everything is inside one function, so that a shell runs nothing of a script that arrived in part.

arinomama_probe() {
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  LC_ALL=C
  export PATH LC_ALL
  unset IFS CDPATH ENV BASH_ENV LANGUAGE LD_PRELOAD LD_LIBRARY_PATH
  umask 077
  limit=
  if command -v timeout >/dev/null 2>&1; then limit='timeout 60'; fi
  exec 3>&1

  take clock-start date -u +%s
  take machine-id machine_id
  take system uname -s
  take kernel uname -r
  take architecture uname -m
  take hostname uname -n
  take user id -un
  take uid id -u
  take os-release os_release
  take boot-time boot_time
  take virtualisation run systemd-detect-virt
  take container container
  take restart restart
  take processes processes

  take package-manager package_manager
  take packages packages
  take package-sources package_sources

  take update-lists update_lists
  take updates updates
  take update-advisories update_advisories

  take sockets run ss -H -l -n -t -u -p
  take sockets-tcp cat /proc/net/tcp
  take sockets-tcp6 cat /proc/net/tcp6
  take sockets-udp cat /proc/net/udp
  take sockets-udp6 cat /proc/net/udp6

  take sshd sshd_effective
  take sshd-files sshd_files

  take passwd passwd_entries
  take shadow shadow_entries
  take group group_entries

  take sudoers sudoers

  take login-defs settings_of /etc/login.defs
  take pwquality files_of /etc/security/pwquality.conf /etc/security/pwquality.conf.d/*.conf
  take faillock files_of /etc/security/faillock.conf
  take pam files_of /etc/pam.d/common-password /etc/pam.d/common-auth /etc/pam.d/system-auth \
    /etc/pam.d/password-auth /etc/pam.d/base-password /etc/pam.d/base-auth

  take timedatectl run timedatectl show
  take chrony run chronyc -n tracking
  take ntp run ntpq -pn

  take block-devices run lsblk -J -o NAME,KNAME,TYPE,FSTYPE,MOUNTPOINT
  take mounts mounts

  take clamav clamav
  take audit-status as_root auditctl -s
  take audit-rules as_root auditctl -l
  take boot-arguments boot_arguments
  take nftables as_root nft -s -t list ruleset
  take iptables legacy_tables ip_tables_names iptables-save
  take ip6tables legacy_tables ip6_tables_names ip6tables-save
  take ipv6 ipv6_addresses

  take clock-end date -u +%s
  printf '\n%s done\n' "$boundary"
}

# take NAME COMMAND…: one section. Standard output goes out as it comes, on descriptor 3; what is
# said on standard error is held in a variable, for there must be no file.
take() {
  section=$1
  shift
  printf '\n%s begin %s\n' "$boundary" "$section"
  complaint=$( { "$@" </dev/null 3>&-; } 2>&1 >&3)
  status=$?
  printf '\n%s complaint %s\n%.1000s' "$boundary" "$section" "$complaint"
  printf '\n%s end %s %s\n' "$boundary" "$section" "$status"
}

# A program outside, with its time limited.
run() {
  command -v "$1" >/dev/null 2>&1 || return 127
  # shellcheck disable=SC2086 # two words
  $limit "$@"
}

as_root() {
  command -v "$1" >/dev/null 2>&1 || return 127
  [ "$(id -u)" = 0 ] || return 77
  run "$@"
}

# FILE…: each that is there. One that may not be read makes the whole section say so.
files_of() {
  found=66
  denied=
  for file in "$@"; do
    [ -f "$file" ] || continue
    if [ -r "$file" ]; then
      printf '\n%s file %s\n' "$boundary" "$file"
      cat "$file"
      [ "$found" = 66 ] && found=0
    else
      printf '%s may not be read\n' "$file" >&2
      denied=1
    fi
  done
  [ -z "$denied" ] || return 77
  return "$found"
}

settings_of() {
  [ -e "$1" ] || return 66
  [ -r "$1" ] || return 77
  sed -e '/^[[:space:]]*#/d' -e '/^[[:space:]]*$/d' "$1"
}

# The machine's own id is confidential (machine-id(5)): only a digest of it leaves the machine.
machine_id() {
  for file in /etc/machine-id /var/lib/dbus/machine-id; do
    [ -s "$file" ] || continue
    if command -v sha256sum >/dev/null 2>&1; then
      { printf 'arinomama host\n' && cat "$file"; } | sha256sum
    elif command -v openssl >/dev/null 2>&1; then
      { printf 'arinomama host\n' && cat "$file"; } | openssl dgst -sha256 -r
    else
      return 127
    fi
    return
  done
  return 66
}

os_release() {
  if [ -r /etc/os-release ]; then cat /etc/os-release; else cat /usr/lib/os-release; fi
}

boot_time() { sed -n 's/^btime //p' /proc/stat; }

container() {
  if [ -e /.dockerenv ] || [ -e /run/.containerenv ]; then echo yes; fi
}

# Whether an update waits for a restart: the marks that distributions leave, and the kernels.
restart() {
  for mark in /run/reboot-required /var/run/reboot-required; do
    [ -e "$mark" ] && echo required
  done
  for image in /boot/vmlinuz-*; do
    [ -e "$image" ] && printf 'kernel %s\n' "${image#/boot/vmlinuz-}"
  done
  return 0
}

# Names of what runs, without arguments, for those can hold secrets.
processes() {
  for file in /proc/[0-9]*/comm; do
    # A process may end while it is looked at; that is no error.
    { IFS= read -r name <"$file"; } 2>/dev/null && printf '%s\n' "$name"
  done
  return 0
}

package_manager() {
  if command -v dpkg-query >/dev/null 2>&1 && [ -s /var/lib/dpkg/status ]; then echo dpkg
  elif command -v rpm >/dev/null 2>&1; then echo rpm
  elif command -v apk >/dev/null 2>&1; then echo apk
  else return 66
  fi
}

packages() {
  case $(package_manager) in
    dpkg) run dpkg-query -W -f='${db:Status-Abbrev}\t${Package}\t${Version}\t${Architecture}\n' ;;
    rpm) run rpm -qa --qf 'ii \t%{NAME}\t%{EVR}\t%{ARCH}\n' ;;
    apk) run apk info -v ;;
    *) return 66 ;;
  esac
}

# Where packages come from. A name and password in an address stay on the machine.
package_sources() {
  seen=66
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list \
    /etc/apt/sources.list.d/*.sources /etc/yum.conf /etc/dnf/dnf.conf /etc/yum.repos.d/*.repo \
    /etc/apk/repositories; do
    [ -f "$file" ] || continue
    [ -r "$file" ] || return 77
    printf '\n%s file %s\n' "$boundary" "$file"
    sed -e '/^[[:space:]]*#/d' -e 's#//[^/@[:space:]]*@#//#g' \
      -e '/^[[:space:]]*\(password\|username\|proxy_password\|proxy_username\)[[:space:]]*=/d' "$file"
    seen=0
  done
  return "$seen"
}

# How fresh the lists of what is available are.
update_lists() {
  case $(package_manager) in
    dpkg)
      for file in /var/lib/apt/lists /var/lib/apt/lists/partial \
        /var/lib/apt/periodic/update-success-stamp; do
        [ -e "$file" ] && stat -c 'changed %Y' "$file"
      done
      for file in /var/lib/apt/lists/*Release; do
        [ -r "$file" ] || continue
        printf 'release\n'
        sed -n -e '/^Origin: /p' -e '/^Label: /p' -e '/^Suite: /p' -e '/^Codename: /p' \
          -e '/^Date: /p' -e '/^SHA256:/q' "$file"
      done
      ;;
    rpm)
      for file in /var/cache/dnf/last_makecache /var/cache/dnf/*/repodata/repomd.xml \
        /var/cache/libdnf5/*/repodata/repomd.xml /var/cache/yum/*/*/*/repomd.xml; do
        [ -e "$file" ] && stat -c 'changed %Y' "$file"
      done
      ;;
    apk)
      for file in /var/cache/apk/APKINDEX.* /lib/apk/db/installed; do
        [ -e "$file" ] && stat -c 'changed %Y' "$file"
      done
      ;;
    *) return 66 ;;
  esac
  return 0
}

# What would be installed. apt only simulates; dnf asks no network.
updates() {
  case $(package_manager) in
    dpkg)
      set -- -o Debug::NoLocking=1
      # As root it would write its cache.
      [ "$(id -u)" = 0 ] && set -- "$@" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
      run apt-get -s -qq "$@" dist-upgrade
      ;;
    rpm)
      # Without root dnf would make a cache of its own, and nothing is written here.
      [ "$(id -u)" = 0 ] || return 77
      if command -v dnf >/dev/null 2>&1; then run dnf -q -C check-update
      else run yum -q -C check-update
      fi
      ;;
    apk) run apk version -v -l '<' ;;
    *) return 66 ;;
  esac
}

update_advisories() {
  [ "$(package_manager)" = rpm ] || return 66
  [ "$(id -u)" = 0 ] || return 77
  tool=yum
  if command -v dnf >/dev/null 2>&1; then tool=dnf; fi
  printf '\n%s file pending\n' "$boundary"
  run "$tool" -q -C updateinfo list --security || run "$tool" -q -C updateinfo list security
  answer=$?
  printf '\n%s file any\n' "$boundary"
  run "$tool" -q -C updateinfo list --all 2>/dev/null | sed -n 1,3p
  return "$answer"
}

sshd_effective() {
  command -v sshd >/dev/null 2>&1 || return 127
  [ "$(id -u)" = 0 ] || return 77
  run sshd -T
}

# The files of sshd, with those that the first one includes.
sshd_files() {
  main=/etc/ssh/sshd_config
  [ -e "$main" ] || return 66
  files_of "$main" || return
  sed -n 's/^[[:space:]]*[Ii][Nn][Cc][Ll][Uu][Dd][Ee][[:space:]]\{1,\}//p' "$main" |
    while read -r patterns; do
      for pattern in $patterns; do
        case $pattern in /*) ;; *) pattern=/etc/ssh/$pattern ;; esac
        for file in $pattern; do
          if [ -r "$file" ]; then files_of "$file"
          elif [ -e "$file" ]; then printf '%s may not be read\n' "$file" >&2
          fi
        done
      done
    done
}

# name:password field (x, empty or other):uid:gid:home:shell. Never a hash, never a person's name.
passwd_entries() {
  while IFS=: read -r name field uid gid _ home shell; do
    case $field in '') field=empty ;; x) ;; '*' | '!'*) field=locked ;; *) field='set' ;; esac
    printf '%s:%s:%s:%s:%s:%s\n' "$name" "$field" "$uid" "$gid" "$home" "$shell"
  done </etc/passwd
}

# name:state:scheme:day of change:greatest age in days. Never a hash.
shadow_entries() {
  [ -e /etc/shadow ] || return 66
  [ -r /etc/shadow ] || return 77
  while IFS=: read -r name hash changed _ oldest _; do
    scheme=
    case $hash in
      '') state=empty ;;
      '!'* | '*'*) state=locked ;;
      '$'*)
        state='set'
        scheme=${hash#?}
        scheme=${scheme%%\$*}
        ;;
      ?????????????) state='set' scheme=des ;;
      # No hash is that short: nothing that is typed ever matches.
      *) state=locked ;;
    esac
    printf '%s:%s:%s:%s:%s\n' "$name" "$state" "$scheme" "$changed" "$oldest"
  done </etc/shadow
}

group_entries() {
  while IFS=: read -r name _ gid members; do
    printf '%s:%s:%s\n' "$name" "$gid" "$members"
  done </etc/group
}

sudoers() {
  [ -e /etc/sudoers ] || return 66
  [ -r /etc/sudoers ] || return 77
  # sudo leaves out names with a dot and backups, and reads the rest in this order.
  files_of /etc/sudoers /etc/sudoers.d/* /etc/doas.conf
}

mounts() {
  while read -r device mount kind _; do
    case $device in /dev/*) printf '%s %s %s\n' "$device" "$mount" "$kind" ;; esac
  done </proc/mounts
}

clamav() {
  command -v clamscan >/dev/null 2>&1 || command -v clamd >/dev/null 2>&1 ||
    command -v freshclam >/dev/null 2>&1 || return 66
  for tool in clamscan clamd freshclam; do
    command -v "$tool" >/dev/null 2>&1 || continue
    run "$tool" --version && break
  done
  for file in /var/lib/clamav/daily.cld /var/lib/clamav/daily.cvd; do
    [ -r "$file" ] || continue
    # The first 512 bytes of a database are its header, in letters.
    printf 'header '
    head -c 512 "$file" | sed -n 1p
    break
  done
  return 0
}

boot_arguments() {
  read -r line </proc/cmdline
  set -f
  for argument in $line; do
    case $argument in audit=* | audit_backlog_limit=*) printf '%s\n' "$argument" ;; esac
  done
  set +f
}

# nft shows the rules of iptables too, except the old tables; those are asked for only where their
# module is loaded, for asking would load it.
legacy_tables() {
  command -v "$2" >/dev/null 2>&1 || return 127
  [ "$(id -u)" = 0 ] || return 77
  if command -v nft >/dev/null 2>&1; then
    [ -e "/proc/net/$1" ] && [ -n "$(cat "/proc/net/$1")" ] || return 66
  fi
  run "$2"
}

# Global addresses (scope 00): whether IPv6 is in use beyond the machine and its link.
ipv6_addresses() {
  [ -r /proc/net/if_inet6 ] || return 66
  while read -r address _ _ scope _ _; do
    [ "$scope" = 00 ] && printf '%s\n' "$address"
  done </proc/net/if_inet6
  return 0
}

arinomama_probe
