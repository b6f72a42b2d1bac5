import {namedByPerson} from '../../agents/loop/named-by-person.ts';
import type {Confirm} from '../../core/decision.ts';
import {MkcoaError} from '../../core/error.ts';
import {reachOf} from '../../core/roles/reach.ts';
import {shortLine} from '../../core/text/short-line.ts';
import type {EdgeCaller} from '../../mcp/edge/edge-tool.ts';
import {mayUse} from '../../mcp/edge/may-use.ts';
import type {OfferedTool, OutsideRoad} from '../../mcp/edge/served-tools.ts';
import {applyWaiting} from '../apply-waiting.ts';
import type {Ports} from '../ports.ts';
import type {SessionOf} from './caller-sessions.ts';

type Around = {
	readonly sessionOf: SessionOf;
	/** The one that the person named who started mkcoa: no other is opened. It says what runs in the server's own context. */
	readonly repository: string | undefined;
	/** The server's own context, where there are others. */
	readonly own: string | undefined;
	readonly offered: readonly OfferedTool<Ports>[];
};

/**
 * The one road, for those who call from outside: whatever a client's model has read, nobody here knows, so a person is asked about every
 * change. Here the plan waits; values come from nowhere, since nobody named any.
 */
export const outsideRoad = ({sessionOf, repository, own, offered}: Around): OutsideRoad<Ports> => {
	const needsOf = new Map(offered.map(({tool, toolset}) => [tool.name, {effect: tool.effect, toolset}]));
	/** A tool that makes the plan of another one is no way to it. */
	const mayPlan = (name: string, caller: EdgeCaller) => {
		const needs = needsOf.get(name);
		return needs !== undefined && mayUse(needs, caller);
	};
	return {
		async run(tool, input, {caller, needs, emit, signal, trace, context, answerCharacters}) {
			const {principal, agent, rights} = caller;
			let client = false;
			const defer: Confirm = async question => {
				client = question.client === true;
				return {kind: 'defer'};
			};
			let isCut = false;
			const outcome = await (await sessionOf(caller, needs, context)).run(tool, input, {
				narrowed: () => {
					isCut = true;
				},
				emit,
				signal,
				trace,
				answerCharacters,
				toldCompactly: true,
				maker: {principal, agent},
				chosen: {agent, tainted: true},
				confirm: defer,
				ports: ports => ({
					values: namedByPerson(ports.values, ''),
					changeTool: async inner => {
						if (!mayPlan(inner, caller)) throw notOffered(inner);
						return ports.changeTool(inner);
					},
					repository: async place => {
						if (place !== repository) throw notNamed(repository);
						if (context !== undefined && context !== own) throw elsewhere(context);
						return ports.repository(place);
					},
				}),
			});
			// A plan tells all that it touches; what was looked at on the way is no list that somebody could take for whole.
			const only = isCut && tool.effect === 'read' && rights !== undefined ? reachOf(rights.roles, needs).read.namespaces : undefined;
			return {outcome, client, only};
		},
		async answer({id, digest, decision}, {caller, needs, emit, signal, trace, context, answerCharacters}) {
			// The plan that waits may be a newer one under the same id only if its digest is the same.
			const confirm: Confirm = async question => (question.digest === digest ? decision : {kind: 'defer'});
			const by = `${caller.principal} in ${caller.agent}`;
			return applyWaiting(id, await sessionOf(caller, needs, context), {confirm, by, emit, signal, trace, answerCharacters});
		},
	};
};

const notOffered = (tool: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'not-offered',
		what: `There is no tool ${JSON.stringify(shortLine(tool, 100))} here that you may use`,
		next: 'Name one that tools/list tells you of',
	});

const elsewhere = (context: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'not-named',
		what: `The repository says nothing of ${context}`,
		why: "it is that of the server's own context",
		next: 'Leave context out, or give the change without gitops_deliver',
	});

/** A plan is made before anybody says yes: a client could have folders of this machine read for it, and addresses called that only this machine reaches. */
const notNamed = (repository: string | undefined) =>
	new MkcoaError({
		kind: 'usage',
		code: 'not-named',
		what: 'Clients do not choose the repository',
		why: 'it is read with the rights of whoever started mkcoa',
		next:
			repository === undefined
				? 'Ask the person to start it with --gitops REPOSITORY, or give the change without gitops_deliver'
				: `Give repository as ${repository}`,
	});
