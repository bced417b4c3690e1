// A form under the hands of somebody: undone and redone, checked by the server as it is typed, kept on this machine until it is published.
import { useCallback, useEffect, useMemo, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../../../web/client.ts'
import { useDebounced } from '../../../../web/kit/kit.ts'
import type { Form } from '../../contract/form.ts'
import { formFile, formProblems, formSheet } from '../../decide/form-sheet.ts'
import type { FormSheet } from '../../decide/form-sheet.ts'

type State = { sheet: FormSheet; past: readonly FormSheet[]; future: readonly FormSheet[] }
const MOST_STEPS = 200
export const textOf = (sheet: FormSheet): string => JSON.stringify(formFile(sheet))
const keep = (key: string, sheet: FormSheet | undefined): void => { try { if (sheet) localStorage.setItem(key, JSON.stringify(sheet)); else localStorage.removeItem(key) } catch { /* a private window, or full: the warning when leaving remains */ } }
function kept(key: string): FormSheet | undefined {
  try { const found = JSON.parse(localStorage.getItem(key) ?? 'null') as FormSheet | null; return found && Array.isArray(found.fields) && Array.isArray(found.checks) ? found : undefined } catch { return undefined }
}

/** `key`: of whose work it is, so that it is found again. */
export function useFormSheet(key: string, form: Form) {
  const begun = useMemo(() => formSheet(form), [form])
  const base = useMemo(() => textOf(begun), [begun])
  const [restored, setRestored] = useState(false)
  const [state, setState] = useState<State>(() => ({ sheet: kept(key) ?? begun, past: [], future: [] }))
  const text = useMemo(() => textOf(state.sheet), [state.sheet])
  const dirty = text !== base
  useEffect(() => { if (kept(key)) setRestored(true) }, [key])
  const slow = useDebounced(state.sheet, 400)
  useEffect(() => { keep(key, textOf(slow) === base ? undefined : slow) }, [slow, key, base])
  const change = useCallback((next: (sheet: FormSheet) => FormSheet) => setState((was) => { const sheet = next(was.sheet); return sheet === was.sheet ? was : { sheet, past: [...was.past.slice(-MOST_STEPS), was.sheet], future: [] } }), [])
  const undo = useCallback(() => setState((was) => (was.past.length === 0 ? was : { sheet: was.past.at(-1)!, past: was.past.slice(0, -1), future: [was.sheet, ...was.future] })), [])
  const redo = useCallback(() => setState((was) => (was.future.length === 0 ? was : { sheet: was.future[0]!, past: [...was.past, was.sheet], future: was.future.slice(1) })), [])
  const late = useMemo(() => textOf(slow), [slow])
  const check = useQuery({ queryKey: ['reports', 'form', late], queryFn: ({ signal }) => api.reports.forms.check({ text: late }, { signal }), placeholderData: keepPreviousData, staleTime: Infinity, gcTime: 30_000 })
  const problems = useMemo(() => (check.data ? formProblems(state.sheet, check.data.issues) : []), [check.data, state.sheet])
  const forget = useCallback(() => { keep(key, undefined); setRestored(false) }, [key])
  const reset = useCallback(() => { forget(); setState({ sheet: begun, past: [], future: [] }) }, [forget, begun])
  return {
    sheet: state.sheet, begun, text, dirty, restored, problems, errors: problems.filter((one) => one.severity === 'error').length, checking: check.isFetching || late !== text, form: check.data?.form ?? null, fields: check.data?.fields ?? 0,
    change, undo: state.past.length > 0 ? undo : undefined, redo: state.future.length > 0 ? redo : undefined, forget, reset,
  }
}
