// Whose midnight ends a day here (SANSANG_ZONE): "today" of boards, of the tree of units, of an order that names no day. What has a zone of its own (an event, a task, a meeting) keeps to that.
import { dayIn, isZone } from '../pure/calendar.ts'

const asked = process.env['SANSANG_ZONE']?.trim()
/** What is no zone is refused at the start, by config.ts. */
export const ZONE = asked && isZone(asked) ? asked : 'Asia/Ho_Chi_Minh'
/** The civil day at `at` here: '2026-11-23' from 17:00Z of the 22nd on in Viet Nam. */
export const dayHere = (at: Date): string => dayIn(at, ZONE)
