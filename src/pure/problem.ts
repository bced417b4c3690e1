// The browser's side of problem+json: how the typed client learns the code and the sentence of a refusal.
import { ORPCError } from '@orpc/contract'

type ProblemBody = { status: number; code: string; detail: string; title: string; data?: Record<string, unknown>; issues?: { pointer: string; code: string; message: string }[]; trace?: string }

/** For OpenAPILink's `customErrorResponseBodyDecoder`. `message` is the sentence; `data` has the refusal's data, and `issues` and `trace` where there are any. */
export function decodeProblem(body: unknown): ORPCError<string, Record<string, unknown>> | null {
  if (typeof body !== 'object' || body === null || !('code' in body) || !('detail' in body)) return null
  const { code, status, detail, data, issues, trace } = body as ProblemBody
  return new ORPCError(code, { defined: true, status, message: detail, data: { ...data, ...(issues ? { issues } : {}), ...(trace ? { trace } : {}) } })
}

/** For OpenAPILink's `fetch`: its reader knows JSON only by `application/json`, and would hand problem+json over as a file. */
export async function problemFetch(request: Request | string | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(request, init)
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return response
  const headers = new Headers(response.headers)
  headers.set('content-type', 'application/json')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
