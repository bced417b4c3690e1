import { catalogue } from '../../../../web/i18n.tsx'

export const map = catalogue({
  'map': 'Bản đồ', 'map.of': 'Bản đồ {unit}', 'map.tiles': 'Ô theo đơn vị: {unit}', 'map.hint': 'Phím mũi tên đi giữa các đơn vị cạnh nhau, Enter mở, Esc bỏ chọn.', 'map.draw': 'Kiểu vẽ', 'map.draw.areas': 'Bản đồ', 'map.draw.tiles': 'Ô theo tỷ lệ', 'map.each': 'Vẽ từng', 'map.each.below': 'Đơn vị trực thuộc',
  'map.by': 'Độ lớn của ô', 'map.by.events': 'Số sự kiện', 'map.by.tasks': 'Số nhiệm vụ', 'map.in': 'Phóng to', 'map.out': 'Thu nhỏ', 'map.whole': 'Xem toàn bộ', 'map.zoom.ctrl': 'Giữ Ctrl và cuộn để phóng to, thu nhỏ', 'map.zoom.fingers': 'Dùng hai ngón tay để di chuyển bản đồ',
  'map.legend': 'Chú giải', 'map.legend.state': 'Mỗi đơn vị mang tình trạng nặng nhất của các sự kiện; càng đậm, tỷ lệ sự kiện ở tình trạng đó càng lớn.', 'map.legend.none': 'Không có sự kiện', 'map.open': 'Mở', 'map.figures': '{unmet} chưa đạt / {total} sự kiện', 'map.overdue': '{count} nhiệm vụ quá hạn', 'map.noEvents': 'không có sự kiện',
  'map.without': '{count} đơn vị chưa có ranh giới: {names}', 'map.without.more': '… và {n} đơn vị khác', 'map.noFile': 'Chưa có tệp ranh giới nên mỗi đơn vị là một ô. Người quản trị tải tệp lên ở Quản trị → Ranh giới.', 'map.noWebgl': 'Máy này không vẽ được bản đồ (thiếu WebGL), nên mỗi đơn vị là một ô.',
  'map.table': 'Các đơn vị trên bản đồ, chưa đạt trước', 'map.loading': 'Đang vẽ bản đồ…', 'map.nothing': 'Không có đơn vị nào để vẽ',
}, {
  'map': 'Map', 'map.of': 'Map of {unit}', 'map.tiles': 'Units as tiles: {unit}', 'map.hint': 'Arrow keys go from a unit to its neighbour, Enter opens, Esc lets go.', 'map.draw': 'Drawn as', 'map.draw.areas': 'Map', 'map.draw.tiles': 'Tiles by share', 'map.each': 'Draw each', 'map.each.below': 'Unit directly below',
  'map.by': 'Size of a tile', 'map.by.events': 'Events', 'map.by.tasks': 'Tasks', 'map.in': 'Zoom in', 'map.out': 'Zoom out', 'map.whole': 'Show all', 'map.zoom.ctrl': 'Hold Ctrl and scroll to zoom', 'map.zoom.fingers': 'Use two fingers to move the map',
  'map.legend': 'Legend', 'map.legend.state': 'Each unit shows the worst state of its events; the stronger, the larger the share of events in it.', 'map.legend.none': 'No event', 'map.open': 'Open', 'map.figures': '{unmet} unmet of {total} [total:event|events]', 'map.overdue': '{count} [count:task|tasks] overdue', 'map.noEvents': 'no event',
  'map.without': '{count} [count:unit has|units have] no boundary: {names}', 'map.without.more': '… and {n} more', 'map.noFile': 'There is no boundary file, so each unit is a tile. The administrator uploads one under Administration → Boundaries.', 'map.noWebgl': 'This machine cannot draw the map (no WebGL), so each unit is a tile.',
  'map.table': 'Units on the map, unmet first', 'map.loading': 'Drawing the map…', 'map.nothing': 'No unit to draw',
})
