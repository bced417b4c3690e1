// The office app: relative addresses everywhere, so that one build works under any path prefix.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { minifyContractRouter } from '@orpc/contract'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

/** `virtual:contract`: methods and addresses of the procedures, without zod and the schemas (they would be 60 KB of script on the first page). */
const bareContract = (): Plugin => ({
  name: 'bare-contract',
  resolveId: (id) => (id === 'virtual:contract' ? '\0virtual:contract' : undefined),
  load: async (id) => {
    if (id !== '\0virtual:contract') return undefined
    const { contract } = (await import(pathToFileURL(join(import.meta.dirname, 'src/web/contract.ts')).href)) as typeof import('./src/web/contract.ts')
    return `export const contract = ${JSON.stringify(minifyContractRouter(contract))}`
  },
})

export default defineConfig({
  root: join(import.meta.dirname, 'src/web'),
  base: './',
  publicDir: 'public',
  plugins: [react(), bareContract()],
  define: { 'import.meta.env.VERSION': JSON.stringify((JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8')) as { version: string }).version) },
  build: { outDir: join(import.meta.dirname, 'dist/web'), emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false, manifest: true, chunkSizeWarningLimit: 700 },
  worker: { format: 'es' },
})
