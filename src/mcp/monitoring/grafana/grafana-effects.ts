import {DriftError} from '../../../core/error.ts';
import {writtenAs} from '../http/read-as.ts';
import {refused, wordsOf, write} from '../http/refused.ts';
import type {Wire} from '../http/wire.ts';
import {ruleAnswer, savedAnswer, uidAnswer} from './answers.ts';
import {grafana, readDashboard, readRule, rulesPath} from './grafana.ts';
import type {GrafanaEffects, GrafanaRule} from './port.ts';

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
		return writtenAs(wire, reply, savedAnswer, 'a dashboard');
	},
	async createFolder({uid, title, parentUid}) {
		const body = {uid, title, ...(parentUid === '' ? {} : {parentUid})};
		const reply = await write(wire, {method: 'POST', path: '/api/folders', body});
		if (reply.status === 409 || reply.status === 412) throw new DriftError([`folder ${uid}: ${wordsOf(reply)}`]);
		return writtenAs(wire, reply, uidAnswer, 'a folder');
	},
	async saveRule(model, seen) {
		const path = rulesPath;
		if (seen === undefined) {
			const reply = await write(wire, {method: 'POST', path, body: model, headers: byPeople});
			if (reply.status === 409) throw new DriftError([`alert rule ${String(model.uid ?? model.title)}: ${wordsOf(reply)}`]);
			return writtenAs(wire, reply, ruleAnswer, 'an alert rule');
		}
		await demandSameRule(wire, seen);
		const reply = await write(wire, {method: 'PUT', path: `${path}/${encodeURIComponent(seen.uid)}`, body: model, headers: byPeople});
		return writtenAs(wire, reply, ruleAnswer, 'an alert rule');
	},
	async deleteDashboard({uid, version}) {
		const live = await readDashboard(wire, uid);
		if (live === undefined) throw new DriftError([`dashboard ${uid} is gone`]);
		if (live.version !== version) throw new DriftError([`dashboard ${uid} was saved again, as version ${live.version}`]);
		await remove(wire, `/api/dashboards/uid/${encodeURIComponent(uid)}`, 'the deletion of a dashboard');
	},
	async deleteFolder({uid}) {
		const reading = grafana(wire);
		const [{rows}, folders, rules] = await Promise.all([reading.search({folderUid: uid}), reading.folders(), reading.rules()]);
		const held =
			rows.length + folders.filter(({parentUid}) => parentUid === uid).length + rules.filter(rule => rule.folderUid === uid).length;
		if (held > 0) throw new DriftError([`folder ${uid} is not empty: ${held} dashboards, folders or rules are in it`]);
		await remove(wire, `/api/folders/${encodeURIComponent(uid)}`, 'the deletion of a folder');
	},
	async deleteRule(seen) {
		await demandSameRule(wire, seen);
		await remove(wire, `${rulesPath}/${encodeURIComponent(seen.uid)}`, 'the deletion of an alert rule', byPeople);
	},
});

async function demandSameRule(wire: Wire, seen: Pick<GrafanaRule, 'uid' | 'updated'>): Promise<void> {
	const live = await readRule(wire, seen.uid);
	if (live === undefined) throw new DriftError([`alert rule ${seen.uid} is gone`]);
	if (live.updated !== seen.updated) throw new DriftError([`alert rule ${seen.uid} was changed at ${live.updated}`]);
}

async function remove(wire: Wire, path: string, what: string, headers = {}): Promise<void> {
	const reply = await write(wire, {method: 'DELETE', path, headers});
	if (reply.status >= 300) throw refused(wire, what, reply);
}
