import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll} from 'vitest';
import {alertmanagerScript, firing, silenceId} from './alertmanager-script.ts';
import {scriptedServer} from './scripted-server.ts';
import type {Shop} from './shop.ts';

type Kept = ReturnType<typeof alertmanagerScript>;
const all = new Map<string, Kept>();

const dayMs = 86_400_000;
const matcher = {name: 'alertname', value: 'Slow', isRegex: false, isEqual: true};

/** An Alertmanager that the monitoring.yaml of a shop's user names, one for each shop. */
export async function keptAlertmanager({folder}: Pick<Shop, 'folder'>): Promise<void> {
	if (all.has(folder)) return;
	// Before anything that is asked of it now.
	const kept = alertmanagerScript({nowMs: Date.now() - dayMs, alerts: [firing({alertname: 'Slow', severity: 'warning'})]});
	all.set(folder, kept);
	const {url} = await scriptedServer(kept.script, undefined, afterAll);
	await mkdir(join(folder, 'config', 'mkcoa'), {recursive: true});
	await writeFile(join(folder, 'config', 'mkcoa', 'monitoring.yaml'), `backends:\n  alerts: {type: alertmanager, url: "${url}"}\n`);
}

export function alertmanagerOf({folder}: Pick<Shop, 'folder'>) {
	const kept = all.get(folder);
	if (kept === undefined) throw new Error('there is no Alertmanager');
	const {silences, stamp} = kept;
	return {
		silences,
		/** Somebody's silence of the alert Slow; answers its id. */
		add(comment: string, createdBy = 'bob'): string {
			const id = silenceId(silences.size + 1);
			const [startsAt, endsAt] = [stamp(), new Date(Date.now() + dayMs).toISOString()];
			silences.set(id, {
				...{id, matchers: [matcher], comment, createdBy},
				startsAt,
				endsAt,
				updatedAt: startsAt,
				status: {state: 'active'},
			});
			return id;
		},
		/** Somebody's change of one. */
		prolong(id: string) {
			const silence = silences.get(id);
			if (silence !== undefined) silences.set(id, {...silence, endsAt: new Date(Date.now() + 2 * dayMs).toISOString(), updatedAt: stamp()});
		},
		/** How many are in force with a comment. */
		active: (comment: string) => [...silences.values()].filter(each => each.comment === comment && each.status.state === 'active').length,
	};
}
