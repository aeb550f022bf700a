/** What an exit status says; the same for every command. */
export const exitStatus = {
  /** Everything is as it should be. */
  right: 0,
  /** Something is not as it should be; it was named. */
  wrong: 1,
  /** The command was used wrongly, or what it was given cannot be read. */
  usage: 2,
  /** Nobody knows: something needed could not be reached. */
  unknown: 3,
} as const

export const exitStatusHelp = `
Exit status: 0 everything is right; 1 something is wrong (it is named);
2 wrong usage or unreadable input; 3 nobody knows (something could not be reached).`
