// Counters for Prometheus, in its text form 0.0.4. Own, not prom-client: counters, gauges and one kind of histogram are all that is measured here,
// and its default collectors (event loop, GC) are one `monitorEventLoopDelay` and one `process.memoryUsage`.
import { monitorEventLoopDelay } from 'node:perf_hooks'

type Labels = Record<string, string>
type Read = () => number | [Labels, number][]

/** `at` binds the labels once, so that counting on the way of a request writes no text. */
export type Counter = { at: (labels: Labels) => { add: (by?: number) => void } }
export type Histogram = { at: (labels: Labels) => { observe: (value: number) => void } }
export type Metrics = {
  counter: (name: string, help: string) => Counter
  histogram: (name: string, help: string, bounds: number[]) => Histogram
  /** Read when asked for. `total`: a counter that someone else keeps. */
  gauge: (name: string, help: string, read: Read, type?: 'gauge' | 'counter') => void
  render: () => string
}

const labelText = (labels: Labels): string => {
  const all = Object.entries(labels).map(([k, v]) => `${k}="${v.replace(/[\\"\n]/g, (c) => (c === '\n' ? '\\n' : `\\${c}`))}"`)
  return all.length === 0 ? '' : `{${all.join(',')}}`
}

export function openMetrics(): Metrics {
  const parts: (() => string)[] = []
  const head = (name: string, help: string, type: string) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`

  const metrics: Metrics = {
    counter: (name, help) => {
      const cells = new Map<string, { value: number; add: (by?: number) => void }>()
      parts.push(() => head(name, help, 'counter') + [...cells].map(([labels, { value }]) => `${name}${labels} ${value}\n`).join(''))
      return {
        at: (labels) => {
          const key = labelText(labels)
          let cell = cells.get(key)
          if (!cell) cells.set(key, cell = { value: 0, add(by = 1) { this.value += by } })
          return cell
        },
      }
    },
    histogram: (name, help, bounds) => {
      const values = new Map<string, { labels: Labels; counts: number[]; sum: number; count: number }>()
      parts.push(() => head(name, help, 'histogram') + [...values.values()].filter(({ count }) => count > 0).map(({ labels, counts, sum, count }) => {
        let below = 0
        const buckets = bounds.map((le, i) => `${name}_bucket${labelText({ ...labels, le: String(le) })} ${below += counts[i]!}\n`).join('')
        return `${buckets}${name}_bucket${labelText({ ...labels, le: '+Inf' })} ${count}\n${name}_sum${labelText(labels)} ${sum}\n${name}_count${labelText(labels)} ${count}\n`
      }).join(''))
      return {
        at: (labels) => {
          const one = values.get(labelText(labels)) ?? { labels, counts: bounds.map(() => 0), sum: 0, count: 0 }
          values.set(labelText(labels), one)
          return {
            observe: (value) => {
              const at = bounds.findIndex((le) => value <= le)
              if (at >= 0) one.counts[at]!++
              one.sum += value
              one.count++
            },
          }
        },
      }
    },
    gauge: (name, help, read, type = 'gauge') => {
      parts.push(() => {
        const got = read()
        const rows: [Labels, number][] = typeof got === 'number' ? [[{}, got]] : got
        return head(name, help, type) + rows.map(([labels, value]) => `${name}${labelText(labels)} ${value}\n`).join('')
      })
    },
    render: () => parts.map((part) => part()).join(''),
  }
  return metrics
}

/** Memory, CPU and the delay of the event loop. Answers how to stop measuring. */
export function measureProcess(metrics: Metrics): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  metrics.gauge('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss())
  metrics.gauge('process_cpu_seconds_total', 'CPU time of the process.', () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6 }, 'counter')
  metrics.gauge('process_uptime_seconds', 'Seconds since the process started.', () => Math.round(process.uptime()))
  metrics.gauge('nodejs_eventloop_delay_p99_seconds', 'Delay of the event loop since the last reading, 99th percentile.', () => { const p99 = delay.percentile(99) / 1e9; delay.reset(); return p99 })
  return () => delay.disable()
}
