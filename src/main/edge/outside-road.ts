import {namedByPerson} from '../../agents/loop/named-by-person.ts';
import type {Confirm} from '../../core/decision.ts';
import type {OutsideRoad} from '../../mcp/edge/served-tools.ts';
import {applyWaiting} from '../apply-waiting.ts';
import type {Ports} from '../ports.ts';
import type {SessionOf} from './caller-sessions.ts';

/**
 * The one road, for those who call from outside: whatever a client's model has read, nobody here knows, so a person is asked about every
 * change. Here the plan waits; values come from nowhere, since nobody named any.
 */
export const outsideRoad = (sessionOf: SessionOf): OutsideRoad<Ports> => ({
	async run(tool, input, {caller, emit, signal, trace, answerCharacters}) {
		const {principal, agent} = caller;
		let client = false;
		const defer: Confirm = async question => {
			client = question.client === true;
			return {kind: 'defer'};
		};
		const outcome = await (await sessionOf(caller)).run(tool, input, {
			emit,
			signal,
			trace,
			answerCharacters,
			maker: {principal, agent},
			chosen: {agent, tainted: true},
			confirm: defer,
			values: own => namedByPerson(own, ''),
		});
		return {outcome, client};
	},
	async answer({id, digest, decision}, {caller, emit, signal, trace, answerCharacters}) {
		// The plan that waits may be a newer one under the same id only if its digest is the same.
		const confirm: Confirm = async question => (question.digest === digest ? decision : {kind: 'defer'});
		const by = `${caller.principal} in ${caller.agent}`;
		return applyWaiting(id, await sessionOf(caller), {confirm, by, emit, signal, trace, answerCharacters});
	},
});
