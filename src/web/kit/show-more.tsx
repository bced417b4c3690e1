// The second half of the kit's page: what lists and editors are made of.
import { useState } from 'react'
import { catalogue, useT } from '../i18n.tsx'
import { EditorsNote } from './editors.tsx'
import { Grid } from './grid.tsx'
import type { GridRow } from './grid.tsx'
import { HeldNote } from './held.tsx'
import { Button, Card, CheckField, FileProblems, Filters, LinkButton, ReasonDialog, SelectField, TableFind, UnitField, toast } from './kit.ts'
import type { UnitChoice } from './kit.ts'

const messages = catalogue({
  'grid': 'Bảng soạn như bảng tính', 'name': 'Tên', 'kind': 'Loại', 'kind.a': 'Số', 'kind.b': 'Lời văn', 'required': 'Bắt buộc', 'wrong': 'Không có loại dòng “{text}”.', 'warned': 'Tên này đã có ở dòng trên.', 'first': 'Số chốt trực', 'second': 'Khó khăn',
  'list': 'Lọc, tìm, dòng mới', 'unit': 'Đơn vị', 'state': 'Tình trạng', 'state.all': 'Tất cả', 'state.late': 'Quá hạn', 'find': 'Tìm trong bảng', 'found': 'Đang ở: {name}', 'editors': 'Người khác đang sửa', 'files': 'Lỗi trong tệp', 'line': 'Dòng {n}: thiếu tên đơn vị.', 'note': 'Dòng {n}: tên trùng với một đơn vị đã có.', 'link': 'Nút dẫn tới trang khác', 'home': 'Về trang đầu', 'reason': 'Việc phải ghi lý do', 'reason.label': 'Lý do trả lại', 'give': 'Trả lại', 'done': 'Đã trả lại',
}, {
  'grid': 'A table edited like a spreadsheet', 'name': 'Name', 'kind': 'Kind', 'kind.a': 'Number', 'kind.b': 'Words', 'required': 'Required', 'wrong': 'There is no kind “{text}”.', 'warned': 'A row above has this name.', 'first': 'Guard posts manned', 'second': 'Difficulties',
  'list': 'Filters, finding, new rows', 'unit': 'Unit', 'state': 'State', 'state.all': 'All', 'state.late': 'Overdue', 'find': 'Find in the table', 'found': 'At: {name}', 'editors': 'Others are editing', 'files': 'Errors of a file', 'line': 'Line {n}: the unit has no name.', 'note': 'Line {n}: another unit has this name.', 'link': 'A button that leads elsewhere', 'home': 'To the first page', 'reason': 'What needs a reason', 'reason.label': 'Why it is returned', 'give': 'Return', 'done': 'Returned',
})
const NAMES = ['Phường Hoàn Kiếm', 'Xã Ba Vì', 'Phường Cửa Nam']
const idle = { busy: false, refused: undefined }

export function ShowMore() {
  const t = useT(messages)
  const [rows, setRows] = useState<GridRow[]>(() => [{ id: '1', cells: { name: t('first'), kind: 'a', required: 'x' } }, { id: '2', cells: { name: t('second'), kind: 'Chữ', required: '' } }, { id: '3', cells: { name: t('second'), kind: 'b', required: '' } }])
  const [unit, setUnit] = useState<UnitChoice>()
  const [state, setState] = useState('late')
  const [find, setFind] = useState(false)
  const [at, setAt] = useState<string>()
  const [asking, setAsking] = useState(false)
  const [held, setHeld] = useState(true)
  return (
    <>
      <Card title={t('grid')} flush><Grid label={t('grid')} rows={rows} onRows={setRows} fresh={() => ({ id: crypto.randomUUID(), cells: {} })}
        problems={new Map([['2 kind', { severity: 'error' as const, message: t('wrong', { text: 'Chữ' }) }], ['3 name', { severity: 'warning' as const, message: t('warned') }]])}
        columns={[{ id: 'name', head: t('name'), width: 260 }, { id: 'kind', head: t('kind'), width: 140, as: 'select', options: [{ value: 'a', label: t('kind.a') }, { value: 'b', label: t('kind.b') }] }, { id: 'required', head: t('required'), width: 90, as: 'tick' }]} /></Card>
      <div className="two">
        <Card title={t('list')}><div className="stack">
          <Filters on={state ? 1 : 0} onClear={() => setState('')}><UnitField label={t('unit')} optional="quiet" value={unit} onValue={setUnit} /><SelectField label={t('state')} optional="quiet" value={state} onValue={setState} options={[{ value: '', label: t('state.all') }, { value: 'late', label: t('state.late') }]} /></Filters>
          <CheckField label={t('find')} value={find} onValue={setFind} />
          {find && <TableFind rows={NAMES} keyOf={(name) => name} textOf={(name) => name} onGo={setAt} onClose={() => setFind(false)} />}
          {find && at && <p className="soft">{t('found', { name: at })}</p>}
          <div style={{ position: 'relative', minHeight: 40 }}><HeldNote fresh={held ? 3 : 0} moved={!held} again={() => setHeld(!held)} /></div>
        </div></Card>
        <div className="stack">
          <Card title={t('editors')}><EditorsNote names={['Nguyễn Thị Lan', 'Trần Văn Bình']} /></Card>
          <Card title={t('files')}><div className="stack"><FileProblems problems={[{ line: 3, message: t('line', { n: 3 }) }, { line: 8, message: t('line', { n: 8 }) }]} /><FileProblems problems={[{ line: 5, message: t('note', { n: 5 }), note: true }]} /></div></Card>
          <Card title={t('link')}><div className="row"><LinkButton icon="home" to="/">{t('home')}</LinkButton><Button look="danger" onClick={() => setAsking(true)}>{t('reason')}</Button></div></Card>
        </div>
      </div>
      {asking && <ReasonDialog title={t('reason')} label={t('reason.label')} send={t('give')} order={idle} onClose={() => setAsking(false)} onSend={() => { toast(t('done')); setAsking(false) }} />}
    </>
  )
}
