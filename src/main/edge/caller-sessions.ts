import type {Options} from '../../commands/options.ts';
import {MkcoaError} from '../../core/error.ts';
import {reachOf} from '../../core/roles/reach.ts';
import type {EdgeCaller} from '../../mcp/edge/edge-tool.ts';
import type {Needs} from '../../mcp/edge/scopes.ts';
import type {Impersonation} from '../../mcp/kubernetes/kubeconfig/kubeconfig.ts';
import type {Host} from '../host.ts';
import {sessionsBehind} from '../screens/sessions.ts';
import type {Session} from '../session.ts';

/**
 * The session in which a caller's calls are carried out: it reaches no further than his roles do for what he calls. It is of the context that he
 * names, or of that of the server.
 */
export type SessionOf = (caller: EdgeCaller, needs: Needs, context?: string) => Promise<Session>;

type Around = {
	readonly options: Options;
	readonly host: Host;
	/** What goes before names of callers when the cluster is called as them; undefined where it is called as the one who started mkcoa. */
	readonly impersonate: string | undefined;
	readonly signal: AbortSignal;
	/** See `openSession`. */
	readonly apart: boolean;
};

/** Callers who may have a session at a time. */
const mostCallers = 1000;

/**
 * One session for all, or one for each caller, in which the cluster is asked as him: what he may do there is for the cluster to say. His token goes
 * no further than the gate.
 */
export function callerSessions({options, host, impersonate, signal, apart}: Around) {
	const sessions = sessionsBehind(host, signal, {apart});
	const callers = new Set<string>();
	const of: SessionOf = async (caller, needs, context = options.context) => {
		const {rights} = caller;
		const session = await connected(caller, {...options, context});
		return rights === undefined ? session : session.within(reachOf(rights.roles, needs));
	};
	async function connected({principal, groups = []}: EdgeCaller, place: Options): Promise<Session> {
		if (impersonate === undefined) return sessions.of(place);
		const actAs = impersonation(impersonate, principal, groups);
		const who = JSON.stringify([actAs.user, actAs.groups]);
		if (callers.size >= mostCallers && !callers.has(who)) throw tooMany();
		callers.add(who);
		return sessions.of(place, actAs);
	}
	return {of, close: sessions.close};
}

/** Names of Kubernetes' own: whoever may choose a name must not become one of them. */
const reserved = /^system:/i;

function impersonation(prefix: string, principal: string, groups: readonly string[]): Impersonation {
	const user = `${prefix}${principal}`;
	if (reserved.test(user))
		throw new MkcoaError({
			kind: 'auth',
			code: 'not-allowed',
			what: `The cluster is not called as ${user.slice(0, 100)}`,
			why: 'that is a name of Kubernetes itself',
			next: 'Call under another name, or serve with --impersonate PREFIX',
		});
	return {user, groups: groups.map(group => `${prefix}${group}`).filter(group => !reserved.test(group)), extra: {}};
}

const tooMany = () =>
	new MkcoaError({
		kind: 'environment',
		code: 'too-busy',
		what: `More than ${mostCallers} callers were here already`,
		next: 'Start the server anew',
	});
