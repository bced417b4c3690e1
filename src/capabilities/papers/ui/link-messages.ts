import { catalogue } from '../../../web/i18n.tsx'

export const linking = catalogue({
  'links': 'Văn bản, nhiệm vụ liên quan', 'relation': 'Quan hệ', 'rel.basis': 'Căn cứ', 'rel.replaces': 'Thay thế', 'rel.with': 'Kèm theo', 'rel.carried_out': 'Được thực hiện bởi nhiệm vụ', 'rel.from': 'Soạn từ', 'find': 'Tìm văn bản trong sổ', 'find.hint': 'Số, trích yếu; không cần dấu. Văn bản không có trong sổ thì ghi bằng lời.', 'find.task': 'Tìm nhiệm vụ', 'find.task.hint': 'Vài chữ trong nội dung nhiệm vụ; không cần dấu.',
  'found': 'Tìm thấy', 'words': 'Ghi bằng lời: {text}', 'none': 'Không có nhiệm vụ nào khớp.', 'none.paper': 'Không có văn bản nào khớp.', 'drop': 'Bỏ {name}', 'directive': 'văn bản chỉ đạo và các nhiệm vụ',
}, {
  'links': 'Linked papers and tasks', 'relation': 'How', 'rel.basis': 'On the basis of', 'rel.replaces': 'Replaces', 'rel.with': 'With', 'rel.carried_out': 'Carried out by the task', 'rel.from': 'Made from', 'find': 'Find a paper in the register', 'find.hint': 'Number, subject; accents not needed. What is not in the register is put in words.', 'find.task': 'Find a task', 'find.task.hint': 'Some words of the task; accents not needed.',
  'found': 'Found', 'words': 'In words: {text}', 'none': 'No task matches.', 'none.paper': 'No paper matches.', 'drop': 'Drop {name}', 'directive': 'the directive and its tasks',
})
