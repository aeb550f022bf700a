import { createHash } from 'node:crypto'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { isRefused, refuse, type Refused, type Text } from '../../domain/decider.ts'
import type { Audience } from '../../domain/people/audience.ts'
import { course as courseSchema, grade, type Course } from '../../domain/training/course.ts'
import type { Training, TrainingCommand, TrainingRefusal } from '../../domain/training/training.ts'
import type { Engine, Handled, RoomHandle } from '../engine/engine.ts'
import { todayOf } from '../people/reads.ts'
import type { Blobs, Views } from '../ports.ts'
import { readCompletions } from './completions-file.ts'
import {
  attemptsOf,
  courseList,
  courseOne,
  toldAlready,
  trainees,
  type CourseRow,
} from './reads.ts'
import { trainingRoom } from './room.ts'

type Shown = Omit<CourseRow, 'edition' | 'state'> & {
  readonly state: 'offered' | 'withdrawn' | 'available'
}
type Whole = Shown & {
  readonly text: Text
  readonly questions: { id: string; text: Text; choices: Text[] }[]
  readonly attempts: Awaited<ReturnType<typeof attemptsOf>>
}
type Result = {
  readonly seq: number | null
  readonly score: number
  readonly passed: boolean
  readonly wrong: string[]
  readonly explanations: { question: string; right: boolean; why: Text }[]
}

export type TrainingCases = {
  readonly list: (
    person: string,
    asOf?: string,
  ) => Promise<{ courses: Shown[]; starters: { id: string; title: Text }[] }>
  readonly get: (course: string, person: string) => Promise<Whole | Refused>
  readonly offer: (
    terms: { readonly course: string; readonly audience: Audience; readonly validMonths: number },
    by: string,
  ) => Promise<Handled | Refused>
  readonly withdraw: (course: string, reason: string, by: string) => Promise<Handled | Refused>
  readonly complete: (
    course: string,
    answers: Readonly<Record<string, number>>,
    person: string,
  ) => Promise<Result | Refused>
  readonly import: (
    bytes: Uint8Array,
    by: string,
  ) => Promise<{ seq: number | null; recorded: number; unchanged: number } | Refused>
}

type Parts = {
  readonly engine: Engine
  readonly room: RoomHandle<TrainingCommand, Training, TrainingRefusal>
  readonly blobs: Blobs
}

/** Courses with quizzes that the server grades. */
export function openTraining(
  engine: Engine,
  needs: { readonly blobs: Blobs; readonly starters: readonly Course[] },
): TrainingCases {
  const room = engine.open(trainingRoom)
  const { blobs, starters } = needs
  const parts = { engine, room, blobs }
  const starter = (id: string) => starters.find((course) => course.id === id)
  return {
    async list(person, asOf) {
      const courses = await courseList(await engine.views(asOf), person)
      const offered = new Set(
        courses.filter(({ state }) => state === 'offered').map(({ id }) => id),
      )
      return {
        courses: courses.map(shown),
        starters: starters
          .filter(({ id }) => !offered.has(id))
          .map(({ id, title }) => ({ id, title })),
      }
    },
    async get(id, person) {
      const views = await engine.views()
      const found = await courseOne(views, person, id)
      const content = found === null ? starter(id) : await edition(blobs, found.edition)
      if (content === undefined) return refuse('course-unknown', id)
      const row = found === null ? notOffered(content) : shown(found)
      const attempts = await attemptsOf(views, person, id)
      return { ...row, text: content.text, questions: asked(content), attempts }
    },
    async offer({ course: id, audience, validMonths }, by) {
      const course = starter(id)
      if (course === undefined) return refuse('course-unknown', id)
      const bytes = new TextEncoder().encode(canonicalJson(course))
      const sha256 = await blobs.put(bytes) // before the entry that names it
      const { title, passingScore } = course
      const offer = { course: id, edition: sha256, title, audience, validMonths, passingScore }
      return room.handle({ type: 'offer', offer }, { by })
    },
    withdraw: (course, reason, by) => room.handle({ type: 'withdraw', course, reason }, { by }),
    complete: (course, answers, person) => complete(course, answers, person, parts),
    import: (bytes, by) => importCompletions(bytes, by, parts),
  }
}

async function complete(
  id: string,
  answers: Readonly<Record<string, number>>,
  person: string,
  { engine, room, blobs }: Parts,
): Promise<Result | Refused> {
  const views = await engine.views()
  const found = await courseOne(views, person, id)
  if (found === null) return refuse('course-unknown', id)
  if (found.state !== 'offered') return refuse('course-not-offered', id)
  const { questions } = await edition(blobs, found.edition)
  const { passingScore, edition: sha256 } = found
  const today = await todayOf(views)
  const attempt = { course: id, edition: sha256, questions, passingScore, answers, today }
  const done = await room.handle({ type: 'attempt', person, ...attempt }, { by: person })
  if (isRefused(done)) return done
  const { score, wrong } = grade(questions, answers)
  return {
    seq: done.last,
    score,
    passed: score >= passingScore,
    wrong: [...wrong],
    explanations: questions.map(({ id: question, why }) => {
      return { question, right: !wrong.includes(question), why }
    }),
  }
}

async function importCompletions(bytes: Uint8Array, by: string, { engine, room }: Parts) {
  const read = await completionsIn(bytes, await engine.views())
  if (isRefused(read)) return read
  const { fresh, unchanged, rows } = read
  if (fresh.length === 0) return { seq: null, recorded: 0, unchanged }
  const file = createHash('sha256').update(bytes).digest('hex')
  const asks = [
    room.ask({ type: 'import', file, rows, recorded: fresh.length, unchanged }),
    ...fresh.map((completion) => room.ask({ type: 'complete', ...completion, file })),
  ]
  const done = await engine.transact(asks, { by })
  return isRefused(done) ? done : { seq: done.last, recorded: fresh.length, unchanged }
}

async function completionsIn(bytes: Uint8Array, views: Views) {
  const [people, courses, today, told] = await Promise.all([
    trainees(views),
    courseList(views, null),
    todayOf(views),
    toldAlready(views),
  ])
  const read = readCompletions(bytes, { trainees: people, courses, today })
  if (isRefused(read)) return read
  const fresh = read.filter(({ person, course, on }) => !told.has(`${person} ${course} ${on}`))
  return { fresh, unchanged: read.length - fresh.length, rows: read.length }
}

/** The course as it was offered, whatever the program ships today. */
async function edition(blobs: Blobs, sha256: string): Promise<Course> {
  const bytes = await blobs.get(sha256)
  return courseSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
}

/** What is asked; which choice is right stays here. */
function asked({ questions }: Course): Whole['questions'] {
  return questions.map(({ id, text, choices }) => ({ id, text, choices: [...choices] }))
}

function shown(row: CourseRow): Shown {
  const { edition: _, ...rest } = row
  return rest
}

function notOffered({ id, title, audience, validMonths, passingScore }: Course): Shown {
  const counts = { required: 0, completed: 0, mine: null }
  return { id, title, audience, state: 'available', validMonths, passingScore, ...counts }
}
