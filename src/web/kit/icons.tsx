// Our own lines on a 20 grid, in the colour of the text around them. Always beside a word, or named by their button.
const paths = {
  home: 'M3.5 9.5L10 4l6.5 5.5M5 8.5v8h10v-8M8.5 16.5V12h3v4.5',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13 13l4 4',
  board: 'M3.5 4.5h13v11h-13zM3.5 8.5h13M8.5 8.5v7',
  tasks: 'M3.5 5.5l1.5 1.5L7.5 4M3.5 11l1.5 1.5L7.5 9.5M10.5 5.5h6M10.5 11h6M10.5 15.5h6',
  units: 'M8 3.5h4v4H8zM3 12.5h4v4H3zM13 12.5h4v4h-4zM10 7.5V10M5 12.5V10h10v2.5',
  journal: 'M5 3.5h9.5a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H5zM5 3.5v13M8 7.5h5M8 10.5h5',
  inbox: 'M3.5 11.5l2-7h9l2 7v4h-13zM3.5 11.5h4l1 2h3l1-2h4',
  event: 'M4 5h12v11.5H4zM4 8.5h12M7 3v3.5M13 3v3.5',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01', check: 'M4 10.5l4 4 8-9', close: 'M5 5l10 10M15 5L5 15',
  right: 'M7.5 4.5l5.5 5.5-5.5 5.5', down: 'M4.5 7.5l5.5 5.5 5.5-5.5', up: 'M4.5 12.5L10 7l5.5 5.5', left: 'M12.5 4.5L7 10l5.5 5.5',
  sun: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.4 4.4l1 1M14.6 14.6l1 1M4.4 15.6l1-1M14.6 5.4l1-1',
  moon: 'M15.5 12A6.5 6.5 0 0 1 8 4.5a6.5 6.5 0 1 0 7.5 7.5z', screen: 'M3 4.5h14v9H3zM7.5 16.5h5M10 13.5v3',
  globe: 'M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4zM2.8 10h14.4M10 2.8c2 2 3 4.5 3 7.2s-1 5.2-3 7.2c-2-2-3-4.5-3-7.2s1-5.2 3-7.2z',
  person: 'M10 3.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM4 16.5c.5-3.5 2.8-5 6-5s5.5 1.5 6 5', key: 'M7 8.5a3.5 3.5 0 1 0 3.3 4.6h1.7l1 1 1.5-1.5 1 1 1.5-1.8H10.3A3.5 3.5 0 0 0 7 8.5z',
  out: 'M8.5 4H4v12h4.5M12.5 6.5L16 10l-3.5 3.5M16 10H8', download: 'M10 3.5v9M6 9l4 4 4-4M4 16.5h12', print: 'M6 7V3.5h8V7M6 13.5H3.5V7h13v6.5H14M6 11.5h8v5H6z',
  filter: 'M3.5 4.5h13L11.5 11v4.5l-3 1.5V11z', file: 'M5 3h6.5L15.5 7v10H5zM11.5 3v4h4', upload: 'M10 13V4M6 8l4-4 4 4M4 16.5h12',
  alert: 'M10 3.5l7.5 13h-15zM10 8.5v3.5M10 14.3v.01', info: 'M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4zM10 9v5M10 6.3v.01', clock: 'M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4zM10 6v4.2l2.8 1.6',
  shield: 'M10 2.8l6 2v5c0 3.6-2.4 6.2-6 7.4-3.6-1.2-6-3.8-6-7.4v-5zM7.2 10l2 2 3.6-4', refresh: 'M15.5 7A6.2 6.2 0 1 0 16.2 11M16 3.5V7h-3.5', link: 'M8.5 11.5l3-3M7 9.5l-2 2a2.5 2.5 0 0 0 3.5 3.5l2-2M13 10.5l2-2A2.5 2.5 0 0 0 11.5 5l-2 2',
  bell: 'M5 13.5V9a5 5 0 0 1 10 0v4.5l1.5 1.5h-13zM8.5 17h3', phone: 'M6 2.8h8v14.4H6zM9 14.8h2', plus: 'M10 4v12M4 10h12', minus: 'M4 10h12', edit: 'M4 16l.8-3.5L13 4.3l2.7 2.7-8.2 8.2z', back: 'M16 10H4M9 5l-5 5 5 5', keyboard: 'M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.5h7',
  help: 'M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4zM7.8 7.8a2.2 2.2 0 1 1 3.3 1.9c-.8.5-1.1.9-1.1 1.8M10 14.2v.01',
  undo: 'M4 8h8a4 4 0 0 1 0 8H8M7 4.5L3.5 8 7 11.5', split: 'M10 3.5v4M10 7.5C10 11 5 10 5 16.5M10 7.5c0 3.5 5 2.5 5 9', swap: 'M6.5 3.5v13M3.5 13.5l3 3 3-3M13.5 16.5v-13M10.5 6.5l3-3 3 3',
} as const
export type IconName = keyof typeof paths

export const Icon = ({ name, size = 18 }: { name: IconName; size?: number }) => (
  <svg className="icon" width={size} height={size} viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth={name === 'more' ? 2.6 : 1.5} strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
)
