import {DriftError} from '../../../core/error.ts';
import {writtenAs} from '../http/read-as.ts';
import {refused, write} from '../http/refused.ts';
import type {Wire} from '../http/wire.ts';
import {readSilence} from './alertmanager.ts';
import {createdAnswer} from './answers.ts';
import type {SilenceEffects} from './port.ts';

/**
 * Makes and ends silences. The API takes no precondition, so one is read right before: between that read and the write a silence may still move,
 * and what is ended then is ended all the same.
 */
export const silenceEffects = (wire: Wire): SilenceEffects => ({
	async create({matchers, startsAtMs, endsAtMs, createdBy, comment}) {
		const [startsAt, endsAt] = [startsAtMs, endsAtMs].map(ms => new Date(ms).toISOString());
		const body = {matchers: matchers.map(matcher => ({...matcher})), startsAt, endsAt, createdBy, comment};
		const reply = await write(wire, {method: 'POST', path: '/api/v2/silences', body});
		return {id: writtenAs(wire, reply, createdAnswer, 'a silence').silenceID};
	},
	async expire({id, updatedAt}) {
		const live = await readSilence(wire, id);
		if (live === undefined) throw new DriftError([`silence ${id} is gone`]);
		if (live.updatedAt !== updatedAt) throw new DriftError([`silence ${id} was changed at ${live.updatedAt}`]);
		if (live.state === 'expired') throw new DriftError([`silence ${id} is over already`]);
		const reply = await write(wire, {method: 'DELETE', path: `/api/v2/silence/${encodeURIComponent(id)}`});
		if (reply.status >= 300) throw refused(wire, 'the end of a silence', reply);
	},
});
