import {namedByPerson} from '../../agents/loop/named-by-person.ts';
import type {Confirm} from '../../core/decision.ts';
import {MkcoaError} from '../../core/error.ts';
import {reachOf} from '../../core/roles/reach.ts';
import type {OutsideRoad} from '../../mcp/edge/served-tools.ts';
import {applyWaiting} from '../apply-waiting.ts';
import type {Ports} from '../ports.ts';
import type {SessionOf} from './caller-sessions.ts';

/**
 * The one road, for those who call from outside: whatever a client's model has read, nobody here knows, so a person is asked about every
 * change. Here the plan waits; values come from nowhere, since nobody named any.
 * @param repository the one that the person named who started mkcoa; no other is opened
 */
export const outsideRoad = (sessionOf: SessionOf, repository: string | undefined): OutsideRoad<Ports> => ({
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
			values: own => namedByPerson(own, ''),
			repository: own => async place => {
				if (place !== repository) throw notNamed(repository);
				return own(place);
			},
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
