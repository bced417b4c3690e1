// The words of the trade for what a task is in; used by screens, exports and sentences.
import type { TaskState } from './facts.ts'

export const TASK_STATE_NAMES: Record<TaskState, { vi: string; en: string }> = {
  assigned: { vi: 'đã giao', en: 'assigned' }, accepted: { vi: 'đã nhận', en: 'accepted' }, under_way: { vi: 'đang thực hiện', en: 'under way' },
  reported: { vi: 'đã báo cáo hoàn thành', en: 'reported done' }, verified: { vi: 'đã xác nhận hoàn thành', en: 'verified' }, returned: { vi: 'trả lại', en: 'returned' },
  refused: { vi: 'từ chối', en: 'refused' }, withdrawn: { vi: 'đã thu hồi', en: 'withdrawn' },
}
