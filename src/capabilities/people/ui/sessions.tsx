import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api, q, queries, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useT } from '../../../web/i18n.tsx'
import { Button, Card, DataTable, Dialog, Form, PasswordField, TextField, toast } from '../../../web/kit/kit.ts'
import type { Column } from '../../../web/kit/kit.ts'
import { useMe } from '../../../web/session.ts'
import { people } from './messages.ts'

type Session = Awaited<ReturnType<typeof api.people.sessions>>['items'][number]

export function Sessions() {
  const t = useT(people)
  const me = useMe()
  const { dateTime, ago } = useFormat()
  const list = useQuery(q.people.sessions.queryOptions())
  const [ending, setEnding] = useState<Session | 'others'>()
  const [[password, code], type] = useState(['', ''])
  const [refused, setRefused] = useState<Refused>()
  const end = async () => {
    const proof = { ...(password ? { password } : {}), ...(code ? { code } : {}) }
    try {
      if (ending === 'others') await api.people.endOtherSessions(proof)
      else if (ending) await api.people.endSession({ sessionId: ending.id, ...proof })
      await queries.invalidateQueries({ queryKey: q.people.sessions.key() })
      setEnding(undefined)
      type(['', ''])
      toast(t('s.ended'))
    } catch (error) {
      setRefused(refusalOf(error))
    }
  }
  const columns: Column<Session>[] = [
    { id: 'device', head: t('s.device'), as: 'name', cell: (one) => <>{device(one.agent, t)}<small>{one.current ? t('s.this') : one.address}<span className="only-narrow"> · {ago(one.seenAt)}</span></small></> },
    { id: 'seen', head: t('s.seen'), from: 'narrow', cell: (one) => ago(one.seenAt) },
    { id: 'from', head: t('s.from'), from: 'middle', cell: (one) => dateTime(one.startedAt) },
    { id: 'address', head: t('s.address'), from: 'middle', cell: (one) => <span className="soft">{one.address}</span> },
    { id: 'end', head: t('s.end'), as: 'number', cell: (one) => one.current ? null : <Button small look="quiet" onClick={() => { setRefused(undefined); setEnding(one) }}>{t('s.end')}</Button> },
  ]
  return (
    <Card title={t('tab.sessions')} flush side={(list.data?.items.length ?? 0) > 1 && <Button small onClick={() => setEnding('others')}>{t('s.others')}</Button>}>
      <DataTable caption={t('s.caption')} columns={columns} rows={list.data?.items} rowKey={(one) => one.id} error={list.error ?? undefined} retry={() => void list.refetch()} />
      <Dialog open={ending !== undefined} onClose={() => setEnding(undefined)} title={ending === 'others' ? t('s.others') : t('s.end')} size="sm">
        <Form onSend={() => void end()} refused={refused} foot={<Button look="main" type="submit">{t('s.end')}</Button>}>
          <p>{t('s.end.text')}</p>
          {me?.hasPassword && <PasswordField label={t('s.proof')} value={password} onValue={(value) => type([value, code])} autoComplete="current-password" />}
          {me?.secondFactor && <TextField label={t('pw.code')} value={code} onValue={(value) => type([password, value])} inputMode="numeric" autoComplete="one-time-code" />}
        </Form>
      </Dialog>
    </Card>
  )
}

/** Enough of a browser's long name to know one's own devices by. */
function device(agent: string | null, t: ReturnType<typeof useT<typeof people.vi>>): string {
  const browser = /Edg\//.test(agent ?? '') ? 'Edge' : /Firefox\//.test(agent ?? '') ? 'Firefox' : /coc_coc/.test(agent ?? '') ? 'Cốc Cốc' : /Chrom(e|ium)\//.test(agent ?? '') ? 'Chrome' : /Safari\//.test(agent ?? '') ? 'Safari' : undefined
  const system = /Windows/.test(agent ?? '') ? 'Windows' : /Android/.test(agent ?? '') ? 'Android' : /iPhone|iPad/.test(agent ?? '') ? 'iOS' : /Mac OS/.test(agent ?? '') ? 'macOS' : /Linux/.test(agent ?? '') ? 'Linux' : undefined
  return browser && system ? t('s.on', { browser, system }) : browser ?? system ?? t('s.unknown')
}
