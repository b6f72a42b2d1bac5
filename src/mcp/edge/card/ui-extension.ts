import {CLIENT_CAPABILITIES_META_KEY, type McpServer, type ServerContext} from '@modelcontextprotocol/server';
import * as z from 'zod';

/** Name of the extension by which clients show pages of servers. @see https://modelcontextprotocol.io/seps/1865 */
const uiExtension = 'io.modelcontextprotocol/ui';

/** What such a page is. */
export const pageType = 'text/html;profile=mcp-app';

const declaring = z.object({extensions: z.object({[uiExtension]: z.object({mimeTypes: z.array(z.string())})})});

/** Whether a client says that it shows pages. One that says so falsely shows nothing, and nothing is approved by what it does not show. */
export function canShowPages({mcpReq}: ServerContext, {server}: McpServer): boolean {
	const said = declaring.safeParse(Object(mcpReq.envelope)[CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities());
	return said.success && said.data.extensions[uiExtension].mimeTypes.includes(pageType);
}
