import { catalogue } from '../i18n.tsx'

export const gridWords = catalogue({
  'tools': 'Dòng của {label}', 'insert': 'Thêm dòng', 'double': 'Nhân đôi', 'remove': 'Xóa {n} dòng', 'up': 'Lên', 'down': 'Xuống', 'undo': 'Hoàn tác', 'redo': 'Làm lại', 'empty': 'trống', 'none': 'Chưa có dòng nào.', 'n': 'Dòng', 'drag': 'Kéo để chuyển dòng (Alt ↑, Alt ↓)', 'over': 'Dán vào, ghi đè {n} dòng đã có.', 'over.undo': 'Dán vào, ghi đè {n} dòng đã có. Không phải ý bạn thì bấm Ctrl Z, hoặc nút Hoàn tác trên bảng.', 'tick': 'Phím cách để chọn hoặc bỏ.', 'ticked': 'có', 'unticked': 'không',
  'keys': 'Phím mũi tên để đi giữa các ô, Shift để chọn nhiều ô, Enter hoặc F2 để sửa, gõ chữ để ghi đè, Esc để thôi. Ctrl C, Ctrl V chép và dán với Excel; Ctrl D điền xuống; Ctrl Enter thêm dòng; Ctrl Delete xóa dòng; Alt mũi tên chuyển dòng; Ctrl Z hoàn tác. Tab để ra khỏi bảng.',
}, {
  'tools': 'Rows of {label}', 'insert': 'Add row', 'double': 'Duplicate', 'remove': 'Delete {n} [n:row|rows]', 'up': 'Up', 'down': 'Down', 'undo': 'Undo', 'redo': 'Redo', 'empty': 'empty', 'none': 'No rows yet.', 'n': 'Row', 'drag': 'Drag to move the row (Alt ↑, Alt ↓)', 'over': 'Pasted; {n} [n:row|rows] written over.', 'over.undo': 'Pasted; {n} [n:row|rows] written over. If that was not meant: Ctrl Z, or Undo above the table.', 'tick': 'Space to set or clear.', 'ticked': 'yes', 'unticked': 'no',
  'keys': 'Arrows move between cells, Shift selects several, Enter or F2 edits, typing writes over, Esc gives up. Ctrl C and Ctrl V copy and paste with Excel; Ctrl D fills down; Ctrl Enter adds a row; Ctrl Delete removes rows; Alt arrows move rows; Ctrl Z undoes. Tab leaves the table.',
})
