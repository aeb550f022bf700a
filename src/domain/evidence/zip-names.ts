/** Members of an archive beyond which it is not looked into. */
const MEMBERS_MAX = 20_000

const CENTRAL = 0x02014b50
const END = 0x06054b50

/**
 * The names of a ZIP archive's members (APPNOTE.TXT, 4.3.12 and 4.3.16), or null when it is cut
 * off, damaged, in parts or larger than the format of 1989 can say: then nobody can tell what is in
 * it. The directory must fill all of the space before its end, so that no member hides between.
 */
export function zipNames(file: Buffer): ReadonlySet<string> | null {
  const end = endOfDirectory(file)
  if (end === null) return null
  const count = file.readUInt16LE(end + 10)
  const length = file.readUInt32LE(end + 12)
  const start = file.readUInt32LE(end + 16)
  if (file.readUInt16LE(end + 8) !== count || count > MEMBERS_MAX) return null
  if (start + length !== end) return null
  const names = new Set<string>()
  let at = start
  for (let member = 0; member < count; member += 1) {
    if (at + 46 > end || file.readUInt32LE(at) !== CENTRAL) return null
    const nameLength = file.readUInt16LE(at + 28)
    const rest = file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
    if (at + 46 + nameLength > end) return null
    names.add(file.toString('utf8', at + 46, at + 46 + nameLength))
    at += 46 + nameLength + rest
  }
  return at === end && names.size === count ? names : null
}

/** The end record stands last, behind it only a comment whose length it says. */
function endOfDirectory(file: Buffer): number | null {
  const first = Math.max(0, file.length - 22 - 0xffff)
  for (let at = file.length - 22; at >= first; at -= 1) {
    if (file.readUInt32LE(at) === END && file.readUInt16LE(at + 20) === file.length - at - 22) {
      return at
    }
  }
  return null
}
