// One open line to `<prefix>/live`, whoever holds it: the SharedWorker for all tabs of a browser, or the page where there is none.

/** One thing of a topic changed. Without `id`: more than can be named; `patch` is there where its publisher adds one. */
export type Change = { topic: string; id?: string; version?: number; patch?: unknown }
export type LineState = { state: 'live' | 'connecting' | 'lost'; /** The server's clock when it was last heard, and ours: its age is counted on one clock. */ heard: number | null; ours: number }
export type LiveMessage = { kind: 'state'; line: LineState } | { kind: 'change'; change: Change } | { kind: 'resync' }

// The server says something every 15 seconds.
const SILENT_MS = 40_000
/** As many as the server follows for one line (kernel/live.ts). */
const MOST_TOPICS = 200
const PAUSES = [500, 1000, 2000, 4000, 8000, 15_000]

export class LiveLink {
  #source: EventSource | undefined
  #wanted = new Set<string>()
  /** What the server follows for us, once it said so. */
  #followed = new Set<string>()
  #connection = ''
  #last = ''
  #failures = 0
  #line: LineState = { state: 'connecting', heard: null, ours: 0 }
  #timer: ReturnType<typeof setTimeout> | undefined
  #watch: ReturnType<typeof setTimeout> | undefined
  #change: ReturnType<typeof setTimeout> | undefined
  readonly #base: string
  readonly #emit: (message: LiveMessage) => void

  constructor(base: string, emit: (message: LiveMessage) => void) {
    this.#base = base
    this.#emit = emit
  }

  get line(): LineState { return this.#line }

  /** Says which topics are wanted now. */
  want(topics: string[]): void {
    // What a screen rests on goes before the rows of lists, of which there may be more than a line follows.
    const row = (topic: string) => Number(topic.startsWith('task:'))
    this.#wanted = new Set([...new Set(topics)].toSorted((a, b) => row(a) - row(b)).slice(0, MOST_TOPICS))
    clearTimeout(this.#change)
    this.#change = setTimeout(() => (this.#source ? void this.#tell() : this.#open()), 40)
  }

  /** Tries at once: the network is said to be back, or somebody pressed the button. */
  retry(): void {
    if (this.#line.state === 'live') return
    this.#failures = 0
    this.#open()
  }

  close(): void {
    for (const timer of [this.#timer, this.#watch, this.#change]) clearTimeout(timer)
    this.#source?.close()
    this.#source = undefined
  }

  /** The line stays open while a reader goes from screen to screen; only its topics change. */
  async #tell(): Promise<void> {
    if (!this.#connection) return
    const [add, drop] = [[...this.#wanted].filter((one) => !this.#followed.has(one)), [...this.#followed].filter((one) => !this.#wanted.has(one))]
    if (add.length + drop.length === 0) return
    this.#followed = new Set(this.#wanted)
    const answer = await fetch(`${this.#base}/${this.#connection}`, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ add, drop }) }).catch(() => undefined)
    if (!answer?.ok) this.#open()
  }

  #open(): void {
    clearTimeout(this.#timer)
    this.#source?.close()
    this.#connection = ''
    const topics = [...this.#wanted].sort()
    const query = new URLSearchParams({ ...(topics.length > 0 ? { topics: topics.join(',') } : {}), ...(this.#last ? { last: this.#last } : {}) })
    const source = new EventSource(`${this.#base}?${query}`, { withCredentials: true })
    this.#source = source
    const on = (name: string, handle: (data: Record<string, unknown>) => void) =>
      source.addEventListener(name, (event) => {
        const { data: text, lastEventId } = event as MessageEvent<string>
        if (lastEventId) this.#last = lastEventId
        const data = JSON.parse(text || '{}') as Record<string, unknown>
        this.#heard(data['at'])
        handle(data)
      })
    on('ready', (data) => {
      this.#failures = 0
      this.#connection = String(data['connection'])
      this.#followed = new Set(topics)
      void this.#tell()
    })
    on('beat', () => {})
    on('resync', () => this.#emit({ kind: 'resync' }))
    on('change', (data) => {
      const { topic, items = [], more } = data as { topic: string; items?: Omit<Change, 'topic'>[]; more?: true }
      if (more) this.#emit({ kind: 'change', change: { topic } })
      for (const item of items) this.#emit({ kind: 'change', change: { topic, ...item } })
    })
    source.onerror = () => {
      if (this.#source !== source) return
      source.close()
      this.#lost()
    }
  }

  #heard(at: unknown): void {
    this.#set({ state: 'live', heard: typeof at === 'string' ? Date.parse(at) : Date.now(), ours: Date.now() })
    clearTimeout(this.#watch)
    this.#watch = setTimeout(() => { this.#source?.close(); this.#lost() }, SILENT_MS)
  }

  #lost(): void {
    clearTimeout(this.#watch)
    this.#connection = ''
    this.#set({ ...this.#line, state: 'lost' })
    const pause = PAUSES[Math.min(this.#failures++, PAUSES.length - 1)]!
    clearTimeout(this.#timer)
    // Spread out, so that three thousand screens do not come back in the same instant.
    this.#timer = setTimeout(() => this.#open(), pause * (0.75 + Math.random() / 2))
  }

  #set(line: LineState): void {
    this.#line = line
    this.#emit({ kind: 'state', line })
  }
}
