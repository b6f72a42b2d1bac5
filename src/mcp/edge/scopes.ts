import type {Effect} from '../../core/tool.ts';

/** What a caller may do, in words of OAuth scopes. */
export const effectScopes: {readonly [effect in Effect]: string} = {
	read: 'mkcoa:read',
	change: 'mkcoa:change',
	destructive: 'mkcoa:destructive',
};

const toolsetPrefix = 'mkcoa:toolset:';

/** Lets a caller use one toolset; a caller without any such scope may use all. */
const toolsetScope = (toolset: string) => `${toolsetPrefix}${toolset}`;

/** Whether a scope is one of mkcoa's. */
export const isScope = (scope: string, toolsets: readonly string[]): boolean =>
	Object.values(effectScopes).includes(scope) || toolsets.some(toolset => toolsetScope(toolset) === scope);

/** What a tool needs of its caller. */
export type Needs = {readonly effect: Effect; readonly toolset?: string | undefined};

/** The scopes that a caller would have to bring and does not; empty where he may use the tool. */
export function missingScopes({effect, toolset}: Needs, scopes: readonly string[] | undefined): readonly string[] {
	if (scopes === undefined) return [];
	const needed = [effectScopes[effect]];
	if (toolset !== undefined && scopes.some(scope => scope.startsWith(toolsetPrefix))) needed.push(toolsetScope(toolset));
	return needed.filter(scope => !scopes.includes(scope));
}
