import type { Reporter, TestModule } from 'vitest/node'

/** Says at the very end, on one line, how the run came out: `12 passed, 0 failed, 1 skipped`. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    const broken = modules.filter(
      (module) => !module.ok() && [...module.children.allTests('failed')].length === 0,
    )
    const failed = count('failed') + broken.length
    process.on('exit', () => {
      process.stdout.write(
        `\n${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped\n`,
      )
    })
  }
}
