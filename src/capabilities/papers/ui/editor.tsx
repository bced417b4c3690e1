// One paper being written: its fields on the left, the sheet on the right, and at the end its number.
import { Suspense, useDeferredValue, useMemo, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { api, q, queries, refusalOf } from '../../../web/client.ts'
import type { Refused } from '../../../web/client.ts'
import { useFormat } from '../../../web/format.ts'
import { useLang, usePick, useT } from '../../../web/i18n.tsx'
import { allRead, Button, Card, DateField, IconButton, Refusal, SelectField, Skeleton, TextArea, TextField, UnitField, toast, useConfirm } from '../../../web/kit/kit.ts'
import { part } from '../../../web/parts.ts'
import { useEdit, useOrder } from '../../../web/orders.ts'
import { GradeField } from '../../custodies/ui/grade.tsx'
import { KINDS, kindNames } from '../contract/kinds.ts'
import { PROFILES, URGENCIES } from '../contract/letter.ts'
import type { Letter } from '../contract/letter.ts'
import { compose } from '../decide/compose.ts'
import { profileOf } from '../decide/layouts.ts'
import { profiles } from '../decide/profiles.ts'
import { formOfKind, SKELETONS } from '../decide/forms.ts'
import { merged } from '../decide/merge.ts'
import { EachUnit } from './each.tsx'
import type { Owes } from './each.tsx'
import { eachMessages } from './each-messages.ts'
import { given, letterOf, useDraft } from './form.ts'
import type { Form } from './form.ts'
import { saveDrawn } from './drawn.ts'
import { DraftState } from './kept.tsx'
import { linking } from './link-messages.ts'
import { reload } from './receive.tsx'
import { SheetView } from './sheet.tsx'
import { writing } from './write-messages.ts'
const Links = part(() => import('./links.tsx').then(({ Links: links }) => ({ default: links })))

const decides = (kind: Letter['kind']): boolean => kind === 'decision' || kind === 'resolution'

type EditorProps = { unitId: string; headVersion: number; start: Form; draft: { unitId: string; draftId: string; version: number }; /** Takes what stands at the server. */ again: () => void; /** One paper to each unit. */ each?: boolean; /** What those chosen at first owe. */ owes?: Owes }
export function Editor({ unitId, headVersion: version, start, draft, again, each = false, owes: owed = {} }: EditorProps) {
  const [t, w, l] = [useT(writing), useT(eachMessages), useT(linking)]
  const pick = usePick()
  const confirm = useConfirm()
  const navigate = useNavigate()
  const { lang } = useLang()
  const { day } = useFormat()
  const [form, setForm] = useState(start)
  const [failed, setFailed] = useState<Refused>()
  const [drawing, setDrawing] = useState<'docx' | 'pdf'>()
  const kept = useDraft(draft, form)
  const [owes, setOwes] = useState<Owes>(owed)
  const [one, setOne] = useState<string>()
  const shown = useDeferredValue(form)
  const sheet = useMemo(() => {
    const [letter, to] = [letterOf(shown), each ? shown.sentTo.find(({ id }) => id === one) ?? shown.sentTo[0] : undefined]
    return compose(to ? merged(letter, { unit: owes[to.id]?.office ?? to.name, overdue: owes[to.id]?.overdue ?? 0, missing: owes[to.id]?.missing ?? 0, day: new Date().toLocaleDateString('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric' }) }) : letter, null, { grade: shown.grade ?? 'none', mark: undefined })
  }, [shown, each, one, owes])
  const set = (more: Partial<Form>) => setForm((was) => ({ ...was, ...more }))
  const head = (more: Partial<Form['head']>) => set({ head: { ...form.head, ...more } })
  const ready = Boolean(form.subject.trim() && letterOf(form).body.length > 0 && form.head.issuer.trim() && form.head.short.trim() && form.head.place.trim() && (!each || form.sentTo.length > 0))
  const kindForm = formOfKind(form.kind)
  const skeleton = SKELETONS[form.kind]
  const issue = useOrder(api.papers.issue, ({ paperId, written }) => {
    kept.stop()
    toast(t('issued', { written }))
    reload()
    void navigate({ to: '/papers/$paperId', params: { paperId } })
  })
  const keepHead = useEdit(api.papers.setLetterhead, version, () => { toast(t('head.kept')); void queries.invalidateQueries({ queryKey: q.papers.letterhead.key() }) })
  const run = useOrder(api.papers.issueEach, ({ runId, job }) => { kept.stop(); reload(); void navigate({ to: '/papers/runs/$runId', params: { runId }, search: job ? { job } : {} }) })
  const count = form.sentTo.length
  const give = async () => {
    if (!ready || !allRead(document)) return
    const first = Number(form.first)
    const [letter, filing] = [letterOf(form), form.filing.trim() || null]
    if (each) {
      if (await confirm({ title: w('issue.title', { count }), text: w('issue.text'), yes: w('issue', { count }) })) await run.give({ unitId, letter, filing, unitIds: form.sentTo.map(({ id }) => id), withTasks: form.withTasks, draftId: draft.draftId, ...(form.bodyId ? { bodyId: form.bodyId } : {}) })
      return
    }
    if (!await confirm({ title: t('issue.title'), text: t('issue.text', { kind: pick(KINDS[form.kind]), subject: form.subject }), yes: t('issue') })) return
    await issue.give({
      unitId, letter, grade: form.grade ?? 'none', filing, sentTo: form.sentTo.map(({ id }) => id), ...(form.first.trim() && Number.isInteger(first) && first > 0 ? { firstNumber: first } : {}), links: given(form.links), draftId: draft.draftId, ...(form.bodyId ? { bodyId: form.bodyId } : {}),
    })
  }
  const draw = async (format: 'docx' | 'pdf') => {
    if (!allRead(document)) return
    setDrawing(format)
    setFailed(undefined)
    try { await saveDrawn('api/v1/papers/draft/file', { unitId, letter: letterOf(form), grade: form.grade ?? 'none', format }, `van-ban.${format}`, lang) } catch (error) { setFailed(refusalOf(error)) } finally { setDrawing(undefined) }
  }
  const fields = (issue.refused ?? run.refused)?.fields ?? {}
  const own = useQuery(q.papers.layouts.queryOptions({ input: { unitId } })).data?.items ?? []
  const profile = profileOf(form.head)
  const bodies = useQuery(q.papers.issuers.queryOptions({ input: { unitId } })).data?.items ?? []
  const office = useQuery(q.papers.letterhead.queryOptions({ input: { unitId } })).data?.head
  const issueAs = (bodyId: string) => {
    const body = bodies.find(({ id }) => id === bodyId)
    if (body ?? office) set({ bodyId: body?.id ?? null, head: body?.head ?? office! })
  }
  // Of two with one name: what each rests on, and its days.
  const bodyName = (one: (typeof bodies)[number]) => {
    const about = bodies.some(({ id, name }) => id !== one.id && name === one.name) ? [one.legalBasis, one.from && t('as.from', { day: day(one.from) }), one.until && t('as.until', { day: day(one.until) })].filter(Boolean) : []
    return about.length > 0 ? `${one.name} (${about.join('; ')})` : one.name
  }
  // What is seldom changed is folded; open where something of it stands, is missing or is refused.
  const wrong = (...names: string[]) => names.some((name) => fields[name] !== undefined)
  const [seldom] = useState(() => Boolean(start.drafter || start.urgency || start.circulation || start.copies || start.day))
  const [noted] = useState(() => Boolean(start.filing || start.first))
  const [related] = useState(() => start.links.length > 0)
  const headLacks = !form.head.issuer.trim() || !form.head.short.trim() || !form.head.place.trim() || wrong('letter.head.issuer', 'letter.head.short', 'letter.head.place')
  // A layout that was changed or dropped since stays in the draft as it is.
  const chosen = form.head.layout ? own.find((one) => JSON.stringify(one.layout) === JSON.stringify(form.head.layout))?.id ?? 'kept' : form.head.profile
  const choose = (value: string) => {
    const mine = own.find((one) => one.id === value)
    if (mine) head({ profile: mine.base, layout: mine.layout })
    else if (value !== 'kept') head({ profile: value as Form['head']['profile'], layout: null })
  }
  return (
    <div className="paper-two">
      <div className="paper-side">
        <DraftState kept={kept} draft={draft} again={again} />
        {each && <Card title={w('title')}><EachUnit unitId={unitId} form={form} set={set} owes={owes} onOwes={setOwes} shown={one ?? form.sentTo[0]?.id} onShown={setOne} /></Card>}
        <Card>
          <div className="stack">
            <SelectField label={t('kind')} value={form.kind} onValue={(kind) => set({ kind: kind as Letter['kind'] })} options={kindNames.map((value) => ({ value, label: pick(KINDS[value]) }))} />
            <TextArea label={t('subject')} hint={t('subject.hint')} rows={2} value={form.subject} onValue={(subject) => set({ subject: subject.replace(/\n/g, ' ') })} maxLength={500} error={fields['letter.subject']} />
            {(decides(form.kind) || form.kind === 'telegram') && <TextField label={t('authority')} hint={t('authority.hint')} value={form.authority} onValue={(authority) => set({ authority })} optional maxLength={300} />}
            {!decides(form.kind) && <TextArea label={t('to')} hint={t('to.hint')} rows={2} value={form.to} onValue={(to) => set({ to })} optional />}
            {(decides(form.kind) || form.kind === 'directive' || form.grounds) && <TextArea label={t('grounds')} hint={t('grounds.hint')} rows={3} value={form.grounds} onValue={(grounds) => set({ grounds })} optional />}
            <TextArea label={t('body')} hint={form.rest.some((one) => one.type === 'table') ? `${t('body.hint')} ${t('body.tables')}` : t('body.hint')} rows={10} value={form.body} onValue={(body) => set({ body })} error={fields['letter.body']} />
            {skeleton && !form.body.trim() && <div className="row"><Button small icon="edit" onClick={() => set({ body: form.head.profile === 'international' ? skeleton.en : skeleton.vi })}>{t('skeleton')}</Button></div>}
            {form.annexes.length > 0 && <div className="field"><span className="label">{t('annexes')}</span><ul className="paper-chips">{form.annexes.map((one, i) => (
              <li key={i}><span>{t('annex.rows', { title: one.title, count: one.body.reduce((n, block) => n + (block.type === 'table' ? block.rows.length : 0), 0) })}</span><IconButton icon="close" label={t('annex.drop', { title: one.title })} onClick={() => set({ annexes: form.annexes.filter((_, at) => at !== i) })} /></li>
            ))}</ul></div>}
            <TextArea label={t('signAs')} hint={t('signAs.hint')} rows={3} value={form.signAs} onValue={(signAs) => set({ signAs })} optional />
            {kindForm.two && <><TextArea label={t('secondAs')} hint={t('secondAs.hint', { who: kindForm.two[0] })} rows={2} value={form.secondAs} onValue={(secondAs) => set({ secondAs })} optional /><TextField label={t('second')} value={form.second} onValue={(second) => set({ second })} optional maxLength={120} autoComplete="off" /></>}
            <TextField label={t('signer')} value={form.signer} onValue={(signer) => set({ signer })} optional maxLength={120} autoComplete="off" />
            <TextArea label={t('recipients')} hint={t('recipients.hint')} rows={3} value={form.recipients} onValue={(recipients) => set({ recipients })} optional />
            {!each && <GradeField value={form.grade ?? 'none'} onValue={(grade) => set({ grade })} />}
            <details open={seldom || wrong('letter.drafter', 'letter.circulation', 'letter.copies', 'letter.day') || undefined}><summary>{t('seldom')}</summary><div className="stack">
            <TextField label={t('drafter')} hint={t('drafter.hint')} value={form.drafter} onValue={(drafter) => set({ drafter })} optional maxLength={40} error={fields['letter.drafter']} />
            <SelectField label={t('urgency')} value={form.urgency} onValue={(urgency) => set({ urgency: urgency as Form['urgency'] })} empty={t('urgency.none')} options={URGENCIES.map((value) => ({ value, label: t(`urgency.${value}`) }))} optional />
            <TextField label={t('circulation')} hint={t('circulation.hint')} value={form.circulation ?? ''} onValue={(circulation) => set({ circulation })} optional maxLength={60} error={fields['letter.circulation']} />
            <TextField label={t('copies')} hint={t('copies.hint')} value={form.copies ?? ''} onValue={(copies) => set({ copies: copies.replace(/\D/g, '').slice(0, 4) })} optional inputMode="numeric" error={fields['letter.copies']} />
            <DateField label={t('day')} hint={t('day.hint')} optional value={form.day} onValue={(day) => set({ day })} error={fields['letter.day']} />
            </div></details>
          </div>
        </Card>
        <Card title={t('head')}>
          <div className="stack">
            {(bodies.length > 0 || form.bodyId) && <SelectField label={t('as')} hint={t('as.hint')} value={form.bodyId ?? ''} onValue={issueAs} options={[{ value: '', label: office?.issuer ?? '…' }, ...bodies.map((one) => ({ value: one.id, label: bodyName(one) }))]} />}
            {version === 0 && !form.bodyId && <p className="soft">{t('head.new')}</p>}
            <details open={version === 0 || headLacks || undefined}><summary>{t('head.change', { head: [form.head.issuer, form.head.short, form.head.place].filter((one) => one.trim()).join(', ') })}</summary><div className="stack">
            <SelectField label={t('profile')} hint={pick(profile.about)} value={chosen} onValue={choose} options={[...PROFILES.map((value) => ({ value: value as string, label: `${pick(profiles[value].name)}${profiles[value].verified ? '' : ` (${t('unverified')})`}` })), ...own.map((one) => ({ value: one.id, label: t('profile.own', { name: one.layout.name }) })), ...(chosen === 'kept' ? [{ value: 'kept', label: t('profile.own', { name: form.head.layout!.name }) }] : [])]} />
            <p className="small"><Link to="/papers/layouts" search={{ unit: unitId }}>{t('profile.edit')}</Link></p>
            <TextField label={t('parent')} value={form.head.parent} onValue={(parent) => head({ parent })} optional maxLength={200} />
            <TextField label={t('issuer')} value={form.head.issuer} onValue={(issuer) => head({ issuer })} maxLength={200} error={fields['letter.head.issuer']} />
            <TextField label={t('short')} value={form.head.short} onValue={(short) => head({ short })} maxLength={40} error={fields['letter.head.short']} />
            <TextField label={t('place')} value={form.head.place} onValue={(place) => head({ place })} maxLength={120} error={fields['letter.head.place']} />
            <TextField label={t('address')} value={form.head.address} onValue={(address) => head({ address })} optional maxLength={400} />
            <Refusal error={keepHead.refused} />
            {!form.bodyId && <div className="row"><Button small busy={keepHead.busy} onClick={() => void keepHead.give({ unitId, head: form.head })}>{t('head.keep')}</Button></div>}
            </div></details>
          </div>
        </Card>
        {!each && <Card title={l('links')}><details open={related || undefined}><summary>{t('links.add')}</summary><Suspense fallback={<Skeleton lines={3} />}><Links links={form.links} onLinks={(links) => set({ links })} /></Suspense></details></Card>}
        <Card title={t('register')}>
          <div className="stack">
            {!each && <><UnitField label={t('sent.add')} optional value={undefined} onValue={(one) => { if (one && !form.sentTo.some(({ id }) => id === one.id)) set({ sentTo: [...form.sentTo, { id: one.id, name: one.name }] }) }} />
            {form.sentTo.length > 0 && <><p className="soft small">{t('sent.count', { count: form.sentTo.length })}</p><ul className="paper-chips" aria-label={t('sent')}>{form.sentTo.map((one) => (
              <li key={one.id}><span>{one.name}</span><IconButton icon="close" label={t('sent.drop', { unit: one.name })} onClick={() => set({ sentTo: form.sentTo.filter(({ id }) => id !== one.id) })} /></li>
            ))}</ul></>}</>}
            <details open={noted || wrong('firstNumber', 'filing') || undefined}><summary>{t(each ? 'filing' : 'noted')}</summary><div className="stack">
            <TextField label={t('filing')} optional value={form.filing} onValue={(filing) => set({ filing })} maxLength={120} />
            {!each && <TextField label={t('first')} hint={t('first.hint')} optional inputMode="numeric" value={form.first} onValue={(first) => set({ first: first.replace(/\D/g, '').slice(0, 5) })} error={fields.firstNumber} />}
            </div></details>
            <Refusal error={issue.refused ?? run.refused ?? failed} />
            <p className="soft" role="status">{ready ? '' : t('missing')}</p>
            {(form.grade ?? 'none') !== 'none' && <p className="soft">{t('graded.files')}</p>}
            <div className="row">
              <Button look="main" icon="check" busy={issue.busy || run.busy} aria-disabled={!ready} onClick={() => void give()}>{each ? w('issue', { count }) : t('issue')}</Button>
              {(form.grade ?? 'none') === 'none' && <><Button icon="download" busy={drawing === 'docx'} aria-disabled={!ready} onClick={() => { if (ready) void draw('docx') }}>{t('docx')}</Button>
              <Button icon="download" busy={drawing === 'pdf'} aria-disabled={!ready} onClick={() => { if (ready) void draw('pdf') }}>{t('pdf')}</Button></>}
            </div>
          </div>
        </Card>
      </div>
      <div className="sticky"><Card title={t('sheet')} side={<span className="soft small">{t('sheet.text')}</span>}><SheetView sheet={sheet} label={t('sheet')} /></Card></div>
    </div>
  )
}
