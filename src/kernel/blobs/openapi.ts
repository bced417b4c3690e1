// The two addresses that are no procedures, since their bodies are bytes.
const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } })

export const filePaths = {
  '/files': {
    post: {
      operationId: 'files.upload', tags: ['files'], summary: 'Upload a file; an order then names it by its id',
      description: 'The body is the file. Its type is found by its content; without an order that names it, it is deleted after a day.',
      parameters: [{ name: 'Content-Disposition', in: 'header', required: true, description: "attachment; filename*=UTF-8''…", schema: { type: 'string' } }, { name: 'as', in: 'query', required: false, schema: { type: 'string', enum: ['basemap'] }, description: 'A basemap (PMTiles, MBTiles), which has a limit of its own; needs map.edit' }],
      requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
      responses: {
        201: { description: 'Kept', content: { 'application/json': { schema: { type: 'object', required: ['id', 'name', 'type', 'size'], properties: { id: { type: 'string', format: 'uuid' }, name: { type: 'string' }, type: { type: 'string' }, size: { type: 'integer' } } } } } },
        413: problem('FILE_LARGE, FILE_QUOTA'), 415: problem('FILE_TYPE, FILE_MAP, FILE_ENDING, FILE_MACRO, FILE_BOMB'),
      },
    },
  },
  '/files/{id}': {
    get: {
      operationId: 'files.download', tags: ['files'], summary: 'Download a file that a record you may see holds',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }, { name: 'view', in: 'query', required: false, schema: { type: 'string', enum: ['inline'] }, description: 'A PDF, PNG, JPEG or WebP is then shown in place; any other kind stays an attachment' }],
      responses: { 200: { description: 'The file, as an attachment unless asked otherwise', content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } }, 404: problem('NOT_FOUND') },
    },
  },
}
