/** Longest name of a tool that every model takes. */
const longest = 64;

/**
 * A third party's tool under a name of its own, `SERVER_TOOL`: letters, digits, underscores and hyphens. A server's name has no underscore, so
 * no tool of one server can be taken for that of another.
 * @returns undefined where that is no name for a model
 */
export function toolName(server: string, tool: string): string | undefined {
	const name = `${server}_${tool.replace(/[./]/g, '_')}`;
	return /^[a-z][a-z0-9-]*_[A-Za-z0-9_-]+$/.test(name) && name.length <= longest ? name : undefined;
}

/** The server that a name begins with. */
export const serverOf = (name: string): string => name.split('_', 1)[0] ?? '';
