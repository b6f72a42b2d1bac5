import type {McpRequestContext, McpServer} from '@modelcontextprotocol/server';

/** Makes the server of one connection, or of one request, in the era that it opened with. */
export type MakeServer = (context: Pick<McpRequestContext, 'era'>) => McpServer;
