// A reporter for `node --test`: which tests were skipped, and how many ran, as JSON for bin/test.mjs.
export default async function* skipped(events) {
  const names = []
  let ran = 0
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue
    if (data.skip !== undefined || data.todo !== undefined) names.push(`  ${data.name} (${data.file ?? '?'}:${data.line ?? 0})${data.skip ? `: ${data.skip}` : ''}`)
    else if (data.details?.type !== 'suite') ran++
  }
  yield JSON.stringify({ skipped: names, ran })
}
