// The API as one OpenAPI 3.1 document, generated from the contracts.
import type { AnyRouter } from '@orpc/server'
import type { Meta } from '../kernel/contract.ts'
import type { Endpoint } from '../kernel/http/endpoints.ts'
import { serverRefusals } from '../kernel/problem.ts'
import { filePaths } from '../kernel/blobs/openapi.ts'

export type OpenApi = {
  openapi: string
  info: { title: string; version: string; description?: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, object>; responses: Record<string, object> }
  [more: string]: unknown
}
export type Schema = { [key: string]: unknown }
export type Operation = {
  operationId?: string; summary?: string; description?: string; tags?: string[]; security?: object[]
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> }
  responses?: Record<string, { description?: string; $ref?: string; content?: Record<string, { schema?: Schema }> }>
  [more: string]: unknown
}

const PROBLEM = {
  type: 'object', description: 'RFC 9457. `code` is stable; `detail` is a sentence in the language of Accept-Language (vi or en).',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', format: 'uri-reference', examples: ['/problems/NOT_FOUND'] }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' },
    code: { type: 'string' }, data: { type: 'object', additionalProperties: true },
    issues: { type: 'array', items: { type: 'object', required: ['pointer', 'code', 'message'], properties: { pointer: { type: 'string', description: 'JSON pointer into the input' }, code: { type: 'string' }, message: { type: 'string' } } } },
    trace: { type: 'string', description: 'Names this answer in the log of the server.' },
  },
}

/** `prefix`: the path prefix of the public address. */
export async function openApiDocument(router: AnyRouter, endpoints: Endpoint[], info: { version: string; prefix: string }): Promise<OpenApi> {
  // Loaded when first asked for: a start needs neither.
  const [{ OpenAPIGenerator }, { ZodToJsonSchemaConverter }] = await Promise.all([import('@orpc/openapi'), import('@orpc/zod/zod4')])
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const raw = await generator.generate(router as never, {
    info: { title: 'Sẵn Sàng', version: info.version, description: 'Every order has an `orderId` made by its sender (UUIDv7): sent twice, it happens once and gives the same answer. Lists answer `{items, next, asOf}`.' },
    servers: [{ url: `${info.prefix}/api/v1` }],
    customErrorResponseBodySchema: (definitions: [string, unknown, boolean, unknown][]) => ({ allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: definitions.map(([code]) => code) } } }] }),
  } as never)
  const document = raw as unknown as OpenApi
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM },
    responses: {
      Unsaid: { description: 'Any other refusal', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
      Invalid: { description: serverRefusals.INVALID.message.en, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer', description: 'A personal access token: `sansang token create`.' },
      session: { type: 'apiKey', in: 'cookie', name: 'sansang', description: 'The cookie of a signed-in browser.' },
    },
  }
  document.paths = { ...document.paths, ...filePaths }
  const metas = new Map(endpoints.map((endpoint) => [endpoint.name, endpoint.meta]))
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) finish(operation, metas.get(operation.operationId ?? ''))
  return document
}

function finish(operation: Operation, meta: Meta | undefined): void {
  operation.security = meta?.right === 'public' ? [] : [{ token: [] }, { session: [] }]
  if (meta && meta.right !== 'public' && meta.right !== 'self') operation['x-right'] = meta.right
  operation.responses ??= {}
  for (const [status, response] of Object.entries(operation.responses)) {
    const problem = Number(status) >= 400 ? response.content?.['application/json'] : undefined
    if (problem) response.content = { 'application/problem+json': problem }
  }
  operation.responses['422'] ??= { $ref: '#/components/responses/Invalid' }
  operation.responses['default'] ??= { $ref: '#/components/responses/Unsaid' }
}
