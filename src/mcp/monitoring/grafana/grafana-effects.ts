import {DriftError} from '../../../core/error.ts';
import {parsed} from '../http/read-as.ts';
import {wordsOf, write} from '../http/refused.ts';
import type {Wire} from '../http/wire.ts';
import {ruleAnswer, savedAnswer, uidAnswer} from './answers.ts';
import {readRule} from './grafana.ts';
import type {GrafanaEffects} from './port.ts';

/** Rules that are written over the API may be changed by people in Grafana afterwards. */
const byPeople = {'x-disable-provenance': 'true'};

/**
 * Writes dashboards, folders and rules. A dashboard is saved over none but the version that was read: Grafana compares. Of a rule it does not,
 * so it is read right before; between that read and the write it may still move.
 */
export const grafanaEffects = (wire: Wire): GrafanaEffects => ({
	async saveDashboard({model, folderUid, version, message}) {
		// The number of a dashboard in one database means another one elsewhere; its uid is the same everywhere.
		const dashboard = {...model, id: null, version};
		const reply = await write(wire, {
			method: 'POST',
			path: '/api/dashboards/db',
			body: {dashboard, folderUid, message, overwrite: false},
		});
		if (reply.status === 412) throw new DriftError([`dashboard ${String(model.uid ?? model.title)}: ${wordsOf(reply)}`]);
		return parsed(wire, reply, savedAnswer, 'a dashboard');
	},
	async createFolder({uid, title, parentUid}) {
		const body = {uid, title, ...(parentUid === '' ? {} : {parentUid})};
		const reply = await write(wire, {method: 'POST', path: '/api/folders', body});
		if (reply.status === 409 || reply.status === 412) throw new DriftError([`folder ${uid}: ${wordsOf(reply)}`]);
		return parsed(wire, reply, uidAnswer, 'a folder');
	},
	async saveRule(model, seen) {
		const path = '/api/v1/provisioning/alert-rules';
		if (seen === undefined) {
			const reply = await write(wire, {method: 'POST', path, body: model, headers: byPeople});
			if (reply.status === 409) throw new DriftError([`alert rule ${String(model.uid ?? model.title)}: ${wordsOf(reply)}`]);
			return parsed(wire, reply, ruleAnswer, 'an alert rule');
		}
		const live = await readRule(wire, seen.uid);
		if (live === undefined) throw new DriftError([`alert rule ${seen.uid} is gone`]);
		if (live.updated !== seen.updated) throw new DriftError([`alert rule ${seen.uid} was changed at ${live.updated}`]);
		const reply = await write(wire, {method: 'PUT', path: `${path}/${encodeURIComponent(seen.uid)}`, body: model, headers: byPeople});
		return parsed(wire, reply, ruleAnswer, 'an alert rule');
	},
});
