// What is refused leaves as problem+json (RFC 9457): a stable type, and a sentence in the asker's language.
import type { Lang, Refusals } from './contract.ts'
import { sentence } from './contract.ts'
import { commonRefusals } from './contract.ts'
import { issueSentence } from './http/issues.ts'
import type { Issue } from './http/issues.ts'

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8'

export type Problem = {
  type: string; title: string; status: number; detail: string; code: string
  data?: Record<string, unknown>
  /** Validation: what is wrong with which field. `pointer` is a JSON pointer into the input. */
  issues?: { pointer: string; code: string; message: string }[]
  /** Names this answer in the server's log. */
  trace?: string
}

/** Refusals of the server itself; a contract's own come from its procedure. */
export const serverRefusals = {
  ...commonRefusals,
  MALFORMED: { status: 400, message: { vi: 'Nội dung gửi lên không phải JSON hợp lệ.', en: 'What was sent is not valid JSON.' } },
  NO_SUCH_ADDRESS: { status: 404, message: { vi: 'Không có địa chỉ này.', en: 'There is no such address.' } },
  METHOD: { status: 405, message: { vi: 'Địa chỉ này không nhận phương thức đó (nhận: {allow}).', en: 'This address does not take that method (it takes {allow}).' } },
  TOO_SLOW: { status: 408, message: { vi: 'Nội dung gửi lên đến quá chậm. Hãy gửi lại.', en: 'What was sent arrived too slowly. Send again.' } },
  TOO_LARGE: { status: 413, message: { vi: 'Nội dung gửi lên lớn hơn mức cho phép ({limit} byte).', en: 'What was sent is larger than allowed ({limit} bytes).' } },
  MEDIA_TYPE: { status: 415, message: { vi: 'Kiểu nội dung phải là {expected}.', en: 'The content type must be {expected}.' } },
  CROSS_SITE: { status: 403, message: { vi: 'Yêu cầu đến từ trang khác nên bị từ chối.', en: 'The request came from another site and was refused.' } },
  TOO_MANY: { status: 429, message: { vi: 'Quá nhiều yêu cầu. Hãy đợi {seconds} giây rồi thử lại.', en: 'Too many requests. Wait {seconds} [seconds:second|seconds] and try again.' } },
  BROKEN: { status: 500, message: { vi: 'Máy chủ gặp lỗi. Việc này chưa được ghi nhận; thử lại, nếu vẫn lỗi hãy báo quản trị kèm mã {trace}.', en: 'The server failed. Nothing was recorded; try again, and if it persists tell the administrator the code {trace}.' } },
  STOPPING: { status: 503, message: { vi: 'Máy chủ đang dừng hoặc quá tải. Hãy thử lại sau ít giây.', en: 'The server is stopping or too busy. Try again in a few seconds.' } },
} as const satisfies Refusals

const titles: Record<number, { vi: string; en: string }> = {
  400: { vi: 'Yêu cầu không đọc được', en: 'Unreadable request' },
  401: { vi: 'Chưa đăng nhập', en: 'Not signed in' },
  403: { vi: 'Không có quyền', en: 'Not allowed' },
  404: { vi: 'Không tìm thấy', en: 'Not found' },
  409: { vi: 'Không thực hiện được lúc này', en: 'In conflict with how things stand' },
  413: { vi: 'Quá lớn', en: 'Too large' },
  415: { vi: 'Kiểu nội dung không nhận', en: 'Content type not taken' },
  422: { vi: 'Dữ liệu chưa hợp lệ', en: 'Data not valid' },
  429: { vi: 'Quá nhiều yêu cầu', en: 'Too many requests' },
  500: { vi: 'Lỗi máy chủ', en: 'Server error' },
  503: { vi: 'Tạm thời không phục vụ', en: 'Not available now' },
}
const titleOf = (status: number, lang: Lang): string => (titles[status] ?? titles[status >= 500 ? 500 : 400]!)[lang]

/** Thrown inside the server, answered as a problem. `refusals` names the sentence; default: the server's own. */
export class ProblemError extends Error {
  code: string
  status: number
  text: { vi: string; en: string }
  data: Record<string, unknown> | undefined
  issues: Issue[] | undefined
  headers: Record<string, string> | undefined
  constructor(code: string, refusal: { status: number; message: { vi: string; en: string } }, more: { data?: Record<string, unknown> | undefined; issues?: Issue[]; headers?: Record<string, string> } = {}) {
    super(code)
    this.code = code
    this.status = refusal.status
    this.text = refusal.message
    this.data = more.data
    this.issues = more.issues
    this.headers = more.headers
  }
}

export const refusal = (code: keyof typeof serverRefusals, more: ConstructorParameters<typeof ProblemError>[2] = {}): ProblemError => new ProblemError(code, serverRefusals[code], more)

export const problemOf = (error: ProblemError, lang: Lang, prefix: string, trace?: string): Problem => ({
  type: `${prefix}/problems/${error.code}`,
  title: titleOf(error.status, lang),
  status: error.status,
  detail: sentence(error.text, lang, { ...error.data, ...(trace ? { trace } : {}) }),
  code: error.code,
  ...(error.data ? { data: error.data } : {}),
  ...(error.issues ? { issues: error.issues.map((issue) => ({ pointer: pointer(issue.path ?? []), code: issue.code ?? 'custom', message: issueSentence(issue, lang) })) } : {}),
  ...(trace ? { trace } : {}),
})

const pointer = (path: readonly PropertyKey[]): string => path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
