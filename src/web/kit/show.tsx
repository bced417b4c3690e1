// The whole kit on one page (/kit): to look at, to test with axe, and to copy from.
import { useState } from 'react'
import { catalogue, useT } from '../i18n.tsx'
import { useFormat } from '../format.ts'
import { Refused } from '../client.ts'
import { inOrder } from '../../pure/text.ts'
import { LangSwitch, ThemeSwitch } from '../shell/account-menu.tsx'
import { AgeOfData, Button, Card, CheckField, ChoiceField, DataTable, DateField, Dialog, EmptyState, Facts, FileDrop, Form, Icon, IconButton, LinkButton, Menu, NumberField, Page, PasswordField, Progress, Refusal, RefusedState, SelectField, Skeleton, StateBar, StateMark, stateOrder, StateTiles, StepMark, Tabs, TextArea, TextField, toast, useConfirm } from './kit.ts'
import type { Column, Counts, Sort, State } from './kit.ts'
import { ShowMore } from './show-more.tsx'

export const showMessages = catalogue({
  'title': 'Bộ thành phần giao diện', 'line': 'Mọi thành phần trên một trang · dùng khi làm màn hình mới', 'states': 'Tình trạng điều kiện', 'steps': 'Tiến độ công việc', 'step.empty': 'Đã giao', 'step.quarter': 'Đã nhận', 'step.half': 'Đang thực hiện', 'step.full': 'Đã báo cáo', 'step.done': 'Đã xác nhận', 'step.back': 'Trả lại', 'step.no': 'Từ chối', 'step.gone': 'Đã thu hồi', 'stone.0': 'N−15 Kiểm tra', 'stone.1': 'N−25 Bố trí lực lượng', 'stone.2': 'N−40 Phê duyệt', 'buttons': 'Nút và thực đơn', 'save': 'Lưu', 'other': 'Việc khác', 'delete': 'Thu hồi', 'sending': 'Đang gửi', 'menu': 'Thao tác', 'open': 'Mở', 'print': 'In', 'chase': 'Đôn đốc',
  'table': 'Bảng 3.321 dòng', 'unit': 'Đơn vị', 'unmet': 'Chưa đạt', 'state': 'Tình trạng', 'late': 'Quá hạn', 'week': '7 ngày', 'next': 'Mốc tới', 'form': 'Biểu mẫu', 'name': 'Họ và tên', 'why': 'Lý do', 'why.hint': 'Nêu rõ việc đã làm và việc còn vướng.', 'number': 'Kết quả đạt được', 'people': 'người', 'kind': 'Loại sự kiện', 'day': 'Thời hạn', 'agree': 'Gửi thông báo cho đơn vị', 'how': 'Nguồn tin', 'how.phone': 'Điện thoại', 'how.paper': 'Văn bản', 'files': 'Minh chứng', 'error': 'Nhập họ và tên.', 'password': 'Mật khẩu',
  'waiting': 'Chờ, trống, từ chối', 'progress': 'Đang giao nhiệm vụ', 'empty': 'Chưa có nhiệm vụ nào', 'empty.text': 'Khi đơn vị cấp trên giao nhiệm vụ, nhiệm vụ sẽ hiện ở đây.', 'refused': 'Nhiệm vụ đã đóng ngày 20/11/2026 nên không nhận thêm báo cáo.', 'toast': 'Đã ghi nhận báo cáo.', 'undo': 'Hoàn tác', 'confirm': 'Thu hồi nhiệm vụ?', 'confirm.text': 'Đơn vị nhận sẽ thấy nhiệm vụ đã được thu hồi. Việc này được ghi vào nhật ký.', 'dialog': 'Mở hộp thoại', 'tabs': 'Thẻ', 'tab.info': 'Thông tin', 'tab.history': 'Quá trình', 'facts': 'Thông tin', 'code': 'Mã', 'parent': 'Cấp trên', 'small': 'Chỉ xem', 'host': 'Đơn vị đăng cai',
}, {
  'title': 'Interface kit', 'line': 'Every part on one page · for making a new screen', 'states': 'States of a requirement', 'steps': 'Progress of work', 'step.empty': 'Assigned', 'step.quarter': 'Accepted', 'step.half': 'Under way', 'step.full': 'Reported', 'step.done': 'Verified', 'step.back': 'Returned', 'step.no': 'Declined', 'step.gone': 'Withdrawn', 'stone.0': 'D−15 Inspection', 'stone.1': 'D−25 Forces assigned', 'stone.2': 'D−40 Approval', 'buttons': 'Buttons and menus', 'save': 'Save', 'other': 'Something else', 'delete': 'Withdraw', 'sending': 'Sending', 'menu': 'Actions', 'open': 'Open', 'print': 'Print', 'chase': 'Chase',
  'table': 'A table of 3,321 rows', 'unit': 'Unit', 'unmet': 'Unmet', 'state': 'States', 'late': 'Overdue', 'week': '7 days', 'next': 'Next milestone', 'form': 'Form', 'name': 'Name', 'why': 'Reason', 'why.hint': 'Say what was done and what stands in the way.', 'number': 'Reached', 'people': 'people', 'kind': 'Kind of event', 'day': 'Due', 'agree': 'Tell the unit', 'how': 'Source', 'how.phone': 'Telephone', 'how.paper': 'Paper', 'files': 'Evidence', 'error': 'Enter a name.', 'password': 'Password',
  'waiting': 'Waiting, empty, refused', 'progress': 'Assigning tasks', 'empty': 'No task yet', 'empty.text': 'Tasks given to your unit will be listed here.', 'refused': 'The task was closed on 20/11/2026 and takes no further report.', 'toast': 'The report is recorded.', 'undo': 'Undo', 'confirm': 'Withdraw the task?', 'confirm.text': 'The unit will see that the task was withdrawn. This goes into the journal.', 'dialog': 'Open a dialog', 'tabs': 'Tabs', 'tab.info': 'About', 'tab.history': 'History', 'facts': 'About', 'code': 'Code', 'parent': 'Parent', 'small': 'Read only', 'host': 'Host unit',
})

