// Imported first by every entry: another Node would fail later and less clearly.
const [major] = process.versions.node.split('.')
if (major !== '24') {
  process.stderr.write(`Sẵn Sàng chạy trên Node 24, đây là ${process.version}. · Sẵn Sàng runs on Node 24, this is ${process.version}. Start it with "npm start" or "npx sansang", which bring their own.\n`)
  process.exit(1)
}

export {}
