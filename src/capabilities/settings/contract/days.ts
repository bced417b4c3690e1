// Days off and days worked in exchange beside the country's file.
import * as z from 'zod'
import { Text, order } from '../../../kernel/contract.ts'

export const OwnDay = z.object({ day: z.iso.date(), work: z.boolean().describe('worked although the calendar has it off'), name: Text })
export type OwnDay = z.infer<typeof OwnDay>
const Country = z.string().regex(/^[a-z]{2}$/)
const days = z.array(OwnDay).max(200)
export const PreviewDays = z.object({ country: Country, days })
export type PreviewDays = z.infer<typeof PreviewDays>
export const ChangeDays = z.object({ ...order, ...PreviewDays.shape, expectedVersion: z.int().min(0).describe('of the country’s days') })
export type ChangeDays = z.infer<typeof ChangeDays>
export const OwnDays = z.object({ country: z.string(), version: z.int(), days: z.array(OwnDay) })

/** What other dates a programme's open events would have: counted without those that follow events below. */
export const DaysEffect = z.object({
  added: z.int(), removed: z.int(), changed: z.int(),
  programmes: z.array(z.object({ code: z.string(), name: Text, events: z.int(), moved: z.int().describe('events with at least one other date'), tasks: z.int(), first: z.object({ name: Text, from: z.iso.date(), to: z.iso.date() }).nullable() })),
})
export type DaysEffect = z.infer<typeof DaysEffect>