type Row = { id: string; name: string; counts: Counts; late: number; week: number; next: 0 | 1 | 2 }
const names = ['Sơn La', 'Vĩnh Long', 'Đà Nẵng', 'Bắc Ninh', 'An Giang', 'Tuyên Quang', 'Hà Tĩnh', 'Cần Thơ', 'Thái Nguyên', 'Lai Châu', 'Thành phố Hồ Chí Minh']
const row = (i: number): Row => {
  const n = (k: number, most: number) => ((i + 3) * k * 7919) % most
  return { id: String(i), name: i < names.length ? names[i]! : `${names[i % names.length]} ${i}`, late: n(3, 110), week: n(5, 11) - 5, next: (i % 3) as 0 | 1 | 2,
    counts: { unmet: n(2, 38), at_risk: n(3, 22), not_assessed: n(7, 9), waived: n(11, 5), not_due: n(13, 26), met: 40 + n(17, 70) } }
}

export function Show() {
  const t = useT(showMessages)
  const [refusal] = useState(() => new Refused('TASK_CLOSED', 409, t('refused')))
  const { number, signed } = useFormat()
  const confirm = useConfirm()
  const [chosen, choose] = useState<State>()
  const [sort, onSort] = useState<Sort>({ by: 'unmet', desc: true })
  const [selected, onSelected] = useState<Set<string>>(new Set())
  const [open, setOpen] = useState(false)
  const [tab, setTab] = useState('info')
  const [text, setText] = useState({ name: '', why: '', number: '', kind: 'a', how: 'phone', password: '' })
  const [day, setDay] = useState<string>()
  const [agree, setAgree] = useState(true)
  const [files, setFiles] = useState<File[]>([])
  const [rows] = useState(() => Array.from({ length: 3321 }, (_, i) => row(i)))
  const sorted = sort.by === 'name' ? inOrder(rows, (r) => r.name, sort.desc) : rows.toSorted((a, b) => (sort.desc ? -1 : 1) * (sort.by === 'unmet' ? a.counts.unmet - b.counts.unmet : sort.by === 'late' ? a.late - b.late : a.week - b.week))
  const columns: Column<Row>[] = [
    { id: 'name', head: t('unit'), as: 'name', sort: 'asc', text: (r) => r.name, cell: (r) => <a href="#table">{r.name}</a> },
    { id: 'unmet', head: t('unmet'), as: 'number', sort: 'desc', width: '92px', cell: (r) => <><b className={r.counts.unmet ? 'bad' : ''}>{r.counts.unmet}</b><span className="faint">/{stateOrder.reduce((sum, s) => sum + r.counts[s], 0)}</span></> },
    { id: 'state', head: t('state'), width: '26%', from: 'narrow', cell: (r) => <StateBar counts={r.counts} label={r.name} /> },
    { id: 'late', head: t('late'), as: 'number', sort: 'desc', width: '92px', from: 'narrow', cell: (r) => number(r.late) },
    { id: 'week', head: t('week'), as: 'number', sort: 'desc', width: '80px', from: 'middle', cell: (r) => <span className="soft">{signed(r.week)}</span> },
    { id: 'next', head: t('next'), width: '200px', from: 'wide', cell: (r) => <span className="soft">{t(`stone.${r.next}`)}</span> },
  ]
  const total = rows.reduce((sum, r) => { for (const s of stateOrder) sum[s] += r.counts[s]; return sum }, { unmet: 0, at_risk: 0, not_assessed: 0, waived: 0, not_due: 0, met: 0 })
  const set = (key: keyof typeof text) => (value: string) => setText({ ...text, [key]: value })
  return (
    <main className="kit-page" id="main">
      <Page title={t('title')} line={t('line')} crumbs={[{ label: 'Sẵn Sàng', to: '/' }, { label: t('title') }]} actions={<><LangSwitch /><ThemeSwitch /><Button icon="print" onClick={() => print()}>{t('print')}</Button></>}>
        <StateTiles counts={total} chosen={chosen} onChoose={choose} />
        <div className="two">
          <Card title={t('states')} side={<AgeOfData />}><div className="stack"><div className="row" style={{ gap: '8px 20px' }}>{stateOrder.map((s) => <StateMark key={s} state={s} />)}</div><div className="row">{stateOrder.map((s) => <StateMark key={s} state={s} strong />)}</div><StateBar counts={total} /></div></Card>
          <Card title={t('steps')} side={<LinkButton look="main" icon="right" to="/">{t('open')}</LinkButton>}><div className="row" style={{ gap: '8px 20px' }}>{(['empty', 'quarter', 'half', 'full', 'done', 'back', 'no', 'gone'] as const).map((s, i) => <StepMark key={s} step={s} late={i === 2}>{t(`step.${s}`)}</StepMark>)}</div></Card>
          <Card title={t('buttons')}><div className="row"><Button look="main">{t('save')}</Button><Button icon="download">{t('other')}</Button><Button look="quiet">{t('small')}</Button><Button look="danger" onClick={() => void confirm({ title: t('confirm'), text: t('confirm.text'), yes: t('delete'), danger: true })}>{t('delete')}</Button><Button busy>{t('sending')}</Button><IconButton icon="print" label={t('print')} />
            <Menu align="start" items={[{ label: t('open'), icon: 'right', run: () => {} }, { label: t('chase'), icon: 'bell', run: () => {} }, 'line', { label: t('delete'), danger: true, run: () => {} }]}><button type="button" className="button plain"><span>{t('menu')}</span><Icon name="down" size={14} /></button></Menu>
            <Button onClick={() => setOpen(true)}>{t('dialog')}</Button><Button onClick={() => toast(t('toast'), { action: { label: t('undo'), run: () => {} } })}>{t('toast')}</Button></div></Card>
          <Card title={t('facts')}><Facts items={[[t('code'), '00307'], [t('parent'), 'Thành phố Hà Nội'], [t('host'), null]]} /></Card>
        </div>
        <Card title={t('table')} flush id="table"><DataTable caption={t('table')} columns={columns} rows={sorted} rowKey={(r) => r.id} sort={sort} onSort={onSort} selected={selected} onSelected={onSelected} bulk={() => <Button small icon="bell">{t('chase')}</Button>} total={3321} current="4" /></Card>
        <div className="two">
          <Card title={t('form')}><Form onSend={() => {}} refused={refusal} foot={<><Button>{t('other')}</Button><Button look="main" type="submit">{t('save')}</Button></>}>
            <TextField label={t('name')} value={text.name} onValue={set('name')} error={t('error')} /><PasswordField label={t('password')} value={text.password} onValue={set('password')} /><TextArea label={t('why')} hint={t('why.hint')} value={text.why} onValue={set('why')} optional />
            <div className="two"><NumberField label={t('number')} unit={t('people')} value={text.number} onValue={(v) => set('number')(v)} /><DateField label={t('day')} value={day} onValue={setDay} /></div>
            <SelectField label={t('kind')} value={text.kind} onValue={set('kind')} options={[{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }]} /><ChoiceField inline label={t('how')} value={text.how} onValue={set('how')} options={[{ value: 'phone', label: t('how.phone') }, { value: 'paper', label: t('how.paper') }]} /><CheckField label={t('agree')} value={agree} onValue={setAgree} /><FileDrop label={t('files')} files={files} onFiles={setFiles} />
          </Form></Card>
          <div className="stack">
            <Card title={t('waiting')}><Skeleton lines={3} /><Progress label={t('progress')} done={2310} total={3321} /><EmptyState title={t('empty')}>{t('empty.text')}</EmptyState><RefusedState error={new Refused('UNREACHABLE', 0, '')} retry={() => {}} /><Refusal error={new Refused('UNREACHABLE', 0, '')} /></Card>
            <Card title={t('tabs')}><Tabs label={t('tabs')} chosen={tab} onChoose={setTab} tabs={[{ id: 'info', label: t('tab.info'), content: () => <p>{t('tab.info')}</p> }, { id: 'history', label: t('tab.history'), count: 12, content: () => <p>{t('tab.history')}</p> }]} /></Card>
          </div>
        </div>
        <ShowMore />
      </Page>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('confirm')} foot={<><Button onClick={() => setOpen(false)}>{t('other')}</Button><Button look="main">{t('save')}</Button></>}><p>{t('confirm.text')}</p><TextField label={t('why')} value={text.why} onValue={set('why')} /></Dialog>
    </main>
  )
}
