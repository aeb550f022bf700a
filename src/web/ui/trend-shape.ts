import { addDays, daysBetween } from './days.ts'
import type { Tally } from './status-bar.tsx'

/** The counts at the end of a day. */
export type TrendPoint = Tally & { readonly day: string }

/** From the ground up: what is met carries the rest. */
export const bands = ['met', 'not-proven', 'not-met'] as const
export type Band = (typeof bands)[number]

export type Box = { readonly width: number; readonly height: number }

/** How many of a point fall into a band. */
export function inBand(point: Tally, band: Band): number {
  switch (band) {
    case 'met':
      return point.met
    case 'not-proven':
      return point.notProven
    case 'not-met':
      return point.notMet
  }
}

function total(point: Tally): number {
  return bands.reduce((sum, band) => sum + inBand(point, band), 0)
}

/** The greatest sum of all points; at least 1, so that it can be divided by. */
export function highest(points: readonly TrendPoint[]): number {
  return Math.max(1, ...points.map(total))
}

/** Where a day lies between the first and the last, in the box's width. */
export function dayX(day: string, points: readonly TrendPoint[], box: Box): number {
  const first = points[0]?.day ?? day
  const last = points.at(-1)?.day ?? day
  const span = daysBetween(first, last)
  return span === 0 ? 0 : (daysBetween(first, day) / span) * box.width
}

/** The point that holds on a place in the box: the last one on or before it. */
export function pointAt(
  x: number,
  points: readonly TrendPoint[],
  box: Box,
): TrendPoint | undefined {
  return points.findLast((point) => dayX(point.day, points, box) <= x + 0.5) ?? points[0]
}

/**
 * The outline of one band. A status holds until the next evaluation, so the line goes in steps;
 * a slope would claim days that nobody judged.
 */
export function bandPath(points: readonly TrendPoint[], band: Band, box: Box): string {
  if (points.length === 0) return ''
  const top = highest(points)
  const below = bands.slice(0, bands.indexOf(band))
  const edge = (point: TrendPoint, included: readonly Band[]) =>
    box.height - (included.reduce((sum, one) => sum + inBand(point, one), 0) / top) * box.height
  const upper = steps(points, box, (point) => edge(point, [...below, band]))
  const lower = steps(points, box, (point) => edge(point, below)).toReversed()
  return `M${[...upper, ...lower].map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`
}

function steps(
  points: readonly TrendPoint[],
  box: Box,
  y: (point: TrendPoint) => number,
): (readonly [number, number])[] {
  return points.flatMap((point, at) => {
    const next = points[at + 1]
    const from = dayX(point.day, points, box)
    const until = next === undefined ? box.width : dayX(next.day, points, box)
    return [
      [from, y(point)],
      [until, y(point)],
    ] as const
  })
}

/** A few round counts for the lines across: 0, 10, 20, 30. */
export function countTicks(top: number): readonly number[] {
  const rough = top / 4
  const size = 10 ** Math.floor(Math.log10(Math.max(rough, 1)))
  const step = [1, 2, 5, 10].map((of) => of * size).find((one) => one >= rough) ?? size
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, at) => at * step)
}

/** First days of months, or of every few, so that about `most` of them fit. */
export function monthTicks(points: readonly TrendPoint[], most: number): readonly string[] {
  const first = points[0]?.day
  const last = points.at(-1)?.day
  if (first === undefined || last === undefined) return []
  const months: string[] = []
  let day = `${first.slice(0, 7)}-01`
  while (day <= last) {
    if (day >= first) months.push(day)
    day = `${addDays(day, 31).slice(0, 7)}-01`
  }
  const every = Math.max(1, Math.ceil(months.length / Math.max(1, most)))
  return months.filter((_, at) => at % every === 0)
}

function round(value: number): string {
  return (Math.round(value * 10) / 10).toString()
}
